// Training on statistics that are already there, as folds and searches have them.
#pragma once

#include "forecast/prophet/fit/optimizer.h"
#include "forecast/prophet/fit/statistics.h"
#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

// As train(); `statistics` are those of the set about theta = 0, nullptr for a model that is not
// linear in its parameters.
FittedModel train_with(const TrainingSet& set, const Statistics* statistics);

// The prior of each column of the set's design.
Penalty make_penalty(const TrainingSet& set, const Layout& layout);

// The minimal subgradient of the log posterior at `optimum`, about which `at_theta` has been
// recentred; `largest_moment` is |Z'y|_inf. Where sigma is held at its floor, it does not count.
Certificate certify(const Statistics& at_theta, double largest_moment, const Penalty& penalty,
                    const Optimum& optimum);

}  // namespace plimsoll
