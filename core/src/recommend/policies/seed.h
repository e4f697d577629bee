// The policy `seed`: that of the pipeline which Plimsoll grew from.
#pragma once

#include "plimsoll/recommend/policy.h"

namespace plimsoll {

// Request 0.8 and limit 1.2 times the window's mean, for a month 0.7 and 1.5.
// Worked number: mean 0.0854 cores, a week: 0.8 x 0.0854 = 0.06832 and 1.2 x 0.0854 = 0.10248.
Sizing size_by_seed(const Evidence& evidence);

}  // namespace plimsoll
