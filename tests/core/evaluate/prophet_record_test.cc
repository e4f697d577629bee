#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "forecast/support/reference_case.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

using Json = nlohmann::ordered_json;

struct Saved {
  const char* version;
  double last_yhat;  // ten days after the history, as Prophet's own tests expect it
};

class ProphetModel : public testing::TestWithParam<Saved> {};

std::string saved_file(const std::string& version) {
  return test::read_file("prophet-models/serialized_model_v" + version + ".json");
}

TEST_P(ProphetModel, PredictsWhatProphetPredicts) {
  const auto model = import_prophet_model(saved_file(GetParam().version));
  ASSERT_TRUE(model.ok()) << message(model.error());
  std::vector<Timestamp> ds;
  for (int day = 0; day < 30; ++day) {
    ds.push_back(model.value().model.history_start + day * kSecondsPerDay);
  }
  const Forecast forecast = predict(model.value().model, ds);
  EXPECT_NEAR(forecast.yhat[29] / GetParam().last_yhat, 1.0, 1e-9);
  for (int day = 0; day < 20; ++day) EXPECT_NEAR(forecast.yhat[day], day, 1e-9);
  EXPECT_EQ(model.value().model.training_records, 20);
  EXPECT_EQ(model.value().model.warnings.size(), 1U);
  EXPECT_FALSE(model.value().model.certificate.kkt_relative.has_value());
}

INSTANTIATE_TEST_SUITE_P(Saved, ProphetModel,
                         testing::Values(Saved{"0.6.1.dev0", 29.3669923968994},
                                         Saved{"0.7.1", 29.282810844704414},
                                         Saved{"1.0.1", 29.282810844704414}));

// Attribute for attribute what Prophet 1.0.1 wrote itself, plus those that came later.
TEST(ProphetExport, HasTheAttributesOfProphetsOwnFiles) {
  const std::string text = saved_file("1.0.1");
  const Json theirs = Json::parse(Json::parse(text).get<std::string>());
  const auto model = import_prophet_model(text);
  const Json ours = Json::parse(encode_prophet_model(model.value().model));
  for (const auto& [key, value] : theirs.items()) {
    ASSERT_TRUE(ours.contains(key)) << key;
    if (value.is_number()) {
      EXPECT_TRUE(ours.at(key).is_number()) << key;
    } else {
      EXPECT_EQ(ours.at(key).type(), value.type()) << key;
    }
  }
  EXPECT_EQ(ours.at("seasonalities"), theirs.at("seasonalities"));
  EXPECT_EQ(ours.at("extra_regressors"), theirs.at("extra_regressors"));
  EXPECT_EQ(ours.at("changepoints_t"), theirs.at("changepoints_t"));
  for (const char* const key : {"k", "m", "delta", "sigma_obs", "beta"}) {
    EXPECT_EQ(ours.at("params").at(key), theirs.at("params").at(key)) << key;
  }
  for (const char* const key : {"changepoints", "train_component_cols", "history"}) {
    const Json own = Json::parse(ours.at(key).get<std::string>());
    const Json their = Json::parse(theirs.at(key).get<std::string>());
    for (const auto& [member, value] : their.items()) EXPECT_TRUE(own.contains(member)) << member;
  }
  const auto moments = [](const Json& json) {
    return Json::parse(json.at("changepoints").get<std::string>()).at("data");
  };
  EXPECT_EQ(moments(ours), moments(theirs));
}

// Prophet keeps a column of zeros in such a model, and no component for it: what it compares on
// loading is one row of train_component_cols with two fields, and beta has one value.
TEST(ProphetExport, AModelWithoutTermsHasOneUnnamedColumn) {
  const FittedModel model = train(test::training_set_of(test::load_case("o30")));
  const Json ours = Json::parse(encode_prophet_model(model));
  const Json columns = Json::parse(ours.at("train_component_cols").get<std::string>());
  EXPECT_EQ(columns.at("data"),
            (Json::array({{{"additive_terms", 0}, {"multiplicative_terms", 0}}})));
  EXPECT_EQ(columns.at("schema").at("fields").size(), 2U);
  EXPECT_EQ(ours.at("component_modes").at("additive"),
            (Json{"additive_terms", "extra_regressors_additive", "holidays"}));
  EXPECT_EQ(ours.at("params").at("beta"), (Json{{0.0}}));
  EXPECT_EQ(ours.dump().find("zeros"), std::string::npos);
  EXPECT_TRUE(decode_prophet_model(ours.dump()));
}

// Everything a model can hold goes out to Prophet's format and comes back.
class RoundTrip : public testing::TestWithParam<std::string> {};

TEST_P(RoundTrip, PredictsTheSame) {
  const auto reference = test::load_case(GetParam());
  WorkloadModel model;
  const TrainingSet set = test::training_set_of(reference);
  model.model = train(set);
  const Frame frame = test::frame_of(reference);
  const Forecast before = predict(model.model, frame);
  for (const Series* const history : {static_cast<const Series*>(nullptr), &set.series}) {
    const std::string text = encode_prophet_model(model.model, history);
    const auto back = import_prophet_model(text);
    ASSERT_TRUE(back.ok()) << message(back.error());
    EXPECT_EQ(back.value().model.feature_names, model.model.feature_names);
    ASSERT_FALSE(find_missing_column(back.value().model, frame).has_value());
    const Forecast after = predict(back.value().model, frame);
    const double range = before.yhat.maxCoeff() - before.yhat.minCoeff();
    for (Eigen::Index i = 0; i < before.yhat.size(); ++i) {
      EXPECT_NEAR(after.yhat[i], before.yhat[i], 1e-9 * range);
      EXPECT_NEAR(after.yhat_upper[i], before.yhat_upper[i], 1e-9 * range);
    }
    ASSERT_EQ(after.components.size(), before.components.size());
    for (std::size_t c = 0; c < after.components.size(); ++c) {
      EXPECT_EQ(after.components[c].name, before.components[c].name);
    }
    // And once more through our own file.
    const auto own = decode_model(encode_model(back.value()));
    ASSERT_TRUE(own.ok()) << message(own.error());
    EXPECT_EQ(encode_model(own.value()), encode_model(back.value()));
  }
}

INSTANTIATE_TEST_SUITE_P(GrowthsAndModes, RoundTrip,
                         testing::Values("o01", "o05", "o07", "o08", "o09", "o10", "o14", "o16",
                                         "o17", "o18", "o26", "o30", "o32"),
                         [](const auto& instance) { return instance.param; });

Json saved_object() { return Json::parse(Json::parse(saved_file("1.0.1")).get<std::string>()); }

Error error_of(const Json& json) { return import_prophet_model(json.dump()).error(); }

TEST(ProphetImport, SaysWhatItCannotTakeOver) {
  Json json = saved_object();
  json["country_holidays"] = "US";
  EXPECT_EQ(error_of(json).where.field, "country_holidays");
  json = saved_object();
  json["params"]["k"] = {{1.0}, {1.1}};
  EXPECT_EQ(error_of(json).where.field, "params.k");
  json = saved_object();
  json["params"]["beta"] = {{1.0}};
  EXPECT_EQ(error_of(json).where.field, "params.beta");
  json = saved_object();
  json.erase("__prophet_version");
  EXPECT_EQ(error_of(json).where.field, "__prophet_version");
  json = saved_object();
  json["changepoints_t"] = {0.5, 0.2};
  EXPECT_EQ(error_of(json).where.field, "changepoints_t");
  EXPECT_FALSE(import_prophet_model("[1,2]").ok());
  EXPECT_FALSE(import_prophet_model("\"not json\"").ok());
}

TEST(ProphetImport, RefusesTimesThatCannotBe) {
  Json json = saved_object();
  json["changepoints_t"][14] = 1e300;
  EXPECT_EQ(error_of(json).where.field, "changepoints_t");
  json = saved_object();
  json["start"] = 9e15;
  EXPECT_EQ(error_of(json).where.field, "start");
  json = saved_object();
  json["t_scale"] = 9e15;
  EXPECT_EQ(error_of(json).where.field, "t_scale");
}

// A model file may hold a regressor that its configuration does not name.
TEST(ProphetExport, TakesTheRegressorsOfTheModel) {
  WorkloadModel model = import_prophet_model(saved_file("1.0.1")).value();
  model.model.terms.regressors = {{"x", 10.0, TermMode::kAdditive, 1.0, 2.0}};
  const Json regressors = Json::parse(encode_prophet_model(model.model)).at("extra_regressors");
  EXPECT_EQ(regressors[0], Json::array({"x"}));
  EXPECT_EQ(regressors[1].at("x").at("standardize"), "auto");
  EXPECT_EQ(regressors[1].at("x").at("mu"), 1.0);
}

// Prophet since 1.1.5 can take the minimum off y before it scales.
TEST(ProphetImport, MinmaxScalingMovesTheTrend) {
  Json json = saved_object();
  const auto plain = import_prophet_model(json.dump()).value();
  json["scaling"] = "minmax";
  json["y_min"] = 100.0;
  const auto moved = import_prophet_model(json.dump()).value();
  const std::vector<Timestamp> ds = {plain.model.history_end};
  EXPECT_NEAR(predict(moved.model, ds).yhat[0], predict(plain.model, ds).yhat[0] + 100.0, 1e-9);
}

// A file that the first version of Plimsoll wrote stays readable.
TEST(ModelFile, OfSchemaOneIsRead) {
  const std::string text = test::read_file("models/schema_1.json");
  EXPECT_EQ(Json::parse(text).at("schema_version"), 1);
  const auto model = decode_model(text);
  ASSERT_TRUE(model.ok()) << message(model.error());
  const Json expected = Json::parse(test::read_file("models/schema_1_forecast.json"));
  const Frame frame{{parse_iso8601(expected.at("ds").get<std::string>())->seconds}, {}};
  const Forecast forecast = predict(model.value().model, frame);
  EXPECT_NEAR(forecast.yhat[0], expected.at("yhat").get<double>(), 1e-9);
  EXPECT_NEAR(forecast.yhat_upper[0], expected.at("yhat_upper").get<double>(), 1e-9);
}

}  // namespace
}  // namespace plimsoll
