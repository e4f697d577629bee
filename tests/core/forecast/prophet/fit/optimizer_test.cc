#include "forecast/prophet/fit/optimizer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/least_squares.h"
#include "math/random.h"

namespace plimsoll {
namespace {

Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns, Random& random) {
  Eigen::MatrixXd a(rows, columns);
  for (Eigen::Index j = 0; j < columns; ++j) {
    for (Eigen::Index i = 0; i < rows; ++i) a(i, j) = random.normal();
  }
  return a;
}

// The statistics of a design that is written out.
Statistics statistics_of(const Eigen::MatrixXd& z, const Eigen::VectorXd& y) {
  return {z.transpose() * z, z.transpose() * y, y.squaredNorm(), Eigen::VectorXd::Zero(z.cols()),
          z.rows()};
}

double negative_log_posterior(const Statistics& statistics, const Penalty& penalty,
                              const Eigen::VectorXd& theta, double sigma) {
  double value = residual_sum_of_squares(statistics, theta) / (2 * sigma * sigma) +
                 static_cast<double>(statistics.rows) * std::log(sigma) + 2 * sigma * sigma;
  for (Eigen::Index i = 0; i < theta.size(); ++i) {
    value += 0.5 * penalty.ridge[i] * theta[i] * theta[i];
  }
  for (Eigen::Index j = 0; j < penalty.hinges; ++j) {
    value += std::abs(theta[penalty.first_hinge + j]) / penalty.tau;
  }
  return value;
}

// 4 v^2 + T v = RSS: v = 0.25 for T = 3 and RSS = 1.
TEST(Sigma, IsTheRootOfItsEquation) {
  EXPECT_DOUBLE_EQ(best_sigma_squared(1.0, 3), 0.25);
  EXPECT_DOUBLE_EQ(best_sigma_squared(5.0, 1), 1.0);
  EXPECT_EQ(best_sigma_squared(0.0, 10), kSigmaFloor * kSigmaFloor);
  EXPECT_EQ(best_sigma_squared(0.0, 10, 0.5), 0.25);
}

TEST(Sigma, HasAHigherFloorWhereEverySampleCanBeReached) {
  EXPECT_EQ(sigma_floor(11, 10), kSigmaFloor);
  EXPECT_EQ(sigma_floor(10, 10), kInterpolatingFloor);
}

TEST(Optimizer, WhatIsReproducedExactlyEndsAtTheFloor) {
  Random random(3);
  const Eigen::MatrixXd z = random_matrix(20, 2, random);
  const Penalty penalty{Eigen::Vector2d(0.04, 0.04), 2, 0, 0.05};
  const Optimum nothing = optimize(statistics_of(z, Eigen::VectorXd::Zero(20)), penalty,
                                   {Eigen::Vector2d::Zero(), 1.0, false});
  EXPECT_TRUE(nothing.sigma_floored);
  EXPECT_NEAR(nothing.sigma, kSigmaFloor, 1e-12);
  const Optimum noisy = optimize(statistics_of(z, random_matrix(20, 1, random)), penalty,
                                 {Eigen::Vector2d::Zero(), 1.0, false});
  EXPECT_FALSE(noisy.sigma_floored);
}

TEST(Cholesky, SolvesAKnownSystem) {
  Eigen::MatrixXd a(3, 3);
  a << 4, 12, -16, 12, 37, -43, -16, -43, 98;
  Eigen::VectorXd b = a * Eigen::Vector3d(1.0, -2.0, 3.0);
  cholesky_factor(a);
  EXPECT_EQ(a(0, 0), 2.0);
  EXPECT_EQ(a(1, 0), 6.0);
  EXPECT_EQ(a(2, 0), -8.0);
  EXPECT_EQ(a(1, 1), 1.0);
  EXPECT_EQ(a(2, 1), 5.0);
  EXPECT_EQ(a(2, 2), 3.0);
  cholesky_solve(a, b);
  EXPECT_NEAR((b - Eigen::Vector3d(1.0, -2.0, 3.0)).norm(), 0.0, 1e-12);
}

TEST(Cholesky, SolvesASingularSystemThatHasASolution) {
  Random random(3);
  const Eigen::MatrixXd z = random_matrix(10, 3, random);
  Eigen::MatrixXd twice(10, 4);
  twice << z, z.col(1);
  const Eigen::MatrixXd a = twice.transpose() * twice;
  const Eigen::VectorXd b = a * Eigen::Vector4d(1.0, 2.0, 3.0, 4.0);
  Eigen::MatrixXd l = a;
  Eigen::VectorXd x = b;
  cholesky_factor(l);
  cholesky_solve(l, x);
  EXPECT_LT((a * x - b).norm(), 1e-6 * b.norm());
}

TEST(Optimizer, RidgeAloneHasAClosedForm) {
  Random random(5);
  const Eigen::MatrixXd z = random_matrix(60, 3, random);
  const Eigen::VectorXd y =
      z * Eigen::Vector3d(0.3, -0.2, 0.1) + 0.05 * random_matrix(60, 1, random);
  const Statistics statistics = statistics_of(z, y);
  const Penalty penalty{Eigen::Vector3d(0.04, 0.04, 0.01), 3, 0, 0.05};
  const Optimum optimum = optimize(statistics, penalty, {Eigen::VectorXd::Zero(3), 1.0, false});
  const double v = optimum.sigma * optimum.sigma;
  Eigen::MatrixXd a = statistics.gram;
  a.diagonal() += v * penalty.ridge;
  EXPECT_LT((a * optimum.theta - statistics.moment).norm(), 1e-10);
  // The derivative over sigma vanishes: RSS / s^3 - T / s - 4 s = 0.
  EXPECT_NEAR(residual_sum_of_squares(statistics, optimum.theta), 60 * v + 4 * v * v, 1e-12);
  EXPECT_FALSE(optimum.sigma_floored);
}

// With orthonormal columns the L1 penalty is a soft threshold.
TEST(Optimizer, TheLaplacePriorIsASoftThreshold) {
  const Eigen::MatrixXd z = Eigen::MatrixXd::Identity(6, 6);
  Eigen::VectorXd y(6);
  y << 2.0, -1.5, 0.4, -0.3, 0.1, 0.0;
  const Statistics statistics = statistics_of(z, y);
  const Penalty penalty{Eigen::VectorXd::Zero(6), 0, 6, 0.5};
  const Optimum optimum = optimize(statistics, penalty, {Eigen::VectorXd::Zero(6), 0.5, false});
  const double threshold = optimum.sigma * optimum.sigma / penalty.tau;
  for (Eigen::Index i = 0; i < 6; ++i) {
    const double shrunk = std::max(std::abs(y[i]) - threshold, 0.0);
    EXPECT_NEAR(optimum.theta[i], std::copysign(shrunk, y[i]), 1e-12) << i;
  }
}

TEST(Optimizer, NoDirectionFromTheOptimumIsBetter) {
  Random random(7);
  for (int trial = 0; trial < 20; ++trial) {
    const Eigen::MatrixXd z = random_matrix(40, 8, random);
    const Eigen::VectorXd y = 0.2 * random_matrix(40, 1, random) + 0.3 * z.col(3) - 0.1 * z.col(6);
    const Statistics statistics = statistics_of(z, y);
    Penalty penalty{Eigen::VectorXd::Constant(8, 0.04), 2, 5, 0.02};
    penalty.ridge.segment(2, 5).setZero();
    const Optimum optimum = optimize(statistics, penalty, {Eigen::VectorXd::Zero(8), 1.0, false});
    const double best = negative_log_posterior(statistics, penalty, optimum.theta, optimum.sigma);
    for (int k = 0; k < 200; ++k) {
      const double size = std::pow(10.0, -1.0 - k % 5);
      const Eigen::VectorXd theta = optimum.theta + size * random_matrix(8, 1, random);
      const double sigma = optimum.sigma * (1.0 + size * random.normal());
      if (sigma <= 0.0) continue;
      EXPECT_GE(negative_log_posterior(statistics, penalty, theta, sigma), best - 1e-10);
    }
  }
}

TEST(Optimizer, APerfectFitStopsAtTheFloorOfSigma) {
  Random random(11);
  const Eigen::MatrixXd z = random_matrix(30, 2, random);
  // About the solution, as training takes it anew: y'y would leave what it cancels.
  Statistics statistics = statistics_of(z, Eigen::VectorXd::Zero(30));
  statistics.reference = Eigen::Vector2d(0.5, -0.25);
  const Penalty penalty{Eigen::Vector2d::Constant(0.0), 2, 0, 0.05};
  const Optimum optimum = optimize(statistics, penalty, {Eigen::VectorXd::Zero(2), 1.0, false});
  EXPECT_TRUE(optimum.sigma_floored);
  EXPECT_EQ(optimum.sigma, kSigmaFloor);
}

}  // namespace
}  // namespace plimsoll
