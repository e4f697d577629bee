#include "evaluate/expected_usage.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "forecast/prophet/predict/future.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

constexpr Timestamp kMonday = 4 * kSecondsPerDay;  // 1970-01-05T00:00:00Z

// Seconds into the period: a day begins at midnight, a week on Monday.
std::int64_t phase(Timestamp ds, std::int64_t period) {
  const std::int64_t rest = (ds - kMonday) % period;
  return rest < 0 ? rest + period : rest;
}

bool has_term_of(const FittedModel& model, std::int64_t period) {
  const double days = static_cast<double>(period) / static_cast<double>(kSecondsPerDay);
  return std::any_of(model.terms.seasonalities.begin(), model.terms.seasonalities.end(),
                     [days](const Seasonality& term) { return term.period_days == days; });
}

void add_gaps(const Series& series, std::int64_t period, std::int64_t cadence,
              std::vector<UnobservedTime>& gaps) {
  std::vector<std::int64_t> phases;
  phases.reserve(series.ds.size());
  for (const Timestamp ds : series.ds) phases.push_back(phase(ds, period));
  std::sort(phases.begin(), phases.end());
  const std::int64_t longest = std::max(period / 24, cadence + cadence / 2);
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const bool last = i + 1 == phases.size();
    const std::int64_t next = last ? phases.front() + period : phases[i + 1];
    if (next - phases[i] <= longest) continue;
    // Each sample speaks for half a cadence to either side.
    gaps.push_back({period, (phases[i] + cadence / 2) % period, (next - cadence / 2) % period});
  }
}

bool is_within(const UnobservedTime& gap, Timestamp ds) {
  const std::int64_t at = phase(ds, gap.period_seconds);
  return gap.from <= gap.to ? at >= gap.from && at <= gap.to : at >= gap.from || at <= gap.to;
}

bool is_unobserved(const WorkloadModel& model, Timestamp ds, std::int64_t period) {
  return std::any_of(model.unobserved.begin(), model.unobserved.end(),
                     [ds, period](const UnobservedTime& gap) {
                       return gap.period_seconds == period && is_within(gap, ds);
                     });
}

bool is_unobserved(const WorkloadModel& model, Timestamp ds) {
  return is_unobserved(model, ds, kSecondsPerDay) || is_unobserved(model, ds, kSecondsPerWeek);
}

// From where the backtest's reach ends the trend keeps its value.
void hold_trend(const FittedModel& model, Timestamp from, const std::vector<Timestamp>& ds,
                Eigen::VectorXd& yhat) {
  const Frame frame{ds, {}};
  const Future future(model, frame);
  const double held = future.trend().at(from);
  for (std::size_t i = 0; i < ds.size(); ++i) {
    if (ds[i] <= from) continue;
    const auto row = static_cast<Eigen::Index>(i);
    const Moment moment = future.at(row);
    yhat[row] = held * moment.factor + moment.added;
  }
}

ExpectedUsage observed_usage(const WorkloadModel& model, const std::vector<Timestamp>& ds) {
  const BacktestReport& report = model.backtest;
  const Forecast raw = predict(model.model, ds, {.interval_width = report.interval_width});
  ExpectedUsage usage;
  usage.yhat = raw.yhat;
  usage.half_width = (raw.yhat_upper - raw.yhat) * report.interval_scale;
  const Growth growth = model.model.config.growth;
  if (growth == Growth::kLinear && !report.folds.empty()) {
    hold_trend(model.model, model.model.history_end + report.horizon_seconds, ds, usage.yhat);
  }
  const double range = model.y_max - model.y_min;
  if (range > 0.0) usage.half_width = usage.half_width.cwiseMin(2.0 * range);
  return usage;
}

// What stands for the unobserved times of one day or week.
struct Substitute {
  bool known = false;
  double yhat = 0.0;
  double half_width = 0.0;
};

// From moments in step with the history's samples: between them the model may say anything.
Substitute substitute_for(const WorkloadModel& model, Timestamp start, std::int64_t period) {
  constexpr std::int64_t kMostSteps = 168;
  const std::int64_t cadence =
      std::clamp<std::int64_t>(model.model.cadence_seconds, 1, kSecondsPerWeek);
  const std::int64_t step = (period / kMostSteps + cadence - 1) / cadence * cadence;
  const std::int64_t into_step = (model.model.history_end - start) % step;
  std::vector<Timestamp> observed;
  for (Timestamp ds = start + (into_step < 0 ? into_step + step : into_step); ds < start + period;
       ds += step) {
    if (!is_unobserved(model, ds)) observed.push_back(ds);
  }
  if (observed.empty()) return {};
  const ExpectedUsage usage = observed_usage(model, observed);
  Substitute result{true, 0.0, 0.0};
  for (const double y : usage.yhat) result.yhat += y;
  result.yhat /= static_cast<double>(observed.size());
  for (Eigen::Index i = 0; i < usage.yhat.size(); ++i) {
    result.half_width =
        std::max(result.half_width, std::abs(usage.yhat[i] - result.yhat) + usage.half_width[i]);
  }
  return result;
}

}  // namespace

ExpectedUsage expected_usage(const WorkloadModel& model, const std::vector<Timestamp>& ds) {
  ExpectedUsage usage = observed_usage(model, ds);
  if (model.unobserved.empty()) return usage;
  std::map<std::pair<std::int64_t, Timestamp>, Substitute> known;
  const auto substitute = [&](Timestamp moment, std::int64_t period) {
    const Timestamp start = moment - phase(moment, period);
    const auto [entry, is_new] = known.try_emplace({period, start});
    if (is_new) entry->second = substitute_for(model, start, period);
    return entry->second;
  };
  for (std::size_t i = 0; i < ds.size(); ++i) {
    if (!is_unobserved(model, ds[i])) continue;
    Substitute value = substitute(ds[i], kSecondsPerDay);
    if (!value.known) value = substitute(ds[i], kSecondsPerWeek);
    if (!value.known) continue;
    usage.yhat[static_cast<Eigen::Index>(i)] = value.yhat;
    usage.half_width[static_cast<Eigen::Index>(i)] = value.half_width;
  }
  return usage;
}

std::vector<UnobservedTime> unobserved_times(const Series& series, const FittedModel& model) {
  std::vector<UnobservedTime> gaps;
  for (const std::int64_t period : {kSecondsPerDay, kSecondsPerWeek}) {
    if (has_term_of(model, period)) add_gaps(series, period, model.cadence_seconds, gaps);
  }
  return gaps;
}

}  // namespace plimsoll
