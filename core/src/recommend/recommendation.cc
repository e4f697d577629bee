#include "plimsoll/recommend/recommendation.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "base/number_text.h"
#include "data/whole_units.h"
#include "evaluate/expected_usage.h"
#include "plimsoll/base/quantity.h"

namespace plimsoll {
namespace {

// Usage is never negative; a number without a unit may be.
bool is_usage(Unit unit) { return unit != Unit::kNone; }

struct Bounds {
  double low;
  double high;
};

double mean_of(const Eigen::VectorXd& values, Eigen::Index first, Eigen::Index last) {
  double sum = 0.0;
  for (Eigen::Index i = first; i < last; ++i) sum += values[i];
  return last > first ? sum / static_cast<double>(last - first) : 0.0;
}

std::vector<double> weekly_means_of(const WindowForecast& forecast) {
  std::vector<double> means;
  Eigen::Index first = 0;
  const auto n = static_cast<Eigen::Index>(forecast.ds.size());
  for (Timestamp week = forecast.window.start; week < forecast.window.end;
       week += kSecondsPerWeek) {
    Eigen::Index last = first;
    while (last < n && forecast.ds[static_cast<std::size_t>(last)] < week + kSecondsPerWeek) ++last;
    means.push_back(mean_of(forecast.yhat, first, last));
    first = last;
  }
  return means;
}

// Usage is not negative, and a share of the memory does not pass the whole. CPU in percent is of a
// core and may.
Bounds bounds_of(const WorkloadModel& model) {
  constexpr double kNone = std::numeric_limits<double>::max();
  const bool share = info_of(model.metric).share_has_bound && model.unit == Unit::kPercent;
  return {is_usage(model.unit) ? 0.0 : -kNone, share && model.y_max <= 100.0 ? 100.0 : kNone};
}

WindowForecast forecast_at(const WorkloadModel& model, const Window& window,
                           std::int64_t step_seconds, std::vector<Timestamp> ds) {
  const ExpectedUsage usage = expected_usage(model, ds);
  const Bounds bounds = bounds_of(model);
  const auto within = [bounds](const Eigen::VectorXd& values) {
    return values.cwiseMax(bounds.low).cwiseMin(bounds.high).eval();
  };
  WindowForecast result;
  result.window = window;
  result.step_seconds = step_seconds;
  result.points = static_cast<std::int64_t>(ds.size());
  result.ds = std::move(ds);
  result.yhat = within(usage.yhat);
  result.yhat_lower = within(usage.yhat - usage.half_width);
  result.yhat_upper = within(usage.yhat + usage.half_width);
  const Eigen::Index n = result.yhat.size();
  result.unclipped_mean = mean_of(usage.yhat, 0, n);
  result.mean = mean_of(result.yhat, 0, n);
  result.lower = mean_of(result.yhat_lower, 0, n);
  result.upper = mean_of(result.yhat_upper, 0, n);
  Eigen::Index peak = 0;
  for (Eigen::Index i = 1; i < n; ++i) {
    if (result.yhat[i] > result.yhat[peak]) peak = i;
  }
  result.peak = result.yhat[peak];
  result.peak_at = result.ds[static_cast<std::size_t>(peak)];
  return result;
}

std::string days_text(std::int64_t seconds) {
  return format_fixed(static_cast<double>(seconds) / static_cast<double>(kSecondsPerDay), 1);
}

// 2 for good, 1 for fair, 0 for poor; the least of all decides the level.
struct Grade {
  int points;
  std::string reason;
};

// Only what came since the level last shifted speaks for the future.
Grade grade_history(const WorkloadModel& workload, const Window& window) {
  const FittedModel& model = workload.model;
  const Timestamp since = workload.present ? workload.present->since : model.history_start;
  const std::int64_t history = model.history_end - since;
  const std::int64_t reach = std::max<std::int64_t>(window.end - model.history_end, 1);
  const double ratio = static_cast<double>(history) / static_cast<double>(reach);
  return {ratio >= 4.0 ? 2 : (ratio >= 1.5 ? 1 : 0),
          "The history of " + days_text(history) + " days is " + format_fixed(ratio, 1) +
              " times as long as the forecast reaches ahead (" + days_text(reach) + " days)."};
}

Grade grade_coverage(const BacktestReport& report) {
  if (report.folds.empty()) {
    return {0, "The history is too short to test the forecast on its own past."};
  }
  if (!report.coverage) {
    return {1, "The past was constant throughout the backtest, so the interval is untested."};
  }
  const double miss = std::abs(*report.coverage - report.interval_width);
  return {miss <= 0.1 ? 2 : (miss <= 0.25 ? 1 : 0),
          "In a backtest of " + counted(static_cast<std::int64_t>(report.folds.size()), "fold") +
              " the model's " + format_fixed(100 * report.interval_width, 0) + " % interval held " +
              format_fixed(100 * *report.coverage, 0) +
              " % of the samples; the interval shown is calibrated by " +
              format_fixed(report.interval_scale, 2) + "."};
}

Grade grade_skill(const BacktestReport& report) {
  if (report.folds.empty() || report.naive_mae >= report.mae) {
    return {2, ""};
  }
  return {1,
          "Repeating the last day would have been closer in the backtest: its mean absolute "
          "error is " +
              format_fixed(100 * (1.0 - report.naive_mae / report.mae), 1) + " % smaller."};
}

Grade grade_reach(const BacktestReport& report, const FittedModel& model, const Window& window) {
  const std::int64_t reach = window.end - model.history_end;
  if (report.folds.empty() || reach <= 2 * report.horizon_seconds) return {2, ""};
  return {1, "The backtest looked " + days_text(report.horizon_seconds) +
                 " days ahead; the window ends " + days_text(reach) + " days ahead."};
}

// Ends one target's chain in whole units, and returns them.
std::int64_t round_up(std::vector<ChainStep> steps, Metric metric, std::int64_t least_units,
                      std::vector<ChainStep>& chain) {
  const std::string target = steps.back().target;
  // At least one unit: zero is not a usable request.
  std::int64_t units = std::max<std::int64_t>(whole_units(steps.back().value, metric), 1);
  std::move(steps.begin(), steps.end(), std::back_inserter(chain));
  const double size = unit_size(metric);
  chain.push_back({target, "round_up", static_cast<double>(units) * size,
                   "up to " + units_text(units, metric)});
  if (units < least_units) {
    units = least_units;
    chain.push_back({target, "at_least_request", static_cast<double>(units) * size,
                     "a limit is never below its request"});
  }
  return units;
}

// Why nothing can be recommended from this forecast; nothing where something can.
std::optional<RecommendationWarning> find_unusable(const WorkloadModel& model,
                                                   const WindowForecast& forecast) {
  const double mean = forecast.unclipped_mean;
  const double present = model.present ? model.present->low : 0.0;
  const bool finite = std::isfinite(mean);
  if (finite && (!is_usage(model.unit) || !model.present || model.present->high <= 0.0 ||
                 (mean > 0.0 && mean >= 0.1 * present))) {
    return std::nullopt;
  }
  RecommendationWarning warning;
  warning.code = "forecast_not_usable";
  warning.detail = "The forecast's mean before clipping is " + number_text(mean) +
                   ", while the workload uses " + number_text(present) + " to " +
                   number_text(model.present ? model.present->high : 0.0) +
                   " now: nothing is recommended from it.";
  return warning;
}

// `quantity` is "70m": the samples of the history that lie above it.
void warn_of_samples_above(const WorkloadModel& model, const std::string& target,
                           const std::string& quantity, Recommendation& recommendation) {
  const auto parsed = parse_quantity(quantity);
  if (!parsed || model.usage.empty()) return;
  const std::int64_t units = whole_units(parsed->value, model.metric);
  RecommendationWarning warning;
  for (const UsageCount& count : model.usage) {
    warning.samples += count.samples;
    if (count.units > units) warning.samples_above += count.samples;
  }
  if (warning.samples_above == 0) return;
  warning.code = "samples_above_" + target;
  warning.detail = std::to_string(warning.samples_above) + " of " +
                   counted(warning.samples, "sample") + " of the history lie above the " + target +
                   " of " + quantity + "; the largest needs " +
                   units_text(model.usage.back().units, model.metric) + ".";
  recommendation.warnings.push_back(std::move(warning));
}

}  // namespace

WindowForecast forecast_window(const WorkloadModel& model, const Window& window) {
  const std::int64_t step = window_step_seconds(model.model.cadence_seconds);
  std::vector<Timestamp> ds;
  for (Timestamp moment = window.start; moment < window.end; moment += step) ds.push_back(moment);
  WindowForecast forecast = forecast_at(model, window, step, std::move(ds));
  if (window.end - window.start == 4 * kSecondsPerWeek) {
    forecast.weekly_means = weekly_means_of(forecast);
  }
  return forecast;
}

WindowForecast forecast_moment(const WorkloadModel& model, Timestamp at) {
  const std::int64_t step = window_step_seconds(model.model.cadence_seconds);
  return forecast_at(model, {at, at + step}, step, {at});
}

Confidence confidence(const WorkloadModel& model, const Window& window) {
  const Grade grades[] = {grade_history(model, window), grade_coverage(model.backtest),
                          grade_skill(model.backtest),
                          grade_reach(model.backtest, model.model, window)};
  Confidence result;
  int points = 2;
  for (const Grade& grade : grades) {
    points = std::min(points, grade.points);
    if (!grade.reason.empty()) result.reasons.push_back(grade.reason);
  }
  result.level = points == 2 ? "high" : (points == 1 ? "medium" : "low");
  return result;
}

Recommendation recommend(const WindowForecast& forecast, Metric metric, Unit unit, Horizon horizon,
                         const Policy& policy) {
  Sizing sizing = policy.size({forecast, horizon});
  Recommendation result;
  result.policy = policy.name;
  result.parameters = std::move(sizing.parameters);
  if (!has_quantities(metric, unit)) return result;
  const std::int64_t request = round_up(std::move(sizing.request), metric, 0, result.chain);
  const std::int64_t limit = round_up(std::move(sizing.limit), metric, request, result.chain);
  result.request = units_text(request, metric);
  result.limit = units_text(limit, metric);
  return result;
}

Recommendation recommend(const WorkloadModel& model, const WindowForecast& forecast,
                         Horizon horizon, const Policy& policy) {
  Recommendation result = recommend(forecast, model.metric, model.unit, horizon, policy);
  if (auto warning = find_unusable(model, forecast)) {
    result.request.reset();
    result.limit.reset();
    result.chain.clear();
    result.warnings.push_back(std::move(*warning));
    return result;
  }
  if (result.request) warn_of_samples_above(model, "request", *result.request, result);
  if (result.limit) warn_of_samples_above(model, "limit", *result.limit, result);
  return result;
}

}  // namespace plimsoll
