// Metrics of cross-validations that are written down by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "plimsoll/evaluate/cross_validation.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

constexpr std::int64_t days(std::int64_t count) { return count * kSecondsPerDay; }

// Samples a day, two days, ... after one cutoff.
CrossValidation scored(std::vector<double> y, std::vector<double> yhat, std::vector<double> lower,
                       std::vector<double> upper) {
  CrossValidation validation;
  const auto column = [](const std::vector<double>& values) {
    return Eigen::VectorXd(
        Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size())));
  };
  for (std::size_t i = 0; i < y.size(); ++i) {
    validation.ds.push_back(kStart + days(static_cast<std::int64_t>(i + 1)));
    validation.cutoff.push_back(kStart);
  }
  validation.y = column(y);
  validation.yhat = column(yhat);
  validation.yhat_lower = column(lower);
  validation.yhat_upper = column(upper);
  return validation;
}

void expect_metrics(const PerformanceMetrics& row, std::int64_t horizon,
                    const std::vector<double>& expected) {
  EXPECT_EQ(row.horizon_seconds, days(horizon));
  EXPECT_NEAR(row.mse, expected[0], 1e-12);
  EXPECT_NEAR(row.rmse, std::sqrt(expected[0]), 1e-12);
  EXPECT_NEAR(row.mae, expected[1], 1e-12);
  EXPECT_NEAR(row.mape.value(), expected[2], 1e-12);
  EXPECT_NEAR(row.mdape.value(), expected[3], 1e-12);
  EXPECT_NEAR(row.smape, expected[4], 1e-12);
  EXPECT_NEAR(row.coverage, expected[5], 1e-12);
}

// Errors of 1, 0, 2 and 4. The first lies on its lower bound, the third on its upper one.
TEST(PerformanceMetrics, AreThoseOfTheTextbook) {
  const CrossValidation validation =
      scored({2, 4, 4, 8}, {1, 4, 6, 4}, {2, 4.5, 3, 1}, {3, 5, 4, 7});
  const auto each = performance_metrics(validation, 0.0);
  ASSERT_EQ(each.size(), 4U);
  expect_metrics(each[0], 1, {1, 1, 0.5, 0.5, 2.0 / 3, 1});
  expect_metrics(each[1], 2, {0, 0, 0, 0, 0, 0});
  expect_metrics(each[2], 3, {4, 2, 0.5, 0.5, 0.4, 1});
  expect_metrics(each[3], 4, {16, 4, 0.5, 0.5, 2.0 / 3, 0});
  for (const double two_rows : {0.5, 0.7}) {
    const auto pairs = performance_metrics(validation, two_rows);
    ASSERT_EQ(pairs.size(), 3U);
    expect_metrics(pairs[0], 2, {0.5, 0.5, 0.25, 0.25, 1.0 / 3, 0.5});
    expect_metrics(pairs[1], 3, {2, 1, 0.25, 0.25, 0.2, 0.5});
    expect_metrics(pairs[2], 4, {10, 3, 0.5, 0.5, 0.8 / 1.5, 0.5});
  }
  const auto all = performance_metrics(validation, 1.0);
  ASSERT_EQ(all.size(), 1U);
  expect_metrics(all[0], 4, {5.25, 1.75, 0.375, 0.5, (4.0 / 3 + 0.4) / 4, 0.5});
}

// Two rows a day ahead and one two days ahead; a window of two takes the former by their mean.
TEST(PerformanceMetrics, TheOldestHorizonOfAWindowCountsByItsMean) {
  CrossValidation validation = scored({1, 1, 1}, {2, 6, 4}, {0, 0, 0}, {9, 9, 9});
  validation.ds = {kStart + days(1), kStart + days(2), kStart + days(11)};
  validation.cutoff = {kStart, kStart, kStart + days(10)};
  const auto metrics = performance_metrics(validation, 0.7);
  ASSERT_EQ(metrics.size(), 2U);
  EXPECT_NEAR(metrics[0].mae, 2.0, 1e-12);  // of 1 and 3
  EXPECT_NEAR(metrics[1].mae, 3.5, 1e-12);  // of 5 and that
}

TEST(PerformanceMetrics, DivideByWhatIsLargeEnough) {
  EXPECT_TRUE(performance_metrics(scored({1e-8}, {1}, {0}, {2}), 1.0)[0].mape.has_value());
  EXPECT_TRUE(performance_metrics(scored({-1e-8}, {1}, {0}, {2}), 1.0)[0].mape.has_value());
  EXPECT_FALSE(performance_metrics(scored({9.9e-9}, {1}, {0}, {2}), 1.0)[0].mape.has_value());
  EXPECT_EQ(performance_metrics(scored({0}, {0}, {0}, {0}), 1.0)[0].smape, 0.0);
  EXPECT_EQ(performance_metrics(scored({0}, {0}, {0}, {0}), 1.0)[0].coverage, 1.0);
}

}  // namespace
}  // namespace plimsoll
