// Stage "model validation": whether a trained model may be used. The checks of its forecast are
// asked wherever one is used.
#pragma once

#include <optional>
#include <string>

#include "plimsoll/evaluate/workload_model.h"

namespace plimsoll {

// The contract's stage 4; see ModelValidation.
ModelValidation validate_model(const WorkloadModel& model);

// Those of the checks that the forecast itself must pass before anything is recommended from it:
// what selects candidates, and what plan and the window endpoints refuse by. Nothing where all
// pass.
std::optional<Check> failed_forecast_check(const WorkloadModel& model);

// "forecast_not_negative failed: ..." for people.
std::string failed_check_text(const WorkloadModel& model, const Check& check);

}  // namespace plimsoll
