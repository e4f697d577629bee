#include "plimsoll/evaluate/selection.h"

#include <gtest/gtest.h>

#include <limits>

#include "evaluate/support/made_models.h"
#include "math/portable_math.h"
#include "math/random.h"
#include "plimsoll/evaluate/model_checks.h"

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

TEST(Selection, AutoTriesFourAndKeepsTheLastWithTheLeastErrorButForATie) {
  const WorkloadModel model = trained(usage(28 * 24));
  ASSERT_EQ(model.candidates.size(), 4U);
  double least = *model.candidates.front().recent_mae;
  for (const Candidate& candidate : model.candidates) {
    least = std::min(least, *candidate.recent_mae);
  }
  for (const Candidate& candidate : model.candidates) {
    if (candidate.name != model.chosen) continue;
    EXPECT_LE(*candidate.recent_mae, 1.02 * least);
    EXPECT_EQ(model.backtest.recent_mae, *candidate.recent_mae);
  }
}

// Zeros throughout: all are right, and the one without a trend is taken.
TEST(Selection, TiesGoToTheOneThatExtrapolatesLeast) {
  MetricSeries metric = usage(28 * 24);
  metric.series.y.setZero();
  EXPECT_EQ(trained(metric).chosen, "flat");
}

TEST(Selection, AShiftedLevelIsTheRecentOnes) {
  MetricSeries metric = usage(28 * 24);
  metric.series.y.tail(3 * 24).array() += 4.0;
  const WorkloadModel model = trained(metric);
  EXPECT_EQ(model.chosen, "recent");
  ASSERT_TRUE(model.present.has_value());
  EXPECT_TRUE(model.present->shifted);
  EXPECT_EQ(model.model.training_records, 72);
}

// A line that would be below zero tomorrow is rejected, and says so.
TEST(Selection, AForecastThroughZeroIsNoCandidate) {
  MetricSeries metric = usage(20 * 24 + 1);
  for (Eigen::Index i = 0; i < metric.series.y.size(); ++i) {
    metric.series.y[i] *= 0.01 + 0.99 * (1.0 - static_cast<double>(i) / (20 * 24));
  }
  const WorkloadModel model = trained(metric);
  EXPECT_FALSE(failed_forecast_check(model).has_value());
  for (const Candidate& candidate : model.candidates) {
    if (candidate.name == model.chosen) {
      EXPECT_EQ(candidate.rejected, "");
    }
  }
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
  EXPECT_EQ(validation.checks.size(), 6U);
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

TEST(ModelValidation, AForecastFarFromThePresentFails) {
  for (const double level : {0.4, 2.3}) {
    WorkloadModel model = trained(usage(28 * 24));
    model.model.params.m = level / model.model.scaling.y_scale;
    EXPECT_FALSE(check_named(validate_model(model), "forecast_follows_present").passed) << level;
    EXPECT_TRUE(failed_forecast_check(model).has_value());
  }
}

TEST(ModelValidation, AModelOfBeforeThePresentWasKeptIsNotHeldToIt) {
  WorkloadModel model = trained(usage(28 * 24));
  model.present.reset();
  EXPECT_EQ(validate_model(model).checks.size(), 5U);
  EXPECT_TRUE(validate_model(model).passed);
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

// What "auto" tries, written down again: the error of each is that of its own backtest.
TEST(Selection, TheCandidatesAreProphetsDefaultsAStifferTrendAndNone) {
  const MetricSeries metric = usage(28 * 24, 0.001);
  const WorkloadModel model = trained(metric);
  ModelConfig stiff;
  stiff.changepoint_prior_scale = 0.005;
  ModelConfig flat;
  flat.growth = Growth::kFlat;
  const std::pair<const char*, ModelConfig> expected[] = {
      {"prophet", {}}, {"prophet_stiff", stiff}, {"recent", flat}, {"flat", flat}};
  ASSERT_EQ(model.candidates.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(model.candidates[i].name, expected[i].first);
    if (i == 2) continue;  // trained on less
    EXPECT_EQ(model.candidates[i].mae,
              backtest(engineer_features(metric.series, expected[i].second).value()).mae)
        << expected[i].first;
  }
}

TEST(Selection, ThePresetSeedHasTheOldPipelinesTerms) {
  const WorkloadModel model = trained(usage(10 * 24), Preset::kSeed);
  EXPECT_EQ(model.chosen, "seed");
  std::vector<std::string> names;
  for (const Seasonality& term : model.model.terms.seasonalities) names.push_back(term.name);
  EXPECT_EQ(names, std::vector<std::string>({"yearly", "daily"}));
}

TEST(Selection, NeedsTwentyFourSamplesOverADay) {
  EXPECT_TRUE(train_workload({}, usage(24), Preset::kAuto, kStart).ok());
  EXPECT_FALSE(train_workload({}, usage(23), Preset::kAuto, kStart).ok());
  MetricSeries dense = usage(24);
  for (std::size_t i = 0; i < 24; ++i) {
    dense.series.ds[i] = kStart + static_cast<Timestamp>(i) * 3600;
  }
  dense.series.ds[23] = kStart + 23 * kSecondsPerHour - 1;
  const auto answer = train_workload({}, dense, Preset::kAuto, kStart);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().expected, "at least 24 samples over 24 hours");
}

TEST(Selection, RemembersTheRangeOfTheHistoryAndWhatIsSet) {
  MetricSeries metric = usage(10 * 24);
  metric.series.y[17] = 9.0;
  metric.series.y[99] = 0.25;
  metric.current.request = 0.5;
  const WorkloadModel model = trained(metric);
  EXPECT_EQ(model.y_max, 9.0);
  EXPECT_EQ(model.y_min, 0.25);
  EXPECT_EQ(model.current.request, 0.5);
  EXPECT_EQ(model.unit, Unit::kCores);
  EXPECT_EQ(model.preset, "auto");
  EXPECT_EQ(model.training_date, kStart);
  EXPECT_EQ(model.key.container, "app");
}

bool passes(const WorkloadModel& model, const std::string& name) {
  return check_named(validate_model(model), name).passed;
}

// A forecast may leave the history's range by as much again: from 1 to 3, that is from -1 to 5.
TEST(ModelValidation, TheForecastStaysNearTheHistorysRange) {
  const auto within = [](double level, double low, double high) {
    WorkloadModel model = test::flat_model(level);
    model.y_min = low;
    model.y_max = high;
    return passes(model, "forecast_within_bounds");
  };
  for (const double level : {-1.0, 0.0, 2.0, 5.0}) EXPECT_TRUE(within(level, 1.0, 3.0)) << level;
  for (const double level : {-1.001, 5.001, 100.0}) EXPECT_FALSE(within(level, 1.0, 3.0)) << level;
  // A constant history has no range: as much again as its size.
  EXPECT_TRUE(within(8.0, 4.0, 4.0));
  EXPECT_TRUE(within(0.0, 4.0, 4.0));
  EXPECT_FALSE(within(8.001, 4.0, 4.0));
  EXPECT_FALSE(within(-0.001, 4.0, 4.0));
  EXPECT_TRUE(within(-8.0, -4.0, -4.0));
  EXPECT_TRUE(within(0.0, 0.0, 0.0));
  EXPECT_TRUE(within(1e-9, 0.0, 0.0));
  EXPECT_FALSE(within(2e-9, 0.0, 0.0));
}

// Any of the 24 hours counts, not their mean: the line passes 24 an hour after it was 23.
TEST(ModelValidation, EveryHourOfTheDayAheadCounts) {
  WorkloadModel model = test::rising_model(0.0, 24.0);  // one an hour
  model.model.history_end = test::kModelStart;
  model.y_min = 0.0;
  model.y_max = 12.0;
  EXPECT_TRUE(passes(model, "forecast_within_bounds"));
  model.y_max = 11.999;
  EXPECT_FALSE(passes(model, "forecast_within_bounds"));
  EXPECT_EQ(check_named(validate_model(model), "forecast_within_bounds").detail,
            "forecast 1.0 to 24.0, history 0.0 to 11.999");
  model.model.params.k = -24.0;
  model.y_min = -12.0;
  model.y_max = 0.0;
  EXPECT_TRUE(passes(model, "forecast_within_bounds"));
  model.y_min = -11.999;
  EXPECT_FALSE(passes(model, "forecast_within_bounds"));
}

TEST(ModelValidation, TheMeanAheadIsNotNegative) {
  EXPECT_TRUE(passes(test::flat_model(0.0), "forecast_not_negative"));
  EXPECT_FALSE(passes(test::flat_model(-1e-9), "forecast_not_negative"));
  // 1 to 24 hours ahead of a line through c: their mean is c + 12.5.
  WorkloadModel model = test::rising_model(-12.5, 24.0);
  model.model.history_end = test::kModelStart;
  EXPECT_TRUE(passes(model, "forecast_not_negative"));
  model.model.params.m = -12.501;
  EXPECT_FALSE(passes(model, "forecast_not_negative"));
}

TEST(ModelValidation, TheForecastIsFinite) {
  EXPECT_TRUE(passes(test::flat_model(1.0), "forecast_finite"));
  EXPECT_FALSE(
      passes(test::flat_model(std::numeric_limits<double>::infinity()), "forecast_finite"));
  EXPECT_FALSE(
      passes(test::flat_model(std::numeric_limits<double>::quiet_NaN()), "forecast_finite"));
}

TEST(ModelValidation, TheOptimumIsCertifiedBelowItsBound) {
  WorkloadModel model = test::flat_model(1.0);
  for (const double residual : {0.0, 1e-12, 9.9e-10}) {
    model.model.certificate.kkt_relative = residual;
    EXPECT_TRUE(passes(model, "optimum_certified")) << residual;
  }
  for (const double residual : {1e-9, 1e-6, 1.0}) {
    model.model.certificate.kkt_relative = residual;
    EXPECT_FALSE(passes(model, "optimum_certified")) << residual;
  }
  model.model.certificate.kkt_relative = std::nullopt;
  EXPECT_FALSE(passes(model, "optimum_certified"));
}

TEST(ModelValidation, TheBacktestsErrorIsAtMostHalfTheRange) {
  WorkloadModel model = test::flat_model(2.0);
  model.y_min = 1.0;
  model.y_max = 3.0;
  model.backtest.mae = 1.0;
  EXPECT_TRUE(passes(model, "backtest_error"));
  model.backtest.mae = 1.001;
  EXPECT_FALSE(passes(model, "backtest_error"));
  model.backtest.mae = 0.0;
  EXPECT_TRUE(passes(model, "backtest_error"));
  model.backtest.folds.clear();
  EXPECT_FALSE(passes(model, "backtest_error"));
}

TEST(ModelValidation, OneFailedCheckFailsTheModel) {
  EXPECT_TRUE(validate_model(test::flat_model(1.0)).passed);
  WorkloadModel model = test::flat_model(1.0);
  model.backtest.folds.clear();
  EXPECT_FALSE(validate_model(model).passed);
}

}  // namespace
}  // namespace plimsoll
