// What the posterior does not know of hours and weekdays that a history never showed.
#pragma once

#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

// The hours and weekdays without a sample, each with the posterior's deviation of yhat there, by
// Laplace's approximation about the model's parameters (docs/model.md, section 5).
UnseenPhases find_unseen(const TrainingSet& set, const FittedModel& model);

}  // namespace plimsoll
