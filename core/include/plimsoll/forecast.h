// Stage "predict": FittedModel and moments -> Forecast.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "plimsoll/model.h"

namespace plimsoll {

struct Component {
  std::string name;  // "weekly"
  Eigen::VectorXd values;
};

// In the units of y, one entry a moment, in the order asked for. Intervals are the model's own:
// not clipped, not calibrated.
struct Forecast {
  std::vector<Timestamp> ds;
  Eigen::VectorXd yhat;
  Eigen::VectorXd yhat_lower;
  Eigen::VectorXd yhat_upper;
  Eigen::VectorXd trend;
  std::vector<Component> components;  // "additive_terms", then each seasonality
  double interval_width = 0.8;
};

// `interval_width` in (0, 1): 0.8 gives the 10 % and 90 % quantiles.
Forecast predict(const FittedModel& model, const std::vector<Timestamp>& ds,
                 double interval_width = 0.8);

}  // namespace plimsoll
