#include "evaluate/folds.h"

#include <gtest/gtest.h>

#include <utility>

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

constexpr std::int64_t days(std::int64_t count) { return count * kSecondsPerDay; }

Series daily_series(int rows) {
  Series series;
  series.y.resize(rows);
  for (int i = 0; i < rows; ++i) {
    series.ds.push_back(kStart + i * kSecondsPerDay);
    series.y[i] = 10.0 + (i % 7 == 0 ? 2.0 : 0.0);
  }
  return series;
}

TrainingSet training_set(Series series, const ModelConfig& config = {}) {
  return engineer_features(std::move(series), config).value();
}

TEST(Folds, TrainUpToTheirCutoffAndScoreToTheirHorizon) {
  const TrainingSet set = training_set(daily_series(100));
  const auto sizes = [&set](std::int64_t cutoff, std::int64_t horizon) {
    const FoldSet fold = make_fold(set, kStart + cutoff, horizon).value();
    return std::pair(fold.set.series.size(), fold.test.size());
  };
  EXPECT_EQ(sizes(days(50), days(10)), std::pair(std::int64_t{51}, std::int64_t{10}));
  EXPECT_EQ(sizes(days(50) - 1, days(10)), std::pair(std::int64_t{50}, std::int64_t{10}));
  EXPECT_EQ(sizes(days(50), days(10) - 1), std::pair(std::int64_t{51}, std::int64_t{9}));
}

// A changepoint at the cutoff has seen nothing: the fold is as if it had not been asked for.
TEST(Folds, KeepTheChangepointsBeforeTheirLastSample) {
  const auto changepoints = [](std::vector<Timestamp> asked) {
    ModelConfig config;
    config.explicit_changepoints = std::move(asked);
    const TrainingSet set = training_set(daily_series(100), config);
    return make_fold(set, kStart + days(60), days(10)).value().set.changepoints.ds;
  };
  EXPECT_EQ(changepoints({kStart + days(30), kStart + days(60), kStart + days(90)}),
            std::vector<Timestamp>({kStart + days(30)}));
  EXPECT_EQ(changepoints({kStart + days(60) - 1}), std::vector<Timestamp>({kStart + days(60) - 1}));
}

TEST(Folds, HaveNoMoreChangepointsThanTheWholeHistory) {
  ModelConfig config;
  config.n_changepoints = 3;
  const TrainingSet set = training_set(daily_series(100), config);
  EXPECT_EQ(make_fold(set, kStart + days(60), days(10)).value().set.changepoints.ds.size(), 3U);
}

TEST(Folds, StandardiseRegressorsOnTheWholeHistory) {
  Series series = daily_series(3);
  Eigen::VectorXd load(3);
  load << 2.0, 4.0, 6.0;
  series.columns = {{"load", load}};
  ModelConfig config;
  config.extra_regressors = {{"load", std::nullopt, Standardize::kAuto, std::nullopt}};
  const TrainingSet set = with_standardised_columns(training_set(series, config));
  EXPECT_EQ(*set.series.column("load"), Eigen::Vector3d(-1.0, 0.0, 1.0));
  EXPECT_EQ(set.terms.regressors.at(0).mean, 0.0);
  EXPECT_EQ(set.terms.regressors.at(0).deviation, 1.0);
}

// Twenty million rows in all: 501 folds of 40,000 are more.
TEST(Folds, AreRefusedBeforeTheyAreMadeWhenTheyHoldTooManyRows) {
  const TrainingSet set = training_set(daily_series(40'001));
  const std::vector<Timestamp> cutoffs(501, kStart + days(39'999));
  const auto answer = make_folds(set, cutoffs, days(1));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().where.field, "period");
  EXPECT_EQ(answer.error().found, "501 cutoffs with 20040501 rows in all");
}

}  // namespace
}  // namespace plimsoll
