#include "forecast/prophet/predict/interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "math/random.h"

namespace plimsoll {
namespace {

TEST(ErrorQuantile, IsTheNormalsWithoutTrendUncertainty) {
  const ErrorDistribution normal{1.0, 0.0, 0.0};
  EXPECT_NEAR(error_quantile(normal, 0.0, 0.9), 1.2815515655446004, 1e-9);
  EXPECT_NEAR(error_quantile(normal, 0.0, 0.975), 1.9599639845400545, 1e-9);
  EXPECT_NEAR(error_quantile(normal, 0.5, 0.995), 2.5758293035489004, 1e-9);
}

TEST(ErrorQuantile, IsZeroWithoutNoise) {
  EXPECT_EQ(error_quantile({0.0, 0.0, 0.0}, 0.5, 0.9), 0.0);
}

// An independent simulation of the same process, at ratios from mild to jump-ruled.
TEST(ErrorQuantile, AgreesWithSimulation) {
  Random random(5);
  for (const double lambda : {0.1, 1.0, 10.0}) {
    const ErrorDistribution distribution{0.05, lambda, 25.0};
    const double h = 0.3;
    std::vector<double> draws(40'000);
    for (double& draw : draws) {
      draw = distribution.sigma * random.normal();
      for (double u = random.exponential() / distribution.rate; u < h;
           u += random.exponential() / distribution.rate) {
        draw += (h - u) * random.laplace(lambda);
      }
    }
    std::sort(draws.begin(), draws.end());
    for (const double level : {0.9, 0.99}) {
      const double simulated = draws[static_cast<std::size_t>(level * 40'000)];
      EXPECT_NEAR(error_quantile(distribution, h, level) / simulated, 1.0, 0.04)
          << lambda << " " << level;
    }
  }
}

TEST(QuantileCurve, InterpolatesToOnePartInTenThousand) {
  const ErrorDistribution distribution{0.05, 0.4, 25.0};
  QuantileCurve curve(distribution, 0.9, 1.0);
  for (double h = 0.0; h <= 1.0; h += 0.0173) {
    EXPECT_NEAR(curve.at(h) / error_quantile(distribution, h, 0.9), 1.0, 1e-4) << h;
  }
}

TEST(QuantileCurve, WidensWithTheDistance) {
  QuantileCurve curve({0.05, 0.4, 25.0}, 0.9, 2.0);
  for (double h = 0.01; h < 2.0; h += 0.01) EXPECT_GT(curve.at(h), curve.at(h - 0.01));
}

}  // namespace
}  // namespace plimsoll
