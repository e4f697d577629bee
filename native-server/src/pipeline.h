// The four stages of the pipeline over a model store. Each runs alone: a stage finds what it needs
// in the store, where the stage before has put it.
//
//   validate        data                           -> metrics_dataset.csv,
//                                                     modular-validation_report.json
//   features        metrics_dataset.csv            -> modular-prophet_ready_data.csv,
//                                                     modular-features_report.json
//   train           the two of features            -> model versions, in Staging
//   validate-model  models in Staging              -> PASSED ones in Production,
//                                                     modular-model_validation_report.json
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model_store.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll::native {

struct PipelineOptions {
  ParseOptions parse;
  ValidationOptions validation;
  Preset preset = Preset::kAuto;
  // The training date; default: the end of each workload's data plus one cadence.
  std::optional<Timestamp> now;
  StageObserver observer;
};

// What a stage found: its report as JSON, and whether the data lets the next stage begin.
struct StageOutcome {
  bool passed = false;
  std::string report;
};

// Data that cannot be read at all is an Error; a report FAILED is an outcome. All throw FileError.
Result<StageOutcome> run_validate(const ModelStore& store, std::string_view csv,
                                  const PipelineOptions& options);
Result<StageOutcome> run_features(const ModelStore& store, const PipelineOptions& options);

// One workload that cannot be trained is reported and never stops the others; models that are
// served stay as they are. Passed when a model was trained and none failed.
Result<StageOutcome> run_train(const ModelStore& store, const PipelineOptions& options);
Result<StageOutcome> run_validate_model(const ModelStore& store, const PipelineOptions& options);

// All four, with their reports side by side; ends at the first stage that leaves nothing to go on
// with. Passed when every stage passed.
Result<StageOutcome> run_pipeline(const ModelStore& store, std::string_view csv,
                                  const PipelineOptions& options);

inline constexpr const char* kDatasetFile = "metrics_dataset.csv";
inline constexpr const char* kValidationReportFile = "modular-validation_report.json";
inline constexpr const char* kPreparedDataFile = "modular-prophet_ready_data.csv";
inline constexpr const char* kFeaturesReportFile = "modular-features_report.json";
inline constexpr const char* kModelValidationReportFile = "modular-model_validation_report.json";

}  // namespace plimsoll::native
