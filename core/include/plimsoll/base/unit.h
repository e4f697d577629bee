// What a series is measured in.
#pragma once

#include <string_view>

namespace plimsoll {

// The unit a usage column is held in after parsing. A series without a physical unit gets its
// forecast and no Kubernetes quantities.
enum class Unit { kCores, kBytes, kPercent, kNone };
std::string_view unit_name(Unit unit);  // "cores", "bytes", "percent", "none"

}  // namespace plimsoll
