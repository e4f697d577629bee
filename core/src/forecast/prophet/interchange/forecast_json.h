// A forecast as a document.
#pragma once

#include "codec/members.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {

extern const Shape kForecastShape;  // of Forecast

}  // namespace plimsoll
