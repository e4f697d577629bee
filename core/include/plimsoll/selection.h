// One workload's metric, trained: the model that plan, recommend and the server use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/backtest.h"
#include "plimsoll/model.h"
#include "plimsoll/series.h"

namespace plimsoll {

// A configuration that was tried and what the backtest said; no error without a backtest.
struct Candidate {
  std::string name;  // "prophet", "prophet_stiff", "flat"
  std::optional<double> mae;
};

// A fitted model with its evidence; what a model file holds.
struct WorkloadModel {
  WorkloadKey key;
  Metric metric = Metric::kCpu;
  Unit unit = Unit::kNone;
  std::string preset;                 // "auto"
  std::string chosen;                 // the candidate that won, "prophet"
  std::vector<Candidate> candidates;  // in the order tried
  FittedModel model;
  BacktestReport backtest;
  CurrentSetting current;
  double y_min = 0.0, y_max = 0.0;  // of the history, for sanity checks
  Timestamp training_date = 0;
  std::string model_version;  // content hash of the encoded model
};

// Trains one series under a preset, choosing among candidates where the preset is kAuto.
// Fails with kNotEnoughData below kMinimumHistory.
Result<WorkloadModel> train_workload(const WorkloadKey& key, const MetricSeries& metric,
                                     Preset preset, Timestamp training_date);

// Trains one series with a given configuration, without a backtest; `preset` is only its name.
Result<WorkloadModel> train_with_config(const WorkloadKey& key, const MetricSeries& metric,
                                        const ModelConfig& config, Preset preset,
                                        Timestamp training_date);

// A forecast needs 24 samples over a day: the last of them may begin 23 hours after the first.
inline constexpr std::int64_t kMinimumHistorySeconds = kSecondsPerDay;
inline constexpr std::int64_t kMinimumHistorySamples = 24;

// One sanity check of a trained model, with what it saw.
struct Check {
  std::string name;  // "forecast_finite"
  bool passed = false;
  std::string detail;
};

// The contract's stage 4: the fit is certified optimal, the backtest's error is in proportion to
// the history, and 24 hourly steps ahead are finite, not negative on average and within a bound
// taken from the data.
struct ModelValidation {
  bool passed = false;
  std::vector<Check> checks;
};
ModelValidation validate_model(const WorkloadModel& model);

}  // namespace plimsoll
