// The optimum of a model that is not linear in its parameters: logistic growth or multiplicative
// terms.
//
// Proximal Gauss-Newton (Lee, Sun & Saunders, "Proximal Newton-type methods", 2014): the model is
// replaced by its tangent at the current parameters, the convex problem that results is solved with
// its ridge and L1 penalties as they are, and the step is shortened until the posterior rises.
// Where it stops, the certificate tells how far from a stationary point it is; that it is the
// highest one is not proven.
#pragma once

#include <Eigen/Core>

#include "forecast/prophet/fit/optimizer.h"
#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

// The statistics of the tangent at theta: gram J'J, moment J'r and rss r'r, about theta.
Statistics linearise(const TrainingSet& set, const Eigen::VectorXd& theta);

// The derivatives of yhat at theta, a column for each row of the set.
Eigen::MatrixXd tangent_rows(const TrainingSet& set, const Eigen::VectorXd& theta);

Optimum climb(const TrainingSet& set, const Penalty& penalty, const Eigen::VectorXd& start);

}  // namespace plimsoll
