#include <algorithm>

#include "evaluate/folds.h"
#include "plimsoll/evaluate/cross_validation.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

// The set with other prior scales; its columns stay the same.
TrainingSet with_scales(TrainingSet set, double changepoint_scale, double seasonality_scale) {
  set.config.changepoint_prior_scale = changepoint_scale;
  set.config.seasonality_prior_scale = seasonality_scale;
  for (Seasonality& seasonality : set.terms.seasonalities) {
    const auto& customs = set.config.custom_seasonalities;
    const bool has_own = std::any_of(customs.begin(), customs.end(), [&](const auto& custom) {
      return custom.name == seasonality.name && custom.prior_scale.has_value();
    });
    if (!has_own) seasonality.prior_scale = seasonality_scale;
  }
  set.features = features_of(set.terms);
  return set;
}

}  // namespace

Result<std::vector<SearchResult>> search_prior_scales(const TrainingSet& set,
                                                      const SearchOptions& options) {
  const auto cutoffs = generate_cutoffs(set, options.validation);
  if (!cutoffs) return cutoffs.error();
  const TrainingSet base = with_standardised_columns(set);
  const std::int64_t horizon = horizon_of(set, options.validation);
  auto folds = make_folds(base, cutoffs.value(), horizon);
  if (!folds) return folds.error();
  const SharedStatistics statistics(base, folds.value());
  std::vector<SearchResult> results;
  for (const double changepoint_scale : options.changepoint_prior_scales) {
    for (const double seasonality_scale : options.seasonality_prior_scales) {
      std::vector<FittedModel> models;
      for (std::size_t i = 0; i < folds.value().size(); ++i) {
        models.push_back(statistics.train(
            i, with_scales(folds.value()[i].set, changepoint_scale, seasonality_scale)));
      }
      const CrossValidation validation =
          score_folds(folds.value(), models, horizon, options.validation.interval_width);
      const SearchResult result{changepoint_scale, seasonality_scale,
                                performance_metrics(validation, 1.0).front()};
      const auto worse =
          std::find_if(results.begin(), results.end(), [&result](const SearchResult& other) {
            return other.metrics.rmse > result.metrics.rmse;
          });
      results.insert(worse, result);
    }
  }
  return results;
}

}  // namespace plimsoll
