// Stage "feature engineering", second half: a Series and a ModelConfig -> what training needs.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "plimsoll/data/series.h"
#include "plimsoll/forecast/prophet/terms/model.h"
#include "plimsoll/forecast/prophet/terms/terms.h"
#include "plimsoll/forecast/prophet/terms/work.h"

namespace plimsoll {

// A model to be trained: the series with every automatic choice made.
struct TrainingSet {
  Series series;
  ModelConfig config;
  Terms terms;
  std::vector<Feature> features;  // one a column of the terms
  Scaling scaling;
  Changepoints changepoints;
  Eigen::VectorXd floor;       // in the units of y; empty means 0
  Eigen::VectorXd scaled_cap;  // (cap - floor) / y_scale; empty but for logistic growth
  std::int64_t cadence_seconds = 0;
  std::vector<std::string> warnings;

  // 0 at the first sample, 1 at the last.
  [[nodiscard]] double scaled_time(std::int64_t row) const {
    return static_cast<double>(series.ds[static_cast<std::size_t>(row)] - scaling.start) /
           static_cast<double>(scaling.t_scale_seconds);
  }

  // y in scaled units.
  [[nodiscard]] double scaled_y(std::int64_t row) const {
    const auto at = static_cast<Eigen::Index>(row);
    const double base = floor.size() > 0 ? floor[at] : 0.0;
    return (series.y[at] - base) / scaling.y_scale;
  }
};

// The terms as terms.h resolves them; changepoints at equally spaced rows of the first
// `changepoint_range` of the history, or the given ones. Logistic growth needs a column `cap` and
// takes a column `floor`. Needs two samples at different times.
// Worked number: 2,905 daily rows, 25 changepoints, range 0.8: the first lies at row 93.
Result<TrainingSet> engineer_features(Series series, const ModelConfig& config);

// As above, with the seasonalities given: what backtest folds use, since Prophet does not detect
// them anew at each cutoff.
Result<TrainingSet> engineer_features(Series series, const ModelConfig& config,
                                      const std::vector<Seasonality>& seasonalities);

// True for a model whose posterior is concave at fixed sigma: linear or flat growth, additive
// terms.
bool is_linear_in_parameters(const TrainingSet& set);

FitSize size_of_fit(const TrainingSet& set);

}  // namespace plimsoll
