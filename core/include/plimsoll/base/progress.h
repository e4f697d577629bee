// How a host follows the stages.
#pragma once

#include <functional>
#include <string_view>

namespace plimsoll {

// Called as a stage begins, with its name ("parse", "validate", "features", "train", ...). It is
// how a host measures or shows progress; the core itself has no clock.
using StageObserver = std::function<void(std::string_view stage)>;

inline void begin(const StageObserver& observer, std::string_view stage) {
  if (observer) observer(stage);
}

}  // namespace plimsoll
