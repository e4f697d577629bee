#include "plimsoll/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "number_text.h"
#include "portable_math.h"

namespace plimsoll {
namespace {

struct BuiltinSeasonality {
  const char* name;
  double period_days;
  int default_order;
  std::int64_t min_span_seconds;  // history from which "auto" switches it on
  std::int64_t max_step_seconds;  // the smallest step must be below this
  SeasonalityChoice ModelConfig::*choice;
};

// Prophet's rules, in Prophet's column order.
constexpr std::array<BuiltinSeasonality, 3> kBuiltins = {{
    {"yearly", 365.25, 10, 730 * kSecondsPerDay, std::numeric_limits<std::int64_t>::max(),
     &ModelConfig::yearly_seasonality},
    {"weekly", 7.0, 3, 14 * kSecondsPerDay, kSecondsPerWeek, &ModelConfig::weekly_seasonality},
    {"daily", 1.0, 4, 2 * kSecondsPerDay, kSecondsPerDay, &ModelConfig::daily_seasonality},
}};

std::int64_t smallest_step(const std::vector<Timestamp>& ds) {
  std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 1; i < ds.size(); ++i) {
    const std::int64_t step = ds[i] - ds[i - 1];
    if (step > 0) smallest = std::min(smallest, step);
  }
  return smallest;
}

int resolved_order(const SeasonalityChoice& choice, int default_order, bool automatic) {
  switch (choice.kind) {
    case SeasonalityChoice::Kind::kAuto:
      return automatic ? default_order : 0;
    case SeasonalityChoice::Kind::kOff:
      return 0;
    case SeasonalityChoice::Kind::kOn:
      return default_order;
    case SeasonalityChoice::Kind::kOrder:
      return choice.order;
  }
  return 0;
}

std::vector<Seasonality> resolve_seasonalities(const Series& series, const ModelConfig& config) {
  const std::int64_t span = series.ds.back() - series.ds.front();
  const std::int64_t step = smallest_step(series.ds);
  std::vector<Seasonality> resolved;
  for (const BuiltinSeasonality& builtin : kBuiltins) {
    const bool automatic = span >= builtin.min_span_seconds && step < builtin.max_step_seconds;
    const int order = resolved_order(config.*builtin.choice, builtin.default_order, automatic);
    if (order > 0) {
      resolved.push_back(
          {builtin.name, builtin.period_days, order, config.seasonality_prior_scale});
    }
  }
  return resolved;
}

std::vector<std::string> name_features(const std::vector<Seasonality>& seasonalities) {
  std::vector<std::string> names;
  for (const Seasonality& seasonality : seasonalities) {
    for (int column = 1; column <= 2 * seasonality.fourier_order; ++column) {
      names.push_back(seasonality.name + "_delim_" + std::to_string(column));
    }
  }
  if (names.empty()) names.emplace_back("zeros");
  return names;
}

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

Changepoints place_changepoints(const Series& series, const ModelConfig& config,
                                const Scaling& scaling) {
  Changepoints changepoints;
  for (const std::size_t row : changepoint_rows(series.size(), config)) {
    changepoints.ds.push_back(series.ds[row]);
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

std::vector<std::string> ill_posed_terms(const Series& series,
                                         const std::vector<Seasonality>& seasonalities) {
  std::vector<std::string> warnings;
  const double span_days = static_cast<double>(series.ds.back() - series.ds.front()) /
                           static_cast<double>(kSecondsPerDay);
  for (const Seasonality& seasonality : seasonalities) {
    if (span_days >= 2 * seasonality.period_days) continue;
    warnings.push_back("The " + seasonality.name +
                       " seasonality is ill-posed: the history spans less than two of its "
                       "periods, so its coefficients follow the prior and its forecast is "
                       "extrapolation. Turn it off or give more history.");
  }
  return warnings;
}

// The position of `ds` within a period, as a fraction of a turn. Whole-second periods are reduced
// in integers; std::fmod is exact and so the same everywhere.
double phase_turns(Timestamp ds, double period_days) {
  const double period_seconds = period_days * static_cast<double>(kSecondsPerDay);
  if (period_seconds == std::floor(period_seconds) && period_seconds < 0x1p53) {
    const auto period = static_cast<std::int64_t>(period_seconds);
    return static_cast<double>(ds % period) / period_seconds;
  }
  return std::fmod(static_cast<double>(ds), period_seconds) / period_seconds;
}

Error too_few(std::int64_t samples) {
  Error error;
  error.code = ErrorCode::kNotEnoughData;
  error.found = counted(samples, "usable sample");
  error.expected = "at least 2 samples at different times";
  error.fix = "Give a longer history.";
  return error;
}

}  // namespace

Result<TrainingSet> engineer_features(Series series, const ModelConfig& config,
                                      const std::vector<Seasonality>& seasonalities) {
  if (series.size() < 2 || series.ds.front() == series.ds.back()) {
    return too_few(series.size());
  }
  TrainingSet set;
  set.config = config;
  set.seasonalities = seasonalities;
  set.feature_names = name_features(seasonalities);
  set.scaling.start = series.ds.front();
  set.scaling.t_scale_seconds = series.ds.back() - series.ds.front();
  set.scaling.y_scale = 0.0;
  for (const double y : series.y) set.scaling.y_scale = std::max(set.scaling.y_scale, std::abs(y));
  if (set.scaling.y_scale == 0.0) set.scaling.y_scale = 1.0;
  set.changepoints = place_changepoints(series, config, set.scaling);
  set.cadence_seconds = cadence_seconds(series.ds);
  set.warnings = ill_posed_terms(series, seasonalities);
  set.series = std::move(series);
  return set;
}

Result<TrainingSet> engineer_features(Series series, const ModelConfig& config) {
  std::vector<Seasonality> seasonalities;
  if (series.size() >= 2) seasonalities = resolve_seasonalities(series, config);
  return engineer_features(std::move(series), config, seasonalities);
}

void fourier_row(const std::vector<Seasonality>& seasonalities, Timestamp ds, double* out) {
  if (seasonalities.empty()) {
    *out = 0.0;
    return;
  }
  for (const Seasonality& seasonality : seasonalities) {
    // Higher orders by the addition theorem: their error grows by a rounding an order.
    const SinCos first = sin_cos_turns(phase_turns(ds, seasonality.period_days));
    SinCos current = first;
    for (int order = 1; order <= seasonality.fourier_order; ++order) {
      *out++ = current.sin;
      *out++ = current.cos;
      current = {current.sin * first.cos + current.cos * first.sin,
                 current.cos * first.cos - current.sin * first.sin};
    }
  }
}

}  // namespace plimsoll
