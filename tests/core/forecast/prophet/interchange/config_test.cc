// Configurations: every setting, and both sides of every bound.
#include "plimsoll/forecast/prophet/interchange/config.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

// The field that is refused; "" when the configuration is read.
std::string refused(const Json& config) {
  const auto answer = decode_config(config.dump());
  return answer.ok() ? "" : answer.error().where.field;
}

ModelConfig config_of(const Json& config) { return decode_config(config.dump()).value(); }

TEST(Config, NothingGivesProphetsDefaults) {
  for (const Json& json : {Json::object(), Json{{"growth", nullptr}, {"holidays", nullptr}},
                           Json{{"n_changepoints_effective", 7}}}) {
    const ModelConfig config = config_of(json);
    EXPECT_EQ(config.growth, Growth::kLinear);
    EXPECT_EQ(config.seasonality_mode, TermMode::kAdditive);
    EXPECT_EQ(config.yearly_seasonality.kind, SeasonalityChoice::Kind::kAuto);
    EXPECT_EQ(config.n_changepoints, 25);
    EXPECT_EQ(config.changepoint_range, 0.8);
    EXPECT_EQ(config.changepoint_prior_scale, 0.05);
    EXPECT_EQ(config.seasonality_prior_scale, 10.0);
    EXPECT_EQ(config.holidays_prior_scale, 10.0);
    EXPECT_FALSE(config.explicit_changepoints.has_value());
  }
}

TEST(Config, EverySettingIsRead) {
  const ModelConfig config = config_of(Json::parse(R"({
    "growth": "logistic", "seasonality_mode": "multiplicative", "yearly_seasonality": "auto",
    "weekly_seasonality": false, "daily_seasonality": 7, "n_changepoints": 3,
    "changepoint_range": 0.5, "changepoint_prior_scale": 0.1, "seasonality_prior_scale": 2,
    "holidays_prior_scale": 3, "explicit_changepoints": ["1970-01-02"]})"));
  EXPECT_EQ(config.growth, Growth::kLogistic);
  EXPECT_EQ(config.seasonality_mode, TermMode::kMultiplicative);
  EXPECT_EQ(config.yearly_seasonality.kind, SeasonalityChoice::Kind::kAuto);
  EXPECT_EQ(config.weekly_seasonality.kind, SeasonalityChoice::Kind::kOff);
  EXPECT_EQ(config.daily_seasonality.kind, SeasonalityChoice::Kind::kOrder);
  EXPECT_EQ(config.daily_seasonality.order, 7);
  EXPECT_EQ(config.n_changepoints, 3);
  EXPECT_EQ(config.changepoint_range, 0.5);
  EXPECT_EQ(config.changepoint_prior_scale, 0.1);
  EXPECT_EQ(config.seasonality_prior_scale, 2.0);
  EXPECT_EQ(config.holidays_prior_scale, 3.0);
  EXPECT_EQ(config.explicit_changepoints, std::vector<Timestamp>({86400}));
  EXPECT_EQ(config_of({{"growth", "flat"}}).growth, Growth::kFlat);
  EXPECT_EQ(config_of({{"weekly_seasonality", true}}).weekly_seasonality.kind,
            SeasonalityChoice::Kind::kOn);
}

TEST(Config, NumbersHaveBounds) {
  struct Bounded {
    const char* setting;
    std::vector<double> taken;
    std::vector<double> refused;
  };
  const Bounded table[] = {
      {"n_changepoints", {0, 1, 500}, {-1, 501, 1.5}},
      {"changepoint_range", {1e-9, 0.5, 1.0}, {0.0, -0.1, 1.001}},
      {"changepoint_prior_scale", {1e-9, 1e6}, {0.0, -1.0, 1.001e6}},
      {"seasonality_prior_scale", {1e-9, 1e6}, {0.0, -1.0, 1.001e6}},
      {"holidays_prior_scale", {1e-9, 1e6}, {0.0, -1.0, 1.001e6}},
      {"yearly_seasonality", {0, 1, 100}, {-1, 101, 2.5}},
      {"weekly_seasonality", {0, 1, 100}, {-1, 101, 2.5}},
      {"daily_seasonality", {0, 1, 100}, {-1, 101, 2.5}},
  };
  for (const Bounded& row : table) {
    for (const double value : row.taken) {
      EXPECT_EQ(refused({{row.setting, value}}), "") << row.setting << ' ' << value;
    }
    for (const double value : row.refused) {
      EXPECT_EQ(refused({{row.setting, value}}), std::string("config.") + row.setting) << value;
    }
    EXPECT_EQ(refused({{row.setting, "many"}}), std::string("config.") + row.setting);
  }
}

TEST(Config, WordsAreThoseOfProphet) {
  EXPECT_EQ(refused({{"growth", "exponential"}}), "config.growth");
  EXPECT_EQ(refused({{"seasonality_mode", "additiv"}}), "config.seasonality_mode");
  EXPECT_EQ(refused({{"explicit_changepoints", "1970-01-02"}}), "config.explicit_changepoints");
  EXPECT_EQ(refused({{"explicit_changepoints", {"soon"}}}), "config.explicit_changepoints");
  EXPECT_EQ(refused({{"holiday", Json::array()}}), "config.holiday");
  EXPECT_EQ(refused(Json::array()), "config");
}

TEST(Config, SeasonalitiesOfOnesOwnHaveBounds) {
  const auto with = [](const char* key, const Json& value) {
    Json item = {{"name", "monthly"}, {"period", 30.5}, {"fourier_order", 3}};
    item[key] = value;
    return refused({{"custom_seasonalities", Json::array({item})}});
  };
  const std::string path = "config.custom_seasonalities.";
  for (const int order : {1, 100}) EXPECT_EQ(with("fourier_order", order), "");
  for (const int order : {0, 101}) EXPECT_EQ(with("fourier_order", order), path + "fourier_order");
  for (const double period : {1e-3, 999999.0}) EXPECT_EQ(with("period", period), "");
  for (const double period : {0.0, -1.0, 1e6}) EXPECT_EQ(with("period", period), path + "period");
  for (const double scale : {1e-9, 1e6}) EXPECT_EQ(with("prior_scale", scale), "");
  for (const double scale : {0.0, 1.1e6}) {
    EXPECT_EQ(with("prior_scale", scale), path + "prior_scale");
  }
  EXPECT_EQ(with("name", "a_delim_b"), path + "name");
  EXPECT_EQ(with("name", ""), path + "name");
  EXPECT_EQ(with("mode", "multiplicative"), "");
  EXPECT_EQ(with("mode", "other"), path + "mode");
  EXPECT_EQ(with("order", 3), path + "order");
}

TEST(Config, HolidaysHaveBounds) {
  const auto with = [](const char* key, const Json& value) {
    Json item = {{"holiday", "playoff"}, {"ds", "2026-01-05"}};
    item[key] = value;
    return refused({{"holidays", Json::array({item})}});
  };
  const std::string path = "config.holidays.";
  for (const int days : {-366, -1, 0}) EXPECT_EQ(with("lower_window", days), "") << days;
  for (const int days : {-367, 1}) EXPECT_EQ(with("lower_window", days), path + "lower_window");
  for (const int days : {0, 1, 366}) EXPECT_EQ(with("upper_window", days), "") << days;
  for (const int days : {-1, 367}) EXPECT_EQ(with("upper_window", days), path + "upper_window");
  EXPECT_EQ(with("ds", nullptr), path + "ds");
  EXPECT_EQ(with("ds", "soon"), path + "ds");
}

// A day before 1970 is the one that its moment lies in.
TEST(Config, HolidaysFallOnTheirDay) {
  const std::pair<const char*, std::int64_t> expected[] = {
      {"1970-01-01", 0},  {"1970-01-01T23:59:59", 0},  {"1970-01-02", 1},
      {"1969-12-31", -1}, {"1969-12-31T23:59:59", -1}, {"1969-12-30T00:00:01", -2}};
  for (const auto& [ds, day] : expected) {
    const Json item = {{"holiday", "x"}, {"ds", ds}};
    EXPECT_EQ(config_of({{"holidays", Json::array({item})}}).holidays.at(0).day, day) << ds;
  }
}

TEST(Config, RegressorsSayHowTheyAreScaled) {
  const auto choice = [](const Json& value) {
    const Json item = {{"name", "load"}, {"standardize", value}};
    return config_of({{"extra_regressors", Json::array({item})}})
        .extra_regressors.at(0)
        .standardize;
  };
  EXPECT_EQ(choice("auto"), Standardize::kAuto);
  EXPECT_EQ(choice(nullptr), Standardize::kAuto);
  EXPECT_EQ(choice(true), Standardize::kYes);
  EXPECT_EQ(choice(false), Standardize::kNo);
  const Json wrong = {{"name", "load"}, {"standardize", "yes"}};
  EXPECT_EQ(refused({{"extra_regressors", Json::array({wrong})}}),
            "config.extra_regressors.standardize");
}

TEST(Config, ListsHaveALimit) {
  const Json moments(static_cast<std::size_t>(kLimits.max_changepoints), "1970-01-02");
  EXPECT_EQ(refused({{"explicit_changepoints", moments}}), "");
  const Json more(static_cast<std::size_t>(kLimits.max_changepoints) + 1, "1970-01-02");
  EXPECT_EQ(refused({{"explicit_changepoints", more}}), "config.explicit_changepoints");
}

}  // namespace
}  // namespace plimsoll
