// What can be measured of a workload: one row a metric. Columns, units, documents, prepared data
// and quantities follow from it; its columns' options stand in api/options.h.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "plimsoll/base/unit.h"

namespace plimsoll {

enum class Metric { kCpu, kMemory };  // in the order of kMetrics

struct MetricInfo {
  std::string_view name;                      // of its column's role, and in documents
  std::string_view request_role, limit_role;  // of the columns that say what is set
  std::string_view label;                     // in sentences
  std::string_view other_name;                // another word for it in headers; ""
  Unit unit = Unit::kNone;                    // what its column is held in
  std::string_view unit_names;                // what may be declared
  // What a Kubernetes quantity counts: value * multiplier / divisor of them. A multiplier of 0: the
  // metric gets a forecast and no quantity.
  double multiplier = 0.0;
  double divisor = 1.0;
  std::string_view suffix;       // of the quantity
  int decimals = 6;              // of usage in documents
  bool share_has_bound = false;  // in percent it never passes 100
};

inline constexpr std::array kMetrics = {
    MetricInfo{.name = "cpu",
               .request_role = "cpu_request",
               .limit_role = "cpu_limit",
               .label = "CPU",
               .other_name = "",
               .unit = Unit::kCores,
               .unit_names = "cores, millicores, percent or none",
               .multiplier = 1000.0,
               .suffix = "m"},
    MetricInfo{.name = "memory",
               .request_role = "memory_request",
               .limit_role = "memory_limit",
               .label = "memory",
               .other_name = "mem",
               .unit = Unit::kBytes,
               .unit_names = "bytes, Ki, Mi, Gi, kB, MB, GB, percent or none",
               .multiplier = 1.0,
               .divisor = 1048576.0,
               .suffix = "Mi",
               .decimals = 0,
               .share_has_bound = true}};

constexpr const MetricInfo& info_of(Metric metric) {
  return kMetrics[static_cast<std::size_t>(metric)];
}

constexpr std::string_view metric_name(Metric metric) { return info_of(metric).name; }

constexpr std::array<Metric, kMetrics.size()> all_metrics() {
  std::array<Metric, kMetrics.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Metric>(i);
  return all;
}

// The metric that a role is about: memory for "memory" and for "memory_limit"; nullptr for
// "namespace".
constexpr const MetricInfo* metric_of_role(std::string_view role) {
  for (const MetricInfo& metric : kMetrics) {
    if (role == metric.name || role == metric.request_role || role == metric.limit_role) {
      return &metric;
    }
  }
  return nullptr;
}

// Whether a role is usage itself, not a setting.
constexpr bool is_usage_role(std::string_view role) {
  const MetricInfo* const metric = metric_of_role(role);
  return metric != nullptr && metric->name == role;
}

}  // namespace plimsoll
