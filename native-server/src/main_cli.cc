// plimsoll: the command line.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <type_traits>

#include "commands.h"
#include "files.h"
#include "plimsoll/base/version.h"

namespace plimsoll::native {
namespace {

void add_timings(CLI::App& command, bool& timings) {
  command.add_flag("--timings", timings, "Seconds a stage took, as JSON on standard error");
}

// "--interval-width" of interval_width.
std::string flag_of(const Option& option) {
  std::string flag = "--" + std::string(option.name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string help_of(const Option& option) {
  std::string help(option.summary);
  if (help[0] >= 'a' && help[0] <= 'z') help[0] = static_cast<char>(help[0] - 'a' + 'A');
  return help;
}

// The flag of a request's option, with its help and its bounds. `also` is a second name for it.
template <class Target>
CLI::Option* add(CLI::App* command, const Option& option, Target& target,
                 const std::string& also = {}) {
  if constexpr (std::is_same_v<Target, bool>) {
    return command->add_flag(flag_of(option), target, help_of(option));
  } else {
    CLI::Option* const added = command->add_option(flag_of(option) + also, target, help_of(option));
    if (option.most > option.least) added->check(CLI::Range(option.least, option.most));
    if (option.kind == OptionKind::kCount) added->check(CLI::NonNegativeNumber);
    if (option.kind == OptionKind::kNumbers) added->delimiter(',')->allow_extra_args(false);
    return added;
  }
}

// What a command reads of the flags that several have.
struct Uses {
  bool now = false;
  bool tz = false;
  bool units = false;
  std::span<const Option* const> columns;
};

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& help,
                      CommonFlags& flags, const Uses& uses) {
  CLI::App* command = app.add_subcommand(name, help);
  add_timings(*command, flags.timings);
  if (uses.now) add(command, option::kNow, flags.now);
  if (uses.tz) add(command, option::kTz, flags.tz);
  if (!uses.columns.empty()) {
    std::string roles;
    for (const Option* const column : uses.columns) {
      roles += (roles.empty() ? "Columns: " : ",") +
               std::string(column->name.substr(column->name.find('.') + 1)) + "=COL";
    }
    command->add_option("--map", flags.map, roles)->allow_extra_args(false);
  }
  if (uses.units) {
    command
        ->add_option("--unit", flags.unit,
                     "Units: cpu=" + std::string(option::kUnitCpu.summary) +
                         "; memory=" + std::string(option::kUnitMemory.summary))
        ->allow_extra_args(false);
  }
  // Before it runs: the command knows which columns can be named.
  command->preparse_callback(
      [&flags, columns = uses.columns](std::size_t) { flags.columns = columns; });
  return command;
}

constexpr Uses kUsage{.units = true, .columns = option::kUsageColumns};

void add_validate(CLI::App& app, ValidateFlags& flags, int& code) {
  auto* command = add_command(app, "validate", "Check a file of usage", flags.common, kUsage);
  command->add_option("file", flags.file, "FILE.csv, or - for standard input")->required();
  command->add_flag("--json", flags.json, "The report as JSON");
  add(command, option::kTolerateMissing, flags.tolerate_missing);
  add(command, option::kMinRecords, flags.min_records)->capture_default_str();
  command->callback([&] { code = run_validate_command(flags); });
}

void add_recommend(CLI::App& app, RecommendFlags& flags, int& code) {
  auto* command =
      add_command(app, "recommend", "Requests and limits for a file", flags.common,
                  {.now = true, .tz = true, .units = true, .columns = option::kUsageColumns});
  command->add_option("file", flags.file, "FILE.csv, or - for standard input")->required();
  add(command, option::kHorizon, flags.horizon);
  add(command, option::kPolicy, flags.policy)->capture_default_str();
  add(command, option::kPreset, flags.preset)->capture_default_str();
  add(command, option::kTolerateMissing, flags.tolerate_missing);
  add(command, option::kMinRecords, flags.min_records)->capture_default_str();
  command->add_option("--format", flags.format, "table, json, csv, or yaml (of a week by default)")
      ->check(CLI::IsMember({"table", "json", "csv", "yaml"}))
      ->capture_default_str();
  command->callback([&] { code = run_recommend_command(flags); });
}

void add_fit(CLI::App& app, FitFlags& flags, int& code) {
  auto* command = add_command(app, "fit", "Train a model on ds,y data", flags.common,
                              {.now = true, .tz = true, .columns = option::kTrainingColumns});
  command->add_option("--data", flags.data, "FILE.csv, or - for standard input")->required();
  command->add_option("--config", flags.config, "CONFIG.json with Prophet's parameters");
  add(command, option::kFitPreset, flags.preset)->capture_default_str();
  command->add_option("--model", flags.model, "Where to write the model")->required();
  command->callback([&] { code = run_fit_command(flags); });
}

void add_predict(CLI::App& app, PredictFlags& flags, int& code) {
  auto* command = add_command(app, "predict", "Forecast with a model", flags.common,
                              {.columns = option::kMomentColumns});
  command->add_option("--model", flags.model, "MODEL.json of plimsoll fit")->required();
  auto* at = command->add_option("--at", flags.at, "CSV of moments, column ds");
  auto* periods = command->add_option("--periods", flags.periods, "Steps after the history's end")
                      ->check(CLI::PositiveNumber)
                      ->excludes(at);
  command->add_option("--freq", flags.freq, "Step: 5min, MS, W-MON, ... (default: the history's)")
      ->needs(periods);
  command->add_flag("--include-history", flags.include_history, "The history's moments first")
      ->excludes(at);
  add(command, option::kIntervalWidth, flags.interval_width)->capture_default_str();
  add(command, option::kQuantiles, flags.quantiles, ",--quantile");
  add(command, option::kNonNegative, flags.non_negative);
  add(command, option::kAtMost, flags.at_most);
  command->callback([&] { code = run_predict_command(flags); });
}

void add_cross_validate(CLI::App& app, CrossValidateFlags& flags, int& code) {
  auto* command = add_command(app, "cross-validate", "Forecast the past of ds,y data", flags.common,
                              {.tz = true, .columns = option::kTrainingColumns});
  command->add_option("--data", flags.data, "FILE.csv, or - for standard input")->required();
  command->add_option("--config", flags.config, "CONFIG.json with Prophet's parameters");
  add(command, option::kAhead, flags.horizon);
  add(command, option::kInitial, flags.initial);
  add(command, option::kPeriod, flags.period);
  command->add_option(
      "--cutoffs", flags.cutoffs,
      "FILE with one moment a line, in place of those that initial and period make");
  auto* metrics = command->add_option("--metrics", flags.metrics,
                                      "Where to write performance metrics, as JSON");
  add(command, option::kRollingWindow, flags.rolling_window)->capture_default_str()->needs(metrics);
  add(command, option::kIntervalWidth, flags.interval_width)->capture_default_str();
  command
      ->add_flag("--search", flags.search,
                 "Try a grid of prior scales instead and print their metrics, best first")
      ->excludes(metrics);
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

// A stage of the pipeline and what it reads.
struct StageUses {
  const char* name;
  const char* help;
  bool data;  // the file, its columns and units
  bool validation;
  bool training;
};

void add_pipeline(CLI::App& app, PipelineFlags& flags, int& code) {
  CLI::App* pipeline = app.add_subcommand("pipeline", "Train and promote models of a store");
  pipeline->require_subcommand(1);
  constexpr StageUses kStages[] = {
      {"run", "All four stages", true, true, true},
      {"validate", "Stage 1: data validation", true, true, false},
      {"features", "Stage 2: feature engineering", true, false, false},
      {"train", "Stage 3: model training, into Staging", false, false, true},
      {"validate-model", "Stage 4: promote what passes to Production", false, false, false}};
  for (const StageUses& stage : kStages) {
    Uses uses = stage.data ? kUsage : Uses{};
    uses.now = stage.training;
    auto* command = add_command(*pipeline, stage.name, stage.help, flags.common, uses);
    command->add_option("--models", flags.models, "Folder of the model store")->required();
    command
        ->add_option("--lock-wait", flags.lock_wait_seconds,
                     "Seconds to wait for another writer of the store")
        ->check(CLI::Range(0, 86400))
        ->capture_default_str();
    if (stage.data) {
      command->add_option("--data", flags.data, "FILE.csv, or - for standard input");
    }
    if (stage.training) add(command, option::kPreset, flags.preset)->capture_default_str();
    if (stage.validation) {
      add(command, option::kTolerateMissing, flags.tolerate_missing);
      add(command, option::kMinRecords, flags.min_records)->capture_default_str();
    }
    command->callback([&flags, &code, name = std::string(stage.name)] {
      code = run_pipeline_command(name, flags);
    });
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
