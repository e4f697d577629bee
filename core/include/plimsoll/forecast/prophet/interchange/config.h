// A model's configuration as JSON, in Prophet's names.
#pragma once

#include <string_view>

#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// Missing and null settings take Prophet's defaults; an unknown one is an error.
Result<ModelConfig> decode_config(std::string_view json);

}  // namespace plimsoll
