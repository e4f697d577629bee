#include "base/number_text.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

namespace plimsoll {
namespace {

TEST(NumberText, IsTheShortestFormPeopleWrite) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(1.0), "1.0");
  EXPECT_EQ(number_text(-2.5), "-2.5");
  EXPECT_EQ(number_text(1e-7), "1e-07");
  EXPECT_EQ(number_text(0.0), "0.0");
  EXPECT_EQ(number_text(1.0 / 3.0), "0.3333333333333333");
}

TEST(NumberText, ReadsBackToTheSameBits) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = number_text(value);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)),
              std::bit_cast<std::uint64_t>(value))
        << text;
  }
}

TEST(NumberText, WhatJsonLacksIsNull) {
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number_text(std::nan("")), "null");
}

TEST(FormatFixed, RoundsHalvesUpAndPadsWithZeros) {
  EXPECT_EQ(format_fixed(2.25, 1), "2.3");
  EXPECT_EQ(format_fixed(-2.25, 1), "-2.3");
  EXPECT_EQ(format_fixed(0.004, 2), "0.00");
  EXPECT_EQ(format_fixed(-0.004, 2), "0.00");
  EXPECT_EQ(format_fixed(0.0625, 4), "0.0625");
  EXPECT_EQ(format_fixed(41.6, 0), "42");
  EXPECT_EQ(format_fixed(1e18, 0), "1000000000000000000");
  EXPECT_EQ(format_fixed(1e300, 2), "1e+300");
}

TEST(FormatFixed, NeverRoundsTwice) {
  EXPECT_EQ(format_fixed(0.49999999999999994, 0), "0");
  EXPECT_EQ(format_fixed(4503599627370497.0, 0), "4503599627370497");
}

TEST(RoundDecimals, NeverRoundsTwice) {
  EXPECT_EQ(round_decimals(0.49999999999999994, 0), 0.0);
  EXPECT_EQ(round_decimals(2.5, 0), 3.0);
  EXPECT_EQ(round_decimals(-2.5, 0), -2.0);
}

TEST(Counted, SpeaksOfOneAndOfMany) {
  EXPECT_EQ(counted(1, "row"), "1 row");
  EXPECT_EQ(counted(0, "row"), "0 rows");
  EXPECT_EQ(counted(24, "row"), "24 rows");
}

TEST(RoundDecimals, StaysWithinHalfAUnit) {
  EXPECT_EQ(round_decimals(0.20185, 4), 0.2019);
  EXPECT_EQ(round_decimals(-0.5, 0), 0.0);
  EXPECT_EQ(round_decimals(1e300, 4), 1e300);
  std::mt19937_64 random(2);
  for (int i = 0; i < 1000; ++i) {
    const double value = 1e-16 * static_cast<double>(static_cast<std::int64_t>(random()));
    EXPECT_LE(std::abs(round_decimals(value, 3) - value), 0.5e-3 * (1 + 1e-9));
  }
}

}  // namespace
}  // namespace plimsoll
