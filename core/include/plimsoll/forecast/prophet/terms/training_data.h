// Files that Prophet's models are trained on and predict for.
#pragma once

#include <string_view>

#include "plimsoll/data/series.h"
#include "plimsoll/data/types.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// `ds,y` data with the further columns that `config` reads.
Result<Series> read_training_csv(std::string_view csv, const ParseOptions& options,
                                 const ModelConfig& config);

// Moments to predict, with the columns that a model of `config` reads.
Result<Frame> read_moments_csv(std::string_view csv, const ParseOptions& options,
                               const ModelConfig& config);

}  // namespace plimsoll
