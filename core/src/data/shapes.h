// Shapes of workloads, and the names of metrics and units in
// documents.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "codec/members.h"
#include "plimsoll/data/metrics.h"
#include "plimsoll/data/types.h"

namespace plimsoll {

extern const Shape kKeyShape;  // of WorkloadKey

inline constexpr auto kMetricNames = [] {
  std::array<std::string_view, kMetrics.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kMetrics[i].name;
  return names;
}();
inline constexpr std::string_view kUnitNames[] = {"cores", "bytes", "percent", "none"};

}  // namespace plimsoll
