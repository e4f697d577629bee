// Terms that the data cannot tell apart, so that their coefficients follow the prior alone.
#pragma once

#include <string>
#include <vector>

#include "forecast/prophet/fit/statistics.h"

namespace plimsoll {

// One warning, in words, for every term with columns that are 0 throughout the history or that the
// trend and the columns before them reproduce: a holiday that never comes, a constant regressor, a
// Fourier order above what the cadence shows, a second regressor proportional to the first.
std::vector<std::string> unidentified_terms(const TrainingSet& set, const Statistics& statistics);

}  // namespace plimsoll
