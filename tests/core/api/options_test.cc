#include "plimsoll/api/options.h"

#include <gtest/gtest.h>

#include <string>

#include "api/routes.h"
#include "plimsoll/recommend/recommendation.h"

namespace plimsoll {
namespace {

std::string joined_names() {
  std::string names;
  for (const Policy& policy : policies()) {
    names += (names.empty() ? "" : " ") + std::string(policy.name);
  }
  return names;
}

TEST(Options, KnowThePoliciesOfTheCatalogue) {
  EXPECT_EQ(option::kPolicy.choices, joined_names());
  EXPECT_EQ(option::kPolicy.fallback, default_policy().name);
}

TEST(Options, AnEndpointHasEachOnceAndSaysWhatItIs) {
  for (const Route& route : routes()) {
    for (const Option* const option : route.options) {
      EXPECT_FALSE(option->summary.empty()) << option->name;
      EXPECT_EQ(option->kind == OptionKind::kChoice, !option->choices.empty()) << option->name;
      for (const Option* const other : route.options) {
        EXPECT_TRUE(option == other || option->name != other->name) << route.path << option->name;
      }
    }
  }
}

}  // namespace
}  // namespace plimsoll
