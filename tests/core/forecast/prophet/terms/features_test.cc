#include "plimsoll/forecast/prophet/terms/features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

Series regular(std::int64_t rows, std::int64_t step_seconds) {
  Series series;
  series.y.resize(rows);
  for (std::int64_t i = 0; i < rows; ++i) {
    series.ds.push_back(kStart + i * step_seconds);
    series.y[i] = static_cast<double>(i % 7) - 8.0;
  }
  return series;
}

TrainingSet features_of(const Series& series, const ModelConfig& config = {}) {
  return engineer_features(series, config).value();
}

std::vector<std::string> seasons(const Series& series, const ModelConfig& config = {}) {
  std::vector<std::string> names;
  for (const Seasonality& seasonality : features_of(series, config).terms.seasonalities) {
    names.push_back(seasonality.name + std::to_string(seasonality.fourier_order));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(Features, SeasonalitiesSwitchOnAtProphetsBoundaries) {
  EXPECT_EQ(seasons(regular(730, kSecondsPerDay)), Names({"weekly3"}));
  EXPECT_EQ(seasons(regular(731, kSecondsPerDay)), Names({"yearly10", "weekly3"}));
  EXPECT_EQ(seasons(regular(14 * 24, kSecondsPerHour)), Names({"daily4"}));
  EXPECT_EQ(seasons(regular(14 * 24 + 1, kSecondsPerHour)), Names({"weekly3", "daily4"}));
  EXPECT_EQ(seasons(regular(48, kSecondsPerHour)), Names());
  EXPECT_EQ(seasons(regular(49, kSecondsPerHour)), Names({"daily4"}));
  EXPECT_EQ(seasons(regular(200, kSecondsPerWeek)), Names({"yearly10"}));
}

TEST(Features, SeasonalitiesCanBeForcedAndForbidden) {
  ModelConfig config;
  config.yearly_seasonality.kind = SeasonalityChoice::Kind::kOn;
  config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOff;
  config.daily_seasonality = {SeasonalityChoice::Kind::kOrder, 7};
  EXPECT_EQ(seasons(regular(24 * 20, kSecondsPerHour), config), Names({"yearly10", "daily7"}));
}

TEST(Features, ATermWithoutTwoPeriodsOfHistoryIsToldAsIllPosed) {
  ModelConfig config;
  config.yearly_seasonality.kind = SeasonalityChoice::Kind::kOn;
  const TrainingSet set = features_of(regular(14 * 24 + 1, kSecondsPerHour), config);
  ASSERT_EQ(set.warnings.size(), 1U);
  EXPECT_NE(set.warnings.front().find("yearly"), std::string::npos);
  EXPECT_TRUE(features_of(regular(14 * 24 + 1, kSecondsPerHour)).warnings.empty());
}

TEST(Features, TwoPeriodsOfHistoryAreEnough) {
  ModelConfig config;
  config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOn;
  EXPECT_EQ(features_of(regular(14 * 24, kSecondsPerHour), config).warnings.size(), 1U);
  EXPECT_TRUE(features_of(regular(14 * 24 + 1, kSecondsPerHour), config).warnings.empty());
}

TEST(Features, TimeAndUsageAreScaledToOne) {
  const TrainingSet set = features_of(regular(101, 60));
  EXPECT_EQ(set.scaling.start, kStart);
  EXPECT_EQ(set.scaling.t_scale_seconds, 6000);
  EXPECT_EQ(set.scaling.y_scale, 8.0);
  EXPECT_EQ(set.cadence_seconds, 60);
}

TEST(Features, AnAllZeroSeriesIsScaledByOne) {
  Series series = regular(30, 60);
  series.y.setZero();
  EXPECT_EQ(features_of(series).scaling.y_scale, 1.0);
}

TEST(Features, ChangepointsAreEquallySpacedRowsOfTheFirstPart) {
  const Changepoints changepoints = features_of(regular(2905, kSecondsPerDay)).changepoints;
  ASSERT_EQ(changepoints.ds.size(), 25U);
  // 1 + i (2324 - 1) / 25 rounds to rows 94 and 2324, counted from 1.
  EXPECT_EQ(changepoints.ds.front(), kStart + 93 * kSecondsPerDay);
  EXPECT_EQ(changepoints.ds.back(), kStart + 2323 * kSecondsPerDay);
  EXPECT_DOUBLE_EQ(changepoints.t[24], 2323.0 / 2904.0);
}

TEST(Features, AShortSeriesHasAChangepointARowAtMost) {
  const Changepoints changepoints = features_of(regular(20, kSecondsPerHour)).changepoints;
  ASSERT_EQ(changepoints.ds.size(), 15U);
  for (std::size_t j = 0; j < changepoints.ds.size(); ++j) {
    EXPECT_EQ(changepoints.ds[j], kStart + static_cast<Timestamp>(j + 1) * kSecondsPerHour);
  }
}

// 0.8 of 32 rows are 25, of 33 rows 26: one row fewer than that may hold a changepoint.
TEST(Features, AsManyChangepointsAsRowsLeaveOneForTheStart) {
  const std::pair<std::int64_t, std::size_t> expected[] = {{2, 0},   {3, 1},   {5, 3},   {31, 23},
                                                           {32, 24}, {33, 25}, {34, 25}, {100, 25}};
  for (const auto& [rows, count] : expected) {
    const Changepoints changepoints = features_of(regular(rows, 60)).changepoints;
    // Without one, the dummy at the start.
    EXPECT_EQ(changepoints.ds.size(), std::max<std::size_t>(count, 1)) << rows;
    EXPECT_EQ(changepoints.ds.front(), count == 0 ? kStart : changepoints.ds.front());
    for (std::size_t j = 1; j < changepoints.ds.size(); ++j) {
      EXPECT_LT(changepoints.ds[j - 1], changepoints.ds[j]) << rows;
    }
    if (rows > 33 || count == 0) continue;
    for (std::size_t j = 0; j < count; ++j) {
      EXPECT_EQ(changepoints.ds[j], kStart + static_cast<Timestamp>(j + 1) * 60) << rows;
    }
  }
}

// Four changepoints on the first 7 of 10 rows: 1 + 1.5 i, counted from 1, is 2.5, 4, 5.5 and 7;
// halves go to the even row.
TEST(Features, ChangepointsBetweenTwoRowsTakeTheEvenOne) {
  ModelConfig config;
  config.n_changepoints = 4;
  config.changepoint_range = 0.7;
  const Changepoints changepoints = features_of(regular(10, 60), config).changepoints;
  EXPECT_EQ(changepoints.ds, std::vector<Timestamp>({kStart + 1 * 60, kStart + 3 * 60,
                                                     kStart + 5 * 60, kStart + 6 * 60}));
  EXPECT_DOUBLE_EQ(changepoints.t[0], 1.0 / 9.0);
  EXPECT_DOUBLE_EQ(changepoints.t[3], 6.0 / 9.0);
}

TEST(Features, GivenChangepointsLieWithinTheHistory) {
  ModelConfig config;
  config.explicit_changepoints = {kStart + 99 * 60, kStart, kStart + 90};
  const Changepoints changepoints = features_of(regular(100, 60), config).changepoints;
  EXPECT_EQ(changepoints.ds, std::vector<Timestamp>({kStart, kStart + 90, kStart + 99 * 60}));
  EXPECT_EQ(changepoints.t[2], 1.0);
  for (const Timestamp ds : {kStart - 1, kStart + 99 * 60 + 1}) {
    config.explicit_changepoints = {ds};
    const auto refused = engineer_features(regular(100, 60), config);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().where.field, "explicit_changepoints");
  }
}

TEST(Features, ACapacityLiesAboveTheFloor) {
  ModelConfig config;
  config.growth = Growth::kLogistic;
  Series series = regular(100, 60);
  const auto is_taken = [&](double cap, double floor) {
    series.columns = {{"cap", Eigen::VectorXd::Constant(100, cap)},
                      {"floor", Eigen::VectorXd::Constant(100, floor)}};
    return engineer_features(series, config).ok();
  };
  EXPECT_TRUE(is_taken(-8.999, -9.0));
  EXPECT_FALSE(is_taken(-9.0, -9.0));
  EXPECT_FALSE(is_taken(-10.0, -9.0));
}

TEST(Features, FewerSamplesThanParametersAreTold) {
  const auto told = [](std::int64_t rows, Growth growth) {
    ModelConfig config;
    config.growth = growth;
    config.n_changepoints = 3;
    return !features_of(regular(rows, kSecondsPerHour), config).warnings.empty();
  };
  // k, m, sigma_obs, three deltas and one beta.
  EXPECT_TRUE(told(6, Growth::kLinear));
  EXPECT_FALSE(told(7, Growth::kLinear));
  // m, sigma_obs and one beta.
  EXPECT_TRUE(told(2, Growth::kFlat));
  EXPECT_FALSE(told(3, Growth::kFlat));
}

TEST(Features, WithoutChangepointsOneLiesAtTheStart) {
  ModelConfig config;
  config.n_changepoints = 0;
  const Changepoints changepoints = features_of(regular(100, 60), config).changepoints;
  EXPECT_EQ(changepoints.ds, std::vector<Timestamp>({kStart}));
  EXPECT_EQ(changepoints.t[0], 0.0);
}

TEST(Features, NeedTwoMoments) {
  Series one = regular(2, 60);
  one.ds[1] = one.ds[0];
  EXPECT_EQ(engineer_features(one, {}).error().code, ErrorCode::kNotEnoughData);
  EXPECT_EQ(engineer_features(regular(1, 60), {}).error().code, ErrorCode::kNotEnoughData);
  EXPECT_TRUE(engineer_features(regular(2, 60), {}).ok());
}

TEST(Features, FourierColumnsAreSineAndCosineOfEachOrder) {
  Terms terms;
  terms.seasonalities = {
      {.name = "yearly", .period_days = 365.25, .fourier_order = 10, .condition_name = ""},
      {.name = "daily", .period_days = 1.0, .fourier_order = 4, .condition_name = ""}};
  std::vector<double> row(28);
  for (const Timestamp ds : {kStart, kStart + 12345, Timestamp{-86401}, Timestamp{4102444799}}) {
    const Frame frame{{ds}, {}};
    FeatureRows(terms, frame).row(0, row.data());
    std::size_t column = 0;
    for (const Seasonality& seasonality : terms.seasonalities) {
      for (int order = 1; order <= seasonality.fourier_order; ++order) {
        const double days = static_cast<double>(ds) / 86400.0;
        const double angle = 2 * std::numbers::pi * order * days / seasonality.period_days;
        EXPECT_NEAR(row[column++], std::sin(angle), 1e-9) << ds << " " << order;
        EXPECT_NEAR(row[column++], std::cos(angle), 1e-9) << ds << " " << order;
      }
    }
  }
}

TEST(Features, WithoutATermThereIsOneColumnOfZeros) {
  const TrainingSet set = features_of(regular(30, kSecondsPerHour));
  ASSERT_EQ(set.features.size(), 1U);
  EXPECT_EQ(set.features[0].name, "zeros");
  double cell = 1.0;
  FeatureRows(set.terms, set.series).row(0, &cell);
  EXPECT_EQ(cell, 0.0);
}

}  // namespace
}  // namespace plimsoll
