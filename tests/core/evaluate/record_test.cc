#include "plimsoll/evaluate/record.h"

#include <gtest/gtest.h>

#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/interchange/config.h"
#include "plimsoll/forecast/prophet/terms/features.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

Series hourly_series(int rows) {
  Series series;
  series.y = Eigen::VectorXd::LinSpaced(rows, 1.0, 2.0);
  const Timestamp start = parse_iso8601("2020-01-01T00:00:00Z")->seconds;
  for (int i = 0; i < rows; ++i) series.ds.push_back(start + i * kSecondsPerHour);
  return series;
}

// What a model holds goes through its file unchanged.
TEST(Record, ReadsBackEveryKindOfTerm) {
  const char* const text =
      R"({"growth":"logistic","seasonality_mode":"multiplicative",)"
      R"("explicit_changepoints":["2020-01-01 12:00:00"],)"
      R"("custom_seasonalities":[{"name":"busy","period":0.5,"fourier_order":1,)"
      R"("prior_scale":3,"mode":"additive","condition_name":"on"}],)"
      R"("holidays":[{"holiday":"h","ds":"2020-01-01","lower_window":-1,"upper_window":1}],)"
      R"("extra_regressors":[{"name":"x","standardize":false,"mode":"additive"}]})";
  const ModelConfig config = decode_config(text).value();
  Series series = hourly_series(48);
  series.columns = {{"cap", Eigen::VectorXd::Constant(48, 9.0)},
                    {"on", Eigen::VectorXd::Ones(48)},
                    {"x", series.y}};
  WorkloadModel model;
  model.model = train(engineer_features(series, config).value());
  const std::string file = encode_model(model);
  const auto back = decode_model(file);
  ASSERT_TRUE(back.ok()) << message(back.error());
  EXPECT_EQ(encode_model(back.value()), file);
  std::vector<std::string> names;
  for (const Feature& feature : features_of(back.value().model.terms))
    names.push_back(feature.name);
  EXPECT_EQ(names, back.value().model.feature_names);
}

}  // namespace
}  // namespace plimsoll
