// Model files and their versions, from models written down by hand.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "evaluate/support/made_models.h"
#include "plimsoll/evaluate/record.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

// The same letters in other places are another model.
TEST(ModelVersion, DependsOnTheOrderOfTheContent) {
  WorkloadModel model = test::flat_model(0.5);
  model.preset = "ab";
  model.chosen = "cd";
  const std::string version = model_version(model);
  EXPECT_EQ(version.size(), 16U);
  EXPECT_EQ(version.find_first_not_of("0123456789abcdef"), std::string::npos);
  std::swap(model.preset, model.chosen);
  EXPECT_NE(model_version(model), version);
  std::swap(model.preset, model.chosen);
  EXPECT_EQ(model_version(model), version);
}

TEST(ModelVersion, CoversWhatTheModelSaysButNotWhenItWasMade) {
  const std::string version = model_version(test::flat_model(0.5));
  WorkloadModel later = test::flat_model(0.5);
  later.training_date += 1;
  later.model_version = "";
  EXPECT_EQ(model_version(later), version);
  const auto changed = [&version](auto change) {
    WorkloadModel model = test::flat_model(0.5);
    change(model);
    return model_version(model) != version;
  };
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.key.container = "app"; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.unit = Unit::kNone; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.model.params.m += 1e-16; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.model.params.sigma_obs = 0.1; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.model.history_end += 1; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.backtest.interval_scale = 1.1; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.current.limit = 2.0; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.y_max = 0.6; }));
  EXPECT_TRUE(changed([](WorkloadModel& m) { m.model.config.growth = Growth::kLinear; }));
}

TEST(ModelFile, ABacktestThatDidNotRunHasNoFigures) {
  WorkloadModel model = test::flat_model(0.5);
  EXPECT_EQ(Json::parse(encode_model(model)).at("backtest").at("coverage"), 0.8);
  model.backtest.folds.clear();
  const Json backtest = Json::parse(encode_model(model)).at("backtest");
  for (const char* const name : {"mae", "rmse", "smape", "coverage", "naive_mae"}) {
    EXPECT_TRUE(backtest.at(name).is_null()) << name;
  }
  EXPECT_TRUE(backtest.at("folds").empty());
  EXPECT_EQ(backtest.at("interval_scale"), 1.0);
}

// A hand-made model with a changepoint more than it needs, and one member of it replaced.
std::string refused(const std::string& pointer, const Json& value) {
  WorkloadModel model = test::rising_model(1.0, 0.5);
  model.model.scaling.t_scale_seconds = 27 * kSecondsPerDay;
  model.model.changepoints.ds = {test::kModelStart + 60, test::kModelStart + 120};
  model.model.changepoints.t.resize(2);
  model.model.changepoints.t << 0.25, 0.5;
  model.model.params.delta = Eigen::VectorXd::Constant(2, 0.125);
  Json json = Json::parse(encode_model(model));
  EXPECT_TRUE(decode_model(json.dump()).ok());
  json[Json::json_pointer(pointer)] = value;
  const auto answer = decode_model(json.dump());
  return answer.ok() ? "" : answer.error().where.field;
}

TEST(ModelFile, SizesSignsAndOrdersAreChecked) {
  EXPECT_EQ(refused("/schema_version", 0), "schema_version");
  EXPECT_EQ(refused("/schema_version", 1000), "schema_version");
  EXPECT_EQ(refused("/metric", "disk"), "metric");
  EXPECT_EQ(refused("/unit", "mebibytes"), "unit");
  EXPECT_EQ(refused("/scaling/t_scale_seconds", 0), "scaling.t_scale_seconds");
  EXPECT_EQ(refused("/scaling/t_scale_seconds", 86400), "scaling.t_scale_seconds");
  EXPECT_EQ(refused("/scaling/y_scale", 0.0), "scaling.y_scale");
  EXPECT_EQ(refused("/scaling/y_scale", 1e-300), "");
  EXPECT_EQ(refused("/params/sigma_obs", -1e-9), "params.sigma_obs");
  EXPECT_EQ(refused("/params/sigma_obs", 0.0), "");
  EXPECT_EQ(refused("/params/delta", {0.5}), "params.delta");
  EXPECT_EQ(refused("/params/delta", {0.5, 0.0, 0.0}), "params.delta");
  EXPECT_EQ(refused("/params/delta", {0.5, "x"}), "params.delta");
  EXPECT_EQ(refused("/params/beta", Json::array()), "params.beta");
  EXPECT_EQ(refused("/feature_names", {"zeros", "x"}), "params.beta");
  EXPECT_EQ(refused("/changepoints/t", {0.5, 0.25}), "changepoints.t");
  EXPECT_EQ(refused("/changepoints/t", {0.25, 0.25}), "");
  EXPECT_EQ(refused("/changepoints/t", {0.25}), "changepoints.t");
  EXPECT_EQ(refused("/changepoints/ds", {"soon", "later"}), "changepoints.ds");
  EXPECT_EQ(refused("/backtest/interval_width", 0.0), "backtest.interval_width");
  EXPECT_EQ(refused("/backtest/interval_width", 1.0), "backtest.interval_width");
  EXPECT_EQ(refused("/backtest/interval_width", 0.999), "");
  EXPECT_EQ(refused("/backtest/interval_scale", -1e-9), "backtest.interval_scale");
  EXPECT_EQ(refused("/backtest/interval_scale", 0.0), "");
  EXPECT_EQ(refused("/kkt_relative", nullptr), "");
  EXPECT_EQ(refused("/kkt_relative", "small"), "kkt_relative");
}

// A model of one instant has no span to scale time by.
TEST(ModelFile, AHistoryIsLongerThanAnInstant) {
  Json json = Json::parse(encode_model(test::flat_model(0.5)));
  json["scaling"]["end"] = json["scaling"]["start"];
  json["scaling"]["t_scale_seconds"] = 0;
  EXPECT_EQ(decode_model(json.dump()).error().where.field, "scaling.t_scale_seconds");
}

TEST(ModelFile, RegressorsAndHolidaysAreChecked) {
  const auto field = [](const char* list, const Json& item) {
    Json json = Json::parse(encode_model(test::flat_model(0.5)));
    json[list] = Json::array({item});
    json["feature_names"] = Json::array({"x"});
    const auto answer = decode_model(json.dump());
    return answer.ok() ? std::string() : answer.error().where.field;
  };
  Json load = {{"name", "load"},
               {"prior_scale", 1.0},
               {"mode", "additive"},
               {"mean", 0.0},
               {"deviation", 1e-9}};
  EXPECT_EQ(field("regressors", load), "");
  load["deviation"] = 0.0;
  EXPECT_EQ(field("regressors", load), "regressors.deviation");
  Json playoff = {{"holiday", "playoff"},
                  {"offset", 0},
                  {"prior_scale", 1.0},
                  {"days", {"2026-01-05", "2026-01-06"}}};
  EXPECT_EQ(field("holidays", playoff), "");
  playoff["days"] = {"2026-01-06", "2026-01-05"};
  EXPECT_EQ(field("holidays", playoff), "holidays.days");
}

TEST(ModelFile, HandMadeModelsReadBack) {
  for (const WorkloadModel& model : {test::flat_model(0.5, 0.25), test::flat_model(-3.0)}) {
    const auto again = decode_model(encode_model(model));
    ASSERT_TRUE(again.ok()) << message(again.error());
    EXPECT_EQ(encode_model(again.value()), encode_model(model));
  }
}

}  // namespace
}  // namespace plimsoll
