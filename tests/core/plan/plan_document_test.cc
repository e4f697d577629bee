// The JSON of a plan, from plans written down by hand.
#include "plimsoll/plan/plan_document.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "evaluate/support/made_models.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Plan plan_of(MetricPlan metric) {
  Plan plan;
  plan.workloads = {{{"shop", "cart", "app"}, {std::move(metric)}}};
  return plan;
}

MetricPlan planned(const WorkloadModel& model) {
  MetricPlan metric;
  metric.metric = model.metric;
  metric.status = MetricStatus::kOk;
  metric.unit = model.unit;
  metric.model = model;
  metric.horizons = {plan_horizon(model, Horizon::kDay,
                                  model.model.history_end + model.model.cadence_seconds, 0,
                                  default_policy())};
  return metric;
}

Json encoded(MetricPlan metric, const PlanEncoding& encoding = {}) {
  const std::string name(metric_name(metric.metric));
  const Json plan = Json::parse(encode_plan(plan_of(std::move(metric)), encoding));
  return plan.at("workloads")[0].at("metrics").at(name);
}

TEST(PlanJson, ShowsOnlyChangepointsAtWhichTheTrendChanges) {
  WorkloadModel model = test::flat_model(0.5);
  constexpr Timestamp kDay = kSecondsPerDay;
  model.model.changepoints.ds = {test::kModelStart + kDay, test::kModelStart + 2 * kDay,
                                 test::kModelStart + 3 * kDay};
  model.model.changepoints.t.resize(3);
  model.model.changepoints.t << 0.1, 0.2, 0.3;
  model.model.params.delta.resize(3);
  model.model.params.delta << 0.0, -0.25, 0.0;
  const Json changepoints = encoded(planned(model)).at("model").at("changepoints");
  EXPECT_EQ(changepoints, Json::parse(R"([{"ds":"2026-01-07T00:00:00Z","delta":-0.25}])"));
}

TEST(PlanJson, RoundsUsageBelowWhatCanBeRequested) {
  MetricPlan metric;
  metric.status = MetricStatus::kNotEnoughData;
  metric.history = {0, 60, {0.12345649, 0.1234565, kNaN, -0.1234565}, {1.0, 2.0, kNaN, 1e12}};
  const auto mean_in = [&metric](Unit unit) {
    metric.unit = unit;
    return encoded(metric).at("history").at("mean");
  };
  EXPECT_EQ(mean_in(Unit::kCores), Json::parse("[0.123456,0.123457,null,-0.123456]"));
  EXPECT_EQ(mean_in(Unit::kPercent), mean_in(Unit::kCores));
  EXPECT_EQ(mean_in(Unit::kNone), Json::parse("[0.12345649,0.1234565,null,-0.1234565]"));
  metric.metric = Metric::kMemory;
  EXPECT_EQ(mean_in(Unit::kPercent), Json::parse("[0.123456,0.123457,null,-0.123456]"));
  metric.history.mean = {0.4, 0.5, 1.5, 536870912.49, 0x1p53};
  EXPECT_EQ(mean_in(Unit::kBytes).dump(), "[0,1,2,536870912,9.007199254740992e+15]");
  metric.history.mean = {0x1p53 - 1.0};
  EXPECT_EQ(mean_in(Unit::kBytes).dump(), "[9007199254740991]");
}

TEST(PlanJson, ShowsWhatIsSetNowAsQuantities) {
  MetricPlan metric;
  metric.status = MetricStatus::kNotEnoughData;
  metric.current.request = 0.2501;
  EXPECT_EQ(encoded(metric).at("current"), Json::parse(R"({"request":"251m","limit":null})"));
  metric.metric = Metric::kMemory;
  metric.current = {std::nullopt, 1048577.0 * 4};
  EXPECT_EQ(encoded(metric).at("current"), Json::parse(R"({"request":null,"limit":"5Mi"})"));
}

TEST(PlanJson, SaysWhyThereIsNoValue) {
  MetricPlan metric;
  metric.reason = "The file has no CPU column.";
  EXPECT_EQ(encoded(metric),
            Json::parse(R"({"status":"unset","reason":"The file has no CPU column."})"));
  metric.status = MetricStatus::kNotEnoughData;
  EXPECT_EQ(encoded(metric).at("status"), "not_enough_data");
  EXPECT_FALSE(encoded(metric).contains("model"));
  EXPECT_FALSE(encoded(metric).contains("history"));
  const Json good = encoded(planned(test::flat_model(0.5)));
  EXPECT_EQ(good.at("status"), "ok");
  EXPECT_TRUE(good.at("reason").is_null());
}

TEST(PlanJson, HasTheForecastOfEachHorizon) {
  const Json day = encoded(planned(test::flat_model(0.5))).at("horizons").at("day");
  EXPECT_EQ(day.at("window"), Json::parse(R"({"start":"2026-02-03T00:00:00Z",
                                               "end":"2026-02-04T00:00:00Z"})"));
  const Json& forecast = day.at("forecast");
  EXPECT_EQ(forecast.at("mean"), 0.5);
  EXPECT_EQ(forecast.at("peak"), 0.5);
  EXPECT_EQ(forecast.at("peak_at"), "2026-02-03T00:00:00Z");
  EXPECT_EQ(forecast.at("step_seconds"), 3600);
  EXPECT_EQ(forecast.at("points"), 24);
  EXPECT_EQ(forecast.at("yhat").size(), 24U);
  EXPECT_EQ(day.at("recommendation").at("request"), "400m");
  EXPECT_EQ(day.at("recommendation").at("limit"), "600m");
  EXPECT_EQ(day.at("recommendation").at("parameters").at("request_multiplier"), 0.8);
  const Json bare = encoded(planned(test::flat_model(0.5)), {.points = false});
  EXPECT_FALSE(bare.at("horizons").at("day").at("forecast").contains("yhat"));
  EXPECT_EQ(bare.at("horizons").at("day").at("forecast").at("points"), 24);
}

TEST(PlanJson, SaysWhatItWasMadeWith) {
  Plan plan = plan_of({});
  plan.now = test::kModelStart;
  plan.utc_offset_seconds = -9000;
  plan.preset = Preset::kSeed;
  Json json = Json::parse(encode_plan(plan));
  EXPECT_EQ(json.at("now"), "2026-01-04T21:30:00-02:30");
  EXPECT_EQ(json.at("tz"), "-02:30");
  EXPECT_EQ(json.at("preset"), "seed");
  EXPECT_EQ(json.at("policy"), "seed");
  EXPECT_FALSE(json.contains("stale"));
  EXPECT_EQ(json.at("workloads")[0].at("namespace"), "shop");
  EXPECT_EQ(json.at("workloads")[0].at("workload"), "cart");
  EXPECT_EQ(json.at("workloads")[0].at("container"), "app");
  plan.utc_offset_seconds = 0;
  plan.stale_gap_seconds = 90000;
  json = Json::parse(encode_plan(plan));
  EXPECT_EQ(json.at("tz"), "UTC");
  EXPECT_EQ(json.at("stale").at("gap_seconds"), 90000);
}

}  // namespace
}  // namespace plimsoll
