// Stage "recommend": a model and a window -> what to request and limit, with the chain behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/evaluate/selection.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"
#include "plimsoll/forecast/windows.h"
#include "plimsoll/recommend/policy.h"

namespace plimsoll {

// Usage expected in a window: calibrated, never negative, in canonical units.
struct WindowForecast {
  Window window;
  std::int64_t step_seconds = 0;
  std::int64_t points = 0;
  // Of each point; a plan without charts keeps none of them.
  std::vector<Timestamp> ds;
  Eigen::VectorXd yhat, yhat_lower, yhat_upper;
  double mean = 0.0;            // of yhat over the window
  double unclipped_mean = 0.0;  // before yhat was kept within what usage can be
  double lower = 0.0;           // of yhat_lower over the window
  double upper = 0.0;
  double peak = 0.0;  // the highest yhat
  Timestamp peak_at = 0;
  std::vector<double> weekly_means;  // the four weekly samples of a month; else empty
};
WindowForecast forecast_window(const WorkloadModel& model, const Window& window);

// A single moment, as `/?datetime_str=` asks for.
WindowForecast forecast_moment(const WorkloadModel& model, Timestamp at);

struct Confidence {
  std::string level;                 // "high", "medium", "low"
  std::vector<std::string> reasons;  // "history of 32.9 days is 1.2 times the horizon"
};
Confidence confidence(const WorkloadModel& model, const Window& window);

// What a program should know before it uses a recommendation.
struct RecommendationWarning {
  std::string code;    // "samples_above_request", "samples_above_limit", "forecast_not_usable"
  std::string detail;  // the same in words
  std::int64_t samples_above = 0;  // of the history's; for the first two codes
  std::int64_t samples = 0;
};

// Absent request and limit: the series has no physical unit, or its forecast can not be used, which
// a warning tells.
struct Recommendation {
  std::string_view policy;  // its name, of the catalogue's
  std::vector<PolicyParameter> parameters;
  std::optional<std::string> request;  // "69m"
  std::optional<std::string> limit;    // "983Mi"
  std::vector<ChainStep> chain;
  std::vector<RecommendationWarning> warnings;
};

// The policy's amounts, rounded up to 1m and 1Mi, at least one of them; the limit never below the
// request. Worked number: seed, mean 0.0854 cores, a week: 0.8 x 0.0854 = 0.06832 -> "69m"; limit
// "103m".
Recommendation recommend(const WindowForecast& forecast, Metric metric, Unit unit, Horizon horizon,
                         const Policy& policy);

// The same for a model's forecast, with what its own history says of it: how many samples lie above
// the request and the limit. A live workload (usage at its present level) gets no quantity from a
// forecast that runs through zero, or below a tenth of the least of that level.
Recommendation recommend(const WorkloadModel& model, const WindowForecast& forecast,
                         Horizon horizon, const Policy& policy);

}  // namespace plimsoll
