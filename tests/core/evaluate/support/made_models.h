// Models written down by hand, so that what follows from them can be computed by hand.
#pragma once

#include "plimsoll/evaluate/selection.h"

namespace plimsoll::test {

inline constexpr Timestamp kModelStart = 1767571200;  // Monday 2026-01-05T00:00:00Z

// Always `level`, with Gaussian noise of deviation `sigma` around it. Learnt from 28 days of hourly
// samples, with a backtest in which nothing went wrong: every grade of confidence is good as far as
// seven days ahead.
WorkloadModel flat_model(double level, double sigma = 0.0);

// `level` at kModelStart and `slope` more every day; without noise, of daily samples.
WorkloadModel rising_model(double level, double slope);

}  // namespace plimsoll::test
