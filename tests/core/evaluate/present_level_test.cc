#include "evaluate/present_level.h"

#include <gtest/gtest.h>

#include <vector>

#include "math/random.h"

namespace plimsoll {
namespace {

constexpr Timestamp kMonday = 1740960000;  // 2025-03-03T00:00:00Z

// Hourly samples, 24 for each of the given daily levels, with a little noise.
Series days(const std::vector<double>& levels, double noise = 0.01) {
  Random random(7);
  Series series;
  series.y.resize(static_cast<Eigen::Index>(24 * levels.size()));
  for (std::size_t i = 0; i < 24 * levels.size(); ++i) {
    series.ds.push_back(kMonday + static_cast<Timestamp>(i) * kSecondsPerHour);
    series.y[static_cast<Eigen::Index>(i)] = levels[i / 24] * (1.0 + noise * random.normal());
  }
  return series;
}

PresentLevel level_of(const std::vector<double>& levels, double noise = 0.01) {
  return present_level(days(levels, noise), kSecondsPerHour);
}

std::vector<double> levels(std::size_t before, double old_level, std::size_t after, double level) {
  std::vector<double> result(before, old_level);
  result.insert(result.end(), after, level);
  return result;
}

TEST(PresentLevel, AStepIsFoundUpAndDownAtItsDay) {
  for (const double level : {1.0, 0.5, 0.3, 0.1, 0.01}) {
    for (std::size_t after = 1; after <= 12; ++after) {
      const PresentLevel present = level_of(levels(16, 0.2, after, level));
      EXPECT_TRUE(present.shifted) << level << " " << after;
      EXPECT_EQ(present.since, kMonday + 16 * kSecondsPerDay) << level << " " << after;
      EXPECT_NEAR(present.low, level, 0.01 * level);
      EXPECT_NEAR(present.high, level, 0.01 * level);
    }
  }
}

TEST(PresentLevel, ZerosBeforeItAreAnotherLevel) {
  const PresentLevel present = level_of(levels(18, 0.0, 3, 0.5));
  EXPECT_TRUE(present.shifted);
  EXPECT_EQ(present.since, kMonday + 18 * kSecondsPerDay);
}

TEST(PresentLevel, AfterARampItBeginsWhereTheRampEnds) {
  std::vector<double> ramp = levels(17, 0.3, 0, 0.0);
  for (const double level : {0.45, 0.8, 1.0, 1.0}) ramp.push_back(level);
  const PresentLevel present = level_of(ramp);
  EXPECT_TRUE(present.shifted);
  EXPECT_EQ(present.since, kMonday + 19 * kSecondsPerDay);
}

TEST(PresentLevel, NoiseGrowthAndWeekendsAreNoShift) {
  EXPECT_FALSE(level_of(levels(21, 0.5, 0, 0.0), 0.3).shifted);
  std::vector<double> growing;
  for (int day = 0; day < 21; ++day) growing.push_back(0.3 + 0.03 * day);
  EXPECT_FALSE(level_of(growing).shifted);
  for (std::size_t length = 8; length <= 28; ++length) {
    std::vector<double> weeks;
    for (std::size_t day = 0; day < length; ++day) weeks.push_back(day % 7 < 5 ? 1.0 : 0.1);
    EXPECT_FALSE(level_of(weeks).shifted) << length;
  }
  // The first weekend of a short history may be just that.
  EXPECT_FALSE(level_of({1.0, 1.0, 1.0, 1.0, 1.0, 0.1}).shifted);
  EXPECT_FALSE(level_of({1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 0.1}).shifted);
  EXPECT_TRUE(level_of({1.0, 1.0, 1.0, 0.1}).shifted);  // a Thursday
}

TEST(PresentLevel, ADayLikeOneLongAgoIsNoShiftTwoAre) {
  std::vector<double> days_before = levels(21, 0.2, 0, 0.0);
  days_before[4] = 1.0;
  days_before.push_back(1.0);
  EXPECT_FALSE(level_of(days_before).shifted);
  days_before.push_back(1.0);
  EXPECT_TRUE(level_of(days_before).shifted);
}

TEST(PresentLevel, WithoutAShiftItIsTheLastWeeks) {
  std::vector<double> weeks = levels(21, 0.5, 0, 0.0);
  weeks[3] = 2.0;
  weeks[16] = 0.4;
  const PresentLevel present = level_of(weeks, 0.0);
  EXPECT_FALSE(present.shifted);
  EXPECT_EQ(present.since, kMonday);
  EXPECT_EQ(present.block_seconds, kSecondsPerDay);
  EXPECT_NEAR(present.low, 0.4, 1e-12);
  EXPECT_NEAR(present.high, 0.5, 1e-12);
}

TEST(PresentLevel, DaysAreComparedByWeeks) {
  Series series;
  series.y.resize(84);
  for (Eigen::Index i = 0; i < 84; ++i) {
    series.ds.push_back(kMonday + i * kSecondsPerDay);
    series.y[i] = (i < 70 ? 5.0 : 20.0) * (i % 7 < 5 ? 1.0 : 0.2);
  }
  const PresentLevel present = present_level(series, kSecondsPerDay);
  EXPECT_EQ(present.block_seconds, kSecondsPerWeek);
  EXPECT_TRUE(present.shifted);
  EXPECT_EQ(present.since, kMonday + 70 * kSecondsPerDay);
}

}  // namespace
}  // namespace plimsoll
