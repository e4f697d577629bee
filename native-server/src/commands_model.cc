// plimsoll fit and predict.
#include <iostream>

#include "commands.h"
#include "files.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/data/series.h"
#include "plimsoll/evaluate/cross_validation_text.h"
#include "plimsoll/evaluate/fit.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/interchange/config.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"
#include "plimsoll/forecast/prophet/predict/future_moments.h"
#include "plimsoll/forecast/prophet/terms/training_data.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll::native {
namespace {

// The file's, or that of a preset; a holiday begins at midnight in the zone given.
ModelConfig read_config(const std::string& path, const CommonOptions& common,
                        Preset preset = Preset::kProphet) {
  ModelConfig config = preset_config(preset);
  if (!path.empty()) {
    config = require_option(path.c_str(), decode_config(read_file(path, kLimits.max_body_bytes)));
  }
  if (common.utc_offset_seconds) config.holidays_utc_offset_seconds = *common.utc_offset_seconds;
  return config;
}

// The rows of --at; or those of the history if asked for, and --periods steps after it.
Frame read_frame(const PredictFlags& flags, const FittedModel& model) {
  if (!flags.at.empty()) {
    const ParseOptions options = read_common(flags.common).parse;
    const std::string bytes = read_file(flags.at, kLimits.max_body_bytes);
    return require_option(flags.at.c_str(), read_moments_csv(bytes, options, model.config));
  }
  const Step step = flags.freq.empty() ? step_of_history(model)
                                       : require_option("--freq", parse_step(flags.freq));
  Frame frame;
  if (flags.include_history) {
    frame.ds =
        require_option("--include-history", moments_of_history(model, kLimits.max_forecast_points));
  }
  const auto future =
      require_option("--periods", moments_after(step, model.history_end, flags.periods));
  frame.ds.insert(frame.ds.end(), future.begin(), future.end());
  return frame;
}

CrossValidationOptions read_cross_validation(const CrossValidateFlags& flags) {
  CrossValidationOptions options;
  options.interval_width = flags.interval_width;
  if (flags.horizon.empty() && flags.cutoffs.empty()) {
    throw UsageError("--horizon: how far ahead to forecast, such as '365 days'");
  }
  if (!flags.horizon.empty()) {
    options.horizon_seconds = require_option("--horizon", parse_duration(flags.horizon));
  }
  if (!flags.initial.empty()) {
    options.initial_seconds = require_option("--initial", parse_duration(flags.initial));
  }
  if (!flags.period.empty()) {
    options.period_seconds = require_option("--period", parse_duration(flags.period));
  }
  if (!flags.cutoffs.empty()) {
    options.cutoffs = require_option(
        flags.cutoffs.c_str(), parse_cutoffs(read_file(flags.cutoffs, kLimits.max_body_bytes)));
  }
  return options;
}

}  // namespace

int run_fit_command(const FitFlags& flags) {
  const CommonOptions common = read_common(flags.common);
  Timings timings(flags.common.timings);
  const Preset preset = require_option("--preset", parse_preset(flags.preset));
  const ModelConfig config = read_config(flags.config, common, preset);
  const std::string bytes = read_file(flags.data, kLimits.max_body_bytes);
  const auto model =
      fit_training_csv(bytes, common.parse, config, preset, common.now, timings.observer());
  if (!model) return report_unreadable(flags.data, model.error());
  timings.begin("encode");
  for (const std::string& warning : model.value().model.warnings) {
    std::cerr << "warning: " << warning << '\n';
  }
  write_file_atomically(flags.model, encode_model(model.value()));
  return kExitOk;
}

int run_predict_command(const PredictFlags& flags) {
  if (flags.at.empty() == (flags.periods == 0 && !flags.include_history)) {
    throw UsageError("predict: expected --at FUTURE.csv, --periods N or --include-history");
  }
  if (flags.at.empty() && !flags.common.map.empty()) {
    throw UsageError("--map: names a column of --at FUTURE.csv, which is not given");
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
                                     .trend_interval = true,
                                     .widen_unseen = true,
                                     .non_negative = flags.non_negative,
                                     .at_most = flags.at_most});
  timings.begin("encode");
  for (const std::string& warning : forecast.warnings) std::cerr << "warning: " << warning << '\n';
  std::cout << encode_forecast_csv(forecast);
  return kExitOk;
}

int run_cross_validate_command(const CrossValidateFlags& flags) {
  const CommonOptions common = read_common(flags.common);
  Timings timings(flags.common.timings);
  const CrossValidationOptions options = read_cross_validation(flags);
  const ModelConfig config = read_config(flags.config, common);
  timings.begin("parse");
  auto series =
      read_training_csv(read_file(flags.data, kLimits.max_body_bytes), common.parse, config);
  if (!series) return report_unreadable(flags.data, series.error());
  timings.begin("features");
  const auto set = engineer_features(std::move(series).value(), config);
  if (!set) return report_unreadable(flags.data, set.error());
  timings.begin("cross-validate");
  if (flags.search) {
    const auto results = search_prior_scales(set.value(), {.validation = options});
    if (!results) return report_unreadable(flags.data, results.error());
    std::cout << encode_search(results.value()) << '\n';
    return kExitOk;
  }
  const auto validation = cross_validate(set.value(), options);
  if (!validation) return report_unreadable(flags.data, validation.error());
  timings.begin("encode");
  std::cout << encode_cross_validation_csv(validation.value());
  if (!flags.metrics.empty()) {
    write_file_atomically(
        flags.metrics, encode_cross_validation_metrics(validation.value(), flags.rolling_window));
  }
  return kExitOk;
}

}  // namespace plimsoll::native
