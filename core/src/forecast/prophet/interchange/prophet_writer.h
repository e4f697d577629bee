// Prophet's serialised model: what its `model_to_json` writes and `model_from_json` reads. A JSON
// object, or a JSON text that holds one; within it pandas frames and series are texts of JSON.
#pragma once

#include <array>

namespace plimsoll {

// Names of its attributes that both directions need.
inline constexpr const char* kProphetVersionKey = "__prophet_version";
inline constexpr const char* kOldProphetVersionKey = "__fbprophet_version";  // up to 1.0

// The settings that are the same in a configuration.
inline constexpr std::array kProphetSettings = {"growth",
                                                "n_changepoints",
                                                "changepoint_range",
                                                "yearly_seasonality",
                                                "weekly_seasonality",
                                                "daily_seasonality",
                                                "seasonality_mode",
                                                "seasonality_prior_scale",
                                                "changepoint_prior_scale",
                                                "holidays_prior_scale"};

}  // namespace plimsoll
