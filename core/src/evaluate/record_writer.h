// The model file.
#pragma once

#include "codec/json.h"
#include "plimsoll/evaluate/workload_model.h"

namespace plimsoll {

// 1: linear and flat additive models of yearly, weekly and daily terms. 2: all of Prophet's.
inline constexpr int kModelSchemaVersion = 2;

// What is wrong with the document is left in `reader`.
WorkloadModel read_model(FieldReader& reader, const Json& json);

}  // namespace plimsoll
