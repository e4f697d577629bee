#include "plimsoll/base/unit.h"

namespace plimsoll {

std::string_view unit_name(Unit unit) {
  constexpr std::string_view kNames[] = {"cores", "bytes", "percent", "none"};
  return kNames[static_cast<std::size_t>(unit)];
}

}  // namespace plimsoll
