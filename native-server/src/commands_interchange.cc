// plimsoll import and export: models of other programs.
#include <iostream>

#include "commands.h"
#include "files.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/terms/training_data.h"

namespace plimsoll::native {

int run_import_prophet_command(const InterchangeFlags& flags) {
  const auto model = import_prophet_model(read_file(flags.model, kLimits.max_body_bytes));
  if (!model) return report_unreadable(flags.model, model.error());
  for (const std::string& warning : model.value().model.warnings) {
    std::cerr << "note: " << warning << '\n';
  }
  std::cout << encode_model(model.value()) << '\n';
  return kExitOk;
}

int run_export_prophet_command(const InterchangeFlags& flags) {
  const auto model = decode_model(read_file(flags.model, kLimits.max_body_bytes));
  if (!model) return report_unreadable(flags.model, model.error());
  if (const auto error = refuse_export(model.value().model)) {
    return report_unreadable(flags.model, *error);
  }
  if (flags.data.empty()) {
    std::cout << encode_prophet_model(model.value().model) << '\n';
    return kExitOk;
  }
  const auto history = read_training_csv(read_file(flags.data, kLimits.max_body_bytes), {},
                                         model.value().model.config);
  if (!history) return report_unreadable(flags.data, history.error());
  std::cout << encode_prophet_model(model.value().model, &history.value()) << '\n';
  return kExitOk;
}

}  // namespace plimsoll::native
