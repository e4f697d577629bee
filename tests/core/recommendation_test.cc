#include "plimsoll/recommendation.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

WindowForecast forecast_of(double mean) {
  WindowForecast forecast;
  forecast.mean = mean;
  return forecast;
}

TEST(SeedPolicy, AppliesTheDocumentedMultipliers) {
  for (const Horizon horizon : {Horizon::kDay, Horizon::kWeek, Horizon::kWeekend}) {
    const auto cpu =
        recommend(forecast_of(0.0854), Metric::kCpu, Unit::kCores, horizon, Policy::kSeed);
    EXPECT_EQ(cpu.request, "69m");
    EXPECT_EQ(cpu.limit, "103m");
  }
  const auto month =
      recommend(forecast_of(1.0), Metric::kCpu, Unit::kCores, Horizon::kMonth, Policy::kSeed);
  EXPECT_EQ(month.request, "700m");
  EXPECT_EQ(month.limit, "1500m");
}

TEST(SeedPolicy, RoundsMemoryUpToMebibytes) {
  const auto memory = recommend(forecast_of(1024.0 * 1048576.0), Metric::kMemory, Unit::kBytes,
                                Horizon::kDay, Policy::kSeed);
  EXPECT_EQ(memory.request, "820Mi");  // 819.2
  EXPECT_EQ(memory.limit, "1229Mi");   // 1228.8
}

TEST(SeedPolicy, SnapsFloatNoiseBeforeRoundingUp) {
  // 0.8 x 0.3125 is 0.25 up to rounding of the product.
  const auto cpu =
      recommend(forecast_of(0.3125), Metric::kCpu, Unit::kCores, Horizon::kDay, Policy::kSeed);
  EXPECT_EQ(cpu.request, "250m");
}

TEST(SeedPolicy, NeverRecommendsNothing) {
  const auto idle =
      recommend(forecast_of(0.0), Metric::kCpu, Unit::kCores, Horizon::kDay, Policy::kSeed);
  EXPECT_EQ(idle.request, "1m");
  EXPECT_EQ(idle.limit, "1m");
}

TEST(SeedPolicy, GivesNoQuantityWithoutAPhysicalUnit) {
  const auto fraction =
      recommend(forecast_of(0.5), Metric::kCpu, Unit::kNone, Horizon::kDay, Policy::kSeed);
  EXPECT_FALSE(fraction.request.has_value());
  EXPECT_FALSE(fraction.limit.has_value());
  EXPECT_TRUE(fraction.chain.empty());
}

TEST(SeedPolicy, ShowsItsChain) {
  const auto cpu =
      recommend(forecast_of(0.0854), Metric::kCpu, Unit::kCores, Horizon::kWeek, Policy::kSeed);
  ASSERT_EQ(cpu.chain.size(), 6U);
  EXPECT_EQ(cpu.chain[0].step, "forecast_mean");
  EXPECT_EQ(cpu.chain[0].value, 0.0854);
  EXPECT_EQ(cpu.chain[1].step, "multiplier");
  EXPECT_NEAR(cpu.chain[1].value, 0.06832, 1e-12);
  EXPECT_EQ(cpu.chain[2].step, "round_up");
  EXPECT_NEAR(cpu.chain[2].value, 0.069, 1e-12);
}

}  // namespace
}  // namespace plimsoll
