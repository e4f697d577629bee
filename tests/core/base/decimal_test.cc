#include "plimsoll/base/decimal.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

namespace plimsoll {
namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

// The C library of the tests' host rounds exactly: the oracle.
void expect_as_strtod(const std::string& text) {
  const ParsedDecimal parsed = parse_decimal(text);
  ASSERT_EQ(parsed.length, text.size()) << text;
  ASSERT_EQ(bits(parsed.value), bits(std::strtod(text.c_str(), nullptr))) << text;
}

TEST(Decimal, ReadsWhatBeginsTheText) {
  const auto length = [](std::string_view text) { return parse_decimal(text).length; };
  EXPECT_EQ(parse_decimal("250m").value, 250.0);
  EXPECT_EQ(length("250m"), 3U);
  EXPECT_EQ(parse_decimal("-1.5Gi").value, -1.5);
  EXPECT_EQ(length("1e"), 1U);
  EXPECT_EQ(length("1e+"), 1U);
  EXPECT_EQ(length("1E5"), 3U);
  EXPECT_EQ(parse_decimal("5.").value, 5.0);
  EXPECT_EQ(length("5."), 2U);
  EXPECT_EQ(parse_decimal(".5").value, 0.5);
  EXPECT_EQ(length("1.2.3"), 3U);
  EXPECT_EQ(length("1-2"), 1U);
  for (const char* none : {"", "-", ".", "-.", "e5", ".e5", "+1", "x", "inf", "nan", " 1"}) {
    EXPECT_EQ(length(none), 0U) << none;
  }
}

TEST(Decimal, KeepsTheSignOfZero) {
  EXPECT_EQ(bits(parse_decimal("-0").value), bits(-0.0));
  EXPECT_EQ(bits(parse_decimal("-0.000e7").value), bits(-0.0));
  EXPECT_EQ(bits(parse_decimal("0e999999999999999999999").value), bits(0.0));
}

TEST(Decimal, IsInfiniteAboveTheDoublesAndZeroBelow) {
  EXPECT_EQ(parse_decimal("1e309").value, std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_decimal("-1e99999999999999999999").value,
            -std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_decimal("1e-400").value, 0.0);
  EXPECT_EQ(parse_decimal('0' + std::string(".") + std::string(400, '0') + "1e401").value, 1.0);
  EXPECT_EQ(parse_decimal(std::string(400, '9') + "e-400").value, 1.0);
}

// The hard ones: half way between two doubles, a digit above and below, the ends of the range.
TEST(Decimal, RoundsHalvesToEven) {
  const std::string half_of_least =
      "2."
      "47032822920623272088284396434110686182529901307162382212792841250337753635104375932649918180"
      "81"
      "79961898982823477228588654633283551779698981993873980053909390631503565951557022639229085839"
      "244"
      "91051844359318028499365361525003193704576782492193656236698636584807570015857692699037063119"
      "282"
      "79545513578302483193183105101733125519533083480216463085180283025046664062234081165498183040"
      "606"
      "1e-324";
  for (const std::string& text :
       {std::string("9007199254740993"),
        std::string("9007199254740993.00000000000000000000001"),
        std::string("9007199254740992.99999999999999999999999"),
        std::string("9007199254740995"),
        std::string("1.7976931348623157e308"),
        std::string("1.7976931348623158e308"),
        std::string("1.797693134862315807e308"),
        std::string("1.79769313486231581e308"),
        std::string("2.2250738585072014e-308"),
        std::string("2.2250738585072011e-308"),
        std::string("4.9e-324"),
        std::string("2.4703282292062327e-324"),
        std::string("2.4703282292062328e-324"),
        half_of_least,
        std::string("6929495644600919.5"),
        std::string("3.2378839133029012895883524125015e-319"),
        std::string("100000000000000016777215"),
        std::string("100000000000000016777216"),
        std::string("0.500000000000000166533453693773481063544750213623046875"),
        "1" + std::string(800, '0') + "1e-801",
        std::string(900, '7') + "e-600"}) {
    expect_as_strtod(text);
  }
}

// A digit beyond those that can lie half way still decides to which side it rounds.
TEST(Decimal, TheLastOfVeryManyDigitsCounts) {
  const std::string half = "9007199254740993." + std::string(900, '0');
  EXPECT_EQ(parse_decimal(half).value, 9007199254740992.0);
  EXPECT_EQ(parse_decimal(half + '1').value, 9007199254740994.0);
}

// Every decimal near a midpoint has to be decided by all its digits.
TEST(Decimal, DecidesBesideEveryMidpoint) {
  std::mt19937_64 random(5);
  std::array<char, 1200> text{};
  for (int i = 0; i < 3000; ++i) {
    const auto value = std::abs(std::bit_cast<double>(random()));
    if (!std::isfinite(value) || value == std::numeric_limits<double>::max()) continue;
    const auto above = std::bit_cast<double>(bits(value) + 1);
    const long double middle =
        (static_cast<long double>(value) + static_cast<long double>(above)) / 2;
    std::snprintf(text.data(), text.size(), "%.800Le", middle);
    expect_as_strtod(text.data());
    std::snprintf(text.data(), text.size(), "%.25Le", middle);
    expect_as_strtod(text.data());
    std::snprintf(text.data(), text.size(), "%.18Le", middle);
    expect_as_strtod(text.data());
  }
}

TEST(Decimal, ReadsAsTheLibraryDoes) {
  std::mt19937_64 random(7);
  std::array<char, 64> text{};
  for (int i = 0; i < 200000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    std::snprintf(text.data(), text.size(), "%.*e", 14 + i % 8, value);
    expect_as_strtod(text.data());
    // As exporters write: some digits, the point among them.
    const std::string digits = std::to_string(random() >> (i % 60));
    const std::size_t point = random() % (digits.size() + 1);
    expect_as_strtod(digits.substr(0, point) + '.' + digits.substr(point));
  }
}

}  // namespace
}  // namespace plimsoll
