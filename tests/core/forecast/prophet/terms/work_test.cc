#include "plimsoll/forecast/prophet/terms/work.h"

#include <gtest/gtest.h>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

TEST(FitWork, GrowsWithWhatAFitLoopsOver) {
  EXPECT_DOUBLE_EQ(fit_work({800, 10, 0, true}), 800 * 100 / 8.0 + 4 * 1000);
  EXPECT_DOUBLE_EQ(fit_work({800, 6, 4, true}), 800 * 36 / 8.0 + 4 * 1000);
  EXPECT_DOUBLE_EQ(fit_work({800, 6, 4, false}), 9 * (800 + 30) * 100.0);
  EXPECT_EQ(fit_sums({800, 10, 24, true}), 2500);
}

// Two million rows with Prophet's default terms, and a year of five minutes, multiplicative, hold.
TEST(FitWork, AllowsWhatPeopleFit) {
  EXPECT_EQ(refuse_fit({2'000'000, 34, 25, true}), std::nullopt);
  EXPECT_EQ(refuse_fit({60'000, 34, 25, false}), std::nullopt);
  EXPECT_EQ(refuse_fit({20'000, 100, 25, true}), std::nullopt);
}

TEST(FitWork, RefusesByName) {
  const auto memory = refuse_fit({1500, 1000, 500, true});
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(memory->code, ErrorCode::kTooLarge);
  EXPECT_EQ(memory->found.substr(0, 14), "501000000 sums");
  const auto time = refuse_fit({1500, 126, 500, false});
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(time->expected, "at most 2000 million");
  EXPECT_EQ(refuse_work(2e9), std::nullopt);
  EXPECT_NE(refuse_work(2.001e9), std::nullopt);
  EXPECT_EQ(refuse_sums(8, 8), std::nullopt);
  EXPECT_NE(refuse_sums(9, 8), std::nullopt);
}

}  // namespace
}  // namespace plimsoll
