// Stage "feature engineering", first half: a Table -> one clean series a workload and metric.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/data/metrics.h"
#include "plimsoll/data/table.h"

namespace plimsoll {

// A column of the data beside y: cap, floor, a regressor or a condition; one value a moment.
struct NamedColumn {
  std::string name;
  Eigen::VectorXd values;
};

// Moments and what is known about them.
struct Frame {
  std::vector<Timestamp> ds;
  std::vector<NamedColumn> columns;
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(ds.size()); }
  [[nodiscard]] const Eigen::VectorXd* column(std::string_view name) const;  // nullptr if absent
};

// Samples of one quantity, ascending in time. Neither `y` nor a column holds NaN.
struct Series : Frame {
  Eigen::VectorXd y;
};

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
  std::optional<std::string> doubt;  // why nothing may be recommended from it (doubt.h)
};

struct WorkloadSeries {
  WorkloadKey key;
  std::vector<MetricSeries> metrics;  // only those with a column in the file
};

// Sorted by time and de-duplicated (samples with equal timestamps are averaged); missing values
// are left out. A finer part is averaged to one sample a cadence. Current settings are the latest
// ones of the file.
std::vector<WorkloadSeries> prepare_usage(const Table& table);

// For training data: sorted (stable), duplicates kept and missing values left out, as Prophet does.
// Every other column of the table goes along.
Series prepare_training(const Table& table);

// For moments to predict: all rows in the order of the file, with the table's columns.
Frame prepare_moments(const Table& table);

// The most frequent positive step between neighbours, of those that repeat themselves for a tenth
// of the time or a week in all (of all, where none does); the smaller on a tie; 0 below two
// samples. Worked number: 21 days of hourly samples, then 6 hours of one every 15 s: 3600.
std::int64_t cadence_seconds(const std::vector<Timestamp>& ascending);

// Whether more than one step in twenty is at most half of the cadence.
bool has_finer_part(const std::vector<Timestamp>& ascending, std::int64_t cadence_seconds);

}  // namespace plimsoll
