#include "evaluate/folds.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/number_text.h"
#include "forecast/prophet/fit/gauss_newton.h"
#include "forecast/prophet/fit/region_sums.h"
#include "forecast/prophet/fit/training.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

// The rows of one fold, behind those that are there.
void append_fold(const FoldSet& fold, const Forecast& forecast, CrossValidation& validation) {
  const Eigen::Index before = validation.y.size();
  const Eigen::Index n = fold.test.y.size();
  const auto append = [before, n](Eigen::VectorXd& all, const Eigen::VectorXd& part) {
    all.conservativeResize(before + n);
    all.tail(n) = part;
  };
  append(validation.y, fold.test.y);
  append(validation.yhat, forecast.yhat);
  append(validation.yhat_lower, forecast.yhat_lower);
  append(validation.yhat_upper, forecast.yhat_upper);
  validation.ds.insert(validation.ds.end(), fold.test.ds.begin(), fold.test.ds.end());
  validation.cutoff.insert(validation.cutoff.end(), fold.test.ds.size(), fold.cutoff);
}

// The sums of all folds are kept at once: half a gigabyte at most.
constexpr std::int64_t kFoldsTogether = 8;

Error too_many_folds(std::size_t cutoffs, std::int64_t rows) {
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {.row = std::nullopt, .column = "", .field = "period"},
               .found = counted(static_cast<std::int64_t>(cutoffs), "cutoff") + " with " +
                        counted(rows, "row") + " in all",
               .expected = "at most " + std::to_string(kLimits.max_cutoffs) + " cutoffs and " +
                           std::to_string(kLimits.max_fold_rows) + " rows",
               .fix = "Choose a longer period or a longer initial history."};
}

Error nothing_to_score() {
  return Error{.code = ErrorCode::kNotEnoughData,
               .where = {.row = std::nullopt, .column = "", .field = "cutoffs"},
               .found = "no sample within a horizon of any cutoff",
               .expected = "samples to compare the forecasts with",
               .fix = "Choose other cutoffs or a longer horizon."};
}

}  // namespace

Series slice(const Series& series, std::int64_t first, std::int64_t last) {
  const auto from = static_cast<std::ptrdiff_t>(first);
  const auto to = static_cast<std::ptrdiff_t>(last);
  Series part;
  part.ds.assign(series.ds.begin() + from, series.ds.begin() + to);
  part.y = series.y.segment(from, to - from);
  for (const NamedColumn& column : series.columns) {
    part.columns.push_back({column.name, column.values.segment(from, to - from)});
  }
  return part;
}

std::int64_t rows_until(const Series& series, Timestamp moment) {
  return std::upper_bound(series.ds.begin(), series.ds.end(), moment) - series.ds.begin();
}

Result<FoldSet> make_fold(const TrainingSet& set, Timestamp cutoff, std::int64_t horizon_seconds,
                          std::int64_t first_row) {
  const std::int64_t split = rows_until(set.series, cutoff);
  const std::int64_t end = rows_until(set.series, cutoff + horizon_seconds);
  Series history = slice(set.series, std::min(first_row, split), split);
  ModelConfig config = set.config;
  if (config.explicit_changepoints && !history.ds.empty()) {
    const Timestamp last = history.ds.back();
    std::erase_if(*config.explicit_changepoints, [last](Timestamp ds) { return ds >= last; });
  } else {
    // Prophet copies the number of changepoints that the whole history had room for.
    config.n_changepoints =
        std::min(config.n_changepoints, static_cast<int>(set.changepoints.ds.size()));
  }
  auto fold = engineer_features(std::move(history), config, set.terms.seasonalities);
  if (!fold) return fold.error();
  return FoldSet{cutoff, std::move(fold).value(), slice(set.series, split, end)};
}

// Prophet trains folds on a history whose regressors are standardised already.
TrainingSet with_standardised_columns(const TrainingSet& set) {
  TrainingSet result = set;
  for (Regressor& regressor : result.terms.regressors) {
    for (NamedColumn& column : result.series.columns) {
      if (column.name != regressor.name) continue;
      for (double& x : column.values) x = (x - regressor.mean) / regressor.deviation;
    }
    regressor.mean = 0.0;
    regressor.deviation = 1.0;
  }
  return result;
}

Result<std::vector<FoldSet>> make_folds(const TrainingSet& set,
                                        const std::vector<Timestamp>& cutoffs,
                                        std::int64_t horizon_seconds) {
  std::int64_t rows = 0;
  for (const Timestamp cutoff : cutoffs) rows += rows_until(set.series, cutoff + horizon_seconds);
  if (cutoffs.size() > kLimits.max_cutoffs || rows > kLimits.max_fold_rows) {
    return too_many_folds(cutoffs.size(), rows);
  }
  std::vector<FoldSet> folds;
  double work = 0.0;
  std::int64_t sums = 0;
  for (const Timestamp cutoff : cutoffs) {
    auto fold = make_fold(set, cutoff, horizon_seconds);
    if (!fold) {
      Error error = fold.error();
      error.found += " before the cutoff " + format_iso8601(cutoff);
      error.fix = "Leave this cutoff out or raise initial.";
      return error;
    }
    const FitSize size = size_of_fit(fold.value().set);
    work += fit_work(size);
    sums += fit_sums(size);
    if (auto error = refuse_work(work)) return *error;
    if (auto error = refuse_sums(sums, kFoldsTogether * kLimits.max_fit_sums)) return *error;
    folds.push_back(std::move(fold).value());
  }
  const bool scores = std::any_of(folds.begin(), folds.end(),
                                  [](const FoldSet& fold) { return fold.test.size() > 0; });
  if (!scores) return nothing_to_score();
  return folds;
}

SharedStatistics::SharedStatistics(const TrainingSet& set, const std::vector<FoldSet>& folds) {
  if (!is_linear_in_parameters(set)) return;
  std::vector<Timestamp> boundaries;
  for (const FoldSet& fold : folds) add_boundaries(fold.set, boundaries);
  const RegionSums sums(set.series, set.terms, std::move(boundaries));
  for (const FoldSet& fold : folds) statistics_.push_back(sums.statistics_of(fold.set));
}

FittedModel SharedStatistics::train(std::size_t fold, const TrainingSet& set) const {
  return train_with(set, statistics_.empty() ? nullptr : &statistics_[fold]);
}

std::vector<FittedModel> train_folds(const TrainingSet& set, const std::vector<FoldSet>& folds) {
  const SharedStatistics statistics(set, folds);
  std::vector<FittedModel> models;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    models.push_back(statistics.train(i, folds[i].set));
  }
  return models;
}

CrossValidation score_folds(const std::vector<FoldSet>& folds,
                            const std::vector<FittedModel>& models, std::int64_t horizon_seconds,
                            double interval_width) {
  CrossValidation validation;
  validation.horizon_seconds = horizon_seconds;
  validation.interval_width = interval_width;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    validation.cutoffs.push_back(folds[i].cutoff);
    append_fold(folds[i], predict(models[i], folds[i].test, {.interval_width = interval_width}),
                validation);
  }
  return validation;
}

}  // namespace plimsoll
