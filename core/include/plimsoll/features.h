// Stage "feature engineering", second half: a Series and a ModelConfig -> what training needs.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "plimsoll/model.h"
#include "plimsoll/series.h"

namespace plimsoll {

// A model to be trained: the series with every automatic choice made.
struct TrainingSet {
  Series series;
  ModelConfig config;
  std::vector<Seasonality> seasonalities;
  std::vector<std::string> feature_names;
  Scaling scaling;
  Changepoints changepoints;
  std::int64_t cadence_seconds = 0;
  std::vector<std::string> warnings;
};

// Prophet's automatic rules: yearly from 730 days of history, weekly from 14 days with steps under
// a week, daily from 2 days with steps under a day; changepoints at equally spaced rows of the
// first `changepoint_range` of the history. Needs two samples at different times.
// Worked number: 2,905 daily rows, 25 changepoints, range 0.8: the first lies at row 93.
Result<TrainingSet> engineer_features(Series series, const ModelConfig& config);

// As above, with the seasonalities given: what backtest folds use, since Prophet does not detect
// them anew at each cutoff.
Result<TrainingSet> engineer_features(Series series, const ModelConfig& config,
                                      const std::vector<Seasonality>& seasonalities);

// Columns of one row: 2 * order values for each seasonality, sine then cosine of 2 pi i t / period,
// t in days since 1970-01-01. Writes sum(2 * order) values, or one 0 without seasonality.
void fourier_row(const std::vector<Seasonality>& seasonalities, Timestamp ds, double* out);

}  // namespace plimsoll
