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
  std::string name;  // "prophet", "prophet_stiff", "recent", "flat"
  std::optional<double> mae;
  // The mean of the folds' errors, each fold counting half as much as the next later one: what
  // candidates are compared by. Absent in files of before it was kept.
  std::optional<double> recent_mae;
  std::string rejected;  // the check that its forecast does not pass; "" where it passes all
};

// Where the series stands at its end.
struct PresentLevel {
  Timestamp since = 0;   // the first sample of the present level; without a shift, of the history
  bool shifted = false;  // the level is another than before `since`
  double low = 0.0, high = 0.0;  // the least and the largest mean of its blocks, a week at most
  std::int64_t block_seconds = 0;
};

// How many samples need a quantity of so many whole units (millicores, mebibytes) and no less.
struct UsageCount {
  std::int64_t units = 0;
  std::int64_t samples = 0;
};

// A part of the day (period of a day) or of the week in which no sample was ever taken: from and to
// are seconds after midnight or after Monday's, UTC; it passes the period's end where from > to.
struct UnobservedTime {
  std::int64_t period_seconds = 0;
  std::int64_t from = 0;
  std::int64_t to = 0;
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
  double y_min = 0.0, y_max = 0.0;         // of the history, for sanity checks
  std::optional<PresentLevel> present;     // absent in files of before it was kept
  std::vector<UsageCount> usage;           // ascending; empty without a physical unit
  std::vector<UnobservedTime> unobserved;  // where a term of the model would invent
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
// the history, and 24 hourly steps ahead are finite, not negative on average, within a bound taken
// from the data and near the level of the present.
struct ModelValidation {
  bool passed = false;
  std::vector<Check> checks;
};

}  // namespace plimsoll
