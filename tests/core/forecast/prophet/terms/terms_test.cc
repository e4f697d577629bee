#include "plimsoll/forecast/prophet/terms/terms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1'577'836'800;  // 2020-01-01T00:00:00Z
constexpr std::int64_t kFirstDay = kStart / kSecondsPerDay;

Series hourly_series(int rows) {
  Series series;
  series.y = Eigen::VectorXd::LinSpaced(rows, 1.0, 2.0);
  for (int i = 0; i < rows; ++i) series.ds.push_back(kStart + i * kSecondsPerHour);
  return series;
}

ModelConfig bare() {
  ModelConfig config;
  for (SeasonalityChoice ModelConfig::*const choice :
       {&ModelConfig::yearly_seasonality, &ModelConfig::weekly_seasonality,
        &ModelConfig::daily_seasonality}) {
    (config.*choice).kind = SeasonalityChoice::Kind::kOff;
  }
  return config;
}

Terms terms_of(const Series& series, const ModelConfig& config) {
  return resolve_terms(series, config, nullptr).value();
}

std::vector<std::string> names_of(const Terms& terms) {
  std::vector<std::string> names;
  for (const Feature& feature : features_of(terms)) names.push_back(feature.name);
  return names;
}

std::vector<double> row_of(const Terms& terms, const Frame& frame, std::size_t row) {
  const FeatureRows rows(terms, frame);
  std::vector<double> values(static_cast<std::size_t>(rows.columns()));
  rows.row(row, values.data());
  return values;
}

TEST(Terms, StandInProphetsOrder) {
  Series series = hourly_series(24 * 20);
  series.columns = {{"x", series.y}};
  ModelConfig config;
  config.custom_seasonalities = {{"monthly", 30.5, 1, std::nullopt, std::nullopt, ""}};
  config.holidays = {{"b", kFirstDay, -1, 1, std::nullopt}, {"a", kFirstDay, 0, 0, std::nullopt}};
  config.extra_regressors = {{"x", std::nullopt, Standardize::kAuto, std::nullopt}};
  const std::vector<std::string> names = names_of(terms_of(series, config));
  ASSERT_EQ(names.size(), 2U + 6U + 8U + 4U + 1U);
  EXPECT_EQ(names[0], "monthly_delim_1");
  EXPECT_EQ(names[2], "weekly_delim_1");
  EXPECT_EQ(names[8], "daily_delim_1");
  EXPECT_EQ(
      (std::vector<std::string>(names.begin() + 16, names.end())),
      (std::vector<std::string>{"a_delim_+0", "b_delim_+0", "b_delim_+1", "b_delim_-1", "x"}));
}

// A day of Berlin's winter begins at 23:00 UTC of the day before.
TEST(Terms, AHolidayBeginsAtItsZonesMidnight) {
  const Series series = hourly_series(24 * 4);
  const auto hours_of = [&](std::int64_t offset_seconds) {
    ModelConfig config;
    config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOff;
    config.daily_seasonality.kind = SeasonalityChoice::Kind::kOff;
    config.yearly_seasonality.kind = SeasonalityChoice::Kind::kOff;
    config.holidays = {{"h", kFirstDay + 1, 0, 0, std::nullopt}};
    config.holidays_utc_offset_seconds = offset_seconds;
    const Terms terms = terms_of(series, config);
    const FeatureRows rows(terms, series);
    std::vector<std::size_t> hours;
    for (std::size_t row = 0; row < series.ds.size(); ++row) {
      double value = 0.0;
      rows.row(row, &value);
      if (value == 1.0) hours.push_back(row);
    }
    return hours;
  };
  const auto of_utc = hours_of(0);
  ASSERT_EQ(of_utc.size(), 24U);
  EXPECT_EQ(of_utc.front() % 24, 0U);
  EXPECT_EQ(hours_of(3600).front(), of_utc.front() - 1);
  EXPECT_EQ(hours_of(3600).back(), of_utc.back() - 1);
  EXPECT_EQ(hours_of(-5 * 3600).front(), of_utc.front() + 5);
}

TEST(Terms, OneOfYoursTakesTheBuiltInsPlace) {
  ModelConfig config;
  config.custom_seasonalities = {{"weekly", 7.0, 1, 0.5, std::nullopt, ""}};
  const Terms terms = terms_of(hourly_series(24 * 20), config);
  ASSERT_EQ(terms.seasonalities.size(), 2U);
  EXPECT_EQ(terms.seasonalities[0].fourier_order, 1);
  EXPECT_EQ(terms.seasonalities[0].prior_scale, 0.5);
  EXPECT_EQ(terms.seasonalities[1].name, "daily");
}

TEST(Terms, AHolidayIsOnEverySampleOfItsDaysAndOfThoseAround) {
  ModelConfig config = bare();
  config.holidays = {{"h", kFirstDay + 2, -1, 0, 3.0}, {"h", kFirstDay + 8, 0, 0, 3.0}};
  const Series series = hourly_series(24 * 10);
  const Terms terms = terms_of(series, config);
  ASSERT_EQ(names_of(terms), (std::vector<std::string>{"h_delim_+0", "h_delim_-1"}));
  EXPECT_EQ(features_of(terms)[0].prior_scale, 3.0);
  for (int hour = 0; hour < 240; ++hour) {
    const std::vector<double> row = row_of(terms, series, static_cast<std::size_t>(hour));
    const int day = hour / 24;
    EXPECT_EQ(row[0], day == 2 || day == 8 ? 1.0 : 0.0) << hour;
    EXPECT_EQ(row[1], day == 1 ? 1.0 : 0.0) << hour;
  }
}

TEST(Terms, HolidaysBefore1970FallOnTheirDay) {
  ModelConfig config = bare();
  config.holidays = {{"h", -3, 0, 0, std::nullopt}};
  Series series = hourly_series(48);
  for (Timestamp& ds : series.ds) ds += -kStart - 4 * kSecondsPerDay;
  const Terms terms = terms_of(series, config);
  EXPECT_EQ(row_of(terms, series, 23)[0], 0.0);
  EXPECT_EQ(row_of(terms, series, 24)[0], 1.0);
  EXPECT_EQ(row_of(terms, series, 47)[0], 1.0);
}

TEST(Terms, AConditionalSeasonalityIsZeroWhereItsConditionIs) {
  ModelConfig config = bare();
  config.custom_seasonalities = {{"busy", 1.0, 2, std::nullopt, std::nullopt, "on"}};
  Series series = hourly_series(48);
  series.columns = {{"on", Eigen::VectorXd::Zero(48)}};
  series.columns[0].values[5] = 0.5;  // any number but zero
  const Terms terms = terms_of(series, config);
  EXPECT_EQ(row_of(terms, series, 4), std::vector<double>(4, 0.0));
  EXPECT_NEAR(row_of(terms, series, 5)[0], std::sin(2 * M_PI * 5 / 24), 1e-15);
  series.columns[0].values[5] = -1.0;
  EXPECT_NEAR(row_of(terms, series, 5)[0], std::sin(2 * M_PI * 5 / 24), 1e-15);
  series.columns.clear();
  EXPECT_FALSE(resolve_terms(series, config, nullptr).ok());
}

struct StandardizeCase {
  std::vector<double> values;
  Standardize choice;
  bool is_standardised;
};

class Standardising : public testing::TestWithParam<StandardizeCase> {};

TEST_P(Standardising, FollowsProphetsRule) {
  Series series = hourly_series(4);
  series.columns = {{"x", Eigen::Map<const Eigen::VectorXd>(GetParam().values.data(), 4)}};
  ModelConfig config = bare();
  config.extra_regressors = {{"x", std::nullopt, GetParam().choice, std::nullopt}};
  const Regressor regressor = terms_of(series, config).regressors[0];
  EXPECT_EQ(regressor.mean != 0.0 || regressor.deviation != 1.0, GetParam().is_standardised);
  if (!GetParam().is_standardised) return;
  double sum = 0.0;
  double squares = 0.0;
  for (const double x : GetParam().values) {
    const double z = (x - regressor.mean) / regressor.deviation;
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum, 0.0, 1e-12);
  EXPECT_NEAR(squares, 3.0, 1e-12);  // n - 1
}

INSTANTIATE_TEST_SUITE_P(Values, Standardising,
                         testing::Values(StandardizeCase{{0, 1, 1, 0}, Standardize::kAuto, false},
                                         StandardizeCase{{0, 1, 1, 0}, Standardize::kYes, true},
                                         StandardizeCase{{0, 1, 2, 0}, Standardize::kAuto, true},
                                         StandardizeCase{{0, 1, 2, 0}, Standardize::kNo, false},
                                         StandardizeCase{{5, 5, 5, 5}, Standardize::kYes, false},
                                         StandardizeCase{
                                             {0.5, 1, 1, 0}, Standardize::kAuto, true}));

TEST(Terms, ModesAndScalesFallBackToTheModels) {
  Series series = hourly_series(48);
  series.columns = {{"x", series.y}};
  ModelConfig config = bare();
  config.seasonality_mode = TermMode::kMultiplicative;
  config.seasonality_prior_scale = 4.0;
  config.holidays_prior_scale = 2.0;
  config.custom_seasonalities = {{"a", 0.5, 1, std::nullopt, std::nullopt, ""},
                                 {"b", 0.7, 1, 9.0, TermMode::kAdditive, ""}};
  config.holidays = {{"h", kFirstDay, 0, 0, std::nullopt}};
  config.extra_regressors = {{"x", std::nullopt, Standardize::kAuto, std::nullopt}};
  const std::vector<Feature> features = features_of(terms_of(series, config));
  const auto is = [&](std::size_t i, double scale, TermMode mode) {
    EXPECT_EQ(features[i].prior_scale, scale) << features[i].name;
    EXPECT_EQ(features[i].mode, mode) << features[i].name;
  };
  is(0, 4.0, TermMode::kMultiplicative);
  is(2, 9.0, TermMode::kAdditive);
  is(4, 2.0, TermMode::kMultiplicative);
  is(5, 2.0, TermMode::kMultiplicative);
}

TEST(Components, AreProphetsWithTheSumsOfEachMode) {
  Terms terms;
  terms.seasonalities = {{"weekly", 7.0, 1, 10.0, TermMode::kAdditive, ""}};
  terms.holidays = {{"h", 0, 10.0, {1}}, {"h", 1, 10.0, {2}}};
  terms.holidays_mode = TermMode::kMultiplicative;
  terms.regressors = {{"x", 10.0, TermMode::kAdditive, 0.0, 1.0}};
  std::vector<std::string> names;
  for (const ComponentColumns& component : components_of(terms)) {
    names.push_back(component.name + "/" + std::to_string(component.columns.size()));
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"additive_terms/3", "weekly/2", "extra_regressors_additive/1",
                                      "x/1", "multiplicative_terms/2", "holidays/2", "h/2"}));
  names.clear();
  for (const ComponentColumns& component : components_of({})) names.push_back(component.name);
  EXPECT_EQ(names, (std::vector<std::string>{"zeros", "additive_terms", "multiplicative_terms"}));
}

TEST(Features, TooManyColumnsAreRefused) {
  ModelConfig config = bare();
  for (int i = 0; i < 6; ++i) {
    config.custom_seasonalities.push_back(
        {"s" + std::to_string(i), 0.1 + 0.1 * i, 100, std::nullopt, std::nullopt, ""});
  }
  EXPECT_FALSE(engineer_features(hourly_series(48), config).ok());
  config = bare();
  config.holidays = {{"a", kFirstDay, -366, 366, std::nullopt},
                     {"b", kFirstDay, -366, 366, std::nullopt}};
  EXPECT_FALSE(engineer_features(hourly_series(48), config).ok());
  // A thousand columns are taken, one more is not.
  config = bare();
  for (int i = 0; i < 5; ++i) {
    config.custom_seasonalities.push_back(
        {"s" + std::to_string(i), 0.1 + 0.1 * i, 100, std::nullopt, std::nullopt, ""});
  }
  EXPECT_TRUE(resolve_terms(hourly_series(48), config, nullptr).ok());
  config.holidays = {{"a", kFirstDay, 0, 0, std::nullopt}};
  EXPECT_FALSE(resolve_terms(hourly_series(48), config, nullptr).ok());
}

TEST(Features, TooMuchWorkIsRefused) {
  ModelConfig config = bare();
  config.n_changepoints = 500;
  config.custom_seasonalities = {{"s", 0.7, 100, std::nullopt, std::nullopt, ""}};
  const auto refused = engineer_features(hourly_series(1500), config);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kTooLarge);
  config.n_changepoints = 100;
  EXPECT_TRUE(engineer_features(hourly_series(1500), config));
}

TEST(Terms, TooManyDaysOfHolidaysAreRefused) {
  ModelConfig config = bare();
  for (int i = 0; i < 137; ++i) {
    config.holidays.push_back({"h", kFirstDay + i, -366, 366, std::nullopt});
  }
  const auto refused = resolve_terms(hourly_series(48), config, nullptr);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().expected.find("100000"), std::string::npos);
  config.holidays.pop_back();
  EXPECT_TRUE(resolve_terms(hourly_series(48), config, nullptr));
}

}  // namespace
}  // namespace plimsoll
