// Shapes of workloads, and the names of metrics and units in
// documents.
#pragma once

#include <string_view>

#include "codec/members.h"
#include "plimsoll/data/types.h"

namespace plimsoll {

extern const Shape kKeyShape;  // of WorkloadKey

inline constexpr std::string_view kMetricNames[] = {"cpu", "memory"};
inline constexpr std::string_view kUnitNames[] = {"cores", "bytes", "percent", "none"};

}  // namespace plimsoll
