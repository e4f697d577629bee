#include "math/portable_math.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/random.h"

namespace plimsoll {
namespace {

// Against the C library in long double, whose error is far below the bounds.
TEST(PortableMath, SineAndCosineAreWithinTwoUnits) {
  Random random(1);
  for (int i = 0; i < 200'000; ++i) {
    const double turns = (random.uniform() - 0.5) * 8;
    const long double radians = 2.0L * 3.14159265358979323846264338327950288L * turns;
    const SinCos got = sin_cos_turns(turns);
    ASSERT_NEAR(got.sin, static_cast<double>(std::sin(radians)), 4.5e-16) << turns;
    ASSERT_NEAR(got.cos, static_cast<double>(std::cos(radians)), 4.5e-16) << turns;
  }
}

TEST(PortableMath, QuarterTurnsAreExact) {
  EXPECT_EQ(sin_cos_turns(0.0).sin, 0.0);
  EXPECT_EQ(sin_cos_turns(0.25).sin, 1.0);
  EXPECT_EQ(sin_cos_turns(0.5).cos, -1.0);
  EXPECT_EQ(sin_cos_turns(-0.25).sin, -1.0);
}

TEST(PortableMath, ExponentialAndLogarithmAreWithinTwoUnits) {
  Random random(2);
  for (int i = 0; i < 200'000; ++i) {
    const double x = (random.uniform() - 0.5) * 1400;
    const double expected = std::exp(x);
    ASSERT_NEAR(exp(x), expected, expected * 4.5e-16) << x;
    const double y = std::exp((random.uniform() - 0.5) * 200);
    ASSERT_NEAR(log(y), std::log(y), std::abs(std::log(y)) * 4.5e-16 + 1e-18) << y;
  }
}

TEST(PortableMath, ExponentialSaturatesInsteadOfOverflowing) {
  EXPECT_EQ(exp(-1e4), 0.0);
  EXPECT_TRUE(std::isfinite(exp(1e4)));
  EXPECT_EQ(exp(0.0), 1.0);
}

TEST(PortableMath, LogarithmOfSubnormals) { EXPECT_NEAR(log(5e-324), -744.4400719213812, 1e-12); }

TEST(PortableMath, ArcTangentIsWithinTwoUnits) {
  Random random(3);
  for (int i = 0; i < 200'000; ++i) {
    const double x = std::exp((random.uniform() - 0.5) * 40);
    ASSERT_NEAR(atan_positive(x), std::atan(x), std::atan(x) * 4.5e-16) << x;
  }
}

TEST(Random, IsTheSameEverywhere) {
  // SplitMix64 from seed 0: the values of its reference implementation.
  Random random(0);
  EXPECT_EQ(random.next(), 0xE220A8397B1DCDAFULL);
  EXPECT_EQ(random.next(), 0x6E789E6AA1B965F4ULL);
}

TEST(Random, HasTheMomentsItPromises) {
  Random random(7);
  double normal_sum = 0, normal_squares = 0, laplace_absolute = 0, exponential_sum = 0;
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    normal_sum += x;
    normal_squares += x * x;
    laplace_absolute += std::abs(random.laplace(2.0));
    exponential_sum += random.exponential();
  }
  EXPECT_NEAR(normal_sum / kDraws, 0.0, 0.01);
  EXPECT_NEAR(normal_squares / kDraws, 1.0, 0.015);
  EXPECT_NEAR(laplace_absolute / kDraws, 2.0, 0.03);
  EXPECT_NEAR(exponential_sum / kDraws, 1.0, 0.01);
}

}  // namespace
}  // namespace plimsoll
