#include "plimsoll/api/request.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "data/support/usage_csv.h"
#include "forecast/support/reference_case.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/data/table.h"
#include "plimsoll/evaluate/record.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

Response ask(const std::string& method, const std::string& target, std::string_view body = "",
             const Snapshot& snapshot = {}, std::optional<Timestamp> now = std::nullopt) {
  return handle_request({method, target, {{"Content-Type", "text/csv"}}, body}, now, snapshot);
}

Json problem_of(const Response& response) {
  EXPECT_GE(response.status, 400);
  EXPECT_EQ(response.headers.at(0).second, "application/problem+json");
  const Json problem = Json::parse(response.body);
  EXPECT_EQ(problem.at("status"), response.status);
  EXPECT_FALSE(problem.at("fix").get<std::string>().empty());
  return problem;
}

// Models of one or more workloads, as a host would hold them.
Snapshot snapshot_of(const std::string& csv) {
  Snapshot snapshot;
  const auto table = parse_usage_csv(csv, {});
  for (const WorkloadSeries& workload : prepare_usage(table.value())) {
    for (const MetricSeries& metric : workload.metrics) {
      auto model = train_workload(workload.key, metric, Preset::kAuto, 0);
      snapshot.models.push_back(std::make_shared<const WorkloadModel>(std::move(model).value()));
    }
  }
  snapshot.source = "test";
  return snapshot;
}

TEST(Plan, HasEveryHorizonForBothMetrics) {
  const Response response = ask("POST", "/v1/plan", test::usage_csv(288 * 10));
  ASSERT_EQ(response.status, 200);
  const Json plan = Json::parse(response.body);
  EXPECT_EQ(plan.at("now"), "2026-01-15T00:00:00Z");
  EXPECT_EQ(plan.at("report").at("validation_status"), "PASSED");
  for (const char* metric : {"cpu", "memory"}) {
    const Json& entry = plan.at("workloads")[0].at("metrics").at(metric);
    ASSERT_EQ(entry.at("status"), "ok");
    EXPECT_LT(entry.at("model").at("kkt_relative").get<double>(), 1e-9);
    for (const char* horizon : {"day", "week", "weekend", "month"}) {
      const Json& forecast = entry.at("horizons").at(horizon).at("forecast");
      EXPECT_EQ(forecast.at("yhat").size(), forecast.at("points").get<std::size_t>());
      EXPECT_LE(forecast.at("lower").get<double>(), forecast.at("mean").get<double>());
      EXPECT_LE(forecast.at("mean").get<double>(), forecast.at("upper").get<double>());
    }
    EXPECT_EQ(entry.at("horizons").at("day").at("forecast").at("points"), 288);
  }
}

TEST(Plan, LearnsTheDailyRhythm) {
  const Json plan = Json::parse(ask("POST", "/v1/plan", test::usage_csv(288 * 10)).body);
  const Json& day =
      plan.at("workloads")[0].at("metrics").at("cpu").at("horizons").at("day").at("forecast");
  // Made with a mean of 0.1 and a peak of 0.13 six hours into the day.
  EXPECT_NEAR(day.at("mean").get<double>(), 0.1, 0.005);
  EXPECT_NEAR(day.at("peak").get<double>(), 0.13, 0.006);
  const std::string peak_at = day.at("peak_at");
  EXPECT_GE(peak_at, "2026-01-16T04:00:00Z");
  EXPECT_LE(peak_at, "2026-01-16T08:00:00Z");
}

TEST(Plan, AgreesWithTheWindowEndpoints) {
  const std::string csv = test::usage_csv(288 * 10);
  const Json plan = Json::parse(ask("POST", "/v1/plan?now=2026-01-15T00:00:00Z", csv).body);
  const Snapshot snapshot = snapshot_of(csv);
  const Json& metrics = plan.at("workloads")[0].at("metrics");
  const std::pair<const char*, const char*> paths[] = {{"day", "/next_day"},
                                                       {"week", "/next_week"},
                                                       {"weekend", "/next_weekend"},
                                                       {"month", "/next_month"}};
  for (const auto& [horizon, path] : paths) {
    const Json window = Json::parse(
        ask("GET", std::string(path) + "?policy=seed&now=2026-01-15T00:00:00Z", "", snapshot).body);
    for (const char* metric : {"cpu", "memory"}) {
      const Json& planned = metrics.at(metric).at("horizons").at(horizon);
      EXPECT_EQ(window.at("recommendations").at(metric).at("request"),
                planned.at("recommendation").at("request"));
      EXPECT_EQ(window.at("chain").at(metric), planned.at("recommendation").at("chain"));
      EXPECT_EQ(window.at("window"), planned.at("window"));
    }
  }
}

TEST(Plan, ThreeHoursAreNotEnough) {
  const Response response = ask("POST", "/v1/plan", test::usage_csv(36));
  ASSERT_EQ(response.status, 200);
  const Json cpu = Json::parse(response.body).at("workloads")[0].at("metrics").at("cpu");
  EXPECT_EQ(cpu.at("status"), "not_enough_data");
  EXPECT_NE(cpu.at("reason").get<std::string>().find("2.9 hours"), std::string::npos);
  EXPECT_FALSE(cpu.contains("horizons"));
}

TEST(Plan, OneRowIsNotEnough) {
  const Response response = ask("POST", "/v1/plan", test::usage_csv(1));
  ASSERT_EQ(response.status, 200);
  const Json cpu = Json::parse(response.body).at("workloads")[0].at("metrics").at("cpu");
  EXPECT_EQ(cpu.at("status"), "not_enough_data");
}

TEST(Plan, AnAbsentMetricIsUnset) {
  const std::string csv = "timestamp,cpu\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00Z,2\n";
  const Json plan = Json::parse(ask("POST", "/v1/plan", csv).body);
  EXPECT_EQ(plan.at("workloads")[0].at("metrics").at("memory").at("status"), "unset");
}

TEST(Plan, ABadCellIsLocatedAndTheRestIsUsed) {
  std::string csv = test::usage_csv(2000);
  std::size_t line = 0;
  for (int row = 1; row < 1043; ++row) line = csv.find('\n', line) + 1;
  const std::size_t cell = csv.find(',', line) + 1;
  csv.replace(cell, csv.find(',', cell) - cell, "abc");
  const Json plan = Json::parse(ask("POST", "/v1/plan", csv).body);
  EXPECT_EQ(plan.at("report").at("validation_status"), "FAILED");
  const Json& finding = plan.at("report").at("findings")[0];
  EXPECT_EQ(finding.at("code"), "invalid_number");
  EXPECT_EQ(finding.at("location").at("row"), 1043);
  EXPECT_EQ(finding.at("location").at("column"), "cpu_mean_5m");
  EXPECT_NE(finding.at("found").get<std::string>().find("abc"), std::string::npos);
  EXPECT_EQ(plan.at("workloads")[0].at("metrics").at("cpu").at("status"), "ok");
}

TEST(Plan, AConstantSeriesIsForecastAsConstant) {
  std::string csv = "timestamp,cpu\n";
  for (int i = 0; i < 1200; ++i) csv += format_iso8601(1'767'571'200 + 300LL * i) + ",0.25\n";
  const Json plan = Json::parse(ask("POST", "/v1/plan", csv).body);
  const Json& day = plan.at("workloads")[0].at("metrics").at("cpu").at("horizons").at("day");
  EXPECT_EQ(day.at("forecast").at("mean"), 0.25);
  EXPECT_EQ(day.at("recommendation").at("request"), "200m");
  EXPECT_EQ(day.at("recommendation").at("limit"), "300m");
}

TEST(Plan, YamlHoldsTheSameQuantities) {
  const std::string csv = test::usage_csv(288 * 8);
  const Json plan = Json::parse(ask("POST", "/v1/plan?horizon=week", csv).body);
  const std::string yaml = ask("POST", "/v1/plan?format=yaml&horizon=week", csv).body;
  for (const char* metric : {"cpu", "memory"}) {
    const std::string request = plan.at("workloads")[0]
                                    .at("metrics")
                                    .at(metric)
                                    .at("horizons")
                                    .at("week")
                                    .at("recommendation")
                                    .at("request");
    EXPECT_NE(yaml.find(std::string(metric) + ": \"" + request + "\""), std::string::npos) << yaml;
  }
}

TEST(Plan, FormulasInNamesAreNeutralisedInCsv) {
  std::string csv = "timestamp,workload,cpu\n";
  for (int i = 0; i < 300; ++i) {
    csv += format_iso8601(1'767'571'200 + 300LL * i) + ",=cmd(),0.25\n";
  }
  const std::string out = ask("POST", "/v1/plan?format=csv", csv).body;
  EXPECT_NE(out.find(",'=cmd(),"), std::string::npos) << out;
  EXPECT_EQ(out.find(",=cmd()"), std::string::npos) << out;
}

TEST(Windows, AnswerTheContractsFields) {
  const Snapshot snapshot = snapshot_of(test::usage_csv(288 * 10));
  const Response response = ask("GET", "/next_month", "", snapshot);
  ASSERT_EQ(response.status, 200);
  const Json month = Json::parse(response.body);
  EXPECT_EQ(month.at("sampling_method"), "4_week_average");
  EXPECT_EQ(month.at("month"), "January 2026");
  const Json& range = month.at("predictions").at("cpu_range");
  EXPECT_LE(range.at("min"), range.at("max"));
  EXPECT_EQ(month.at("policy").at("request_multiplier"), 0.7);
  EXPECT_EQ(month.at("policy").at("limit_multiplier"), 1.5);
  EXPECT_FALSE(month.contains("stale"));
}

TEST(Windows, SayWhenTheDataIsOld) {
  const Snapshot snapshot = snapshot_of(test::usage_csv(288 * 10));
  const Json week =
      Json::parse(ask("GET", "/next_week?now=2026-03-01T00:00:00Z", "", snapshot).body);
  EXPECT_EQ(week.at("stale").at("gap_seconds"), 45 * 86400 + 300);
}

// Nobody knows tomorrow's regressors here: refused, not guessed.
TEST(Windows, RefuseAModelThatReadsColumns) {
  Snapshot snapshot = snapshot_of(test::usage_csv(288 * 10));
  WorkloadModel model = *snapshot.models.front();
  model.model.terms.regressors = {{"load", 10.0, TermMode::kAdditive, 0.0, 1.0}};
  snapshot.models.front() = std::make_shared<const WorkloadModel>(model);
  const Json problem = problem_of(ask("GET", "/next_week", "", snapshot));
  EXPECT_EQ(problem.at("code"), "missing_column");
  EXPECT_EQ(problem.at("location").at("column"), "load");
}

TEST(Forecast, TakesQuantilesAndBoundsFromTheQuery) {
  const std::string csv = test::read_file("nab_ec2_cpu_utilization_24ae8d.csv");
  const std::string target =
      "/v1/forecast?horizon=day&step=3600&quantiles=0.01,0.99&non_negative=1";
  const Json forecast = Json::parse(ask("POST", target, csv).body);
  ASSERT_EQ(forecast.at("quantiles").size(), 2U);
  const auto low = forecast.at("quantiles")[0].at("values").get<std::vector<double>>();
  const auto high = forecast.at("quantiles")[1].at("values").get<std::vector<double>>();
  for (std::size_t i = 0; i < low.size(); ++i) {
    EXPECT_GE(low[i], 0.0);
    EXPECT_LT(low[i], high[i]);
  }
  for (const char* const wrong : {"quantiles=0.5,1", "quantiles=", "at_most=x", "non_negative=2"}) {
    EXPECT_EQ(ask("POST", std::string("/v1/forecast?") + wrong, csv).status, 400) << wrong;
  }
}

TEST(CrossValidate, SaysWhichParameterIsWrong) {
  const std::string csv = test::read_file("nab_ec2_cpu_utilization_24ae8d.csv");
  const auto field = [&csv](const std::string& query) {
    return problem_of(ask("POST", "/v1/cross-validate" + query, csv)).at("location").at("field");
  };
  EXPECT_EQ(field(""), "horizon");
  EXPECT_EQ(field("?horizon=soon"), "horizon");
  EXPECT_EQ(field("?horizon=1d&period=never"), "period");
  EXPECT_EQ(field("?horizon=1d&rolling_window=2"), "rolling_window");
  EXPECT_EQ(field("?horizon=1s&period=1s"), "period");
}

TEST(Windows, AnswerOneMoment) {
  const Snapshot snapshot = snapshot_of(test::usage_csv(288 * 10));
  const Json moment =
      Json::parse(ask("GET", "/?datetime_str=2026-01-16T06:00:00", "", snapshot).body);
  EXPECT_EQ(moment.at("datetime"), "2026-01-16T06:00:00Z");
  EXPECT_NEAR(moment.at("predictions").at("cpu_cores").get<double>(), 0.13, 0.01);
}

TEST(Windows, AskForANameAmongSeveral) {
  std::string csv = "timestamp,workload,cpu\n";
  for (int i = 0; i < 600; ++i) {
    const std::string ds = format_iso8601(1'767'571'200 + 300LL * (i / 2));
    csv += ds + (i % 2 == 0 ? ",cart," : ",checkout,") + std::to_string(i % 7) + "\n";
  }
  const Snapshot snapshot = snapshot_of(csv);
  const Json problem = problem_of(ask("GET", "/next_day", "", snapshot));
  EXPECT_EQ(problem.at("code"), "workload_required");
  EXPECT_NE(problem.at("expected").get<std::string>().find("cart, checkout"), std::string::npos);
  EXPECT_EQ(ask("GET", "/next_day?workload=cart", "", snapshot).status, 200);
  EXPECT_EQ(problem_of(ask("GET", "/next_day?workload=basket", "", snapshot)).at("code"),
            "unknown_workload");
}

TEST(Service, SaysWhetherItHasAModel) {
  EXPECT_EQ(ask("GET", "/livez").status, 200);
  EXPECT_EQ(ask("GET", "/readyz").status, 503);
  EXPECT_EQ(ask("GET", "/health").status, 503);
  EXPECT_EQ(problem_of(ask("GET", "/next_week")).at("code"), "no_model");
  const Snapshot snapshot = snapshot_of(test::usage_csv(600));
  EXPECT_EQ(ask("GET", "/readyz", "", snapshot).status, 200);
  EXPECT_EQ(Json::parse(ask("GET", "/health", "", snapshot).body).at("models_loaded"), 2);
  EXPECT_EQ(Json::parse(ask("GET", "/models/info", "", snapshot).body).at("models").size(), 2U);
}

TEST(Service, DescribesEveryRoute) {
  const Json openapi = Json::parse(ask("GET", "/openapi.json").body);
  for (const char* path : {"/next_day", "/v1/plan", "/health", "/metrics"}) {
    EXPECT_TRUE(openapi.at("paths").contains(path)) << path;
  }
  EXPECT_NE(ask("GET", "/docs").body.find("/v1/plan"), std::string::npos);
  EXPECT_NE(ask("GET", "/metrics").body.find("plimsoll_models_loaded 0"), std::string::npos);
}

TEST(BadRequest, HasANameAPlaceAndAFix) {
  const std::string csv = test::usage_csv(300);
  const auto field = [](const Json& problem) { return problem.at("location").at("field"); };
  Json problem = problem_of(ask("POST", "/v1/plan?now=yesterday", csv));
  EXPECT_EQ(problem.at("code"), "invalid_parameter");
  EXPECT_EQ(field(problem), "now");
  problem = problem_of(ask("POST", "/v1/plan?nov=2026-01-01", csv));
  EXPECT_EQ(problem.at("code"), "unknown_parameter");
  EXPECT_EQ(field(problem), "nov");
  problem = problem_of(ask("POST", "/v1/plan?policy=magic", csv));
  EXPECT_EQ(field(problem), "policy");
  problem = problem_of(ask("POST", "/v1/plan?tz=Europe/Berlin", csv));
  EXPECT_EQ(field(problem), "tz");
  problem = problem_of(ask("POST", "/v1/plan?horizon=year", csv));
  EXPECT_EQ(field(problem), "horizon");
  EXPECT_EQ(problem_of(ask("GET", "/nowhere")).at("status"), 404);
  EXPECT_EQ(problem_of(ask("POST", "/v1/plan", "")).at("code"), "empty_file");
}

TEST(BadRequest, WrongMethodNamesTheRightOnes) {
  const Response response = ask("DELETE", "/v1/plan");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.at(1), Header("Allow", "POST, OPTIONS"));
  EXPECT_EQ(ask("OPTIONS", "/next_day").headers.at(0), Header("Allow", "GET, HEAD, OPTIONS"));
}

TEST(BadRequest, TooLargeABodyIsRefused) {
  const std::string body(kLimits.max_body_bytes + 1, 'x');
  EXPECT_EQ(problem_of(ask("POST", "/v1/plan", body)).at("status"), 413);
  EXPECT_EQ(problem_of(ask("GET", "/" + std::string(9000, 'a'))).at("status"), 413);
}

TEST(BadRequest, WrongMediaTypeIsRefused) {
  const Response response =
      handle_request({"POST", "/v1/plan", {{"content-type", "image/png"}}, "x"}, {}, {});
  EXPECT_EQ(problem_of(response).at("status"), 415);
}

TEST(Fit, AnswersAModelThatForecastReadsBack) {
  const std::string csv = test::read_file("nab_ec2_cpu_utilization_825cc2.csv");
  const Response fitted = ask("POST", "/v1/fit", csv);
  ASSERT_EQ(fitted.status, 200);
  const Json model = Json::parse(fitted.body);
  EXPECT_EQ(model.at("params").at("delta").size(), 25U);
  EXPECT_EQ(model.at("feature_names").size(), 14U);
  const std::string body = R"({"model":)" + fitted.body + "}";
  const Request request{
      "POST", "/v1/forecast?horizon=day", {{"Content-Type", "application/json"}}, body};
  const Response from_model = handle_request(request, {}, {});
  ASSERT_EQ(from_model.status, 200);
  EXPECT_EQ(from_model.body, ask("POST", "/v1/forecast?horizon=day", csv).body);
  EXPECT_EQ(Json::parse(from_model.body).at("yhat").size(), 288U);
}

TEST(Fit, TakesProphetsSettings) {
  const Json body = {{"data", test::read_file("wp_log_peyton_manning.csv")},
                     {"config", {{"n_changepoints", 10}, {"yearly_seasonality", 4}}}};
  const std::string text = body.dump();
  const Response response =
      handle_request({"POST", "/v1/fit", {{"Content-Type", "application/json"}}, text}, {}, {});
  const Json model = Json::parse(response.body);
  EXPECT_EQ(model.at("params").at("delta").size(), 10U);
  EXPECT_EQ(model.at("feature_names").size(), 8U + 6U);
}

TEST(Fit, RefusesAnUnknownSetting) {
  const Json body = {{"data", "ds,y\n"}, {"config", {{"n_changepoint", 10}}}};
  const std::string text = body.dump();
  const Json problem = problem_of(
      handle_request({"POST", "/v1/fit", {{"Content-Type", "application/json"}}, text}, {}, {}));
  EXPECT_EQ(problem.at("code"), "invalid_config");
  EXPECT_EQ(problem.at("location").at("field"), "config.n_changepoint");
}

TEST(ModelFile, ReadsBackToTheSameBytes) {
  const Snapshot snapshot = snapshot_of(test::usage_csv(288 * 5));
  for (const auto& model : snapshot.models) {
    const std::string text = encode_model(*model);
    const auto again = decode_model(text);
    ASSERT_TRUE(again.ok()) << message(again.error());
    EXPECT_EQ(encode_model(again.value()), text);
    EXPECT_EQ(model_version(again.value()), model->model_version);
  }
}

// Every member removed or replaced: an error with its path, never a crash.
TEST(ModelFile, BrokenMembersAreNamed) {
  const Snapshot snapshot = snapshot_of(test::usage_csv(288 * 5));
  const Json good = Json::parse(encode_model(*snapshot.models.at(0)));
  for (const auto& [key, value] : good.items()) {
    if (key == "plimsoll_version") continue;  // informs, decides nothing
    Json without = good;
    without.erase(key);
    const auto missing = decode_model(without.dump());
    constexpr std::string_view kMayBeAbsent[] = {"unseen_hours", "unseen_weekdays", "present",
                                                 "usage", "unobserved"};
    const bool may_be_absent =
        std::find(std::begin(kMayBeAbsent), std::end(kMayBeAbsent), key) != std::end(kMayBeAbsent);
    EXPECT_EQ(missing.ok(), may_be_absent) << key;
    Json wrong = good;
    wrong[key] = Json::array({Json::object()});
    const auto replaced = decode_model(wrong.dump());
    ASSERT_FALSE(replaced.ok()) << key;
    EXPECT_EQ(replaced.error().where.field.substr(0, key.size()), key);
  }
}

TEST(ModelFile, ANegativeIntervalScaleIsRefused) {
  const Snapshot snapshot = snapshot_of(test::usage_csv(288 * 5));
  Json json = Json::parse(encode_model(*snapshot.models.at(0)));
  json["backtest"]["interval_scale"] = -1.0;
  const auto again = decode_model(json.dump());
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().where.field, "backtest.interval_scale");
}

}  // namespace
}  // namespace plimsoll
