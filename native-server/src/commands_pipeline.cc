// plimsoll pipeline: the four stages, together or one by one.
#include <chrono>
#include <iostream>

#include "commands.h"
#include "files.h"
#include "model_store.h"
#include "pipeline.h"
#include "plimsoll/base/limits.h"
#include "store_lock.h"

namespace plimsoll::native {
namespace {

std::string read_data(const PipelineFlags& flags) {
  return read_file(flags.data, kLimits.max_body_bytes);
}

Result<StageOutcome> run_stage(const std::string& stage, const PipelineFlags& flags,
                               const PipelineOptions& options) {
  if (flags.data.empty() && (stage == "validate" || stage == "run")) {
    throw UsageError("pipeline: --data FILE.csv is required here");
  }
  const ModelStore store(flags.models);
  const StoreLock lock(store.root(), std::chrono::seconds(flags.lock_wait_seconds));
  if (stage == "validate") return run_validate(store, read_data(flags), options);
  if (stage == "train") return run_train(store, options);
  if (stage == "validate-model") return run_validate_model(store, options);
  if (stage == "run") return run_pipeline(store, read_data(flags), options);
  if (!flags.data.empty()) store.write_artefact(kDatasetFile, read_data(flags));
  return run_features(store, options);
}

}  // namespace

int run_pipeline_command(const std::string& stage, const PipelineFlags& flags) {
  const CommonOptions common = read_common(flags.common);
  Timings timings(flags.common.timings);
  PipelineOptions options;
  options.parse = common.parse;
  options.validation = {flags.min_records, flags.tolerate_missing};
  options.preset = require_option("--preset", parse_preset(flags.preset));
  options.now = common.now;
  options.observer = timings.observer();
  const auto outcome = run_stage(stage, flags, options);
  if (!outcome) {
    return report_unreadable(flags.data.empty() ? flags.models : flags.data, outcome.error());
  }
  std::cout << outcome.value().report << '\n';
  return outcome.value().passed ? kExitOk : kExitNo;
}

}  // namespace plimsoll::native
