// What cross-validations are asked for and what they give.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

#include "plimsoll/base/timestamp.h"

namespace plimsoll {

// Prophet's rules: the last cutoff lies a horizon before the end; earlier ones follow at steps of
// `period` while at least `initial` of history is left before them; one without a sample in its
// horizon moves back to a horizon before the last sample ahead of it.
struct CrossValidationOptions {
  std::int64_t horizon_seconds = 0;  // 0, with cutoffs: from the last of them to the end
  // Half a horizon.
  std::optional<std::int64_t> period_seconds = std::nullopt;
  // Three horizons, or the longest seasonal period if that is more.
  std::optional<std::int64_t> initial_seconds = std::nullopt;
  std::vector<Timestamp> cutoffs = {};  // instead of these two, when not empty
  double interval_width = 0.8;
};

// Forecasts of samples that the model had not seen; rows by cutoff, then ds. A model is trained on
// ds <= cutoff and scored on cutoff < ds <= cutoff + horizon.
struct CrossValidation {
  std::int64_t horizon_seconds = 0;
  double interval_width = 0.8;
  std::vector<Timestamp> cutoffs;  // ascending
  std::vector<Timestamp> ds;
  std::vector<Timestamp> cutoff;  // one a row
  Eigen::VectorXd y;
  Eigen::VectorXd yhat;
  Eigen::VectorXd yhat_lower;
  Eigen::VectorXd yhat_upper;
};

// Errors of the forecasts that lie up to one horizon ahead, over a window of rows.
struct PerformanceMetrics {
  std::int64_t horizon_seconds = 0;
  double mse = 0.0;
  double rmse = 0.0;
  double mae = 0.0;
  std::optional<double> mape;   // absent when some |y| is below 1e-8
  std::optional<double> mdape;  // likewise
  double smape = 0.0;           // 2 |y - yhat| / (|y| + |yhat|), 0 where both are 0
  double coverage = 0.0;        // share of y within the interval
};

}  // namespace plimsoll
