#include "plimsoll/forecast/prophet/predict/forecast.h"

#include <gtest/gtest.h>

#include <cmath>

#include "forecast/prophet/predict/trend.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

// 100 days in which the slope changes from 1 to 3 a history at day 50; y is scaled by 10.
FittedModel bent_model() {
  FittedModel model;
  model.scaling = {kStart, 100 * kSecondsPerDay, 10.0, false, 0.0};
  model.changepoints.ds = {kStart + 50 * kSecondsPerDay};
  model.changepoints.t = Eigen::VectorXd::Constant(1, 0.5);
  model.params.k = 1.0;
  model.params.m = 0.25;
  model.params.sigma_obs = 0.1;
  model.params.delta = Eigen::VectorXd::Constant(1, 2.0);
  model.params.beta = Eigen::VectorXd::Zero(1);
  model.feature_names = {"zeros"};
  return model;
}

Timestamp day(int days) { return kStart + days * kSecondsPerDay; }

TEST(Trend, BendsAtItsChangepointsAndIsContinuous) {
  const Trend trend(bent_model());
  EXPECT_DOUBLE_EQ(trend.at(day(0)), 2.5);
  EXPECT_DOUBLE_EQ(trend.at(day(25)), 10 * (0.25 + 0.25));
  EXPECT_DOUBLE_EQ(trend.at(day(50)), 10 * (0.25 + 0.5));
  EXPECT_DOUBLE_EQ(trend.at(day(100)), 10 * (0.75 + 3 * 0.5));
  EXPECT_DOUBLE_EQ(trend.at(day(200)), 10 * (0.75 + 3 * 1.5));
  EXPECT_DOUBLE_EQ(trend.at(day(-100)), 10 * (0.25 - 1.0));
}

TEST(Trend, TheDummyChangepointIsFoldedIntoTheSlope) {
  FittedModel model = bent_model();
  model.changepoints.t[0] = 0.0;
  EXPECT_TRUE(has_only_dummy_changepoint(model));
  EXPECT_DOUBLE_EQ(Trend(model).at(day(-100)), 10 * (0.25 - 3.0));
}

// Ends at (1 - w) / 2 and (1 + w) / 2: of the normal distribution at 0.5, 0.8 and 0.9.
TEST(Forecast, TheIntervalIsCentredAtItsWidth) {
  FittedModel model = bent_model();
  const std::pair<double, double> expected[] = {
      {0.5, 0.6744897501960817}, {0.8, 1.2815515655446004}, {0.9, 1.6448536269514722}};
  for (const auto& [width, deviations] : expected) {
    const Forecast forecast = predict(model, {day(10)}, {.interval_width = width});
    EXPECT_NEAR(forecast.yhat_upper[0] - forecast.yhat[0], deviations, 1e-6) << width;
    EXPECT_NEAR(forecast.yhat[0] - forecast.yhat_lower[0], deviations, 1e-6) << width;
  }
}

// Where the slope never changed nothing says that it will: far ahead the noise is all there is.
TEST(Forecast, WithoutAChangeOfSlopeTheIntervalStaysAsWideAsTheNoise) {
  FittedModel model = bent_model();
  model.params.delta[0] = 0.0;
  model.params.sigma_obs = 1e-3;
  const Forecast forecast = predict(model, {day(400)});
  EXPECT_NEAR((forecast.yhat_upper[0] - forecast.yhat[0]) / 0.012815515655446004, 1.0, 1e-5);
}

// Changes up and down do not cancel: the sizes of changes to come are those of their sizes.
TEST(Forecast, ChangesUpAndDownWidenTheIntervalAlike) {
  FittedModel model = bent_model();
  model.changepoints.t = Eigen::Vector2d(0.25, 0.5);
  model.changepoints.ds = {day(25), day(50)};
  const auto half_width = [&model](double first, double second) {
    model.params.delta = Eigen::Vector2d(first, second);
    const Forecast forecast = predict(model, {day(200)});
    return forecast.yhat_upper[0] - forecast.yhat[0];
  };
  EXPECT_NEAR(half_width(0.5, -0.5), half_width(0.5, 0.5), 1e-9);
  EXPECT_GT(half_width(0.5, -0.5), 2.0 * half_width(0.0, 0.0));
}

// A multiplicative term turns the trend round at -2: its changes of slope count twice either way.
TEST(Forecast, TheIntervalScalesWithTheSizeOfTheFactor) {
  FittedModel model = bent_model();
  model.terms.regressors = {{"x", 10.0, TermMode::kMultiplicative, 0.0, 1.0}};
  model.feature_names = {"x"};
  model.params.beta = Eigen::VectorXd::Ones(1);
  const auto half_width = [&model](double x) {
    const Frame frame{{day(150)}, {{"x", Eigen::VectorXd::Constant(1, x)}}};
    const Forecast forecast = predict(model, frame);
    EXPECT_NEAR(forecast.yhat[0], (1.0 + x) * forecast.trend[0], 1e-12);
    return forecast.yhat_upper[0] - forecast.yhat[0];
  };
  EXPECT_NEAR(half_width(-3.0), half_width(1.0), 1e-9);
  EXPECT_GT(half_width(1.0), 1.5 * half_width(0.0));
}

TEST(Forecast, ACapacityLiesAboveItsFloor) {
  FittedModel model = bent_model();
  model.config.growth = Growth::kLogistic;
  model.scaling.has_floor = true;
  const auto is_refused = [&model](double cap, double floor) {
    const Frame frame{{day(10)},
                      {{"cap", Eigen::VectorXd::Constant(1, cap)},
                       {"floor", Eigen::VectorXd::Constant(1, floor)}}};
    return find_missing_column(model, frame).has_value();
  };
  EXPECT_FALSE(is_refused(5.001, 5.0));
  EXPECT_TRUE(is_refused(5.0, 5.0));
  EXPECT_TRUE(is_refused(4.0, 5.0));
}

TEST(Forecast, TheMeanIsTrendPlusSeasonalities) {
  FittedModel model = bent_model();
  model.terms.seasonalities = {
      {.name = "weekly", .period_days = 7.0, .fourier_order = 1, .condition_name = ""},
      {.name = "daily", .period_days = 1.0, .fourier_order = 1, .condition_name = ""}};
  model.feature_names = {"weekly_delim_1", "weekly_delim_2", "daily_delim_1", "daily_delim_2"};
  model.params.beta = Eigen::Vector4d(0.1, 0.0, 0.0, 0.2);
  const Timestamp ds = day(10) + 3 * kSecondsPerHour;
  const Forecast forecast = predict(model, {ds});
  const double days = static_cast<double>(ds) / 86400.0;
  const double weekly = 10 * 0.1 * std::sin(2 * M_PI * days / 7.0);
  const double daily = 10 * 0.2 * std::cos(2 * M_PI * days);
  ASSERT_EQ(forecast.components.size(), 4U);
  EXPECT_EQ(forecast.components[0].name, "additive_terms");
  EXPECT_NEAR(forecast.components[0].values[0], weekly + daily, 1e-9);
  EXPECT_NEAR(forecast.components[1].values[0], weekly, 1e-9);
  EXPECT_NEAR(forecast.components[2].values[0], daily, 1e-9);
  EXPECT_DOUBLE_EQ(forecast.yhat[0], forecast.trend[0] + forecast.components[0].values[0]);
}

TEST(Forecast, InsideTheHistoryTheIntervalIsTheNormals) {
  const Forecast forecast =
      predict(bent_model(), {day(0), day(70), day(100)}, {.interval_width = 0.8});
  for (Eigen::Index i = 0; i < 3; ++i) {
    EXPECT_NEAR(forecast.yhat_upper[i] - forecast.yhat[i], 10 * 0.1 * 1.2815515655446004, 1e-6);
    EXPECT_DOUBLE_EQ(forecast.yhat_upper[i] - forecast.yhat[i],
                     forecast.yhat[i] - forecast.yhat_lower[i]);
  }
}

TEST(Forecast, TheIntervalWidensAheadAndWithItsLevel) {
  const std::vector<Timestamp> ds = {day(100), day(110), day(150), day(300)};
  const Forecast narrow = predict(bent_model(), ds, {.interval_width = 0.5});
  const Forecast wide = predict(bent_model(), ds, {.interval_width = 0.95});
  for (Eigen::Index i = 0; i < 4; ++i) {
    EXPECT_LT(narrow.yhat_upper[i], wide.yhat_upper[i]);
    EXPECT_EQ(narrow.yhat[i], wide.yhat[i]);
    if (i == 0) continue;
    EXPECT_GT(wide.yhat_upper[i] - wide.yhat[i], wide.yhat_upper[i - 1] - wide.yhat[i - 1]);
  }
}

TEST(Forecast, AFlatModelDoesNotWiden) {
  FittedModel model = bent_model();
  model.config.growth = Growth::kFlat;
  model.params.k = 0.0;
  model.params.delta.setZero();
  const Forecast forecast = predict(model, {day(100), day(1000)});
  EXPECT_EQ(forecast.yhat[0], 2.5);
  EXPECT_EQ(forecast.yhat[1], 2.5);
  EXPECT_DOUBLE_EQ(forecast.yhat_upper[0], forecast.yhat_upper[1]);
}

TEST(Forecast, KeepsTheOrderAskedFor) {
  const Forecast forward = predict(bent_model(), {day(1), day(120)});
  const Forecast backward = predict(bent_model(), {day(120), day(1)});
  EXPECT_EQ(forward.yhat[0], backward.yhat[1]);
  EXPECT_EQ(forward.yhat_upper[1], backward.yhat_upper[0]);
  EXPECT_EQ(backward.ds, std::vector<Timestamp>({day(120), day(1)}));
}

}  // namespace
}  // namespace plimsoll
