#include "plimsoll/forecast/prophet/terms/features.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number_text.h"

namespace plimsoll {
namespace {

// Ties go to the even number, as R and Python round.
std::int64_t round_half_even(double x) {
  const double below = std::floor(x);
  const double fraction = x - below;
  auto result = static_cast<std::int64_t>(below);
  if (fraction > 0.5 || (fraction == 0.5 && result % 2 != 0)) ++result;
  return result;
}

// Rows (0-based) of the automatic changepoints. R's form: round(seq(1, hist, length = n + 1)[-1]),
// 1-based; Python's differs only where that lands exactly between two rows.
std::vector<std::size_t> changepoint_rows(std::int64_t rows, const ModelConfig& config) {
  const auto hist =
      static_cast<std::int64_t>(std::floor(static_cast<double>(rows) * config.changepoint_range));
  std::int64_t count = config.n_changepoints;
  if (count + 1 > hist) count = std::max<std::int64_t>(hist - 1, 0);
  std::vector<std::size_t> result;
  const double by = count > 0 ? static_cast<double>(hist - 1) / static_cast<double>(count) : 0.0;
  for (std::int64_t i = 1; i <= count; ++i) {
    result.push_back(
        static_cast<std::size_t>(round_half_even(1.0 + static_cast<double>(i) * by) - 1));
  }
  return result;
}

Error outside_history(Timestamp ds, const Series& series) {
  Error error;
  error.code = ErrorCode::kInvalidConfig;
  error.where.field = "explicit_changepoints";
  error.found = format_iso8601(ds);
  error.expected = "moments from " + format_iso8601(series.ds.front()) + " to " +
                   format_iso8601(series.ds.back());
  error.fix = "A changepoint lies within the history it is learnt from.";
  return error;
}

Result<Changepoints> place_changepoints(const Series& series, const ModelConfig& config,
                                        const Scaling& scaling) {
  Changepoints changepoints;
  if (config.explicit_changepoints) {
    changepoints.ds = *config.explicit_changepoints;
    std::sort(changepoints.ds.begin(), changepoints.ds.end());
    for (const Timestamp ds : changepoints.ds) {
      if (ds < series.ds.front() || ds > series.ds.back()) return outside_history(ds, series);
    }
  } else {
    for (const std::size_t row : changepoint_rows(series.size(), config)) {
      changepoints.ds.push_back(series.ds[row]);
    }
  }
  // Without changepoints Prophet keeps one at t = 0, whose delta is folded into k when predicting.
  if (changepoints.ds.empty()) changepoints.ds.push_back(scaling.start);
  changepoints.t.resize(static_cast<Eigen::Index>(changepoints.ds.size()));
  for (std::size_t j = 0; j < changepoints.ds.size(); ++j) {
    changepoints.t[static_cast<Eigen::Index>(j)] =
        static_cast<double>(changepoints.ds[j] - scaling.start) /
        static_cast<double>(scaling.t_scale_seconds);
  }
  return changepoints;
}

std::vector<std::string> ill_posed_terms(const Series& series, const Terms& terms) {
  std::vector<std::string> warnings;
  const double span_days = static_cast<double>(series.ds.back() - series.ds.front()) /
                           static_cast<double>(kSecondsPerDay);
  for (const Seasonality& seasonality : terms.seasonalities) {
    if (span_days >= 2 * seasonality.period_days) continue;
    warnings.push_back("The " + seasonality.name +
                       " seasonality is ill-posed: the history spans less than two of its "
                       "periods, so its coefficients follow the prior and its forecast is "
                       "extrapolation. Turn it off or give more history.");
  }
  return warnings;
}

std::optional<std::string> few_samples(const TrainingSet& set) {
  auto parameters = static_cast<std::int64_t>(set.features.size()) + 2;  // m and sigma_obs
  if (set.config.growth != Growth::kFlat) {
    parameters += 1 + static_cast<std::int64_t>(set.changepoints.ds.size());
  }
  if (set.series.size() >= parameters) return std::nullopt;
  return "The history has " + counted(set.series.size(), "sample") + " for " +
         std::to_string(parameters) +
         " parameters: the fit follows the priors and may pass through every sample. Give more "
         "history, or ask for fewer changepoints and terms.";
}

Error too_few(std::int64_t samples) {
  Error error;
  error.code = ErrorCode::kNotEnoughData;
  error.found = counted(samples, "usable sample");
  error.expected = "at least 2 samples at different times";
  error.fix = "Give a longer history.";
  return error;
}

// The floor of logistic growth; y_scale is taken above it.
void scale_usage(TrainingSet& set) {
  const Eigen::VectorXd* const floor = set.series.column("floor");
  set.scaling.has_floor = set.config.growth == Growth::kLogistic && floor != nullptr;
  if (set.scaling.has_floor) set.floor = *floor;
  set.scaling.y_scale = 1.0;
  double largest = 0.0;
  for (std::int64_t row = 0; row < set.series.size(); ++row) {
    largest = std::max(largest, std::abs(set.scaled_y(row)));
  }
  if (largest > 0.0) set.scaling.y_scale = largest;
}

std::optional<Error> scale_cap(TrainingSet& set) {
  if (set.config.growth != Growth::kLogistic) return std::nullopt;
  if (auto error = find_missing_column("cap", "logistic growth", set.series)) return error;
  const Eigen::VectorXd* const cap = set.series.column("cap");
  set.scaled_cap.resize(cap->size());
  for (Eigen::Index row = 0; row < cap->size(); ++row) {
    const double base = set.floor.size() > 0 ? set.floor[row] : 0.0;
    set.scaled_cap[row] = ((*cap)[row] - base) / set.scaling.y_scale;
    if (set.scaled_cap[row] > 0.0) continue;
    return cap_below_floor((*cap)[row], base, set.series.ds[static_cast<std::size_t>(row)]);
  }
  return std::nullopt;
}

Result<TrainingSet> engineer(Series series, const ModelConfig& config,
                             const std::vector<Seasonality>* seasonalities) {
  if (series.size() < 2 || series.ds.front() == series.ds.back()) return too_few(series.size());
  TrainingSet set;
  set.config = config;
  set.series = std::move(series);
  set.scaling.start = set.series.ds.front();
  set.scaling.t_scale_seconds = set.series.ds.back() - set.series.ds.front();
  if (set.series.column("floor") != nullptr && config.growth == Growth::kLogistic) {
    if (auto error = find_missing_column("floor", "logistic growth", set.series)) return *error;
  }
  scale_usage(set);
  if (auto error = scale_cap(set)) return *error;
  auto terms = resolve_terms(set.series, config, seasonalities);
  if (!terms) return terms.error();
  set.terms = std::move(terms).value();
  set.features = features_of(set.terms);
  auto changepoints = place_changepoints(set.series, config, set.scaling);
  if (!changepoints) return changepoints.error();
  set.changepoints = std::move(changepoints).value();
  if (auto error = refuse_fit(size_of_fit(set))) return *error;
  set.cadence_seconds = cadence_seconds(set.series.ds);
  set.warnings = ill_posed_terms(set.series, set.terms);
  if (auto warning = few_samples(set)) set.warnings.push_back(std::move(*warning));
  return set;
}

}  // namespace

Result<TrainingSet> engineer_features(Series series, const ModelConfig& config,
                                      const std::vector<Seasonality>& seasonalities) {
  return engineer(std::move(series), config, &seasonalities);
}

Result<TrainingSet> engineer_features(Series series, const ModelConfig& config) {
  return engineer(std::move(series), config, nullptr);
}

bool is_linear_in_parameters(const TrainingSet& set) {
  return set.config.growth != Growth::kLogistic &&
         std::all_of(set.features.begin(), set.features.end(),
                     [](const Feature& feature) { return feature.mode == TermMode::kAdditive; });
}

FitSize size_of_fit(const TrainingSet& set) {
  return {set.series.size(), static_cast<std::int64_t>(set.features.size()),
          static_cast<std::int64_t>(set.changepoints.ds.size()), is_linear_in_parameters(set)};
}

}  // namespace plimsoll
