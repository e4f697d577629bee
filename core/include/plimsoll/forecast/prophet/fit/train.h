// Stage "model training": TrainingSet -> FittedModel, at the exact optimum of Prophet's posterior.
//   lp = -k^2/50 - m^2/50 - sum|delta|/tau - 2 sigma^2 - sum beta_j^2/(2 s_j^2)
//        - T log sigma - RSS / (2 sigma^2)
// Source: Taylor & Letham (2018) and Prophet's published Stan model; see docs/model.md.
#pragma once

#include "plimsoll/forecast/prophet/terms/features.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// Never fails on a TrainingSet: a constant series gets Prophet's answer (the initial parameters and
// sigma 0), and an unbounded posterior gets a floor on sigma and says so in its certificate.
FittedModel train(const TrainingSet& set);

}  // namespace plimsoll
