// All stages at once: CSV bytes -> a plan for every workload of the file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/recommendation.h"
#include "plimsoll/validation.h"

namespace plimsoll {

// Called as a stage begins, with its name ("parse", "validate", "features", "train", ...). It is
// how a host measures or shows progress; the core itself has no clock.
using StageObserver = std::function<void(std::string_view stage)>;

struct PlanOptions {
  ParseOptions parse;
  ValidationOptions validation;
  Preset preset = Preset::kAuto;
  Policy policy = Policy::kSeed;
  std::optional<Timestamp> now;         // default: the last timestamp plus one cadence
  std::int64_t utc_offset_seconds = 0;
  std::optional<Horizon> horizon;       // default: all four
};

struct HorizonPlan {
  Horizon horizon = Horizon::kDay;
  WindowForecast forecast;
  Recommendation recommendation;
  Confidence confidence;
};

enum class MetricStatus { kOk, kNotEnoughData, kUnset };

struct MetricPlan {
  Metric metric = Metric::kCpu;
  MetricStatus status = MetricStatus::kUnset;
  std::string reason;  // why there is no value, in words
  Unit unit = Unit::kNone;
  Series history;      // what the model saw
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
  Policy policy = Policy::kSeed;
  ValidationReport report;
  std::vector<WorkloadPlan> workloads;
};

// A `now` is stale when it lies more than this past the end of the data.
std::int64_t stale_after_seconds(std::int64_t cadence_seconds);

Result<Plan> make_plan(std::string_view csv, const PlanOptions& options,
                       const StageObserver& observer = {});

}  // namespace plimsoll
