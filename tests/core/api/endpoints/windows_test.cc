// Window endpoints on models written down by hand.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "evaluate/support/made_models.h"
#include "plimsoll/api/request.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

Snapshot snapshot_of(const std::vector<WorkloadModel>& models) {
  Snapshot snapshot;
  for (const WorkloadModel& model : models) {
    snapshot.models.push_back(std::make_shared<const WorkloadModel>(model));
  }
  return snapshot;
}

Json ask(const std::string& target, const std::vector<WorkloadModel>& models,
         std::optional<Timestamp> now = std::nullopt) {
  const Response response = handle_request({"GET", target, {}, ""}, now, snapshot_of(models));
  return Json::parse(response.body);
}

WorkloadModel cpu_model(double cores) { return test::flat_model(cores); }

WorkloadModel memory_model(double bytes) {
  WorkloadModel model = test::flat_model(bytes);
  model.metric = Metric::kMemory;
  model.unit = Unit::kBytes;
  model.model_version = "fedcba9876543210";
  return model;
}

// One moment, so that the mean is the model's level to the last digit.
const std::string kMoment = "/?datetime_str=2026-02-03T12:00:00Z";

TEST(WindowAnswer, WordsChangeAtTheirThresholds) {
  const std::pair<double, const char*> cpu[] = {
      {0.0, "low"},          {0.0499999, "low"}, {0.05, "normal"}, {0.1, "normal"},
      {0.1499999, "normal"}, {0.15, "high"},     {8.0, "high"}};
  for (const auto& [cores, word] : cpu) {
    EXPECT_EQ(ask(kMoment, {cpu_model(cores)}).at("insights").at("cpu_utilization"), word) << cores;
  }
  const std::pair<double, const char*> memory[] = {{0.0, "low"},    {499'999'999.0, "low"},
                                                   {5e8, "normal"}, {999'999'999.0, "normal"},
                                                   {1e9, "high"},   {1e12, "high"}};
  for (const auto& [bytes, word] : memory) {
    EXPECT_EQ(ask(kMoment, {memory_model(bytes)}).at("insights").at("memory_utilization"), word)
        << bytes;
  }
}

TEST(WindowAnswer, RoundsCoresToFourAndGigabytesToThreeDecimals) {
  const Json answer = ask(kMoment, {cpu_model(0.123456), memory_model(1.2345678e9)});
  EXPECT_EQ(answer.at("predictions").at("cpu_cores"), 0.1235);
  EXPECT_EQ(answer.at("predictions").at("memory_gb"), 1.235);
}

TEST(WindowAnswer, AShareIsNeitherCoresNorGigabytes) {
  WorkloadModel model = cpu_model(0.123456);
  model.unit = Unit::kNone;
  const Json answer = ask(kMoment, {model});
  EXPECT_EQ(answer.at("predictions"), Json::parse(R"({"cpu":0.123456})"));
  EXPECT_TRUE(answer.at("recommendations").at("cpu").at("request").is_null());
  EXPECT_FALSE(answer.at("insights").contains("cpu_utilization"));
}

TEST(WindowAnswer, NamesTheVersionsOfAllItsModels) {
  WorkloadModel cpu = cpu_model(0.1);
  WorkloadModel memory = memory_model(1e9);
  cpu.training_date = memory.training_date + 60;
  const std::string both = "0123456789abcdef+fedcba9876543210";
  Json info = ask(kMoment, {cpu, memory}).at("model_info");
  EXPECT_EQ(info.at("model_version"), both);
  EXPECT_EQ(info.at("training_date"), "2026-02-01T23:01:00Z");
  EXPECT_EQ(info.at("forecast_type"), "moment");
  // CPU comes first, however the host holds them.
  info = ask(kMoment, {memory, cpu}).at("model_info");
  EXPECT_EQ(info.at("model_version"), both);
  EXPECT_EQ(info.at("training_date"), "2026-02-01T23:01:00Z");
  EXPECT_EQ(ask(kMoment, {memory}).at("model_info").at("model_version"), "fedcba9876543210");
}

// Coverage of 0.8 is what was aimed at, 0.6 is fair, 0.1 poor.
TEST(WindowAnswer, TheLeastConfidenceOfAllMetricsSpeaks) {
  const double coverage[] = {0.1, 0.6, 0.8};
  const char* const level[] = {"low", "medium", "high"};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      WorkloadModel cpu = cpu_model(0.1);
      WorkloadModel memory = memory_model(1e9);
      cpu.backtest.coverage = coverage[i];
      memory.backtest.coverage = coverage[j];
      const Json answer = ask("/next_day", {cpu, memory});
      EXPECT_EQ(answer.at("insights").at("confidence"), level[std::min(i, j)]) << i << j;
      EXPECT_EQ(answer.at("confidence").at("level"), level[std::min(i, j)]) << i << j;
      const std::string reasons = answer.at("confidence").at("reasons").dump();
      const std::string held[] = {"held 10 %", "held 60 %", "held 80 %"};
      EXPECT_NE(reasons.find(held[std::min(i, j)]), std::string::npos) << reasons;
    }
  }
}

TEST(WindowAnswer, NowIsOneCadenceAfterTheLatestSample) {
  WorkloadModel cpu = cpu_model(0.1);
  WorkloadModel memory = memory_model(1e9);
  EXPECT_EQ(ask("/next_day", {cpu, memory}).at("now"), "2026-02-02T00:00:00Z");
  memory.model.history_end += kSecondsPerDay;
  EXPECT_EQ(ask("/next_day", {cpu, memory}).at("now"), "2026-02-03T00:00:00Z");
  EXPECT_EQ(ask("/next_day", {memory, cpu}).at("now"), "2026-02-03T00:00:00Z");
  memory.model.history_end -= 2 * kSecondsPerDay;
  EXPECT_EQ(ask("/next_day", {cpu, memory}).at("now"), "2026-02-02T00:00:00Z");
  const Timestamp host = test::kModelStart + 30 * kSecondsPerDay;
  EXPECT_EQ(ask("/next_day", {cpu}, host).at("now"), "2026-02-04T00:00:00Z");
  EXPECT_EQ(ask("/next_day?now=2026-02-05", {cpu}, host).at("now"), "2026-02-05T00:00:00Z");
}

TEST(WindowAnswer, SaysHowOldTheLatestSampleIs) {
  const WorkloadModel cpu = cpu_model(0.1);
  WorkloadModel memory = memory_model(1e9);
  memory.model.history_end += kSecondsPerHour;  // 2026-02-02T00:00:00Z
  EXPECT_FALSE(ask("/next_day?now=2026-02-03T00:00:00Z", {cpu, memory}).contains("stale"));
  const Json answer = ask("/next_day?now=2026-02-03T00:00:01Z", {cpu, memory});
  EXPECT_EQ(answer.at("stale").at("gap_seconds"), 86401);
  memory.model.history_end -= kSecondsPerDay;
  EXPECT_FALSE(ask("/next_day?now=2026-02-02T23:00:00Z", {cpu, memory}).contains("stale"));
}

TEST(WindowAnswer, HasTheDatesOfItsWindow) {
  const std::vector<WorkloadModel> models = {cpu_model(0.1)};
  const Json day = ask("/next_day?now=2026-02-03T12:00:00Z", models);  // a Tuesday
  EXPECT_EQ(day.at("forecast_type"), "daily_average");
  EXPECT_EQ(day.at("date"), "2026-02-04");
  EXPECT_EQ(day.at("day_of_week"), "Wednesday");
  EXPECT_EQ(day.at("window").at("start"), "2026-02-04T00:00:00Z");
  EXPECT_EQ(day.at("window").at("end"), "2026-02-05T00:00:00Z");
  const Json week = ask("/next_week?now=2026-02-03T12:00:00Z", models);
  EXPECT_EQ(week.at("forecast_type"), "weekly_average");
  EXPECT_EQ(week.at("week_start"), "2026-02-04");
  EXPECT_EQ(week.at("window").at("end"), "2026-02-11T00:00:00Z");
  const Json weekend = ask("/next_weekend?now=2026-02-03T12:00:00Z", models);
  EXPECT_EQ(weekend.at("forecast_type"), "weekend_average");
  EXPECT_EQ(weekend.at("prediction_date"), "2026-02-07");
  EXPECT_EQ(weekend.at("period"), "weekend");
  const Json month = ask("/next_month?now=2026-01-31T12:00:00Z", models);
  EXPECT_EQ(month.at("forecast_type"), "monthly_average");
  EXPECT_EQ(month.at("month"), "February 2026");
  EXPECT_EQ(month.at("window").at("end"), "2026-03-01T00:00:00Z");
  const Json late = ask("/next_day?now=2026-02-03T23:30:00Z&tz=%2B01:00", models);
  EXPECT_EQ(late.at("date"), "2026-02-05");
  EXPECT_EQ(late.at("window").at("start"), "2026-02-05T00:00:00+01:00");
}

// Rises by a tenth of a core a day: weekly means 0.7 apart.
TEST(WindowAnswer, AMonthHasTheRangeOfItsWeeks) {
  const Json month = ask("/next_month", {test::rising_model(1.0, 0.1)});
  EXPECT_EQ(month.at("now"), "2026-02-02T00:00:00Z");
  // Days 29 to 34, held at 34 until day 56: 1 + 0.1 x 223 / 7 to 1 + 0.1 x 34, over all
  // 1 + 0.1 x (223 + 21 x 34) / 28.
  EXPECT_EQ(month.at("predictions").at("cpu_range").at("min"), 4.1857);
  EXPECT_EQ(month.at("predictions").at("cpu_range").at("max"), 4.4);
  EXPECT_EQ(month.at("predictions").at("cpu_cores"), 4.3464);
  EXPECT_EQ(month.at("ranges").at("cpu").at("peak_at"), "2026-02-08T00:00:00Z");
  WorkloadModel memory = test::rising_model(1e9, 1e8);
  memory.metric = Metric::kMemory;
  memory.unit = Unit::kBytes;
  const Json range = ask("/next_month", {memory}).at("predictions").at("memory_range");
  EXPECT_EQ(range.at("min"), 4.186);
  EXPECT_EQ(range.at("max"), 4.4);
  EXPECT_FALSE(ask("/next_week", {memory}).at("predictions").contains("memory_range"));
}

// 100 falling by 3.9 a day is below zero on the day after its 28 days.
TEST(WindowAnswer, AForecastThatFailsItsChecksIsRefused) {
  const Json answer = ask("/next_week", {test::rising_model(100.0, -3.9)});
  EXPECT_EQ(answer.at("code"), "failed_checks");
  EXPECT_EQ(answer.at("status"), 422);
  EXPECT_NE(answer.at("found").get<std::string>().find("forecast_not_negative"), std::string::npos);
}

// A limit of 120 % of a mean of 0.1 cores, and usage of which 7 samples need 121 to 300 millicores.
TEST(WindowAnswer, AQuantityCarriesWhatLiesAboveIt) {
  WorkloadModel model = cpu_model(0.1);
  model.usage = {{50, 400}, {100, 200}, {120, 65}, {121, 4}, {300, 3}};
  const Json cpu = ask("/next_week", {model}).at("recommendations").at("cpu");
  EXPECT_EQ(cpu.at("limit"), "120m");
  ASSERT_EQ(cpu.at("warnings").size(), 2U);
  EXPECT_EQ(cpu.at("warnings")[0].at("code"), "samples_above_request");
  EXPECT_EQ(cpu.at("warnings")[0].at("samples_above"), 272);
  EXPECT_EQ(cpu.at("warnings")[1].at("code"), "samples_above_limit");
  EXPECT_EQ(cpu.at("warnings")[1].at("samples_above"), 7);
  EXPECT_EQ(cpu.at("warnings")[1].at("samples"), 672);
}

TEST(WindowAnswer, SelectsByEveryPartOfAName) {
  std::vector<WorkloadModel> models(3, cpu_model(0.1));
  models[0].key = {"shop", "cart", "app"};
  models[1].key = {"shop", "cart", "proxy"};
  models[2].key = {"bank", "cart", "app"};
  const auto key_of = [&models](const std::string& query) {
    const Json answer = ask("/next_day?" + query, models);
    if (answer.contains("code")) return answer.at("code").get<std::string>();
    return answer.at("namespace").get<std::string>() + '/' +
           answer.at("container").get<std::string>();
  };
  EXPECT_EQ(key_of("namespace=bank"), "bank/app");
  EXPECT_EQ(key_of("container=proxy"), "shop/proxy");
  EXPECT_EQ(key_of("namespace=shop&container=app"), "shop/app");
  EXPECT_EQ(key_of("workload=cart&namespace=bank&container=app"), "bank/app");
  EXPECT_EQ(key_of("workload=cart"), "workload_required");
  EXPECT_EQ(key_of("namespace=shop"), "workload_required");
  EXPECT_EQ(key_of("workload=car"), "unknown_workload");
  EXPECT_EQ(key_of("namespace=bank&container=proxy"), "unknown_workload");
}

TEST(WindowAnswer, ListsAtMostFiftyNames) {
  std::vector<WorkloadModel> models(51, cpu_model(0.1));
  for (std::size_t i = 0; i < models.size(); ++i) {
    models[i].key.workload = "w" + std::to_string(100 + i);
  }
  const std::string many = ask("/next_day", models).at("expected");
  EXPECT_NE(many.find("w149 and 1 more"), std::string::npos) << many;
  models.pop_back();
  const std::string fifty = ask("/next_day", models).at("expected");
  EXPECT_EQ(fifty.substr(fifty.size() - 10), "w148, w149");
}

}  // namespace
}  // namespace plimsoll
