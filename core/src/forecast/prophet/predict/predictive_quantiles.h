// Quantiles of what a model says of each moment of a frame, in closed form for every growth.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "forecast/prophet/predict/future.h"

namespace plimsoll {

// One row a moment, one column a level, each level in (0, 1); in the units of y. `future` holds the
// model and the frame, `moments` what it says of each row.
Eigen::MatrixXd predictive_quantiles(const FittedModel& model, const Future& future,
                                     const std::vector<Moment>& moments,
                                     const std::vector<double>& levels);

// The quantile of the trend alone, whose only error is that of the changes to come: within the
// history the trend itself.
Eigen::VectorXd trend_quantiles(const FittedModel& model, const Future& future, double level);

}  // namespace plimsoll
