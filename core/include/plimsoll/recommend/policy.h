// How a forecast becomes a request and a limit: the policies, as rows of a catalogue.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/base/status.h"
#include "plimsoll/forecast/windows.h"

namespace plimsoll {

struct WindowForecast;

// One step of the chain: "request: 0.8 x mean" -> 0.0681 cores.
struct ChainStep {
  std::string target;  // "request" or "limit"
  std::string step;    // "forecast_mean", "multiplier", "at_least_request", "round_up"
  double value = 0.0;  // in canonical units, after the step
  std::string detail;  // "x 0.8"
};

// What a policy may look at.
struct Evidence {
  const WindowForecast& forecast;
  Horizon horizon = Horizon::kDay;
};

struct PolicyParameter {
  std::string name;
  double value = 0.0;
};

// What it answers: the steps to either target, the last of which is its amount, unrounded, in
// canonical units. Rounding, one unit at least and a limit not below its request come after it, for
// all alike.
struct Sizing {
  std::vector<ChainStep> request, limit;
  std::vector<PolicyParameter> parameters;
};

struct Policy {
  std::string_view name;
  Sizing (*size)(const Evidence& evidence);
};

// In the order they are shown; the first is taken unless another is named.
std::span<const Policy> policies();
const Policy& default_policy();

// Fails with kInvalidParameter and the known names.
Result<const Policy*> find_policy(std::string_view name);

}  // namespace plimsoll
