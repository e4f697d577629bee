#include "plimsoll/evaluate/backtest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "math/portable_math.h"
#include "math/random.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

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
  EXPECT_NEAR(fold.coverage.value(), inside / n, 1e-12);
}

TEST(Backtest, TotalsAreMeansOverAllScoredSamples) {
  const BacktestReport report = backtest(features_of(rhythm(60 * 24)));
  double absolute = 0.0;
  double inside = 0.0;
  std::int64_t scored = 0;
  for (const Fold& fold : report.folds) {
    absolute += fold.mae * static_cast<double>(fold.scored);
    inside += fold.coverage.value() * static_cast<double>(fold.scored);
    scored += fold.scored;
  }
  EXPECT_NEAR(report.mae, absolute / static_cast<double>(scored), 1e-12);
  EXPECT_NEAR(report.coverage.value(), inside / static_cast<double>(scored), 1e-12);
}

TEST(Backtest, RepeatingAPerfectRhythmHasNoError) {
  Series series = rhythm(28 * 24);
  for (Eigen::Index i = 0; i < series.y.size(); ++i) series.y[i] = static_cast<double>(i % 24);
  EXPECT_EQ(backtest(features_of(series)).naive_mae, 0.0);
}

TEST(Backtest, NoiseOfTheAssumedKindNeedsLittleCalibration) {
  const BacktestReport report = backtest(features_of(rhythm(120 * 24)));
  EXPECT_NEAR(report.coverage.value(), 0.8, 0.1);
  EXPECT_NEAR(report.interval_scale, 1.0, 0.25);
}

TEST(Backtest, AShortHistoryHasNone) {
  const BacktestReport report = backtest(features_of(rhythm(30)));
  EXPECT_TRUE(report.folds.empty());
  EXPECT_EQ(report.interval_scale, 1.0);
}

TEST(Backtest, TheHorizonIsAQuarterOfTheHistoryFromADayToAWeek) {
  const auto hours_ahead = [](std::int64_t samples) {
    return backtest(features_of(rhythm(samples))).horizon_seconds / kSecondsPerHour;
  };
  EXPECT_EQ(hours_ahead(49), 24);
  EXPECT_EQ(hours_ahead(4 * 24 + 1), 24);
  EXPECT_EQ(hours_ahead(4 * 26 + 1), 26);
  // 26 hours and three quarters are no whole number of steps.
  EXPECT_EQ(backtest(features_of(rhythm(4 * 26 + 4))).horizon_seconds, 26 * kSecondsPerHour);
  EXPECT_EQ(hours_ahead(4 * 168 + 1), 168);
  EXPECT_EQ(hours_ahead(4 * 170 + 1), 168);
}

// Samples of `step` seconds, with y the row's number.
Series counting(std::int64_t rows, std::int64_t step) {
  Series series;
  series.y.resize(rows);
  for (std::int64_t i = 0; i < rows; ++i) {
    series.ds.push_back(kStart + i * step);
    series.y[i] = static_cast<double>(i);
  }
  return series;
}

TEST(Backtest, TheHorizonHoldsTwelveSamples) {
  EXPECT_EQ(backtest(features_of(counting(30, kSecondsPerDay))).horizon_seconds,
            12 * kSecondsPerDay);
  EXPECT_EQ(backtest(features_of(counting(85, kSecondsPerDay))).horizon_seconds,
            12 * kSecondsPerDay);
  EXPECT_EQ(backtest(features_of(counting(30, 3 * kSecondsPerHour))).horizon_seconds,
            36 * kSecondsPerHour);
}

// 25 daily samples: a horizon of 12 leaves 13 for training, of which some are taken away.
TEST(Backtest, AFoldTrainsOnTwelveSamples) {
  const auto folds_without = [](std::int64_t gone) {
    const Series all = counting(25, kSecondsPerDay);
    Series series;
    series.y.resize(25 - gone);
    for (std::int64_t i = 0; i < 25; ++i) {
      if (i > 0 && i <= gone) continue;
      series.y[series.size()] = all.y[i];
      series.ds.push_back(all.ds[static_cast<std::size_t>(i)]);
    }
    return backtest(features_of(series)).folds.size();
  };
  EXPECT_EQ(folds_without(0), 1U);
  EXPECT_EQ(folds_without(1), 1U);
  EXPECT_EQ(folds_without(2), 0U);
}

// Trained on a constant 2, asked about samples of 4 and 3.
TEST(Backtest, ErrorsAreThoseOfTheTextbook) {
  Series series = counting(28 * 24 + 1, kSecondsPerHour);
  for (Eigen::Index i = 0; i < series.y.size(); ++i) {
    series.y[i] = i <= 21 * 24 ? 2.0 : (i % 2 == 0 ? 4.0 : 3.0);
  }
  const BacktestReport report = backtest(features_of(series), {.max_folds = 1});
  ASSERT_EQ(report.folds.size(), 1U);
  EXPECT_EQ(report.folds[0].cutoff, kStart + 21 * kSecondsPerDay);
  EXPECT_EQ(report.folds[0].scored, 168);
  EXPECT_NEAR(report.mae, 1.5, 1e-12);
  EXPECT_NEAR(report.rmse, std::sqrt((4.0 + 1.0) / 2), 1e-12);
  EXPECT_NEAR(report.folds[0].rmse, report.rmse, 1e-12);
  // 2 x 2 / (4 + 2) and 2 x 1 / (3 + 2).
  EXPECT_NEAR(report.smape, (4.0 / 6 + 2.0 / 5) / 2, 1e-12);
  EXPECT_EQ(report.coverage, 0.0);
  EXPECT_NEAR(report.naive_mae, 1.5, 1e-12);
}

TEST(Backtest, ErrorsOfNothingAreNothing) {
  Series series = counting(28 * 24 + 1, kSecondsPerHour);
  series.y.setZero();
  const BacktestReport report = backtest(features_of(series));
  EXPECT_EQ(report.mae, 0.0);
  EXPECT_EQ(report.smape, 0.0);
}

// Each hour holds its day's number. A day after the cutoff the last known day is one less, seven
// days after it seven less.
TEST(Backtest, TheNaiveForecastRepeatsTheLastKnownDay) {
  Series series = counting(28 * 24 + 1, kSecondsPerHour);
  for (Eigen::Index i = 0; i < series.y.size(); ++i) series.y[i] = static_cast<double>(i / 24);
  EXPECT_NEAR(backtest(features_of(series), {.max_folds = 1}).naive_mae, 4.0, 1e-12);
}

// Days 73 to 84 after a cutoff at 72: seven of them repeat the week before, five that too.
TEST(Backtest, TheNaiveForecastOfDaysRepeatsTheLastKnownWeek) {
  const Series series = counting(85, kSecondsPerDay);
  EXPECT_NEAR(backtest(features_of(series), {.max_folds = 1}).naive_mae, (7 * 7 + 5 * 14) / 12.0,
              1e-12);
  // Half days repeat the day before: 12 hours are two samples.
  EXPECT_NEAR(backtest(features_of(counting(30, kSecondsPerDay / 2)), {.max_folds = 1}).naive_mae,
              (2 * (2 + 4 + 6 + 8 + 10 + 12)) / 12.0, 1e-12);
}

// |y - yhat| over the model's half-width for every sample that the folds score, by fold.
std::vector<std::vector<double>> error_ratios(const Series& series, const BacktestReport& report) {
  std::vector<std::vector<double>> ratios;
  const ModelConfig config;
  const auto seasonalities = features_of(series).terms.seasonalities;
  for (const Fold& fold : report.folds) {
    Series known;
    Series asked;
    for (std::size_t i = 0; i < series.ds.size(); ++i) {
      if (series.ds[i] > fold.cutoff + report.horizon_seconds) break;
      (series.ds[i] <= fold.cutoff ? known : asked).ds.push_back(series.ds[i]);
    }
    known.y = series.y.head(known.size());
    asked.y = series.y.segment(known.size(), asked.size());
    const Forecast forecast =
        predict(train(engineer_features(known, config, seasonalities).value()), asked.ds,
                {.interval_width = report.interval_width});
    std::vector<double>& of_fold = ratios.emplace_back();
    for (Eigen::Index i = 0; i < asked.y.size(); ++i) {
      of_fold.push_back(std::abs(asked.y[i] - forecast.yhat[i]) /
                        (forecast.yhat_upper[i] - forecast.yhat[i]));
    }
  }
  return ratios;
}

// Of one fold the finite-sample conformal quantile is the ratio of rank ceil((n + 1) width), in
// whole numbers; the largest where that is beyond n.
TEST(Backtest, TheScaleIsTheFiniteSampleQuantile) {
  for (const std::int64_t samples : {52, 150, 28 * 24 + 1}) {
    const Series series = rhythm(samples);
    const TrainingSet set = features_of(series);
    for (const std::int64_t thousandths : {500, 800, 900, 950, 990, 999}) {
      const BacktestReport report = backtest(
          set, {.max_folds = 1, .interval_width = static_cast<double>(thousandths) / 1000.0});
      std::vector<double> ratios = error_ratios(series, report).front();
      std::sort(ratios.begin(), ratios.end());
      const auto n = static_cast<std::int64_t>(ratios.size());
      ASSERT_GT(n, 0);
      const std::int64_t rank = std::min(((n + 1) * thousandths + 999) / 1000, n);
      EXPECT_NEAR(report.interval_scale, ratios[static_cast<std::size_t>(rank - 1)], 1e-7)
          << n << " " << thousandths;
    }
  }
}

// Written out for three folds: a sample of the latest stands there four times, of the one before
// twice, of the first once. A quarter of the rank in these, rounded up as the weights' sum is.
TEST(Backtest, LaterFoldsCountTwiceForTheScale) {
  const Series series = rhythm(28 * 24 + 1);
  const BacktestReport report = backtest(features_of(series));
  const auto ratios = error_ratios(series, report);
  ASSERT_EQ(ratios.size(), 3U);
  std::vector<double> quarters;
  for (std::size_t fold = 0; fold < 3; ++fold) {
    for (const double ratio : ratios[fold]) {
      quarters.insert(quarters.end(), std::size_t{1} << fold, ratio);
    }
  }
  std::sort(quarters.begin(), quarters.end());
  const double rank = std::ceil((168 * 1.75 + 1) * 0.8);
  EXPECT_NEAR(report.interval_scale, quarters[static_cast<std::size_t>(4 * rank) - 1], 1e-7);
}

TEST(Backtest, LaterFoldsCountTwiceForTheRecentError) {
  const BacktestReport report = backtest(features_of(rhythm(28 * 24 + 1)));
  ASSERT_EQ(report.folds.size(), 3U);
  EXPECT_NEAR(report.recent_mae,
              (report.folds[0].mae + 2 * report.folds[1].mae + 4 * report.folds[2].mae) / 7, 1e-12);
}

// A constant past has no interval. That it goes on says nothing; that it does not is an error which
// no scale covers, so the scale is as wide as it may be.
TEST(Backtest, AConstantPastIsNeitherCoveredNorForgotten) {
  Series series = counting(28 * 24 + 1, kSecondsPerHour);
  series.y.setZero();
  const BacktestReport constant = backtest(features_of(series));
  EXPECT_FALSE(constant.coverage.has_value());
  for (const Fold& fold : constant.folds) EXPECT_FALSE(fold.coverage.has_value());
  EXPECT_EQ(constant.interval_scale, 1.0);
  series.y.tail(5 * 24).setConstant(1.0);
  const BacktestReport shifted = backtest(features_of(series));
  EXPECT_EQ(shifted.coverage, 0.0);
  EXPECT_EQ(shifted.interval_scale, kMostIntervalScale);
}

TEST(Backtest, AfterAShiftFoldsLieWithinThePresentLevel) {
  const Series series = rhythm(28 * 24 + 1);
  const Timestamp since = kStart + 26 * kSecondsPerDay;
  BacktestOptions options;
  options.since = since;
  const BacktestReport report = backtest(features_of(series), options);
  EXPECT_EQ(report.horizon_seconds, 12 * kSecondsPerHour);
  ASSERT_EQ(report.folds.size(), 3U);
  for (const Fold& fold : report.folds) EXPECT_GE(fold.cutoff, since + kSecondsPerDay);
  EXPECT_EQ(report.folds.back().cutoff, series.ds.back() - report.horizon_seconds);
}

// What lies before may be anything.
TEST(Backtest, FoldsTrainOnNothingBeforeWhatTheyMay) {
  Series series = rhythm(28 * 24 + 1);
  const Timestamp since = kStart + 14 * kSecondsPerDay;
  const auto report_of = [&](const BacktestOptions& options) {
    ModelConfig flat;
    flat.growth = Growth::kFlat;
    return backtest(engineer_features(series, flat).value(), options);
  };
  BacktestOptions within;
  within.since = since;
  within.train_from = since;
  BacktestOptions day;
  day.train_seconds = kSecondsPerDay;
  const double before = report_of(within).mae;
  const double day_before = report_of(day).mae;
  const double whole = report_of({}).mae;
  series.y.head(5 * 24).array() += 50.0;
  EXPECT_EQ(report_of(within).mae, before);
  EXPECT_NEAR(report_of(day).mae, day_before, 1e-9);
  EXPECT_NE(report_of({}).mae, whole);
}

}  // namespace
}  // namespace plimsoll
