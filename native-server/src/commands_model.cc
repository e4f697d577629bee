// plimsoll fit and predict.
#include <iostream>

#include "commands.h"
#include "files.h"
#include "plimsoll/codec.h"
#include "plimsoll/forecast.h"
#include "plimsoll/limits.h"
#include "plimsoll/plan.h"
#include "plimsoll/series.h"
#include "plimsoll/terms.h"

namespace plimsoll::native {
namespace {

ModelConfig read_config(const std::string& path) {
  if (path.empty()) return preset_config(Preset::kProphet);
  return require_option(path.c_str(), decode_config(read_file(path, kLimits.max_body_bytes)));
}

// The rows of --at, or --periods steps of --freq after the history.
Frame read_frame(const PredictFlags& flags, const FittedModel& model) {
  if (!flags.at.empty()) {
    ParseOptions options = read_common(flags.common).parse;
    const ColumnNames names = column_names(model.config);
    options.needed_columns = names.needed;
    options.optional_columns = names.optional;
    const auto table = parse_moments_csv(read_file(flags.at, kLimits.max_body_bytes), options);
    return prepare_moments(require_option(flags.at.c_str(), table));
  }
  const std::int64_t step = require_option("--freq", parse_duration(flags.freq));
  Frame frame;
  frame.ds.reserve(static_cast<std::size_t>(flags.periods));
  for (std::int64_t i = 1; i <= flags.periods; ++i) {
    frame.ds.push_back(model.history_end + i * step);
  }
  return frame;
}

}  // namespace

int run_fit_command(const FitFlags& flags) {
  const CommonOptions common = read_common(flags.common);
  Timings timings(flags.common.timings);
  const ModelConfig config = read_config(flags.config);
  const std::string bytes = read_file(flags.data, kLimits.max_body_bytes);
  const auto model = fit_training_csv(bytes, common.parse, config, Preset::kProphet, common.now,
                                      timings.observer());
  if (!model) return report_unreadable(flags.data, model.error());
  timings.begin("encode");
  for (const std::string& warning : model.value().model.warnings) {
    std::cerr << "warning: " << warning << '\n';
  }
  write_file_atomically(flags.model, encode_model(model.value()));
  return kExitOk;
}

int run_predict_command(const PredictFlags& flags) {
  if (flags.at.empty() == (flags.periods == 0)) {
    throw UsageError("predict: expected either --at FUTURE.csv or --periods N --freq STEP");
  }
  if (flags.periods > kLimits.max_forecast_points) {
    throw UsageError("--periods: at most " + std::to_string(kLimits.max_forecast_points));
  }
  Timings timings(flags.common.timings);
  timings.begin("decode");
  const auto model = decode_model(read_file(flags.model, kLimits.max_body_bytes));
  if (!model) return report_unreadable(flags.model, model.error());
  const Frame frame = read_frame(flags, model.value().model);
  if (const auto error = find_missing_column(model.value().model, frame)) {
    return report_unreadable(flags.at.empty() ? "--periods" : flags.at, *error);
  }
  timings.begin("predict");
  const Forecast forecast = predict(model.value().model, frame,
                                    {.interval_width = flags.interval_width,
                                     .levels = flags.quantiles,
                                     .non_negative = flags.non_negative,
                                     .at_most = flags.at_most});
  timings.begin("encode");
  std::cout << encode_forecast_csv(forecast);
  return kExitOk;
}

}  // namespace plimsoll::native
