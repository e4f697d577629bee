// Stage "feature engineering", first half: a Table -> one clean series a workload and metric.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/table.h"

namespace plimsoll {

// Samples of one quantity, ascending in time. `y` holds no NaN.
struct Series {
  std::vector<Timestamp> ds;
  Eigen::VectorXd y;
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(ds.size()); }
};

enum class Metric { kCpu, kMemory };
std::string_view metric_name(Metric metric);  // "cpu", "memory"

// What is set on the workload now; absent is unset, in canonical units (cores, bytes).
struct CurrentSetting {
  std::optional<double> request;
  std::optional<double> limit;
};

struct MetricSeries {
  Metric metric = Metric::kCpu;
  Unit unit = Unit::kNone;
  Series series;
  CurrentSetting current;
};

struct WorkloadSeries {
  WorkloadKey key;
  std::vector<MetricSeries> metrics;  // only those with a column in the file
};

// Sorted by time and de-duplicated (samples with equal timestamps are averaged); missing values
// are left out. Current settings are the latest ones of the file.
std::vector<WorkloadSeries> prepare_usage(const Table& table);

// For training data: sorted (stable), duplicates kept and missing values left out, as Prophet does.
Series prepare_training(const Table& table);

// The most frequent positive step between neighbours; the smaller on a tie; 0 below two samples.
std::int64_t cadence_seconds(const std::vector<Timestamp>& ascending);

}  // namespace plimsoll
