// Stage "predict": FittedModel and moments -> Forecast.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/model.h"
#include "plimsoll/series.h"

namespace plimsoll {

// A term's part of the forecast: in the units of y, or as a fraction of the trend.
struct Component {
  std::string name;  // "weekly"
  TermMode mode = TermMode::kAdditive;
  Eigen::VectorXd values;
};

// In the units of y, one entry a moment, in the order asked for:
// yhat = trend (1 + multiplicative_terms) + additive_terms. Intervals are the model's own: not
// clipped, not calibrated.
struct Forecast {
  std::vector<Timestamp> ds;
  Eigen::VectorXd yhat;
  Eigen::VectorXd yhat_lower;
  Eigen::VectorXd yhat_upper;
  Eigen::VectorXd trend;
  std::vector<Component> components;  // as components_of (terms.h) orders them
  double interval_width = 0.8;
};

// Fails unless `frame` holds the columns that predicting from `model` needs: cap and floor of
// logistic growth, conditions, regressors.
std::optional<Error> find_missing_column(const FittedModel& model, const Frame& frame);

// Requires those columns. `interval_width` in (0, 1): 0.8 gives the 10 % and 90 % quantiles, in
// closed form, but for logistic growth: there of 4,000 simulated paths from a fixed seed.
Forecast predict(const FittedModel& model, const Frame& frame, double interval_width = 0.8);
Forecast predict(const FittedModel& model, const std::vector<Timestamp>& ds,
                 double interval_width = 0.8);

}  // namespace plimsoll
