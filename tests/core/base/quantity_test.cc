#include "plimsoll/base/quantity.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <utility>

namespace plimsoll {
namespace {

TEST(Quantity, ReadsNumbersAndSuffixes) {
  EXPECT_EQ(parse_quantity("250m")->value, 0.25);
  EXPECT_TRUE(parse_quantity("250m")->has_suffix);
  EXPECT_EQ(parse_quantity("512Mi")->value, 536870912.0);
  EXPECT_EQ(parse_quantity("1.5Gi")->value, 1610612736.0);
  EXPECT_EQ(parse_quantity("3k")->value, 3000.0);
  EXPECT_EQ(parse_quantity("100n")->value, 1e-7);
  EXPECT_EQ(parse_quantity("2E")->value, 2e18);
  EXPECT_EQ(parse_quantity("2e3")->value, 2000.0);
  EXPECT_FALSE(parse_quantity("2e3")->has_suffix);
  EXPECT_EQ(parse_quantity("+0.5")->value, 0.5);
  EXPECT_EQ(parse_quantity("-.5")->value, -0.5);
}

TEST(Quantity, EverySuffixHasItsSize) {
  const std::pair<const char*, double> table[] = {{"3n", 3e-9},
                                                  {"3u", 3e-6},
                                                  {"3m", 3e-3},
                                                  {"3k", 3e3},
                                                  {"3M", 3e6},
                                                  {"3G", 3e9},
                                                  {"3T", 3e12},
                                                  {"3P", 3e15},
                                                  {"3E", 3e18},
                                                  {"3Ki", 3072.0},
                                                  {"3Mi", 3145728.0},
                                                  {"3Gi", 3221225472.0},
                                                  {"3Ti", 3298534883328.0},
                                                  {"3Pi", 3377699720527872.0},
                                                  {"3Ei", 3458764513820540928.0}};
  for (const auto& [text, value] : table) {
    ASSERT_TRUE(parse_quantity(text).has_value()) << text;
    EXPECT_EQ(parse_quantity(text)->value, value) << text;
    EXPECT_TRUE(parse_quantity(text)->has_suffix) << text;
  }
}

TEST(Quantity, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "m", "nan", "inf", "-inf", "0x10", "1 Mi", "1mi", "1KB",
                                      "1e999", "+-1", "--1", "1.2.3", "abc", "-", "1Kim"}) {
    EXPECT_FALSE(parse_quantity(text).has_value()) << text;
  }
}

TEST(Quantity, RoundsUpAfterSnappingNoise) {
  EXPECT_EQ(whole_rounded_up(250.0), 250);
  EXPECT_EQ(whole_rounded_up(68.32), 69);
  EXPECT_EQ(whole_rounded_up((0.1 + 0.2) * 1000.0), 300);
  EXPECT_EQ(whole_rounded_up(250.0001), 251);
  EXPECT_EQ(whole_rounded_up(1e-3), 1);
  EXPECT_EQ(whole_rounded_up(0.0), 0);
  EXPECT_EQ(whole_rounded_up(1073741825.0 / kBytesPerMebibyte), 1024);  // a byte in 2^30 is noise
  EXPECT_EQ(whole_rounded_up(1073742848.0 / kBytesPerMebibyte), 1025);
}

// Where noise is larger than a unit the nearest one is taken.
TEST(Quantity, RoundsLargeAmountsToTheNearest) {
  EXPECT_EQ(whole_rounded_up(1'000'000'000.7), 1'000'000'001);
  EXPECT_EQ(whole_rounded_up(1'000'000'000.2), 1'000'000'000);
}

TEST(Quantity, SurvivesAnyDouble) {
  EXPECT_EQ(whole_rounded_up(std::numeric_limits<double>::quiet_NaN()), 0);
  EXPECT_EQ(whole_rounded_up(-1.0), 0);
  EXPECT_EQ(whole_rounded_up(std::numeric_limits<double>::infinity()),
            std::numeric_limits<std::int64_t>::max());
}

}  // namespace
}  // namespace plimsoll
