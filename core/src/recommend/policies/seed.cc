#include "recommend/policies/seed.h"

#include "base/number_text.h"
#include "plimsoll/recommend/recommendation.h"

namespace plimsoll {
namespace {

std::vector<ChainStep> times(const std::string& target, double mean, double multiplier) {
  return {{target, "forecast_mean", mean, "mean of the forecast over the window"},
          {target, "multiplier", mean * multiplier, "x " + number_text(multiplier)}};
}

}  // namespace

Sizing size_by_seed(const Evidence& evidence) {
  const bool is_month = evidence.horizon == Horizon::kMonth;
  const double request = is_month ? 0.7 : 0.8;
  const double limit = is_month ? 1.5 : 1.2;
  const double mean = evidence.forecast.mean;
  return {times("request", mean, request),
          times("limit", mean, limit),
          {{"request_multiplier", request}, {"limit_multiplier", limit}}};
}

}  // namespace plimsoll
