// Models that Prophet for Python saved with model_to_json, and ones that it reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plimsoll/data/series.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// A saved model, ready to predict, with the range of its history in the units of y (zeros when the
// file holds none).
struct ProphetModel {
  FittedModel model;
  double y_min = 0.0, y_max = 0.0;
};

// Reads files of Prophet 0.6 to 1.3.
Result<ProphetModel> decode_prophet_model(std::string_view json);

// What Prophet cannot be told: its holidays begin at midnight of `ds` as it stands, so one in
// another zone has no counterpart. Nothing where the model can be written.
std::optional<Error> refuse_export(const FittedModel& model);

// A fitted model does not keep its samples: give `history` to write them too.
std::string encode_prophet_model(const FittedModel& model, const Series* history = nullptr);

}  // namespace plimsoll
