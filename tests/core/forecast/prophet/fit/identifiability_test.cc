#include "forecast/prophet/fit/identifiability.h"

#include <gtest/gtest.h>

#include "math/random.h"
#include "plimsoll/forecast/prophet/fit/train.h"

namespace plimsoll {
namespace {

Series daily_series(int rows) {
  Random random(2);
  Series series;
  series.y.resize(rows);
  for (int i = 0; i < rows; ++i) {
    series.ds.push_back(1'767'225'600 + i * kSecondsPerDay);
    series.y[i] = 10.0 + random.normal();
  }
  return series;
}

std::vector<std::string> warnings_of(Series series, const ModelConfig& config) {
  return train(engineer_features(std::move(series), config).value()).warnings;
}

ModelConfig plain() {
  ModelConfig config;
  config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOff;
  return config;
}

TEST(Identifiability, AWellPosedModelIsNotWarnedAbout) {
  ModelConfig config;
  config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOn;
  EXPECT_TRUE(warnings_of(daily_series(200), config).empty());
}

TEST(Identifiability, FourierTermsThatTheCadenceCannotShowAreNamed) {
  ModelConfig config = plain();
  config.daily_seasonality.kind = SeasonalityChoice::Kind::kOn;
  const auto warnings = warnings_of(daily_series(200), config);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("daily is not identified: 8 of 8 columns"), std::string::npos)
      << warnings[0];
}

TEST(Identifiability, AWeekSampledDailyShowsThreeOrdersButNotFour) {
  ModelConfig config;
  config.weekly_seasonality = {SeasonalityChoice::Kind::kOrder, 4};
  const auto warnings = warnings_of(daily_series(200), config);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("weekly is not identified: 2 of 8 columns"), std::string::npos)
      << warnings[0];
}

TEST(Identifiability, ASecondRegressorProportionalToTheFirstIsNamed) {
  Series series = daily_series(100);
  Random random(5);
  Eigen::VectorXd x(100);
  for (double& value : x) value = random.normal();
  series.columns = {{"x", x}, {"twice", 2.0 * x}, {"other", x.reverse()}};
  ModelConfig config = plain();
  for (const char* const name : {"x", "twice", "other"}) {
    config.extra_regressors.push_back({name, std::nullopt, Standardize::kAuto, std::nullopt});
  }
  const auto warnings = warnings_of(series, config);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("The term twice is not identified"), std::string::npos);
}

TEST(Identifiability, AConstantRegressorIsTheTrendsOffset) {
  Series series = daily_series(100);
  series.columns = {{"x", Eigen::VectorXd::Constant(100, 3.0)}};
  ModelConfig config = plain();
  config.extra_regressors = {{"x", std::nullopt, Standardize::kAuto, std::nullopt}};
  ASSERT_EQ(warnings_of(series, config).size(), 1U);
}

TEST(Identifiability, AHolidayThatNeverComesAddsNothing) {
  ModelConfig config = plain();
  config.holidays = {{"someday", 30'000, 0, 0, std::nullopt}};
  const auto warnings = warnings_of(daily_series(100), config);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("someday is 0 throughout"), std::string::npos);
}

TEST(Identifiability, LogisticGrowthIsLookedAtToo) {
  Series series = daily_series(100);
  series.columns = {{"cap", Eigen::VectorXd::Constant(100, 30.0)}};
  ModelConfig config = plain();
  config.growth = Growth::kLogistic;
  config.holidays = {{"someday", 30'000, 0, 0, std::nullopt}};
  EXPECT_EQ(warnings_of(series, config).size(), 1U);
}

TEST(FewSamples, AreFittedWithAWarning) {
  const FittedModel model = train(engineer_features(daily_series(9), plain()).value());
  ASSERT_EQ(model.warnings.size(), 1U);
  EXPECT_NE(model.warnings[0].find("9 samples for"), std::string::npos);
  EXPECT_GT(model.params.sigma_obs, 0.0);
}

}  // namespace
}  // namespace plimsoll
