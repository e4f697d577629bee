// The exact optimum at fixed sigma, and the search over sigma around it.
//
// With sigma fixed the negative log posterior, times sigma^2, is
//   RSS(theta)/2 + sigma^2 sum ridge_i theta_i^2 / 2 + (sigma^2 / tau) sum |delta_j|:
// least squares with a ridge on everything but delta and an L1 penalty on delta. It is convex, and
// an active-set method reaches its optimality (KKT) conditions to rounding. Lee, Battle, Raina &
// Ng, "Efficient sparse coding algorithms" (2006), describe such a search over signs.
#pragma once

#include <Eigen/Core>

#include "forecast/prophet/fit/statistics.h"

namespace plimsoll {

// The prior, per column of the design.
struct Penalty {
  Eigen::VectorXd ridge;         // 1 / variance of the normal prior; 0 on the hinges
  Eigen::Index first_hinge = 0;  // hinges are the columns [first_hinge, first_hinge + hinges)
  Eigen::Index hinges = 0;
  double tau = 0.05;  // scale of the Laplace prior on the hinges
};

struct Optimum {
  Eigen::VectorXd theta;
  double sigma = 1.0;
  bool sigma_floored = false;
};

// The smallest sigma, in scaled units, where the largest y is 1: a residual of a few units in the
// last place of y is rounding, and any above it is noise, however small beside the level. Below it
// the posterior of a series that the model interpolates would grow without bound.
inline constexpr double kSigmaFloor = 0x1p-49;

// The floor where a fit may pass through every sample, having no fewer parameters than samples:
// which of the fits that do is the prior's choice, and its weight, sigma^2 beside sums of the order
// of one, has to stand clear of rounding.
inline constexpr double kInterpolatingFloor = 1e-7;

// The floor that a fit of `columns` parameters to `rows` samples has.
double sigma_floor(std::int64_t rows, Eigen::Index columns);

// Maximises the posterior over theta and sigma, from `start` on. Sigma comes down from its start
// and stays in the first mode it meets.
Optimum optimize(const Statistics& statistics, const Penalty& penalty, const Optimum& start);

// The minimum over theta alone, at a given sigma^2.
Eigen::VectorXd minimise(const Statistics& statistics, const Penalty& penalty,
                         const Eigen::VectorXd& start, double sigma_squared);

// The best sigma^2 at a given residual sum of squares, not below the floor's square.
double best_sigma_squared(double rss, std::int64_t rows, double floor = kSigmaFloor);

// The residual sum of squares at theta.
double residual_sum_of_squares(const Statistics& statistics, const Eigen::VectorXd& theta);

// The gradient of RSS/2: gram (theta - reference) - moment.
Eigen::VectorXd half_rss_gradient(const Statistics& statistics, const Eigen::VectorXd& theta);

}  // namespace plimsoll
