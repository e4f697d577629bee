// A model's configuration as JSON, in Prophet's names.
#pragma once

#include "codec/json.h"
#include "codec/members.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

extern const Shape kConfigShape;  // of ModelConfig

inline constexpr std::string_view kGrowthNames[] = {"linear", "logistic", "flat"};

// What is wrong with the settings is left in `reader`.
ModelConfig read_config(FieldReader& reader, const Json& json, const std::string& path);

}  // namespace plimsoll
