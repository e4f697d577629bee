// The closed-form quantiles against seeded draws of Prophet's generative process.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "forecast/prophet/predict/logistic_interval.h"
#include "math/random.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"
#include "plimsoll/forecast/prophet/predict/simulate.h"

namespace plimsoll {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int kDraws = 50'000;
#else
constexpr int kDraws = 1'000'000;
#endif
constexpr int kSeries = 20;
const std::vector<double> kLevels = {0.01, 0.1, 0.5, 0.9, 0.99};

constexpr Timestamp kStart = 1767225600;
constexpr std::int64_t kScale = 100 * kSecondsPerDay;

// Model `seed` of a family that has every growth, terms of both modes, few and many changepoints,
// and noise from small to large beside the trend's own uncertainty.
FittedModel made_up_model(std::uint64_t seed) {
  Random random(seed);
  FittedModel model;
  const Growth growths[] = {Growth::kLinear, Growth::kLogistic, Growth::kLinear, Growth::kLogistic,
                            Growth::kFlat};
  model.config.growth = growths[seed % 5];
  model.scaling = {kStart, kScale, 50.0, false, 0.0};
  const Eigen::Index changes = seed % 4 == 3 ? 3 : 25;
  model.changepoints.t.resize(changes);
  model.params.delta.resize(changes);
  for (Eigen::Index j = 0; j < changes; ++j) {
    model.changepoints.t[j] = 0.8 * static_cast<double>(j + 1) / static_cast<double>(changes);
    model.changepoints.ds.push_back(
        kStart + static_cast<Timestamp>(model.changepoints.t[j] * static_cast<double>(kScale)));
    model.params.delta[j] =
        model.config.growth == Growth::kFlat ? 0.0 : random.laplace(0.02 + 0.3 * random.uniform());
  }
  model.params.k = 0.5 * random.normal();
  model.params.m = 0.3;
  model.params.sigma_obs = std::exp(-4.0 + 2.5 * random.uniform());
  model.terms.seasonalities = {
      {"weekly", 7.0, 1, 10.0, TermMode::kAdditive, ""},
      {"monthly", 30.5, 1, 10.0, seed % 3 == 0 ? TermMode::kMultiplicative : TermMode::kAdditive,
       ""}};
  model.feature_names = {"weekly_delim_1", "weekly_delim_2", "monthly_delim_1", "monthly_delim_2"};
  model.params.beta =
      0.2 * Eigen::Vector4d(random.normal(), random.normal(), random.normal(), random.normal());
  return model;
}

Frame asked_of(const FittedModel& model) {
  Frame frame;
  for (const double t : {0.5, 1.02, 1.1, 1.25}) {
    frame.ds.push_back(kStart + static_cast<Timestamp>(t * static_cast<double>(kScale)));
  }
  if (model.config.growth == Growth::kLogistic) {
    frame.columns.push_back({"cap", Eigen::VectorXd::Constant(4, 60.0)});
  }
  return frame;
}

// The quantile of sorted draws with its standard error, from the draws' own density around it.
struct Estimate {
  double value;
  double standard_error;
};

Estimate quantile_of(const std::vector<double>& sorted, double level) {
  const auto n = static_cast<double>(sorted.size());
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(std::clamp(share * n, 0.0, n - 1.0))];
  };
  const double around = 0.1 * std::min(level, 1.0 - level);
  const double density = 2.0 * around / (at(level + around) - at(level - around));
  return {at(level), std::sqrt(level * (1.0 - level) / n) / density};
}

TEST(ClosedFormQuantiles, AreThoseOfAMillionSeededDraws) {
  double squares = 0.0;
  double furthest = 0.0;
  int points = 0;
  for (std::uint64_t seed = 1; seed <= kSeries; ++seed) {
    const FittedModel model = made_up_model(seed);
    const Frame frame = asked_of(model);
    const Forecast forecast = predict(model, frame, {.levels = kLevels});
    const Eigen::MatrixXd paths = simulate_paths(model, frame, kDraws, 1000 + seed);
    for (Eigen::Index row = 0; row < paths.rows(); ++row) {
      std::vector<double> draws(static_cast<std::size_t>(kDraws));
      for (int path = 0; path < kDraws; ++path) {
        draws[static_cast<std::size_t>(path)] = paths(row, path);
      }
      std::sort(draws.begin(), draws.end());
      for (std::size_t l = 0; l < kLevels.size(); ++l) {
        const Estimate drawn = quantile_of(draws, kLevels[l]);
        const double z = (forecast.quantiles[l].values[row] - drawn.value) / drawn.standard_error;
        EXPECT_LT(std::abs(z), 5.0) << "seed " << seed << " row " << row << " at " << kLevels[l];
        squares += z * z;
        furthest = std::max(furthest, std::abs(z));
        ++points;
      }
    }
  }
  const double rms = std::sqrt(squares / points);
  std::printf("%d quantiles, %d draws each: RMS z %.3f, largest %.2f\n", points, kDraws, rms,
              furthest);
  EXPECT_GT(rms, 0.9);
  EXPECT_LT(rms, 1.35);
}

TEST(ClosedFormQuantiles, AreOrderedInLevelAndStaySoWhenClipped) {
  for (std::uint64_t seed = 1; seed <= kSeries; ++seed) {
    const FittedModel model = made_up_model(seed);
    const Frame frame = asked_of(model);
    for (const bool clipped : {false, true}) {
      ForecastOptions options{.levels = kLevels};
      if (clipped) options = {.levels = kLevels, .non_negative = true, .at_most = 30.0};
      const Forecast forecast = predict(model, frame, options);
      for (Eigen::Index row = 0; row < frame.size(); ++row) {
        for (std::size_t l = 1; l < kLevels.size(); ++l) {
          const double below = forecast.quantiles[l - 1].values[row];
          const double above = forecast.quantiles[l].values[row];
          if (clipped) {
            EXPECT_LE(below, above);
            EXPECT_GE(below, 0.0);
            EXPECT_LE(above, 30.0);
          } else {
            EXPECT_LT(below, above);
          }
        }
        EXPECT_NEAR(forecast.yhat_lower[row], forecast.quantiles[1].values[row], 1e-9);
        EXPECT_NEAR(forecast.yhat_upper[row], forecast.quantiles[3].values[row], 1e-9);
      }
    }
  }
}

TEST(LogisticDistribution, IsNormalWhereTheTrendIsCertain) {
  const LogisticMoment moment{0.7, 2.0, 10.0, 0.5};
  const double mean = 2.0 + 10.0 / (1.0 + std::exp(-0.7));
  EXPECT_NEAR(LogisticDistribution(moment, {0.1, 0.3, 25.0}, 0.0).quantile(0.9),
              mean + 0.5 * 1.2815515655446004, 1e-6);
  EXPECT_NEAR(LogisticDistribution(moment, {0.1, 0.0, 25.0}, 0.5).quantile(0.5), mean, 1e-6);
}

TEST(LogisticDistribution, StaysBetweenFloorAndCapForAllButTheNoise) {
  const LogisticMoment moment{0.0, 2.0, 10.0, 0.01};
  const LogisticDistribution far(moment, {0.001, 5.0, 25.0}, 3.0);
  EXPECT_GT(far.quantile(0.001), 2.0 - 0.05);
  EXPECT_LT(far.quantile(0.999), 12.0 + 0.05);
  EXPECT_NEAR(far.quantile(0.5), 7.0, 0.2);  // symmetric about the middle
}

TEST(StandardNormal, IsRightToTenMillionths) {
  for (double x = -9.0; x <= 9.0; x += 0.37) {
    const StandardNormal normal = standard_normal(x);
    EXPECT_NEAR(normal.cumulative, 0.5 * std::erfc(-x / std::sqrt(2.0)), 1e-7) << x;
    EXPECT_NEAR(normal.density, std::exp(-0.5 * x * x) / std::sqrt(2.0 * M_PI), 1e-14) << x;
  }
}

}  // namespace
}  // namespace plimsoll
