// Stage "model validation": how the configuration would have done on the series' own past.
#pragma once

#include <string>
#include <vector>

#include "plimsoll/forecast/prophet/terms/features.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

struct BacktestOptions {
  int max_folds = 5;
  double interval_width = 0.8;
};

struct Fold {
  Timestamp cutoff = 0;  // trained on ds <= cutoff, scored on the horizon after it
  std::int64_t scored = 0;
  double mae = 0.0;
  double rmse = 0.0;
  double coverage = 0.0;  // share of samples inside the model's own interval
};

// Rolling-origin backtest. Errors are in the units of y, means over all scored samples.
struct BacktestReport {
  std::int64_t horizon_seconds = 0;
  std::vector<Fold> folds;  // oldest first; empty when the history is too short
  double mae = 0.0;
  double rmse = 0.0;
  double smape = 0.0;
  double coverage = 0.0;  // of the model's own interval
  double interval_width = 0.8;
  // Conformal correction: |y - yhat| relative to the model's half-width, at the finite-sample
  // quantile of interval_width. Calibrated half-widths are the model's times this; 1 without folds.
  double interval_scale = 1.0;
  double naive_mae = 0.0;  // of repeating the last day (or week), for comparison
};

BacktestReport backtest(const TrainingSet& set, const BacktestOptions& options = {});

}  // namespace plimsoll
