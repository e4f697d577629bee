#include "plimsoll/selection.h"

#include <gtest/gtest.h>

#include "portable_math.h"
#include "random.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

// Hourly usage with a daily rhythm; `slope` an hour on top.
MetricSeries usage(std::int64_t hours, double slope = 0.0) {
  Random random(2);
  MetricSeries metric;
  metric.unit = Unit::kCores;
  metric.series.y.resize(hours);
  for (std::int64_t i = 0; i < hours; ++i) {
    metric.series.ds.push_back(kStart + i * kSecondsPerHour);
    metric.series.y[i] = 1.0 + 0.3 * sin_cos_turns(static_cast<double>(i) / 24).sin +
                         slope * static_cast<double>(i) + 0.05 * random.normal();
  }
  return metric;
}

WorkloadModel trained(const MetricSeries& metric, Preset preset = Preset::kAuto) {
  return train_workload({"shop", "cart", "app"}, metric, preset, kStart).value();
}

const Check& check_named(const ModelValidation& validation, const std::string& name) {
  for (const Check& check : validation.checks) {
    if (check.name == name) return check;
  }
  ADD_FAILURE() << "no check " << name;
  return validation.checks.front();
}

TEST(Selection, AutoTriesThreeAndKeepsTheOneWithTheLeastError) {
  const WorkloadModel model = trained(usage(28 * 24));
  ASSERT_EQ(model.candidates.size(), 3U);
  double least = *model.candidates.front().mae;
  for (const Candidate& candidate : model.candidates) least = std::min(least, *candidate.mae);
  for (const Candidate& candidate : model.candidates) {
    EXPECT_TRUE(candidate.name != model.chosen || *candidate.mae == least);
  }
  EXPECT_EQ(model.backtest.mae, least);
}

TEST(Selection, LevelUsageHasNoTrendAndGrowingUsageHasOne) {
  EXPECT_EQ(trained(usage(28 * 24)).model.config.growth, Growth::kFlat);
  EXPECT_EQ(trained(usage(28 * 24, 0.002)).model.config.growth, Growth::kLinear);
}

TEST(Selection, WithoutABacktestItTakesTheFlatOne) {
  const WorkloadModel model = trained(usage(26));
  EXPECT_EQ(model.chosen, "flat");
  EXPECT_FALSE(model.candidates.front().mae.has_value());
}

TEST(Selection, ANamedPresetIsTriedAlone) {
  const WorkloadModel model = trained(usage(28 * 24), Preset::kProphet);
  ASSERT_EQ(model.candidates.size(), 1U);
  EXPECT_EQ(model.chosen, "prophet");
  EXPECT_EQ(model.model.config.growth, Growth::kLinear);
}

TEST(Selection, LessThanADayIsNotEnough) {
  const auto answer = train_workload({}, usage(20), Preset::kAuto, kStart);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kNotEnoughData);
  EXPECT_EQ(answer.error().found, "20 usable samples over 19.0 hours");
  EXPECT_TRUE(train_workload({}, usage(25), Preset::kAuto, kStart).ok());
}

TEST(Selection, TheVersionIsOfTheContentNotOfTheDate) {
  const MetricSeries metric = usage(10 * 24);
  const WorkloadModel first = trained(metric);
  const auto later = train_workload({"shop", "cart", "app"}, metric, Preset::kAuto, kStart + 1);
  EXPECT_EQ(first.model_version, later.value().model_version);
  EXPECT_EQ(first.model_version.size(), 16U);
  MetricSeries other = metric;
  other.series.y[100] += 0.01;
  EXPECT_NE(first.model_version, trained(other).model_version);
}

TEST(ModelValidation, AGoodModelPassesEveryCheck) {
  const ModelValidation validation = validate_model(trained(usage(28 * 24)));
  EXPECT_TRUE(validation.passed);
  EXPECT_EQ(validation.checks.size(), 5U);
  for (const Check& check : validation.checks) EXPECT_TRUE(check.passed) << check.name;
}

TEST(ModelValidation, ARunawayForecastFails) {
  WorkloadModel model = trained(usage(28 * 24));
  model.model.params.m += 10.0;
  const ModelValidation validation = validate_model(model);
  EXPECT_FALSE(validation.passed);
  EXPECT_FALSE(check_named(validation, "forecast_within_bounds").passed);
}

TEST(ModelValidation, ANegativeForecastFails) {
  WorkloadModel model = trained(usage(28 * 24));
  model.model.params.m = -1.0;
  EXPECT_FALSE(check_named(validate_model(model), "forecast_not_negative").passed);
}

TEST(ModelValidation, AnUncertifiedOptimumFails) {
  WorkloadModel model = trained(usage(28 * 24));
  model.model.certificate.kkt_relative = 1e-6;
  EXPECT_FALSE(check_named(validate_model(model), "optimum_certified").passed);
}

TEST(ModelValidation, AModelWithoutABacktestFails) {
  EXPECT_FALSE(check_named(validate_model(trained(usage(26))), "backtest_error").passed);
}

TEST(ModelValidation, AForecastFarOffInTheBacktestFails) {
  WorkloadModel model = trained(usage(28 * 24));
  model.backtest.mae = model.y_max - model.y_min;
  EXPECT_FALSE(check_named(validate_model(model), "backtest_error").passed);
}

}  // namespace
}  // namespace plimsoll
