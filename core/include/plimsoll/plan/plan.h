// All stages at once: CSV bytes -> a plan for every workload of the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/base/progress.h"
#include "plimsoll/data/validation.h"
#include "plimsoll/recommend/recommendation.h"

namespace plimsoll {

struct PlanOptions {
  ParseOptions parse;
  ValidationOptions validation;
  Preset preset = Preset::kAuto;
  const Policy* policy = &default_policy();
  std::optional<Timestamp> now;  // default: the last timestamp plus one cadence
  std::int64_t utc_offset_seconds = 0;
  std::optional<Horizon> horizon;  // default: all four
  bool points = true;              // keeps every forecast point, for charts
};

struct HorizonPlan {
  Horizon horizon = Horizon::kDay;
  WindowForecast forecast;
  Recommendation recommendation;
  Confidence confidence;
};

// The past as a chart shows it: means and maxima of equal buckets, NaN where a bucket is empty.
struct History {
  Timestamp start = 0;
  std::int64_t step_seconds = 0;
  std::vector<double> mean;
  std::vector<double> max;
};
inline constexpr std::int64_t kMaxHistoryBuckets = 2016;

// Buckets of one cadence, or of as many as keep their number within kMaxHistoryBuckets.
History bucket_history(const Series& series);

// kFailedChecks: there is a model, and no candidate's forecast passed the checks of stage 4.
// kUntrusted: what was read is probably not what it is taken for (doubt.h), so there is no model.
enum class MetricStatus { kOk, kNotEnoughData, kFailedChecks, kUntrusted, kUnset };
std::string_view status_name(MetricStatus status);  // "ok", "not_enough_data", ...

struct MetricPlan {
  Metric metric = Metric::kCpu;
  MetricStatus status = MetricStatus::kUnset;
  std::string reason;  // why there is no value, in words
  Unit unit = Unit::kNone;
  CurrentSetting current;
  History history;  // what the model saw
  std::optional<WorkloadModel> model;
  std::vector<HorizonPlan> horizons;
};

struct WorkloadPlan {
  WorkloadKey key;
  std::vector<MetricPlan> metrics;  // cpu, then memory, always both
};

struct Plan {
  Timestamp now = 0;
  std::int64_t utc_offset_seconds = 0;
  std::optional<std::int64_t> stale_gap_seconds;  // now lies far past the data
  Preset preset = Preset::kAuto;
  const Policy* policy = &default_policy();
  ValidationReport report;
  std::vector<WorkloadPlan> workloads;
};

// One horizon of one model: window, forecast, recommendation and confidence. What /v1/plan and
// /next_week share.
HorizonPlan plan_horizon(const WorkloadModel& model, Horizon horizon, Timestamp now,
                         std::int64_t utc_offset_seconds, const Policy& policy);

// How far `now` lies past the data's end, when that is more than a day and ten cadences.
std::optional<std::int64_t> stale_gap_seconds(Timestamp now, Timestamp last,
                                              std::int64_t cadence_seconds);

Result<Plan> make_plan(std::string_view csv, const PlanOptions& options,
                       const StageObserver& observer = {});

}  // namespace plimsoll
