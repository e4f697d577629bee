// What `fit` does: one model from `ds,y` data.
#pragma once

#include <optional>
#include <string_view>

#include "plimsoll/base/progress.h"
#include "plimsoll/data/types.h"
#include "plimsoll/evaluate/selection.h"

namespace plimsoll {

// Trains one model on `ds,y` data with a given configuration: what `fit` does. With Preset::kAuto
// the configuration is chosen instead. `training_date` defaults to the last sample.
Result<WorkloadModel> fit_training_csv(std::string_view csv, const ParseOptions& options,
                                       const ModelConfig& config, Preset preset,
                                       std::optional<Timestamp> training_date,
                                       const StageObserver& observer = {});

}  // namespace plimsoll
