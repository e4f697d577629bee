// Stage "model validation": how the configuration would have done on the series' own past.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/forecast/prophet/terms/features.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

struct BacktestOptions {
  int max_folds = 5;
  double interval_width = 0.8;
  // Folds lie after this moment, with a horizon for a history that began there: the present level
  // of a series that has shifted.
  std::optional<Timestamp> since = std::nullopt;
  // What a fold may train on, where that is not everything up to its cutoff.
  std::optional<Timestamp> train_from = std::nullopt;
  std::optional<std::int64_t> train_seconds = std::nullopt;  // the last of these before the cutoff
};

struct Fold {
  Timestamp cutoff = 0;  // trained on ds <= cutoff, scored on the horizon after it
  std::int64_t scored = 0;
  double mae = 0.0;
  double rmse = 0.0;
  // Share of samples inside the model's own interval. A sample of no interval and no error (a
  // constant past that went on) says nothing; absent where all are so.
  std::optional<double> coverage;
};

// Rolling-origin backtest. Errors are in the units of y, means over all scored samples.
struct BacktestReport {
  std::int64_t horizon_seconds = 0;
  std::vector<Fold> folds;  // oldest first; empty when the history is too short
  double mae = 0.0;
  double recent_mae = 0.0;  // mean of the folds' mae, each counting half as much as the next later
  double rmse = 0.0;
  double smape = 0.0;
  std::optional<double> coverage;  // of the model's own interval; as in Fold
  double interval_width = 0.8;
  // Conformal correction: |y - yhat| relative to the model's half-width, at the finite-sample
  // quantile of interval_width, samples of a fold counting half as much as those of the next later
  // one; within kLeastIntervalScale and kMostIntervalScale. Calibrated half-widths are the model's
  // times this; 1 without folds.
  double interval_scale = 1.0;
  double naive_mae = 0.0;  // of repeating the last day (or week), for comparison
};

inline constexpr double kLeastIntervalScale = 0.1;
inline constexpr double kMostIntervalScale = 10.0;

BacktestReport backtest(const TrainingSet& set, const BacktestOptions& options = {});

}  // namespace plimsoll
