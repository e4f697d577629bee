#include "plimsoll/plan/plan.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/number_text.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/data/table.h"
#include "plimsoll/evaluate/model_checks.h"

namespace plimsoll {
namespace {

const MetricSeries* find_metric(const WorkloadSeries& workload, Metric metric) {
  for (const MetricSeries& candidate : workload.metrics) {
    if (candidate.metric == metric) return &candidate;
  }
  return nullptr;
}

struct Latest {
  Timestamp ds = 0;
  std::int64_t cadence_seconds = 0;
};

// The last sample of the file and the cadence of the series it belongs to.
Latest find_latest(const ValidationReport& report) {
  Latest latest;
  latest.ds = report.end;
  for (const WorkloadSummary& workload : report.workloads) {
    if (workload.end == report.end) {
      latest.cadence_seconds = workload.cadence_seconds;
      break;
    }
  }
  return latest;
}

void forget_points(WindowForecast& forecast) {
  forecast.ds = {};
  forecast.yhat = {};
  forecast.yhat_lower = {};
  forecast.yhat_upper = {};
}

std::int64_t count_chart_numbers(const MetricPlan& plan) {
  std::int64_t numbers = 2 * static_cast<std::int64_t>(plan.history.mean.size());
  for (const HorizonPlan& horizon : plan.horizons) numbers += 3 * horizon.forecast.yhat.size();
  return numbers;
}

Error too_many_points(std::size_t workloads) {
  return Error{
      .code = ErrorCode::kTooLarge,
      .where = {.row = std::nullopt, .column = "", .field = "points"},
      .found = "charts of more than " + counted(static_cast<std::int64_t>(workloads), "workload"),
      .expected = "at most " + std::to_string(kLimits.max_chart_numbers) +
                  " numbers in all charts of a plan",
      .fix =
          "Ask without charts (points=0), for one horizon, or for fewer workloads at a "
          "time."};
}

MetricPlan plan_metric(const WorkloadSeries& workload, Metric metric, const PlanOptions& options,
                       Timestamp now, const StageObserver& observer) {
  MetricPlan plan;
  plan.metric = metric;
  const MetricSeries* const data = find_metric(workload, metric);
  if (data == nullptr) {
    plan.reason = "The file has no " + std::string(info_of(metric).label) + " column.";
    return plan;
  }
  plan.unit = data->unit;
  plan.current = data->current;
  plan.history = bucket_history(data->series);
  if (data->doubt) {
    plan.status = MetricStatus::kUntrusted;
    plan.reason = *data->doubt;
    return plan;
  }
  begin(observer, "train");
  auto trained = train_workload(workload.key, *data, options.preset, now);
  if (!trained) {
    plan.status = MetricStatus::kNotEnoughData;
    plan.reason = message(trained.error());
    return plan;
  }
  plan.model = std::move(trained).value();
  if (const auto failed = failed_forecast_check(*plan.model)) {
    plan.status = MetricStatus::kFailedChecks;
    plan.reason = failed_check_text(*plan.model, *failed);
    return plan;
  }
  plan.status = MetricStatus::kOk;
  begin(observer, "recommend");
  for (const Horizon horizon : kHorizons) {
    if (options.horizon && *options.horizon != horizon) continue;
    plan.horizons.push_back(
        plan_horizon(*plan.model, horizon, now, options.utc_offset_seconds, *options.policy));
    if (!options.points) forget_points(plan.horizons.back().forecast);
  }
  return plan;
}

}  // namespace

HorizonPlan plan_horizon(const WorkloadModel& model, Horizon horizon, Timestamp now,
                         std::int64_t utc_offset_seconds, const Policy& policy) {
  const Window window = horizon_window(horizon, now, utc_offset_seconds);
  HorizonPlan plan;
  plan.horizon = horizon;
  plan.forecast = forecast_window(model, window);
  plan.recommendation = recommend(model, plan.forecast, horizon, policy);
  plan.confidence = confidence(model, window);
  return plan;
}

History bucket_history(const Series& series) {
  History history;
  const std::int64_t cadence = cadence_seconds(series.ds);
  if (cadence == 0) return history;
  const std::int64_t steps = (series.ds.back() - series.ds.front()) / cadence + 1;
  const std::int64_t per_bucket = (steps + kMaxHistoryBuckets - 1) / kMaxHistoryBuckets;
  history.start = series.ds.front();
  history.step_seconds = cadence * per_bucket;
  const std::int64_t buckets = (series.ds.back() - series.ds.front()) / history.step_seconds + 1;
  std::vector<double> counts(static_cast<std::size_t>(buckets), 0.0);
  history.mean.assign(counts.size(), 0.0);
  history.max.assign(counts.size(), -std::numeric_limits<double>::max());
  for (std::size_t row = 0; row < series.ds.size(); ++row) {
    const auto bucket =
        static_cast<std::size_t>((series.ds[row] - history.start) / history.step_seconds);
    const double y = series.y[static_cast<Eigen::Index>(row)];
    counts[bucket] += 1.0;
    history.mean[bucket] += y;
    history.max[bucket] = std::max(history.max[bucket], y);
  }
  for (std::size_t bucket = 0; bucket < counts.size(); ++bucket) {
    if (counts[bucket] > 0.0) {
      history.mean[bucket] /= counts[bucket];
    } else {
      history.mean[bucket] = std::numeric_limits<double>::quiet_NaN();
      history.max[bucket] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  return history;
}

std::optional<std::int64_t> stale_gap_seconds(Timestamp now, Timestamp last,
                                              std::int64_t cadence_seconds) {
  const std::int64_t gap = now - last;
  if (gap <= std::max(kSecondsPerDay, 10 * cadence_seconds)) return std::nullopt;
  return gap;
}

Result<Plan> make_plan(std::string_view csv, const PlanOptions& options,
                       const StageObserver& observer) {
  begin(observer, "parse");
  const auto table = parse_usage_csv(csv, options.parse);
  if (!table) return table.error();
  Plan plan;
  plan.utc_offset_seconds = options.utc_offset_seconds;
  plan.preset = options.preset;
  plan.policy = options.policy;
  begin(observer, "validate");
  plan.report = validate(table.value(), options.validation);
  const Latest latest = find_latest(plan.report);
  plan.now = options.now.value_or(latest.ds + latest.cadence_seconds);
  plan.stale_gap_seconds = stale_gap_seconds(plan.now, latest.ds, latest.cadence_seconds);
  begin(observer, "features");
  std::int64_t chart_numbers = 0;
  for (const WorkloadSeries& workload : prepare_usage(table.value())) {
    WorkloadPlan planned{workload.key, {}};
    for (const Metric metric : all_metrics()) {
      planned.metrics.push_back(plan_metric(workload, metric, options, plan.now, observer));
      chart_numbers += count_chart_numbers(planned.metrics.back());
      if (chart_numbers > kLimits.max_chart_numbers) return too_many_points(plan.workloads.size());
    }
    plan.workloads.push_back(std::move(planned));
  }
  return plan;
}

}  // namespace plimsoll
