// Model files and their versions, from models written down by hand.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "made_models.h"
#include "plimsoll/codec.h"

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

TEST(ModelFile, HandMadeModelsReadBack) {
  for (const WorkloadModel& model : {test::flat_model(0.5, 0.25), test::flat_model(-3.0)}) {
    const auto again = decode_model(encode_model(model));
    ASSERT_TRUE(again.ok()) << message(again.error());
    EXPECT_EQ(encode_model(again.value()), encode_model(model));
  }
}

}  // namespace
}  // namespace plimsoll
