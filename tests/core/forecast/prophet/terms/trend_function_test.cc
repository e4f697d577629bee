#include "forecast/prophet/terms/trend_function.h"

#include <gtest/gtest.h>

#include <cmath>

#include "forecast/prophet/fit/gauss_newton.h"
#include "math/random.h"
#include "plimsoll/forecast/prophet/fit/train.h"

namespace plimsoll {
namespace {

TrainingSet growing_set(Growth growth, TermMode mode) {
  Random random(3);
  Series series;
  series.y.resize(120);
  Eigen::VectorXd cap(120);
  for (int i = 0; i < 120; ++i) {
    series.ds.push_back(1'767'225'600 + i * kSecondsPerDay);
    series.y[i] = 10.0 / (1.0 + std::exp(-0.05 * (i - 60))) * (1.0 + (i % 7 == 0 ? 0.2 : 0.0)) +
                  0.1 * random.normal();
    cap[i] = 12.0 + 0.01 * i;
  }
  series.columns = {{"cap", cap}};
  ModelConfig config;
  config.growth = growth;
  config.seasonality_mode = mode;
  config.n_changepoints = 5;
  return engineer_features(series, config).value();
}

Eigen::VectorXd some_theta(Eigen::Index size) {
  Random random(9);
  Eigen::VectorXd theta(size);
  for (double& value : theta) value = 0.4 * random.normal();
  return theta;
}

// Prophet's own way of writing logistic growth: gamma for every changepoint.
double logistic_by_gamma(const Eigen::VectorXd& theta, const Eigen::VectorXd& s, double t,
                         double cap) {
  double slope = theta[0];
  double offset = theta[1];
  for (Eigen::Index j = 0; j < s.size(); ++j) {
    if (t < s[j]) break;
    const double after = slope + theta[2 + j];
    offset += (s[j] - offset) * (1.0 - slope / after);
    slope = after;
  }
  return cap / (1.0 + std::exp(-slope * (t - offset)));
}

TEST(TrendFunction, LogisticGrowthIsProphetsWithItsGammas) {
  const TrainingSet set = growing_set(Growth::kLogistic, TermMode::kAdditive);
  const Eigen::VectorXd theta = some_theta(2 + set.changepoints.t.size());
  const TrendFunction trend(set, theta);
  Eigen::VectorXd gradient(theta.size());
  for (double t = -0.2; t < 1.5; t += 0.07) {
    EXPECT_NEAR(trend.at(t, 1.3, gradient.data()),
                logistic_by_gamma(theta, set.changepoints.t, t, 1.3), 1e-12);
  }
}

class Tangents : public testing::TestWithParam<std::pair<Growth, TermMode>> {};

// The moment J'r of the tangent is minus the gradient of RSS / 2: compared with differences of it.
TEST_P(Tangents, AreTheDerivativesOfTheModel) {
  const auto [growth, mode] = GetParam();
  const TrainingSet set = growing_set(growth, mode);
  const Eigen::VectorXd theta = some_theta(Layout(set).columns());
  const Statistics statistics = linearise(set, theta);
  constexpr double kStep = 1e-6;
  for (Eigen::Index i = 0; i < theta.size(); ++i) {
    Eigen::VectorXd above = theta;
    Eigen::VectorXd below = theta;
    above[i] += kStep;
    below[i] -= kStep;
    const double slope = (linearise(set, above).rss - linearise(set, below).rss) / (4.0 * kStep);
    EXPECT_NEAR(-statistics.moment[i], slope, 1e-5 * (1.0 + std::abs(slope))) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Growths, Tangents,
                         testing::Values(std::pair{Growth::kLinear, TermMode::kMultiplicative},
                                         std::pair{Growth::kLogistic, TermMode::kAdditive},
                                         std::pair{Growth::kLogistic, TermMode::kMultiplicative},
                                         std::pair{Growth::kFlat, TermMode::kMultiplicative}));

TEST(GaussNewton, StopsAtAStationaryPointOfEveryGrowth) {
  for (const Growth growth : {Growth::kLinear, Growth::kLogistic, Growth::kFlat}) {
    const FittedModel model = train(growing_set(growth, TermMode::kMultiplicative));
    EXPECT_LT(model.certificate.kkt_relative.value(), 1e-8) << growth_name(growth);
    EXPECT_GT(model.params.sigma_obs, 0.0);
  }
}

// Any small step away from the optimum lowers the posterior.
TEST(GaussNewton, EndsOnTopOfAHill) {
  const TrainingSet set = growing_set(Growth::kLogistic, TermMode::kMultiplicative);
  const FittedModel model = train(set);
  Eigen::VectorXd theta(Layout(set).columns());
  theta << model.params.k, model.params.m, model.params.delta, model.params.beta;
  const double sigma = model.params.sigma_obs;
  const auto objective = [&](const Eigen::VectorXd& at) {
    double penalty = (at[0] * at[0] + at[1] * at[1]) / 50.0;
    for (Eigen::Index j = 0; j < model.params.delta.size(); ++j) {
      penalty += std::abs(at[2 + j]) / set.config.changepoint_prior_scale;
    }
    for (std::size_t f = 0; f < set.features.size(); ++f) {
      const double beta = at[2 + model.params.delta.size() + static_cast<Eigen::Index>(f)];
      penalty += beta * beta / (2.0 * 10.0 * 10.0);
    }
    return linearise(set, at).rss / (2.0 * sigma * sigma) + penalty;
  };
  const double here = objective(theta);
  Random random(4);
  for (int step = 0; step < 200; ++step) {
    Eigen::VectorXd there = theta;
    for (double& value : there) value += 1e-3 * random.normal();
    EXPECT_GT(objective(there), here);
  }
}

}  // namespace
}  // namespace plimsoll
