// Training on statistics that are already there, as folds and searches have them.
#pragma once

#include "plimsoll/train.h"
#include "statistics.h"

namespace plimsoll {

// As train(); `statistics` are those of the set about theta = 0, nullptr for a model that is not
// linear in its parameters.
FittedModel train_with(const TrainingSet& set, const Statistics* statistics);

}  // namespace plimsoll
