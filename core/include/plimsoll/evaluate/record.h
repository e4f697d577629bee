// The record of a trained model: what a model file holds, and the report of its validation.
#pragma once

#include <string>
#include <string_view>

#include "plimsoll/evaluate/workload_model.h"

namespace plimsoll {

// JSON numbers are the shortest text that reads back as the same double, the same bytes in every
// host.
std::string encode_model(const WorkloadModel& model);
Result<WorkloadModel> decode_model(std::string_view json);

std::string encode_model_validation(const WorkloadModel& model, const ModelValidation& validation);

// A content hash of the model's numbers: 16 hexadecimal digits. It does not cover training_date.
std::string model_version(const WorkloadModel& model);

// The record of a model that Prophet for Python saved; its training_date is its last sample.
Result<WorkloadModel> import_prophet_model(std::string_view json);

}  // namespace plimsoll
