#include "plimsoll/evaluate/cross_validation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "forecast/support/reference_case.h"
#include "math/random.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z

Series daily_series(int rows, std::uint64_t seed = 1) {
  Random random(seed);
  Series series;
  series.y.resize(rows);
  for (int i = 0; i < rows; ++i) {
    series.ds.push_back(kStart + i * kSecondsPerDay);
    series.y[i] = 10.0 + 0.02 * i + (i % 7 == 0 ? 2.0 : 0.0) + 0.3 * random.normal();
  }
  return series;
}

TrainingSet training_set(Series series, const ModelConfig& config = {}) {
  return engineer_features(std::move(series), config).value();
}

constexpr std::int64_t days(std::int64_t count) { return count * kSecondsPerDay; }

TEST(Cutoffs, LieAPeriodApartFromAHorizonBeforeTheEnd) {
  const TrainingSet set = training_set(daily_series(100));
  const auto cutoffs = generate_cutoffs(
      set, {.horizon_seconds = days(10), .period_seconds = days(20), .initial_seconds = days(40)});
  ASSERT_TRUE(cutoffs.ok());
  EXPECT_EQ(cutoffs.value(),
            (std::vector<Timestamp>{kStart + days(49), kStart + days(69), kStart + days(89)}));
}

TEST(Cutoffs, DefaultToHalfAHorizonAndThreeOfThem) {
  const TrainingSet set = training_set(daily_series(60));
  const auto cutoffs = generate_cutoffs(set, {.horizon_seconds = days(10)});
  ASSERT_TRUE(cutoffs.ok());
  EXPECT_EQ(cutoffs.value().back(), kStart + days(49));
  EXPECT_EQ(cutoffs.value().front(), kStart + days(34));  // the next, 29, is below 30
  EXPECT_EQ(cutoffs.value()[1] - cutoffs.value()[0], days(5));
}

TEST(Cutoffs, TheLongestSeasonalPeriodStaysInTheInitialHistory) {
  const TrainingSet set = training_set(daily_series(800));
  const auto cutoffs = generate_cutoffs(set, {.horizon_seconds = days(10)});
  ASSERT_TRUE(cutoffs.ok());
  EXPECT_GE(cutoffs.value().front(), kStart + days(366) - kSecondsPerDay);
}

TEST(Cutoffs, MoveBackOverAGap) {
  Series series = daily_series(100);
  for (std::size_t i = 50; i < series.ds.size(); ++i) series.ds[i] += days(100);
  const auto cutoffs = generate_cutoffs(
      training_set(series),
      {.horizon_seconds = days(5), .period_seconds = days(60), .initial_seconds = days(10)});
  ASSERT_TRUE(cutoffs.ok());
  // 194, then 134 whose horizon is empty: back to five days before day 49.
  EXPECT_EQ(cutoffs.value(), (std::vector<Timestamp>{kStart + days(44), kStart + days(194)}));
}

TEST(Cutoffs, TooLittleHistoryIsAnError) {
  const TrainingSet set = training_set(daily_series(30));
  EXPECT_FALSE(generate_cutoffs(set, {.horizon_seconds = days(40)}).ok());
  const auto answer =
      generate_cutoffs(set, {.horizon_seconds = days(10), .initial_seconds = days(28)});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().where.field, "initial");
}

TEST(Cutoffs, GivenOnesAreSortedAndMustLeaveAHorizon) {
  const TrainingSet set = training_set(daily_series(100));
  CrossValidationOptions options{.horizon_seconds = days(10)};
  options.cutoffs = {kStart + days(80), kStart + days(50), kStart + days(80)};
  EXPECT_EQ(generate_cutoffs(set, options).value(),
            (std::vector<Timestamp>{kStart + days(50), kStart + days(80)}));
  options.cutoffs = {kStart + days(95)};
  EXPECT_FALSE(generate_cutoffs(set, options).ok());
  options.cutoffs = {kStart};
  EXPECT_FALSE(generate_cutoffs(set, options).ok());
}

TEST(Cutoffs, WithoutAHorizonReachFromTheLastToTheEnd) {
  const TrainingSet set = training_set(daily_series(100));
  CrossValidationOptions options;
  options.cutoffs = {kStart + days(50), kStart + days(80)};
  EXPECT_EQ(horizon_of(set, options), days(19));
  EXPECT_EQ(cross_validate(set, options).value().ds.size(), 38U);
}

TEST(Cutoffs, AreReadFromLinesOrCommas) {
  EXPECT_EQ(parse_cutoffs("cutoff\n2026-01-01\r\n2026-01-02 12:00:00\n").value(),
            (std::vector<Timestamp>{kStart, kStart + 129600}));
  EXPECT_EQ(parse_cutoffs("2026-01-01,2026-01-02").value().size(), 2U);
  const auto wrong = parse_cutoffs("ds\n2026-01-01\n2026-02-30\n");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().where.row, 3);
  EXPECT_FALSE(parse_cutoffs("\n").ok());
}

TEST(Cutoffs, MayStandExactlyOnTheirBounds) {
  const TrainingSet set = training_set(daily_series(100));  // day 0 to day 99
  const auto first_after = [&set](std::int64_t initial) {
    return generate_cutoffs(set, {.horizon_seconds = days(10),
                                  .period_seconds = days(20),
                                  .initial_seconds = days(initial)})
               .value()
               .front() -
           kStart;
  };
  EXPECT_EQ(first_after(49), days(49));
  EXPECT_EQ(first_after(50), days(69));
  CrossValidationOptions options{.horizon_seconds = days(10)};
  options.cutoffs = {kStart + days(89)};
  EXPECT_TRUE(generate_cutoffs(set, options).ok());
  options.cutoffs = {kStart + days(89) + 1};
  EXPECT_FALSE(generate_cutoffs(set, options).ok());
  options.cutoffs = {kStart + 1};
  EXPECT_TRUE(generate_cutoffs(set, options).ok());
  EXPECT_TRUE(generate_cutoffs(set, {.horizon_seconds = days(99), .initial_seconds = 0}).ok());
  EXPECT_FALSE(generate_cutoffs(set, {.horizon_seconds = days(99) + 1, .initial_seconds = 0}).ok());
}

TEST(Cutoffs, MoreThanAThousandAreRefused) {
  const TrainingSet set = training_set(daily_series(1500));
  const auto answer = cross_validate(
      set, {.horizon_seconds = days(1), .period_seconds = days(1), .initial_seconds = days(30)});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().where.field, "period");
}

TEST(Cutoffs, WithoutASampleToCompareWithAreRefused) {
  Series series = daily_series(100);
  for (std::size_t i = 50; i < series.ds.size(); ++i) series.ds[i] += days(100);
  SearchOptions options;
  options.validation.horizon_seconds = days(5);
  options.validation.cutoffs = {kStart + days(80)};
  const TrainingSet set = training_set(series);
  EXPECT_EQ(search_prior_scales(set, options).error().where.field, "cutoffs");
  EXPECT_EQ(cross_validate(set, options.validation).error().where.field, "cutoffs");
  EXPECT_FALSE(generate_cutoffs(set, {}).ok());  // no horizon at all
}

TEST(CrossValidation, AFoldIsTheForecastFromWhatWasKnownAtItsCutoff) {
  const Series series = daily_series(120);
  const TrainingSet set = training_set(series);
  CrossValidationOptions options{.horizon_seconds = days(10)};
  options.cutoffs = {kStart + days(60), kStart + days(100)};
  const CrossValidation validation = cross_validate(set, options).value();
  ASSERT_EQ(validation.ds.size(), 20U);
  for (const std::size_t fold : {0U, 1U}) {
    const int rows = fold == 0 ? 61 : 101;
    Series known;
    known.ds.assign(series.ds.begin(), series.ds.begin() + rows);
    known.y = series.y.head(rows);
    std::vector<Timestamp> asked(series.ds.begin() + rows, series.ds.begin() + rows + 10);
    const Forecast forecast =
        predict(train(engineer_features(known, {}, set.terms.seasonalities).value()), asked);
    for (Eigen::Index i = 0; i < 10; ++i) {
      const auto row = static_cast<Eigen::Index>(10 * fold) + i;
      EXPECT_EQ(validation.cutoff[static_cast<std::size_t>(row)], options.cutoffs[fold]);
      EXPECT_EQ(validation.ds[static_cast<std::size_t>(row)], asked[static_cast<std::size_t>(i)]);
      EXPECT_EQ(validation.y[row], series.y[rows + i]);
      EXPECT_NEAR(validation.yhat[row], forecast.yhat[i], 1e-9);
      EXPECT_NEAR(validation.yhat_upper[row], forecast.yhat_upper[i], 1e-9);
    }
  }
}

TEST(CrossValidation, WhatComesAfterACutoffAndItsHorizonChangesNothing) {
  Series series = daily_series(120);
  CrossValidationOptions options{.horizon_seconds = days(10)};
  options.cutoffs = {kStart + days(60)};
  const CrossValidation before = cross_validate(training_set(series), options).value();
  for (Eigen::Index row = 71; row < 120; ++row) series.y[row] = 1e3;
  const CrossValidation after = cross_validate(training_set(series), options).value();
  for (Eigen::Index row = 0; row < 10; ++row) EXPECT_NEAR(before.yhat[row], after.yhat[row], 1e-9);
}

TEST(CrossValidation, ServesLogisticGrowthWithRegressors) {
  Series series = daily_series(150);
  series.columns = {{"cap", Eigen::VectorXd::Constant(150, 30.0)},
                    {"x", Eigen::VectorXd::LinSpaced(150, 0.0, 1.0)}};
  ModelConfig config;
  config.growth = Growth::kLogistic;
  config.extra_regressors = {{"x", std::nullopt, Standardize::kAuto, TermMode::kMultiplicative}};
  CrossValidationOptions options{.horizon_seconds = days(10)};
  options.cutoffs = {kStart + days(100)};
  const auto validation = cross_validate(training_set(series, config), options);
  ASSERT_TRUE(validation.ok());
  EXPECT_LT((validation.value().yhat - validation.value().y).cwiseAbs().maxCoeff(), 5.0);
}

// All rows of one of real Prophet's cross-validations with the metrics that it took from them.
TEST(PerformanceMetrics, AreThoseOfProphet) {
  const nlohmann::json reference = test::load_case("cv04");
  const nlohmann::json& rows = reference.at("stan_rows");
  CrossValidation validation;
  const auto moment = [](const std::string& text) { return parse_iso8601(text)->seconds; };
  const auto n = static_cast<Eigen::Index>(rows.at("ds").size());
  for (Eigen::VectorXd* const column :
       {&validation.y, &validation.yhat, &validation.yhat_lower, &validation.yhat_upper}) {
    column->resize(n);
  }
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    validation.ds.push_back(moment(rows.at("ds")[at]));
    validation.cutoff.push_back(moment(rows.at("cutoff")[at]));
    validation.y[i] = rows.at("y")[at];
    validation.yhat[i] = rows.at("yhat")[at];
    validation.yhat_lower[i] = rows.at("yhat_lower")[at];
    validation.yhat_upper[i] = rows.at("yhat_upper")[at];
  }
  for (const auto& [window, name] : {std::pair{0.1, "metrics_rolling_0.1"},
                                     {0.0, "metrics_rolling_0"},
                                     {1.0, "metrics_rolling_1"}}) {
    const nlohmann::json& expected = reference.at("stan_metrics").at(name);
    const auto metrics = performance_metrics(validation, window);
    const auto horizons = expected.at("horizon_seconds").get<std::vector<double>>();
    ASSERT_EQ(metrics.size(), horizons.size()) << name;
    for (std::size_t i = 0; i < metrics.size(); ++i) {
      EXPECT_EQ(static_cast<double>(metrics[i].horizon_seconds), horizons[i]);
      EXPECT_NEAR(metrics[i].mse, expected.at("mse")[i].get<double>(), 1e-11);
      EXPECT_NEAR(metrics[i].rmse, expected.at("rmse")[i].get<double>(), 1e-11);
      EXPECT_NEAR(metrics[i].mae, expected.at("mae")[i].get<double>(), 1e-11);
      EXPECT_NEAR(*metrics[i].mape, expected.at("mape")[i].get<double>(), 1e-12);
      EXPECT_NEAR(*metrics[i].mdape, expected.at("mdape")[i].get<double>(), 1e-12);
      EXPECT_NEAR(metrics[i].smape, expected.at("smape")[i].get<double>(), 1e-12);
      EXPECT_NEAR(metrics[i].coverage, expected.at("coverage")[i].get<double>(), 1e-12);
    }
  }
}

TEST(PerformanceMetrics, DivideByNothingNearZero) {
  Series series = daily_series(60);
  series.y[50] = 0.0;
  CrossValidationOptions options{.horizon_seconds = days(10)};
  options.cutoffs = {kStart + days(45)};
  const auto metrics =
      performance_metrics(cross_validate(training_set(series), options).value(), 1.0);
  ASSERT_EQ(metrics.size(), 1U);
  EXPECT_FALSE(metrics[0].mape.has_value());
  EXPECT_FALSE(metrics[0].mdape.has_value());
  EXPECT_TRUE(std::isfinite(metrics[0].smape));
}

TEST(Search, CrossValidatesEveryPairAsAFitOfItsOwnWould) {
  const TrainingSet set = training_set(daily_series(200));
  SearchOptions options;
  options.validation.horizon_seconds = days(20);
  options.changepoint_prior_scales = {0.001, 0.5};
  options.seasonality_prior_scales = {0.01, 10.0};
  const auto results = search_prior_scales(set, options).value();
  ASSERT_EQ(results.size(), 4U);
  EXPECT_TRUE(std::is_sorted(results.begin(), results.end(), [](const auto& a, const auto& b) {
    return a.metrics.rmse < b.metrics.rmse;
  }));
  for (const SearchResult& result : results) {
    ModelConfig config;
    config.changepoint_prior_scale = result.changepoint_prior_scale;
    config.seasonality_prior_scale = result.seasonality_prior_scale;
    const auto alone =
        cross_validate(training_set(daily_series(200), config), options.validation).value();
    EXPECT_NEAR(performance_metrics(alone, 1.0)[0].rmse, result.metrics.rmse,
                1e-9 * result.metrics.rmse);
  }
}

}  // namespace
}  // namespace plimsoll
