// Forecasts and models without a store: which moments, which options, which bounds.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "plimsoll/api/request.h"
#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

// A day and a half of hourly samples, the last at 2026-01-02T11:00:00Z.
std::string hourly_csv(int rows = 36) {
  std::string csv = "ds,y\n";
  for (int i = 0; i < rows; ++i) {
    csv += format_ds(1767225600 + 3600LL * i) + ',' + std::to_string(5 + i % 3) + '\n';
  }
  return csv;
}

Response post(const std::string& target, const std::string& body, const char* type = "text/csv") {
  return handle_request({"POST", target, {{"Content-Type", type}}, body}, {}, {});
}

std::vector<std::string> moments_of(const std::string& query) {
  const Response response = post("/v1/forecast" + query, hourly_csv());
  EXPECT_EQ(response.status, 200) << query << response.body;
  const Json forecast = Json::parse(response.body);
  return forecast.contains("ds") ? forecast.at("ds").get<std::vector<std::string>>()
                                 : std::vector<std::string>{};
}

std::string field_of(const Response& response) {
  EXPECT_EQ(response.status, 400) << response.body;
  const Json problem = Json::parse(response.body);
  return problem.at("location").at("field").is_null() ? "" : problem.at("location").at("field");
}

TEST(ForecastMoments, AreTheWeekFromTomorrow) {
  const auto ds = moments_of("");
  ASSERT_EQ(ds.size(), 168U);
  EXPECT_EQ(ds.front().substr(0, 13), "2026-01-03T00");
  EXPECT_EQ(ds.back().substr(0, 13), "2026-01-09T23");
}

TEST(ForecastMoments, FollowTheHorizonTheStepAndTheZone) {
  EXPECT_EQ(moments_of("?horizon=day").size(), 24U);
  EXPECT_EQ(moments_of("?horizon=day&step=6h").size(), 4U);
  EXPECT_EQ(moments_of("?horizon=month&step=1d").size(), 28U);
  EXPECT_EQ(moments_of("?horizon=day&tz=%2B02:00").front().substr(0, 13), "2026-01-02T22");
}

TEST(ForecastMoments, AreHalfOpen) {
  EXPECT_EQ(moments_of("?start=2026-01-05&end=2026-01-05T03:00&step=1h").size(), 3U);
  EXPECT_EQ(moments_of("?start=2026-01-05&end=2026-01-05T03:00:01&step=1h").size(), 4U);
  EXPECT_EQ(moments_of("?start=2026-01-05&end=2026-01-05T00:00:01").size(), 1U);
  EXPECT_EQ(field_of(post("/v1/forecast?start=2026-01-05&end=2026-01-05", hourly_csv())), "end");
  EXPECT_EQ(field_of(post("/v1/forecast?start=2026-01-05&end=2026-01-04", hourly_csv())), "end");
}

TEST(ForecastMoments, HaveALimit) {
  static_assert(kLimits.max_forecast_points == 100'000);
  // 100,000 minutes are 69 days, 10 hours and 40 minutes.
  const std::string from = "/v1/forecast?format=csv&step=60&start=2026-02-01&end=2026-04-11T10:40:";
  EXPECT_EQ(post(from + "00", hourly_csv()).status, 200);
  EXPECT_EQ(field_of(post(from + "01", hourly_csv())), "end");
}

TEST(ForecastMoments, GivenAsAFileHaveTheSameLimit) {
  const auto status_of_rows = [](std::int64_t rows) {
    std::string at = "ds\n";
    for (std::int64_t i = 0; i < rows; ++i) at += "1\n";
    const Json body = {{"data", hourly_csv()}, {"at", at}};
    return post("/v1/forecast?format=csv", body.dump(), "application/json").status;
  };
  EXPECT_EQ(status_of_rows(kLimits.max_forecast_points), 200);
  EXPECT_EQ(status_of_rows(kLimits.max_forecast_points + 1), 413);
}

TEST(ForecastOptions, SharesLieBetweenZeroAndOne) {
  for (const char* const width : {"0.5", "0.001", "0.999", "5e-1"}) {
    EXPECT_EQ(
        post(std::string("/v1/forecast?horizon=day&interval_width=") + width, hourly_csv()).status,
        200)
        << width;
  }
  for (const char* const width : {"0", "1", "-0.1", "1.5", "", "half", "500m", "nan"}) {
    EXPECT_EQ(field_of(post(std::string("/v1/forecast?interval_width=") + width, hourly_csv())),
              "interval_width")
        << width;
  }
}

TEST(ForecastOptions, QuantilesHaveALimit) {
  std::string levels = "0.5";
  for (std::size_t i = 1; i < kLimits.max_quantiles; ++i) levels += ",0.5";
  const std::string target = "/v1/forecast?horizon=day&step=12h&quantiles=";
  const Response most = post(target + levels, hourly_csv());
  ASSERT_EQ(most.status, 200);
  EXPECT_EQ(Json::parse(most.body).at("quantiles").size(), kLimits.max_quantiles);
  EXPECT_EQ(field_of(post(target + levels + ",0.5", hourly_csv())), "quantiles");
  for (const char* const wrong : {"", "0.5,", ",0.5", "0.5,,0.9", "0", "1", "0.5;0.9"}) {
    EXPECT_EQ(field_of(post(target + wrong, hourly_csv())), "quantiles") << wrong;
  }
}

TEST(ForecastOptions, BoundsClip) {
  const auto most = Json::parse(post("/v1/forecast?horizon=day&at_most=1.5", hourly_csv()).body);
  for (const Json& value : most.at("yhat_upper")) EXPECT_EQ(value, 1.5);
  std::string below = hourly_csv();
  for (std::size_t at = below.find(','); at != std::string::npos; at = below.find(',', at + 2)) {
    if (at > 2) below.insert(at + 1, "-");
  }
  const auto least = Json::parse(post("/v1/forecast?horizon=day&non_negative=1", below).body);
  for (const Json& value : least.at("yhat")) EXPECT_EQ(value, 0.0);
}

TEST(ForecastBody, IsAModelOrData) {
  const auto field = [](const Json& body) {
    return field_of(post("/v1/forecast", body.dump(), "application/json"));
  };
  EXPECT_EQ(field(Json::object()), "model");
  EXPECT_EQ(field({{"model", 1}, {"data", "ds,y\n"}}), "model");
  EXPECT_EQ(field({{"data", 1}}), "data");
  EXPECT_EQ(field({{"data", hourly_csv()}, {"at", 1}}), "at");
  EXPECT_EQ(field({{"data", hourly_csv()}, {"horizon", "day"}}), "horizon");
}

TEST(RollingWindow, IsAShareWithBothEnds) {
  const auto status = [](const char* share) {
    return post(std::string("/v1/cross-validate?horizon=6h&initial=12h&rolling_window=") + share,
                hourly_csv())
        .status;
  };
  for (const char* const share : {"0", "1", "0.5"}) EXPECT_EQ(status(share), 200) << share;
  for (const char* const share : {"-0.1", "1.1", "", "x"}) EXPECT_EQ(status(share), 400) << share;
}

}  // namespace
}  // namespace plimsoll
