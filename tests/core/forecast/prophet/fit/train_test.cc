#include "plimsoll/forecast/prophet/fit/train.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "forecast/prophet/fit/optimizer.h"
#include "forecast/prophet/fit/training.h"
#include "forecast/support/reference_case.h"
#include "math/random.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

class ReferenceCase : public testing::TestWithParam<std::string> {};

TEST_P(ReferenceCase, ReachesTheExactOptimum) {
  const auto reference = test::load_case(GetParam());
  const TrainingSet set = test::training_set_of(reference);
  const FittedModel model = train(set);
  const double exact = reference.at("exact_optimum").at("lp");
  EXPECT_GE(test::naive_log_posterior(set, model.params), exact - 1e-6);
  EXPECT_NEAR(*model.certificate.log_posterior, exact, 1e-6);
  EXPECT_GE(*model.certificate.log_posterior, reference.at("lp_stan").get<double>() - 1e-3);
  EXPECT_LT(model.certificate.kkt_relative.value(), 1e-9);
  EXPECT_NEAR(model.params.sigma_obs / reference.at("exact_optimum").at("sigma_obs").get<double>(),
              1.0, 1e-4);
}

TEST_P(ReferenceCase, MakesTheSameFeatures) {
  const auto reference = test::load_case(GetParam());
  const TrainingSet set = test::training_set_of(reference);
  std::vector<std::string> names;
  for (const Feature& feature : set.features) names.push_back(feature.name);
  // R sorts a holiday's columns by its locale, Python and Plimsoll by code point.
  auto expected = reference.at("feature_names").get<std::vector<std::string>>();
  std::sort(names.begin(), names.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(names, expected);
  EXPECT_EQ(set.series.size(), reference.at("n_rows_fit").get<std::int64_t>());
  EXPECT_NEAR(set.scaling.y_scale / reference.at("y_scale").get<double>(), 1.0, 1e-14);
  const auto t = reference.at("changepoints_t").get<std::vector<double>>();
  ASSERT_EQ(set.changepoints.t.size(), static_cast<Eigen::Index>(t.size()));
  for (std::size_t j = 0; j < t.size(); ++j) {
    EXPECT_NEAR(set.changepoints.t[static_cast<Eigen::Index>(j)], t[j], 1e-12);
  }
}

TEST_P(ReferenceCase, PredictsWhatTheExactOptimumPredicts) {
  const auto reference = test::load_case(GetParam());
  const TrainingSet set = test::training_set_of(reference);
  const Forecast forecast = predict(train(set), test::frame_of(reference));
  const double range = set.series.y.maxCoeff() - set.series.y.minCoeff();
  const auto yhat = reference.at("exact_optimum").at("yhat").get<std::vector<double>>();
  const auto trend = reference.at("exact_optimum").at("trend").get<std::vector<double>>();
  for (std::size_t i = 0; i < yhat.size(); ++i) {
    EXPECT_NEAR(forecast.yhat[static_cast<Eigen::Index>(i)], yhat[i], 1e-8 * range) << i;
    EXPECT_NEAR(forecast.trend[static_cast<Eigen::Index>(i)], trend[i], 5e-7 * range) << i;
  }
}

// The simulated quantiles of the reference have 20,000 draws: a standard error of about
// sqrt(p (1 - p) / n) / density, 0.012 standard deviations at 80 %; five of them, of the widest.
TEST_P(ReferenceCase, IntervalsAgreeWithSimulation) {
  const auto reference = test::load_case(GetParam());
  const auto& simulated = reference.at("uncertainty");
  const Forecast forecast = predict(train(test::training_set_of(reference)),
                                    test::frame_of(reference), {.interval_width = 0.8});
  double squares = 0.0;
  for (std::size_t i = 0; i < forecast.ds.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const double half_width = forecast.yhat_upper[row] - forecast.yhat[row];
    const double standard_error = 0.012 * half_width / 1.28;
    const double z =
        (forecast.yhat_upper[row] - simulated.at("yhat_upper")[i].get<double>()) / standard_error;
    EXPECT_LT(std::abs(z), 6.0) << i;
    squares += z * z;
  }
  EXPECT_LT(std::sqrt(squares / static_cast<double>(forecast.ds.size())), 1.5);
}

INSTANTIATE_TEST_SUITE_P(Prophet, ReferenceCase, testing::ValuesIn(test::kReferenceCases),
                         [](const auto& instance) { return instance.param; });

Series noisy_line(int rows, double noise, std::uint64_t seed) {
  Random random(seed);
  Series series;
  series.y.resize(rows);
  for (int i = 0; i < rows; ++i) {
    series.ds.push_back(1'700'000'000 + 300LL * i);
    series.y[i] = 1.0 + 0.001 * i + noise * random.normal();
  }
  return series;
}

TEST(Train, ConstantSeriesGetsProphetsAnswer) {
  Series series = noisy_line(500, 0.0, 1);
  series.y.setConstant(0.25);
  const auto set = engineer_features(series, {});
  const FittedModel model = train(set.value());
  EXPECT_EQ(model.params.sigma_obs, 0.0);
  EXPECT_EQ(model.params.k, 0.0);
  EXPECT_EQ(model.params.m, 1.0);
  EXPECT_EQ(model.params.delta.size(), 25);
  EXPECT_FALSE(model.certificate.log_posterior.has_value());
  const Forecast forecast = predict(model, {series.ds.back() + 300});
  EXPECT_EQ(forecast.yhat[0], 0.25);
  EXPECT_EQ(forecast.yhat_upper[0], 0.25);
}

TEST(Train, AllZeroSeriesStaysZero) {
  Series series = noisy_line(500, 0.0, 1);
  series.y.setZero();
  const FittedModel model = train(engineer_features(series, {}).value());
  EXPECT_EQ(model.scaling.y_scale, 1.0);
  EXPECT_EQ(predict(model, {series.ds.back() + 300}).yhat[0], 0.0);
}

TEST(Train, FewerSamplesThanParametersStayInTheFirstMode) {
  ModelConfig config;
  config.daily_seasonality.kind = SeasonalityChoice::Kind::kOn;
  const FittedModel model = train(engineer_features(noisy_line(14, 0.2, 3), config).value());
  EXPECT_FALSE(model.certificate.sigma_floored);
  EXPECT_GT(model.params.sigma_obs, 0.01);
  EXPECT_LT(model.certificate.kkt_relative.value(), 1e-9);
}

// The first quarter of the airline passengers: many fits of 3 samples pass through them all, and
// the one returned is the optimum of the posterior, not one of them by chance.
TEST(Train, AmongInterpolatingFitsThePriorDecides) {
  Series series;
  series.ds = {-662688000, -660009600, -657590400};
  series.y = Eigen::Vector3d(112.0, 118.0, 132.0);
  const FittedModel model = train(engineer_features(series, {}).value());
  EXPECT_TRUE(model.certificate.sigma_floored);
  EXPECT_DOUBLE_EQ(model.params.sigma_obs, kInterpolatingFloor);
  EXPECT_LT(model.certificate.kkt_residual.value(), 1.0);
  const Forecast forecast = predict(model, series.ds);
  for (Eigen::Index row = 0; row < 3; ++row) EXPECT_NEAR(forecast.yhat[row], series.y[row], 1e-4);
}

TEST(Train, AnExactlyLinearSeriesEndsAtAFiniteSigma) {
  const FittedModel model = train(engineer_features(noisy_line(2000, 0.0, 1), {}).value());
  EXPECT_GT(model.params.sigma_obs, 0.0);
  EXPECT_TRUE(std::isfinite(*model.certificate.log_posterior));
  const Forecast forecast = predict(model, {1'700'000'000 + 300LL * 2000});
  EXPECT_NEAR(forecast.yhat[0], 3.0, 1e-3);
}

// Property: no small step in any direction gains log posterior.
TEST(Train, NoNeighbourIsBetter) {
  Random random(11);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const TrainingSet set = engineer_features(noisy_line(1500, 0.05, seed), {}).value();
    const FittedModel model = train(set);
    const double best = test::naive_log_posterior(set, model.params);
    for (int step = 0; step < 60; ++step) {
      Parameters moved = model.params;
      const double size = 1e-3 * model.params.sigma_obs;
      moved.k += size * random.normal();
      moved.m += size * random.normal();
      moved.sigma_obs *= 1.0 + 1e-3 * random.normal();
      for (double& delta : moved.delta) delta += size * random.normal();
      for (double& beta : moved.beta) beta += size * random.normal();
      EXPECT_LE(test::naive_log_posterior(set, moved), best + 1e-9);
    }
  }
}

// MODEL: that the profile over sigma has one maximum is checked by a scan.
TEST(Train, TheProfileOverSigmaHasOneMaximum) {
  for (const std::string& name : {std::string("o01"), std::string("o23")}) {
    const TrainingSet set = test::training_set_of(test::load_case(name));
    const FittedModel model = train(set);
    double previous = -1e300;
    int turns = 0;
    bool rising = true;
    for (int i = 0; i < 31; ++i) {
      Parameters params = model.params;
      params.sigma_obs *= std::pow(20.0, (i - 15) / 15.0);
      const double lp = test::naive_log_posterior(set, params);
      if (i > 0 && (lp > previous) != rising) {
        rising = !rising;
        ++turns;
      }
      previous = lp;
    }
    EXPECT_EQ(turns, 1) << name;
  }
}

// The certificate against a subgradient that shares no code with it.
TEST_P(ReferenceCase, TheSubgradientIsAsSmallAsItIsSaidToBe) {
  const TrainingSet set = test::training_set_of(test::load_case(GetParam()));
  const FittedModel model = train(set);
  const auto naive = test::naive_subgradient(set, model.params);
  const double size = *model.certificate.kkt_residual / *model.certificate.kkt_relative;
  EXPECT_LT(naive.residual, 1e-11 * size);
  // Both are rounding: of one size.
  EXPECT_GT(*model.certificate.kkt_residual, 0.02 * naive.residual);
  EXPECT_LT(*model.certificate.kkt_residual, 50.0 * naive.residual);
  EXPECT_LE(naive.largest_pull_at_rest, 1.0 + 1e-9);
}

// Multiplicative terms are climbed to, not solved for: what is left is far above rounding, and is
// what the certificate says.
TEST(Train, TheResidualThatIsLeftIsTold) {
  for (const char* const name : {"o14", "o24", "o26"}) {
    const TrainingSet set = test::training_set_of(test::load_case(name));
    const FittedModel model = train(set);
    const auto naive = test::naive_subgradient(set, model.params);
    EXPECT_GT(naive.residual, 1e-8) << name;
    EXPECT_NEAR(*model.certificate.kkt_residual / naive.residual, 1.0, 1e-3) << name;
    EXPECT_LE(naive.largest_pull_at_rest, 1.0 + 1e-6) << name;
  }
}

// A posterior small enough to differentiate by hand: k, m, three deltas (up, down, at rest), a
// beta; sigma 0.5, so that sums count four times; a delta is held by 1 / tau = 2.
class HandMade : public testing::Test {
 protected:
  HandMade() {
    penalty_.ridge.resize(6);
    penalty_.ridge << 0.04, 0.04, 0.0, 0.0, 0.0, 0.01;
    penalty_.first_hinge = 2;
    penalty_.hinges = 3;
    penalty_.tau = 0.5;
    optimum_.theta.resize(6);
    optimum_.theta << 1.0, 2.0, 0.5, -0.25, 0.0, 3.0;
    optimum_.sigma = 0.5;
    at_.rows = 10;
    at_.rss = 2.75;  // rss / s^3 = 10 / s + 4 s
    at_.moment.resize(6);
    at_.moment << 0.04, 0.08, 2.0, -2.0, 0.0, 0.03;
    at_.moment *= 0.25;
  }

  [[nodiscard]] Certificate certificate(double largest_moment = 0.0) const {
    return certify(at_, largest_moment, penalty_, optimum_);
  }

  [[nodiscard]] double residual_with(Eigen::Index column, double change) const {
    Statistics moved = at_;
    moved.moment[column] += 0.25 * change;
    return *certify(moved, 0.0, penalty_, optimum_).kkt_residual;
  }

  Statistics at_;
  Penalty penalty_;
  Optimum optimum_;
};

TEST_F(HandMade, AtTheOptimumNothingIsLeft) {
  EXPECT_NEAR(*certificate().kkt_residual, 0.0, 1e-14);
  EXPECT_FALSE(certificate().sigma_floored);
}

TEST_F(HandMade, EveryParameterCounts) {
  for (const Eigen::Index column : {0, 1, 2, 3, 5}) {
    for (const double change : {-3.0, -0.125, 0.125, 3.0}) {
      EXPECT_NEAR(residual_with(column, change), std::abs(change), 1e-12) << column;
    }
  }
}

TEST_F(HandMade, ADeltaAtRestMayBePulledAsHardAsItIsHeld) {
  for (const double pull : {-2.0, -1.0, 0.5, 2.0}) EXPECT_NEAR(residual_with(4, pull), 0.0, 1e-12);
  for (const double pull : {-2.5, 2.5}) EXPECT_NEAR(residual_with(4, pull), 0.5, 1e-12);
  EXPECT_NEAR(residual_with(4, -5.0), 3.0, 1e-12);
}

TEST_F(HandMade, SigmaCountsUnlessItIsHeldAtItsFloor) {
  at_.rss += 0.125;
  EXPECT_NEAR(*certificate().kkt_residual, 1.0, 1e-12);
  at_.rss -= 0.25;
  EXPECT_NEAR(*certificate().kkt_residual, 1.0, 1e-12);
  optimum_.sigma_floored = true;
  EXPECT_NEAR(*certificate().kkt_residual, 0.0, 1e-12);
  EXPECT_TRUE(certificate().sigma_floored);
}

TEST_F(HandMade, TheRelativeResidualIsMeasuredByTheLargestMoment) {
  at_.moment[0] += 0.25 * 3.0;
  EXPECT_NEAR(*certificate(0.0).kkt_relative, 3.0, 1e-12);
  EXPECT_NEAR(*certificate(0.2).kkt_relative, 3.0, 1e-12);  // never by less than one
  EXPECT_NEAR(*certificate(2.5).kkt_relative, 0.3, 1e-12);
}

TEST_F(HandMade, TheLogPosteriorIsTheSumOfItsTerms) {
  const double priors = 0.02 * 1.0 + 0.02 * 4.0 + 0.005 * 9.0 + 0.75 / 0.5 + 2.0 * 0.25;
  EXPECT_NEAR(*certificate().log_posterior, -priors + 10 * 0.6931471805599453 - 0.5 * 2.75 / 0.25,
              1e-12);
}

}  // namespace
}  // namespace plimsoll
