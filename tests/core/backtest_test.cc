#include "plimsoll/backtest.h"

#include <gtest/gtest.h>

#include <cmath>

#include "plimsoll/forecast.h"
#include "plimsoll/train.h"
#include "portable_math.h"
#include "random.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

// Hourly samples of a daily rhythm with noise.
Series rhythm(std::int64_t hours) {
  Random random(1);
  Series series;
  series.y.resize(hours);
  for (std::int64_t i = 0; i < hours; ++i) {
    series.ds.push_back(kStart + i * kSecondsPerHour);
    series.y[i] = 10.0 + 3.0 * sin_cos_turns(static_cast<double>(i) / 24).sin + random.normal();
  }
  return series;
}

TrainingSet features_of(const Series& series) { return engineer_features(series, {}).value(); }

TEST(Backtest, CutoffsStepBackHalfAHorizonFromTheEnd) {
  const BacktestReport report = backtest(features_of(rhythm(28 * 24 + 1)));
  EXPECT_EQ(report.horizon_seconds, kSecondsPerWeek);
  std::vector<Timestamp> cutoffs;
  for (const Fold& fold : report.folds) cutoffs.push_back(fold.cutoff);
  const Timestamp end = kStart + 28 * kSecondsPerDay;
  EXPECT_EQ(cutoffs, std::vector<Timestamp>({end - 14 * kSecondsPerDay,
                                             end - 7 * kSecondsPerDay - 84 * kSecondsPerHour,
                                             end - 7 * kSecondsPerDay}));
  for (const Fold& fold : report.folds) EXPECT_EQ(fold.scored, 168);
}

TEST(Backtest, CutoffsAreSamplesOfARegularSeries) {
  Series series = rhythm(100);
  for (std::size_t i = 0; i < series.ds.size(); ++i) {
    series.ds[i] = kStart + static_cast<Timestamp>(i) * 7 * 60 * 60;
  }
  const BacktestReport report = backtest(features_of(series));
  ASSERT_FALSE(report.folds.empty());
  for (const Fold& fold : report.folds) EXPECT_EQ((fold.cutoff - kStart) % (7 * 60 * 60), 0);
}

TEST(Backtest, HasAtMostTheFoldsAskedForTheLatestOnes) {
  const TrainingSet set = features_of(rhythm(90 * 24));
  const BacktestReport many = backtest(set, {.max_folds = 5});
  const BacktestReport few = backtest(set, {.max_folds = 2});
  ASSERT_EQ(many.folds.size(), 5U);
  ASSERT_EQ(few.folds.size(), 2U);
  EXPECT_EQ(few.folds[1].cutoff, many.folds[4].cutoff);
  // Folds share sums over regions, which end where some fold needs it: last digits may differ.
  EXPECT_NEAR(few.folds[1].mae, many.folds[4].mae, 1e-10 * many.folds[4].mae);
}

// Written down again from the parts: slice, train, predict, compare.
TEST(Backtest, AFoldIsTheForecastFromWhatWasKnownAtItsCutoff) {
  const Series series = rhythm(21 * 24);
  const TrainingSet set = features_of(series);
  const Fold fold = backtest(set).folds.front();
  Series known;
  std::vector<Timestamp> asked;
  std::vector<double> actual;
  const Timestamp until = fold.cutoff + backtest(set).horizon_seconds;
  for (std::size_t i = 0; i < series.ds.size(); ++i) {
    if (series.ds[i] <= fold.cutoff) {
      known.ds.push_back(series.ds[i]);
    } else if (series.ds[i] <= until) {
      asked.push_back(series.ds[i]);
      actual.push_back(series.y[static_cast<Eigen::Index>(i)]);
    }
  }
  known.y = series.y.head(known.size());
  const Forecast forecast =
      predict(train(engineer_features(known, set.config, set.terms.seasonalities).value()), asked);
  double absolute = 0.0;
  double squared = 0.0;
  double inside = 0.0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const double error = actual[i] - forecast.yhat[row];
    absolute += std::abs(error);
    squared += error * error;
    inside +=
        actual[i] >= forecast.yhat_lower[row] && actual[i] <= forecast.yhat_upper[row] ? 1.0 : 0.0;
  }
  const auto n = static_cast<double>(asked.size());
  EXPECT_EQ(fold.scored, static_cast<std::int64_t>(asked.size()));
  EXPECT_NEAR(fold.mae, absolute / n, 1e-12);
  EXPECT_NEAR(fold.rmse, std::sqrt(squared / n), 1e-12);
  EXPECT_NEAR(fold.coverage, inside / n, 1e-12);
}

TEST(Backtest, TotalsAreMeansOverAllScoredSamples) {
  const BacktestReport report = backtest(features_of(rhythm(60 * 24)));
  double absolute = 0.0;
  double inside = 0.0;
  std::int64_t scored = 0;
  for (const Fold& fold : report.folds) {
    absolute += fold.mae * static_cast<double>(fold.scored);
    inside += fold.coverage * static_cast<double>(fold.scored);
    scored += fold.scored;
  }
  EXPECT_NEAR(report.mae, absolute / static_cast<double>(scored), 1e-12);
  EXPECT_NEAR(report.coverage, inside / static_cast<double>(scored), 1e-12);
}

TEST(Backtest, RepeatingAPerfectRhythmHasNoError) {
  Series series = rhythm(28 * 24);
  for (Eigen::Index i = 0; i < series.y.size(); ++i) series.y[i] = static_cast<double>(i % 24);
  EXPECT_EQ(backtest(features_of(series)).naive_mae, 0.0);
}

TEST(Backtest, NoiseOfTheAssumedKindNeedsLittleCalibration) {
  const BacktestReport report = backtest(features_of(rhythm(120 * 24)));
  EXPECT_NEAR(report.coverage, 0.8, 0.1);
  EXPECT_NEAR(report.interval_scale, 1.0, 0.25);
}

TEST(Backtest, AShortHistoryHasNone) {
  const BacktestReport report = backtest(features_of(rhythm(30)));
  EXPECT_TRUE(report.folds.empty());
  EXPECT_EQ(report.interval_scale, 1.0);
}

}  // namespace
}  // namespace plimsoll
