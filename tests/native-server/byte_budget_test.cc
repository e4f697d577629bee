#include "byte_budget.h"

#include <gtest/gtest.h>

namespace plimsoll::native {
namespace {

constexpr std::size_t kMegabyte = 1024UL * 1024;

TEST(ByteBudget, CountsWhatIsHeld) {
  ByteBudget budget(8 * kMegabyte);
  {
    Lease lease(budget);
    EXPECT_TRUE(lease.resize(5 * kMegabyte));
    EXPECT_EQ(budget.used(), 5 * kMegabyte);
    EXPECT_TRUE(lease.resize(2 * kMegabyte));
    EXPECT_EQ(budget.used(), 2 * kMegabyte);
  }
  EXPECT_EQ(budget.used(), 0U);
}

TEST(ByteBudget, KeepsAQuarterForTheSmall) {
  ByteBudget budget(8 * kMegabyte);
  Lease large(budget);
  EXPECT_FALSE(large.resize(6 * kMegabyte + 1));
  EXPECT_EQ(budget.used(), 0U);
  EXPECT_FALSE(large.could_be(6 * kMegabyte + 1));
  EXPECT_TRUE(large.could_be(6 * kMegabyte));
  ASSERT_TRUE(large.resize(6 * kMegabyte));
  Lease other(budget);
  EXPECT_FALSE(other.could_be(kMegabyte + 1));
  EXPECT_TRUE(other.could_be(kMegabyte));
  EXPECT_FALSE(other.resize(kMegabyte + 1));
  Lease small(budget);
  EXPECT_TRUE(small.resize(kMegabyte));
  EXPECT_TRUE(other.resize(kMegabyte));
  Lease last(budget);
  EXPECT_FALSE(last.resize(1));
}

}  // namespace
}  // namespace plimsoll::native
