// A model's configuration as JSON, in Prophet's names.
#pragma once

#include "json.h"
#include "plimsoll/model.h"

namespace plimsoll {

Json json_config(const ModelConfig& config);

// Throws FieldError.
ModelConfig read_config(const Json& json, const std::string& path);

}  // namespace plimsoll
