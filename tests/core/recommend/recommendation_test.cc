#include "plimsoll/recommend/recommendation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "evaluate/support/made_models.h"

namespace plimsoll {
namespace {

WindowForecast forecast_of(double mean) {
  WindowForecast forecast;
  forecast.mean = mean;
  return forecast;
}

TEST(SeedPolicy, AppliesTheDocumentedMultipliers) {
  for (const Horizon horizon : {Horizon::kDay, Horizon::kWeek, Horizon::kWeekend}) {
    const auto cpu =
        recommend(forecast_of(0.0854), Metric::kCpu, Unit::kCores, horizon, default_policy());
    EXPECT_EQ(cpu.request, "69m");
    EXPECT_EQ(cpu.limit, "103m");
  }
  const auto month =
      recommend(forecast_of(1.0), Metric::kCpu, Unit::kCores, Horizon::kMonth, default_policy());
  EXPECT_EQ(month.request, "700m");
  EXPECT_EQ(month.limit, "1500m");
}

TEST(SeedPolicy, RoundsMemoryUpToMebibytes) {
  const auto memory = recommend(forecast_of(1024.0 * 1048576.0), Metric::kMemory, Unit::kBytes,
                                Horizon::kDay, default_policy());
  EXPECT_EQ(memory.request, "820Mi");  // 819.2
  EXPECT_EQ(memory.limit, "1229Mi");   // 1228.8
}

TEST(SeedPolicy, SnapsFloatNoiseBeforeRoundingUp) {
  // 0.8 x 0.3125 is 0.25 up to rounding of the product.
  const auto cpu =
      recommend(forecast_of(0.3125), Metric::kCpu, Unit::kCores, Horizon::kDay, default_policy());
  EXPECT_EQ(cpu.request, "250m");
}

TEST(SeedPolicy, NeverRecommendsNothing) {
  const auto idle =
      recommend(forecast_of(0.0), Metric::kCpu, Unit::kCores, Horizon::kDay, default_policy());
  EXPECT_EQ(idle.request, "1m");
  EXPECT_EQ(idle.limit, "1m");
}

TEST(SeedPolicy, GivesNoQuantityWithoutAPhysicalUnit) {
  const auto fraction =
      recommend(forecast_of(0.5), Metric::kCpu, Unit::kNone, Horizon::kDay, default_policy());
  EXPECT_FALSE(fraction.request.has_value());
  EXPECT_FALSE(fraction.limit.has_value());
  EXPECT_TRUE(fraction.chain.empty());
}

TEST(SeedPolicy, ShowsItsChain) {
  const auto cpu =
      recommend(forecast_of(0.0854), Metric::kCpu, Unit::kCores, Horizon::kWeek, default_policy());
  ASSERT_EQ(cpu.chain.size(), 6U);
  EXPECT_EQ(cpu.chain[0].step, "forecast_mean");
  EXPECT_EQ(cpu.chain[0].value, 0.0854);
  EXPECT_EQ(cpu.chain[1].step, "multiplier");
  EXPECT_NEAR(cpu.chain[1].value, 0.06832, 1e-12);
  EXPECT_EQ(cpu.chain[2].step, "round_up");
  EXPECT_NEAR(cpu.chain[2].value, 0.069, 1e-12);
}

TEST(SeedPolicy, RoundsUpToWholeUnits) {
  const auto quantities = [](double mean, Metric metric) {
    const Unit unit = metric == Metric::kCpu ? Unit::kCores : Unit::kBytes;
    const auto answer = recommend(forecast_of(mean), metric, unit, Horizon::kDay, default_policy());
    return *answer.request + ' ' + *answer.limit;
  };
  EXPECT_EQ(quantities(1.0, Metric::kCpu), "800m 1200m");
  EXPECT_EQ(quantities(0.00125, Metric::kCpu), "1m 2m");
  EXPECT_EQ(quantities(0.00126, Metric::kCpu), "2m 2m");
  EXPECT_EQ(quantities(1e-9, Metric::kCpu), "1m 1m");
  EXPECT_EQ(quantities(1.25 * 1048576, Metric::kMemory), "1Mi 2Mi");
  EXPECT_EQ(quantities(1.26 * 1048576, Metric::kMemory), "2Mi 2Mi");
  EXPECT_EQ(quantities(1.0, Metric::kMemory), "1Mi 1Mi");
}

TEST(SeedPolicy, NeedsTheUnitOfItsMetric) {
  const auto given = [](Metric metric, Unit unit) {
    return recommend(forecast_of(0.5), metric, unit, Horizon::kDay, default_policy())
        .request.has_value();
  };
  for (const Unit unit : {Unit::kCores, Unit::kBytes, Unit::kPercent, Unit::kNone}) {
    EXPECT_EQ(given(Metric::kCpu, unit), unit == Unit::kCores);
    EXPECT_EQ(given(Metric::kMemory, unit), unit == Unit::kBytes);
  }
}

TEST(Policy, IsKnownByItsName) {
  EXPECT_EQ(find_policy("seed").value(), &default_policy());
  EXPECT_EQ(find_policy("Seed").error().where.field, "policy");
}

constexpr Timestamp kEnd = test::kModelStart + 28 * kSecondsPerDay;

TEST(WindowForecast, IsHalfOpenAtTheModelsCadence) {
  const WindowForecast forecast =
      forecast_window(test::flat_model(0.5), {kEnd, kEnd + 6 * kSecondsPerHour});
  EXPECT_EQ(forecast.step_seconds, kSecondsPerHour);
  ASSERT_EQ(forecast.ds.size(), 6U);
  EXPECT_EQ(forecast.ds.front(), kEnd);
  EXPECT_EQ(forecast.ds.back(), kEnd + 5 * kSecondsPerHour);
  EXPECT_EQ(forecast.mean, 0.5);
  EXPECT_TRUE(forecast.weekly_means.empty());
}

TEST(WindowForecast, BelowZeroIsZero) {
  const Window window{kEnd, kEnd + kSecondsPerDay};
  const WindowForecast usage = forecast_window(test::flat_model(-0.5), window);
  EXPECT_EQ(usage.mean, 0.0);
  EXPECT_EQ(usage.peak, 0.0);
  EXPECT_EQ(usage.yhat[5], 0.0);
  WorkloadModel share = test::flat_model(-0.5);
  share.unit = Unit::kNone;
  EXPECT_EQ(forecast_window(share, window).mean, -0.5);
}

// A line of 28 to 34 with a half-width of 1.2815515655446004: means of the bounds, not extremes.
TEST(WindowForecast, TheBoundsAreMeansToo) {
  WorkloadModel model = test::rising_model(0.0, 1.0);
  model.model.params.sigma_obs = 1.0;
  const WindowForecast week = forecast_window(model, {kEnd, kEnd + kSecondsPerWeek});
  EXPECT_EQ(week.mean, 31.0);
  EXPECT_NEAR(week.lower, 31.0 - 1.281552, 1e-6);
  EXPECT_NEAR(week.upper, 31.0 + 1.281552, 1e-6);
}

TEST(WindowForecast, ThePeakIsTheFirstOfEquals) {
  const Window window{kEnd, kEnd + kSecondsPerDay};
  EXPECT_EQ(forecast_window(test::flat_model(0.5), window).peak_at, kEnd);
  // Clipped at zero, a falling trend is level too.
  EXPECT_EQ(forecast_window(test::flat_model(-0.5), window).peak_at, kEnd);
}

TEST(WindowForecast, ThePeakIsTheHighest) {
  const Window week{kEnd, kEnd + kSecondsPerWeek};
  const WindowForecast rising = forecast_window(test::rising_model(0.0, 1.0), week);
  EXPECT_EQ(rising.peak, 34.0);
  EXPECT_EQ(rising.peak_at, kEnd + 6 * kSecondsPerDay);
  const WindowForecast falling = forecast_window(test::rising_model(100.0, -1.0), week);
  EXPECT_EQ(falling.peak, 72.0);
  EXPECT_EQ(falling.peak_at, kEnd);
  EXPECT_EQ(falling.mean, 69.0);
}

// Days 28 to 55 of a line through 0 that is held from day 34 on, where the backtest's week ends:
// weeks of 28 to 34 and of 34. Without a backtest nothing holds it: 28 to 34, 35 to 41, ...
TEST(WindowForecast, AMonthHasFourWeeklyMeans) {
  const WindowForecast month =
      forecast_window(test::rising_model(0.0, 1.0), {kEnd, kEnd + 4 * kSecondsPerWeek});
  EXPECT_EQ(month.weekly_means, std::vector<double>({31.0, 34.0, 34.0, 34.0}));
  EXPECT_EQ(month.mean, 33.25);
  EXPECT_EQ(month.ds.size(), 28U);
  WorkloadModel untested = test::rising_model(0.0, 1.0);
  untested.backtest.folds.clear();
  EXPECT_EQ(forecast_window(untested, {kEnd, kEnd + 4 * kSecondsPerWeek}).weekly_means,
            std::vector<double>({31.0, 38.0, 45.0, 52.0}));
}

// The 90 % quantile of the normal distribution lies 1.2815515655446004 deviations up.
TEST(WindowForecast, TheIntervalIsCalibrated) {
  WorkloadModel model = test::flat_model(10.0, 0.5);
  const Window window{kEnd, kEnd + kSecondsPerDay};
  const auto half_width = [&model, &window](double scale) {
    model.backtest.interval_scale = scale;
    const WindowForecast forecast = forecast_window(model, window);
    EXPECT_NEAR(forecast.upper - forecast.mean, forecast.mean - forecast.lower, 1e-9);
    EXPECT_NEAR(forecast.yhat_upper[7] - 10.0, forecast.upper - forecast.mean, 1e-9);
    return forecast.upper - forecast.mean;
  };
  EXPECT_NEAR(half_width(1.0), 0.640776, 1e-6);
  EXPECT_NEAR(half_width(3.0), 1.922327, 1e-6);
  EXPECT_NEAR(half_width(0.5), 0.320388, 1e-6);
  model.backtest.interval_width = 0.5;  // 0.6744897501960817 deviations
  EXPECT_NEAR(half_width(2.0), 0.674490, 1e-6);
}

TEST(WindowForecast, UsageIsNeverNegativeAShareMayBe) {
  WorkloadModel model = test::flat_model(0.1, 1.0);
  const Window window{kEnd, kEnd + kSecondsPerDay};
  EXPECT_EQ(forecast_window(model, window).lower, 0.0);
  EXPECT_NEAR(forecast_window(model, window).upper, 0.1 + 1.281552, 1e-6);
  for (const Unit unit : {Unit::kBytes, Unit::kPercent}) {
    model.unit = unit;
    EXPECT_EQ(forecast_window(model, window).lower, 0.0);
  }
  model.unit = Unit::kNone;
  EXPECT_NEAR(forecast_window(model, window).lower, 0.1 - 1.281552, 1e-6);
}

TEST(WindowForecast, OfAMomentIsOneStepLong) {
  const WindowForecast moment = forecast_moment(test::rising_model(0.0, 1.0), kEnd);
  EXPECT_EQ(moment.window.start, kEnd);
  EXPECT_EQ(moment.window.end, kEnd + kSecondsPerDay);
  EXPECT_EQ(moment.ds, std::vector<Timestamp>({kEnd}));
  EXPECT_EQ(moment.mean, 28.0);
}

// A model whose every grade is good, over a history of `history` seconds.
WorkloadModel evidence(std::int64_t history) {
  WorkloadModel model = test::flat_model(1.0);
  model.model.history_start = model.model.history_end - history;
  model.backtest.horizon_seconds = 1000 * kSecondsPerDay;
  model.backtest.mae = 1.0;
  model.backtest.naive_mae = 1.0;
  return model;
}

Confidence confidence_at(const WorkloadModel& model, std::int64_t reach) {
  return confidence(model, {model.model.history_end, model.model.history_end + reach});
}

TEST(Confidence, NeedsAHistoryAsLongAsTheForecastReaches) {
  const std::int64_t reach = 10 * kSecondsPerDay;
  const auto level = [reach](std::int64_t history) {
    return confidence_at(evidence(history), reach).level;
  };
  EXPECT_EQ(level(400 * kSecondsPerDay), "high");
  EXPECT_EQ(level(4 * reach), "high");
  EXPECT_EQ(level(4 * reach - 1), "medium");
  EXPECT_EQ(level(15 * kSecondsPerDay), "medium");
  EXPECT_EQ(level(15 * kSecondsPerDay - 1), "low");
  EXPECT_EQ(level(0), "low");
  // It reaches from the history's end to the window's, however short the window is.
  const WorkloadModel model = evidence(4 * reach - 1);
  const Timestamp end = model.model.history_end + reach;
  EXPECT_EQ(confidence(model, {end - kSecondsPerDay, end}).level, "medium");
  // A window that has passed asks for nothing.
  EXPECT_EQ(confidence_at(evidence(kSecondsPerDay), -5).level, "high");
  EXPECT_EQ(confidence_at(evidence(4 * reach), reach).reasons.at(0),
            "The history of 40.0 days is 4.0 times as long as the forecast reaches ahead (10.0 "
            "days).");
}

TEST(Confidence, NeedsAnIntervalThatHolds) {
  // Against 0.5 both sides of 0.1 and 0.25 are exact enough to stand on the threshold.
  const std::pair<double, const char*> expected[] = {
      {0.5, "high"},     {0.6, "high"},    {0.4, "high"},    {0.601, "medium"},
      {0.399, "medium"}, {0.75, "medium"}, {0.25, "medium"}, {0.751, "low"},
      {0.249, "low"},    {0.0, "low"},     {1.0, "low"}};
  WorkloadModel model = evidence(1000 * kSecondsPerDay);
  model.backtest.interval_width = 0.5;
  for (const auto& [coverage, level] : expected) {
    model.backtest.coverage = coverage;
    EXPECT_EQ(confidence_at(model, kSecondsPerDay).level, level) << coverage;
  }
  model.backtest.coverage = 0.6;
  model.backtest.interval_scale = 1.25;
  EXPECT_EQ(confidence_at(model, kSecondsPerDay).reasons.at(1),
            "In a backtest of 1 fold the model's 50 % interval held 60 % of the samples; the "
            "interval shown is calibrated by 1.25.");
  model.backtest.folds.clear();
  EXPECT_EQ(confidence_at(model, kSecondsPerDay).level, "low");
}

TEST(Confidence, IsLessWhereRepeatingTheLastDayIsCloser) {
  WorkloadModel model = evidence(1000 * kSecondsPerDay);
  model.backtest.mae = 4.0;
  model.backtest.naive_mae = 4.0;
  EXPECT_EQ(confidence_at(model, kSecondsPerDay).level, "high");
  EXPECT_EQ(confidence_at(model, kSecondsPerDay).reasons.size(), 2U);
  model.backtest.naive_mae = 3.0;
  const Confidence less = confidence_at(model, kSecondsPerDay);
  EXPECT_EQ(less.level, "medium");
  ASSERT_EQ(less.reasons.size(), 3U);
  EXPECT_EQ(less.reasons[2],
            "Repeating the last day would have been closer in the backtest: its mean absolute "
            "error is 25.0 % smaller.");
}

TEST(Confidence, IsLessBeyondTwiceTheBacktest) {
  WorkloadModel model = evidence(1000 * kSecondsPerDay);
  model.backtest.horizon_seconds = kSecondsPerDay;
  EXPECT_EQ(confidence_at(model, 2 * kSecondsPerDay).level, "high");
  const Confidence less = confidence_at(model, 2 * kSecondsPerDay + 1);
  EXPECT_EQ(less.level, "medium");
  ASSERT_EQ(less.reasons.size(), 3U);
  EXPECT_EQ(less.reasons[2], "The backtest looked 1.0 days ahead; the window ends 2.0 days ahead.");
}

}  // namespace
}  // namespace plimsoll
