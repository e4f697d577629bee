// How a column's numbers become canonical units.
#pragma once

#include <string_view>

#include "plimsoll/data/types.h"

namespace plimsoll {

// From the number in a cell to the canonical unit: value * multiplier / divisor.
struct UnitScale {
  Unit unit = Unit::kNone;
  double multiplier = 1.0;
  double divisor = 1.0;
};

// The unit source of a column that has no unit to read or declare.
inline constexpr std::string_view kNoUnitSource = "none";

}  // namespace plimsoll
