#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "codec/json.h"
#include "data/support/usage_csv.h"
#include "plimsoll/codec/problem.h"
#include "plimsoll/data/series_csv.h"
#include "plimsoll/data/table.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// A plan for two days of one workload whose name is written into the file as `cell`.
Plan plan_named(const std::string& cell) {
  std::string csv;
  for (const std::string& line : lines_of(test::usage_csv(2 * 288))) {
    csv += line + (csv.empty() ? ",workload" : "," + cell) + "\n";
  }
  return make_plan(csv, {}).value();
}

TEST(Json, ReadsWhatItWroteInTheSameOrder) {
  const std::string text = R"({"b":1,"a":[true,null,"x\n",-2.5],"c":{}})";
  EXPECT_EQ(dump(parse_json(text, "body").value()), text);
}

TEST(Json, NamesThePlaceWhereReadingStopped) {
  for (const std::string_view text :
       {"", "{", "{\"a\":}", "[1,2", "{\"a\":1}x", "nul", "\"\\q\""}) {
    const auto answer = parse_json(text, "body");
    ASSERT_FALSE(answer.ok()) << text;
    EXPECT_EQ(answer.error().code, ErrorCode::kInvalidJson);
    EXPECT_EQ(answer.error().where.field, "body");
  }
}

TEST(Json, SurvivesDeepNesting) {
  const std::string deep(100000, '[');
  EXPECT_FALSE(parse_json(deep, "body").ok());
  EXPECT_FALSE(parse_json(deep + std::string(100000, ']') + "x", "body").ok());
}

TEST(Json, ReplacesBytesThatAreNoText) {
  EXPECT_EQ(dump(Json::text("a\xFF")), "\"a\xEF\xBF\xBD\"");
}

TEST(Json, OfMembersOfOneNameTheLastCountsInThePlaceOfTheFirst) {
  EXPECT_EQ(dump(parse_json(R"({"a":1,"b":2,"a":[3]})", "").value()), R"({"a":[3],"b":2})");
}

// As nlohmann's own values would show it.
TEST(Json, KeepsEveryKindOfValue) {
  for (const std::string text :
       {"0", "-0", "-0.0", "1.50", "1e3", "-9223372036854775808", "18446744073709551615",
        "123456789012345678901234567890", "true", "null", "\"\\u00e9\\ud83d\\ude00\"",
        "{\"\":{\"a\":[]},\"b\":[[1],{}]}"}) {
    const Json json = parse_json(text, "").value();
    EXPECT_EQ(dump(json), nlohmann::ordered_json::parse(text).dump());
    EXPECT_EQ(dump(json.copy()), dump(json));
  }
}

TEST(FieldReader, GivesMembersByTheirType) {
  const Json json =
      parse_json(R"({"n":2.5,"i":7,"b":true,"t":"x","d":"2026-01-05T00:00:00Z"})", "").value();
  FieldReader read;
  EXPECT_EQ(read.number(json, "", "n"), 2.5);
  EXPECT_EQ(read.integer(json, "", "i"), 7);
  EXPECT_TRUE(read.boolean(json, "", "b"));
  EXPECT_EQ(read.text(json, "", "t"), "x");
  EXPECT_EQ(read.moment(json, "", "d"), 1767571200);
  EXPECT_FALSE(read.failed());
}

TEST(FieldReader, KeepsTheFirstFailureAndThenGivesDefaults) {
  const Json json = parse_json(R"({"a":"text","b":1.5,"c":3})", "").value();
  FieldReader read;
  EXPECT_EQ(read.number(json, "params", "a"), 0.0);
  EXPECT_EQ(read.integer(json, "params", "b"), 0);
  EXPECT_EQ(read.integer(json, "params", "c"), 0);
  EXPECT_TRUE(read.array(json, "params", "c").empty());
  const Error error = read.error(ErrorCode::kInvalidModel, "Train again.");
  EXPECT_EQ(error.where.field, "params.a");
  EXPECT_EQ(error.found, "\"text\"");
  EXPECT_EQ(error.expected, "a finite number");
  EXPECT_EQ(error.fix, "Train again.");
}

TEST(FieldReader, AbsentMembersAndFractionsAreFailures) {
  const Json json = parse_json(R"({"half":0.5})", "").value();
  FieldReader absent;
  absent.text(json, "", "name");
  EXPECT_EQ(absent.error(ErrorCode::kInvalidModel, "").found, "nothing");
  FieldReader fraction;
  fraction.integer(json, "", "half");
  EXPECT_EQ(fraction.error(ErrorCode::kInvalidModel, "").expected, "a whole number");
}

TEST(PlanCsv, HasARowForEveryMetricAndHorizon) {
  const auto lines = lines_of(encode_plan_csv(plan_named("cart")));
  ASSERT_EQ(lines.size(), 1U + 2 * 4);
  EXPECT_EQ(lines[0],
            "namespace,workload,container,metric,status,horizon,window_start,window_end,request,"
            "limit,confidence");
  EXPECT_EQ(lines[1].substr(0, 20), ",cart,,cpu,ok,day,20");
}

TEST(PlanCsv, QuotesNamesAndNeutralisesFormulas) {
  EXPECT_NE(encode_plan_csv(plan_named("\"a,\"\"b\"\"\"")).find("\n,\"a,\"\"b\"\"\",,cpu"),
            std::string::npos);
  EXPECT_NE(encode_plan_csv(plan_named("=cmd()")).find("\n,'=cmd(),,cpu"), std::string::npos);
}

TEST(SeriesCsv, KeepsNamesAsTheyAre) {
  const std::string csv = "timestamp,workload,cpu\n2026-01-05T00:00:00Z,\"=a,\"\"b\",0.5\n";
  const std::vector<WorkloadSeries> series = prepare_usage(parse_usage_csv(csv, {}).value());
  const std::string prepared = encode_series_csv(series);
  EXPECT_EQ(prepared,
            "namespace,workload,container,timestamp,cpu,memory\n"
            ",\"=a,\"\"b\",,2026-01-05T00:00:00Z,0.5,\n");
  const auto again = prepare_usage(parse_usage_csv(prepared, {}).value());
  EXPECT_EQ(again.at(0).key.workload, "=a,\"b");
}

TEST(PlanYaml, ANameCannotChangeTheDocument) {
  const std::string yaml =
      encode_plan_yaml(plan_named("\"x\nkind: Secret # \"\"y\""), Horizon::kDay);
  for (const std::string& line : lines_of(yaml)) EXPECT_NE(line.substr(0, 12), "kind: Secret");
  EXPECT_NE(yaml.find(R"(name: "x\nkind: Secret # \"y")"), std::string::npos);
}

// One workload with a recommendation, whatever its name.
Plan plan_of(const std::string& name) {
  HorizonPlan horizon;
  horizon.recommendation.request = "69m";
  horizon.recommendation.limit = "103m";
  MetricPlan metric;
  metric.status = MetricStatus::kOk;
  metric.horizons = {horizon};
  Plan plan;
  plan.workloads = {{{"", name, ""}, {metric}}};
  return plan;
}

// YAML 1.1, which kubectl reads, breaks lines at NEL, LS and PS too.
TEST(PlanYaml, HoldsNoLineBreakThatOnlyYamlKnows) {
  for (const char* const mark : {"\u0085", "\u2028", "\u2029", "\x7F", "\uFEFF", "\uFFFE"}) {
    const std::string yaml =
        encode_plan_yaml(plan_of(std::string("x") + mark + "y"), Horizon::kDay);
    EXPECT_EQ(yaml.find(mark), std::string::npos) << nlohmann::json(mark).dump(-1, ' ', true);
  }
  const std::string odd =
      encode_plan_yaml(plan_of("a\"\u2028\u00E9\U0001F600\u0085"), Horizon::kDay);
  EXPECT_NE(odd.find("  name: \"a\\\"\\u2028\u00E9\U0001F600\\u0085\"\n"), std::string::npos)
      << odd;
}

TEST(ForecastCsv, QuotesAndNeutralisesComponentNames) {
  Forecast forecast;
  forecast.components = {{"=cmd,x", TermMode::kAdditive, {}}};
  EXPECT_EQ(encode_forecast_csv(forecast), "ds,yhat,yhat_lower,yhat_upper,trend,\"'=cmd,x\"\n");
}

TEST(ForecastCsv, HasAColumnForEveryComponent) {
  Forecast forecast;
  forecast.ds = {1767571200};
  forecast.yhat = Eigen::VectorXd::Constant(1, 0.5);
  forecast.yhat_lower = Eigen::VectorXd::Constant(1, 0.25);
  forecast.yhat_upper = Eigen::VectorXd::Constant(1, 0.75);
  forecast.trend = Eigen::VectorXd::Constant(1, 0.375);
  forecast.components = {
      {"additive_terms", TermMode::kAdditive, Eigen::VectorXd::Constant(1, 0.125)},
      {"daily", TermMode::kAdditive, Eigen::VectorXd::Constant(1, 0.125)}};
  EXPECT_EQ(encode_forecast_csv(forecast),
            "ds,yhat,yhat_lower,yhat_upper,trend,additive_terms,daily\n"
            "2026-01-05 00:00:00,0.5,0.25,0.75,0.375,0.125,0.125\n");
}

TEST(Problem, HoldsEveryPartOfTheError) {
  const Error error{
      ErrorCode::kInvalidNumber, {42, "cpu", ""}, "\"abc\"", "a number", "Correct it."};
  const auto json = nlohmann::json::parse(encode_problem(error));
  EXPECT_EQ(json.at("type"), "urn:plimsoll:problem:invalid_number");
  EXPECT_EQ(json.at("status"), 422);
  EXPECT_EQ(json.at("location").at("row"), 42);
  EXPECT_EQ(json.at("location").at("column"), "cpu");
  EXPECT_TRUE(json.at("location").at("field").is_null());
  EXPECT_EQ(json.at("found"), "\"abc\"");
  EXPECT_EQ(json.at("fix"), "Correct it.");
}

}  // namespace
}  // namespace plimsoll
