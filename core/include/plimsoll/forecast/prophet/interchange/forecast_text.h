// A forecast as JSON and as CSV.
#pragma once

#include <string>

#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {

std::string encode_forecast(const Forecast& forecast);

// `ds,yhat,yhat_lower,yhat_upper,trend,...components`, a row a moment; then a column for each
// further quantile, `yhat_q0.99`.
std::string encode_forecast_csv(const Forecast& forecast);

}  // namespace plimsoll
