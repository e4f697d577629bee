// One workload's metric, trained: the model that plan, recommend and the server use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/data/series.h"
#include "plimsoll/evaluate/backtest.h"
#include "plimsoll/forecast/prophet/terms/model.h"

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

}  // namespace plimsoll
