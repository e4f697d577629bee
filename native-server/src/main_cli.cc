// plimsoll: the command line.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "commands.h"
#include "files.h"
#include "plimsoll/base/version.h"

namespace plimsoll::native {
namespace {

void add_timings(CLI::App& command, bool& timings) {
  command.add_flag("--timings", timings, "Seconds a stage took, as JSON on standard error");
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& help,
                      CommonFlags& flags) {
  CLI::App* command = app.add_subcommand(name, help);
  add_timings(*command, flags.timings);
  command->add_option("--now", flags.now, "The present, as ISO-8601");
  command->add_option("--tz", flags.tz, "UTC or an offset such as +01:00")->capture_default_str();
  command->add_option("--map", flags.map, "Columns: timestamp=COL,cpu=COL,memory=COL,...")
      ->allow_extra_args(false);
  command->add_option("--unit", flags.unit, "Units: cpu=cores|millicores|percent,memory=bytes|Mi")
      ->allow_extra_args(false);
  return command;
}

void add_validate(CLI::App& app, ValidateFlags& flags, int& code) {
  auto* command = add_command(app, "validate", "Check a file of usage", flags.common);
  command->add_option("file", flags.file, "FILE.csv, or - for standard input")->required();
  command->add_flag("--json", flags.json, "The report as JSON");
  command->add_flag("--tolerate-missing", flags.tolerate_missing, "Missing values only warn");
  command->add_option("--min-records", flags.min_records, "Records a PASSED file has at least")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->callback([&] { code = run_validate_command(flags); });
}

void add_recommend(CLI::App& app, RecommendFlags& flags, int& code) {
  auto* command = add_command(app, "recommend", "Requests and limits for a file", flags.common);
  command->add_option("file", flags.file, "FILE.csv, or - for standard input")->required();
  command->add_option("--horizon", flags.horizon, "day, week, weekend or month (default: all)");
  command->add_option("--policy", flags.policy, "How to size")->capture_default_str();
  command->add_option("--preset", flags.preset, "prophet, seed or auto")->capture_default_str();
  command->add_option("--format", flags.format, "table, json, csv, or yaml (of a week by default)")
      ->check(CLI::IsMember({"table", "json", "csv", "yaml"}))
      ->capture_default_str();
  command->callback([&] { code = run_recommend_command(flags); });
}

void add_fit(CLI::App& app, FitFlags& flags, int& code) {
  auto* command = add_command(app, "fit", "Train a model on ds,y data", flags.common);
  command->add_option("--data", flags.data, "FILE.csv, or - for standard input")->required();
  command->add_option("--config", flags.config, "CONFIG.json with Prophet's parameters");
  command->add_option("--model", flags.model, "Where to write the model")->required();
  command->callback([&] { code = run_fit_command(flags); });
}

void add_predict(CLI::App& app, PredictFlags& flags, int& code) {
  auto* command = add_command(app, "predict", "Forecast with a model", flags.common);
  command->add_option("--model", flags.model, "MODEL.json of plimsoll fit")->required();
  auto* at = command->add_option("--at", flags.at, "CSV of moments, column ds");
  auto* periods = command->add_option("--periods", flags.periods, "Steps after the history's end")
                      ->check(CLI::PositiveNumber)
                      ->excludes(at);
  command->add_option("--freq", flags.freq, "Step: 5min, MS, W-MON, ... (default: the history's)")
      ->needs(periods);
  command->add_flag("--include-history", flags.include_history, "The history's moments first")
      ->excludes(at);
  command->add_option("--interval-width", flags.interval_width, "Between 0 and 1")
      ->check(CLI::Range(1e-6, 1.0 - 1e-6))
      ->capture_default_str();
  command->add_option("--quantile", flags.quantiles, "Further quantiles, such as 0.5,0.99")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(1e-6, 1.0 - 1e-6));
  command->add_flag("--non-negative", flags.non_negative, "Clip the forecast at 0");
  command->add_option("--at-most", flags.at_most, "Clip the forecast at this value");
  command->callback([&] { code = run_predict_command(flags); });
}

void add_cross_validate(CLI::App& app, CrossValidateFlags& flags, int& code) {
  auto* command =
      add_command(app, "cross-validate", "Forecast the past of ds,y data", flags.common);
  command->add_option("--data", flags.data, "FILE.csv, or - for standard input")->required();
  command->add_option("--config", flags.config, "CONFIG.json with Prophet's parameters");
  command->add_option("--horizon", flags.horizon, "How far ahead, such as '365 days'");
  command->add_option("--initial", flags.initial, "History before the first cutoff");
  command->add_option("--period", flags.period, "Between cutoffs");
  command->add_option(
      "--cutoffs", flags.cutoffs,
      "FILE with one moment a line, in place of those that initial and period make");
  command->add_option("--metrics", flags.metrics, "Where to write performance metrics, as JSON");
  command->add_option("--rolling-window", flags.rolling_window, "Share of rows of each metric")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--interval-width", flags.interval_width, "Between 0 and 1")
      ->check(CLI::Range(1e-6, 1.0 - 1e-6))
      ->capture_default_str();
  command->add_flag("--search", flags.search,
                    "Try a grid of prior scales instead and print their metrics, best first");
  command->callback([&] { code = run_cross_validate_command(flags); });
}

void add_interchange(CLI::App& app, InterchangeFlags& flags, int& code) {
  CLI::App* import_app = app.add_subcommand("import", "Read another program's model");
  import_app->require_subcommand(1);
  auto* import_command = import_app->add_subcommand("prophet", "MODEL.json of model_to_json");
  import_command->add_option("model", flags.model, "MODEL.json, or - for standard input")
      ->required();
  import_command->callback([&] { code = run_import_prophet_command(flags); });
  CLI::App* export_app = app.add_subcommand("export", "Write a model for another program");
  export_app->require_subcommand(1);
  auto* export_command = export_app->add_subcommand("prophet", "For Prophet's model_from_json");
  export_command->add_option("model", flags.model, "MODEL.json of plimsoll fit")->required();
  export_command->add_option("--data", flags.data, "FILE.csv of samples to write along");
  export_command->callback([&] { code = run_export_prophet_command(flags); });
}

void add_request(CLI::App& app, RequestFlags& flags, int& code) {
  auto* command = app.add_subcommand("request", "Answer one request, bare");
  add_timings(*command, flags.timings);
  command->add_option("--now", flags.now, "The present, as ISO-8601; the target's own now= wins");
  command->add_option("--method", flags.method, "GET, POST, ...")->capture_default_str();
  command->add_option("--path", flags.path, "'/next_week?policy=seed'")->required();
  command->add_option("--body", flags.body, "FILE, or - for standard input");
  command->add_option("--content-type", flags.content_type,
                      "Media type of the body (default: what the body looks like)");
  command->add_option("--models", flags.models, "Folder of the model store");
  command->callback([&] { code = run_request_command(flags); });
}

void add_pipeline(CLI::App& app, PipelineFlags& flags, int& code) {
  CLI::App* pipeline = app.add_subcommand("pipeline", "Train and promote models of a store");
  pipeline->require_subcommand(1);
  const std::pair<const char*, const char*> stages[] = {
      {"run", "All four stages"},
      {"validate", "Stage 1: data validation"},
      {"features", "Stage 2: feature engineering"},
      {"train", "Stage 3: model training, into Staging"},
      {"validate-model", "Stage 4: promote what passes to Production"}};
  for (const auto& [name, help] : stages) {
    auto* command = add_command(*pipeline, name, help, flags.common);
    command->add_option("--data", flags.data, "FILE.csv, or - for standard input");
    command->add_option("--models", flags.models, "Folder of the model store")->required();
    command->add_option("--preset", flags.preset, "prophet, seed or auto")->capture_default_str();
    command->add_flag("--tolerate-missing", flags.tolerate_missing, "Missing values only warn");
    command->add_option("--min-records", flags.min_records, "Records the data has at least")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->callback(
        [&flags, &code, stage = std::string(name)] { code = run_pipeline_command(stage, flags); });
  }
}

int run(int argc, char** argv) {
  try {
    CLI::App app("Forecasts CPU and memory of workloads and recommends requests and limits.",
                 "plimsoll");
    app.set_version_flag("--version", plimsoll::kVersion);
    app.require_subcommand(1);
    int code = kExitOk;
    ValidateFlags validate_flags;
    RecommendFlags recommend_flags;
    FitFlags fit_flags;
    PredictFlags predict_flags;
    CrossValidateFlags cross_validate_flags;
    InterchangeFlags interchange_flags;
    RequestFlags request_flags;
    PipelineFlags pipeline_flags;
    add_validate(app, validate_flags, code);
    add_recommend(app, recommend_flags, code);
    add_fit(app, fit_flags, code);
    add_predict(app, predict_flags, code);
    add_cross_validate(app, cross_validate_flags, code);
    add_interchange(app, interchange_flags, code);
    add_request(app, request_flags, code);
    add_pipeline(app, pipeline_flags, code);
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    std::cout.flush();
    return std::cout ? code : kExitUsage;
  } catch (const std::exception& error) {
    std::cerr << "plimsoll: " << error.what() << '\n';
    return kExitUsage;
  }
}

}  // namespace
}  // namespace plimsoll::native

int main(int argc, char** argv) { return plimsoll::native::run(argc, argv); }
