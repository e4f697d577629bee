#include "plimsoll/recommend/policy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "plimsoll/recommend/recommendation.h"

namespace plimsoll {
namespace {

TEST(Policies, AreFoundByTheirNames) {
  std::set<std::string_view> names;
  for (const Policy& policy : policies()) {
    EXPECT_EQ(find_policy(policy.name).value(), &policy);
    EXPECT_TRUE(names.insert(policy.name).second) << policy.name;
  }
  EXPECT_EQ(default_policy().name, "seed");
  for (const std::string_view name : {"", "Seed", "seed ", "none"}) {
    const auto answer = find_policy(name);
    ASSERT_FALSE(answer.ok()) << name;
    EXPECT_EQ(answer.error().where.field, "policy");
  }
}

// Every policy leads each target to an amount by steps, and names its parameters.
TEST(Policies, AnswerBothTargets) {
  WindowForecast forecast;
  forecast.mean = 0.5;
  for (const Policy& policy : policies()) {
    for (const Horizon horizon :
         {Horizon::kDay, Horizon::kWeek, Horizon::kWeekend, Horizon::kMonth}) {
      const Sizing sizing = policy.size({forecast, horizon});
      ASSERT_FALSE(sizing.request.empty()) << policy.name;
      ASSERT_FALSE(sizing.limit.empty()) << policy.name;
      for (const ChainStep& step : sizing.request) EXPECT_EQ(step.target, "request");
      for (const ChainStep& step : sizing.limit) EXPECT_EQ(step.target, "limit");
      EXPECT_GT(sizing.request.back().value, 0.0);
      EXPECT_FALSE(sizing.parameters.empty());
    }
  }
}

TEST(SeedPolicy, TakesSharesOfTheMean) {
  WindowForecast forecast;
  forecast.mean = 0.0854;
  const auto sizing = [&](Horizon horizon) {
    return find_policy("seed").value()->size({forecast, horizon});
  };
  EXPECT_DOUBLE_EQ(sizing(Horizon::kWeek).request.back().value, 0.06832);
  EXPECT_DOUBLE_EQ(sizing(Horizon::kWeek).limit.back().value, 0.10248);
  EXPECT_DOUBLE_EQ(sizing(Horizon::kMonth).request.back().value, 0.05978);
  EXPECT_DOUBLE_EQ(sizing(Horizon::kMonth).limit.back().value, 0.1281);
  EXPECT_EQ(sizing(Horizon::kDay).parameters[0].name, "request_multiplier");
  EXPECT_EQ(sizing(Horizon::kDay).parameters[1].value, 1.2);
}

}  // namespace
}  // namespace plimsoll
