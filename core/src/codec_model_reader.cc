// Reading a model file back. Nothing in it is trusted: every size, sign and order that the core
// relies on is checked here.
#include <array>

#include "codec_config.h"
#include "codec_model.h"
#include "plimsoll/codec.h"
#include "plimsoll/limits.h"

namespace plimsoll {
namespace {

constexpr int kSchemaVersion = 1;

void require(bool holds, const std::string& field, const std::string& found,
             const std::string& expected) {
  if (!holds) throw FieldError{field, found, expected};
}

Eigen::VectorXd read_vector(const Json& object, const std::string& path, const std::string& key) {
  const Json& array = read_array(object, path, key);
  Eigen::VectorXd values(static_cast<Eigen::Index>(array.size()));
  Eigen::Index i = 0;
  for (const Json& value : array) {
    require(value.is_number(), field_path(path, key), shown(value), "numbers only");
    values[i++] = value.get<double>();
  }
  return values;
}

std::vector<std::string> read_strings(const Json& object, const std::string& path,
                                      const std::string& key) {
  std::vector<std::string> values;
  for (const Json& value : read_array(object, path, key)) {
    require(value.is_string(), field_path(path, key), shown(value), "texts only");
    values.push_back(value.get<std::string>());
  }
  return values;
}

std::optional<double> read_optional_number(const Json& object, const std::string& path,
                                           const std::string& key) {
  if (object.contains(key) && object.at(key).is_null()) return std::nullopt;
  return read_number(object, path, key);
}

double read_positive(const Json& object, const std::string& path, const std::string& key) {
  const double value = read_number(object, path, key);
  require(value > 0.0, field_path(path, key), shown(object.at(key)), "a number above 0");
  return value;
}

Metric read_metric(const Json& json) {
  const std::string name = read_string(json, "", "metric");
  for (const Metric metric : {Metric::kCpu, Metric::kMemory}) {
    if (name == metric_name(metric)) return metric;
  }
  throw FieldError{"metric", '"' + name + '"', "cpu or memory"};
}

Unit read_unit(const Json& json) {
  const std::string name = read_string(json, "", "unit");
  for (const Unit unit : {Unit::kCores, Unit::kBytes, Unit::kPercent, Unit::kNone}) {
    if (name == unit_name(unit)) return unit;
  }
  throw FieldError{"unit", '"' + name + '"', "cores, bytes, percent or none"};
}

std::vector<Seasonality> read_seasonalities(const Json& json) {
  std::vector<Seasonality> seasonalities;
  for (const Json& item : read_array(json, "", "seasonalities")) {
    Seasonality seasonality;
    seasonality.name = read_string(item, "seasonalities", "name");
    seasonality.period_days = read_positive(item, "seasonalities", "period");
    const std::int64_t order = read_integer(item, "seasonalities", "fourier_order");
    require(order >= 1 && order <= kLimits.max_fourier_order, "seasonalities.fourier_order",
            std::to_string(order), "1 to " + std::to_string(kLimits.max_fourier_order));
    seasonality.fourier_order = static_cast<int>(order);
    seasonality.prior_scale = read_positive(item, "seasonalities", "prior_scale");
    seasonalities.push_back(std::move(seasonality));
  }
  return seasonalities;
}

void read_scaling(const Json& json, FittedModel& model) {
  const Json& scaling = read_object(json, "", "scaling");
  model.history_start = read_timestamp(scaling, "scaling", "start");
  model.history_end = read_timestamp(scaling, "scaling", "end");
  model.scaling.start = model.history_start;
  model.scaling.t_scale_seconds = read_integer(scaling, "scaling", "t_scale_seconds");
  require(model.scaling.t_scale_seconds == model.history_end - model.history_start &&
              model.scaling.t_scale_seconds > 0,
          "scaling.t_scale_seconds", std::to_string(model.scaling.t_scale_seconds),
          "the seconds from scaling.start to scaling.end");
  model.scaling.y_scale = read_positive(scaling, "scaling", "y_scale");
}

void read_changepoints(const Json& json, FittedModel& model) {
  const Json& changepoints = read_object(json, "", "changepoints");
  for (const std::string& text : read_strings(changepoints, "changepoints", "ds")) {
    const auto parsed = parse_iso8601(text);
    require(parsed.has_value(), "changepoints.ds", '"' + text + '"', "moments");
    model.changepoints.ds.push_back(parsed->seconds);
  }
  model.changepoints.t = read_vector(changepoints, "changepoints", "t");
  const auto count = static_cast<Eigen::Index>(model.changepoints.ds.size());
  require(model.changepoints.t.size() == count && count <= kLimits.max_changepoints,
          "changepoints.t", std::to_string(model.changepoints.t.size()) + " values",
          "one for each of changepoints.ds");
  for (Eigen::Index j = 1; j < count; ++j) {
    require(model.changepoints.t[j] >= model.changepoints.t[j - 1], "changepoints.t",
            "values out of order", "ascending values");
  }
}

void read_params(const Json& json, FittedModel& model) {
  const Json& params = read_object(json, "", "params");
  model.params.k = read_number(params, "params", "k");
  model.params.m = read_number(params, "params", "m");
  model.params.sigma_obs = read_number(params, "params", "sigma_obs");
  require(model.params.sigma_obs >= 0.0, "params.sigma_obs", shown(params.at("sigma_obs")),
          "a number of at least 0");
  model.params.delta = read_vector(params, "params", "delta");
  require(model.params.delta.size() == model.changepoints.t.size(), "params.delta",
          std::to_string(model.params.delta.size()) + " values", "one for each changepoint");
  model.params.beta = read_vector(params, "params", "beta");
  int features = 0;
  for (const Seasonality& seasonality : model.seasonalities) {
    features += 2 * seasonality.fourier_order;
  }
  if (features == 0) features = 1;
  const bool agree = model.params.beta.size() == features &&
                     model.feature_names.size() == static_cast<std::size_t>(features);
  require(agree, "params.beta", std::to_string(model.params.beta.size()) + " values",
          std::to_string(features) + ", one for each of feature_names");
}

void read_certificate(const Json& json, Certificate& certificate) {
  certificate.log_posterior = read_optional_number(json, "", "log_posterior");
  certificate.kkt_residual = read_number(json, "", "kkt_residual");
  certificate.kkt_relative = read_number(json, "", "kkt_relative");
  certificate.sigma_floored = read_bool(json, "", "sigma_floored");
}

BacktestReport read_backtest(const Json& json) {
  const std::string path = "backtest";
  const Json& object = read_object(json, "", path);
  BacktestReport report;
  report.horizon_seconds = read_integer(object, path, "horizon_seconds");
  for (const Json& item : read_array(object, path, "folds")) {
    Fold fold;
    fold.cutoff = read_timestamp(item, "backtest.folds", "cutoff");
    fold.scored = read_integer(item, "backtest.folds", "scored");
    fold.mae = read_number(item, "backtest.folds", "mae");
    fold.rmse = read_number(item, "backtest.folds", "rmse");
    fold.coverage = read_number(item, "backtest.folds", "coverage");
    report.folds.push_back(fold);
  }
  report.mae = read_optional_number(object, path, "mae").value_or(0.0);
  report.rmse = read_optional_number(object, path, "rmse").value_or(0.0);
  report.smape = read_optional_number(object, path, "smape").value_or(0.0);
  report.coverage = read_optional_number(object, path, "coverage").value_or(0.0);
  report.naive_mae = read_optional_number(object, path, "naive_mae").value_or(0.0);
  report.interval_width = read_positive(object, path, "interval_width");
  require(report.interval_width < 1.0, "backtest.interval_width",
          shown(object.at("interval_width")), "a number below 1");
  report.interval_scale = read_number(object, path, "interval_scale");
  return report;
}

}  // namespace

WorkloadModel read_model(const Json& json) {
  require(json.is_object(), "", shown(json), "a model file");
  const std::int64_t schema = read_integer(json, "", "schema_version");
  require(schema == kSchemaVersion, "schema_version", std::to_string(schema), "1");
  WorkloadModel model;
  FittedModel& fitted = model.model;
  model.key = {read_string(json, "", "namespace"), read_string(json, "", "workload"),
               read_string(json, "", "container")};
  model.metric = read_metric(json);
  model.unit = read_unit(json);
  model.preset = read_string(json, "", "preset");
  model.chosen = read_string(json, "", "chosen");
  for (const Json& item : read_array(json, "", "candidates")) {
    model.candidates.push_back(
        {read_string(item, "candidates", "name"), read_optional_number(item, "candidates", "mae")});
  }
  fitted.config = read_config(read_object(json, "", "config"), "config");
  fitted.seasonalities = read_seasonalities(json);
  fitted.feature_names = read_strings(json, "", "feature_names");
  read_scaling(json, fitted);
  read_changepoints(json, fitted);
  read_params(json, fitted);
  read_certificate(json, fitted.certificate);
  fitted.training_records = read_integer(json, "", "training_records");
  fitted.cadence_seconds = read_integer(json, "", "cadence_seconds");
  fitted.warnings = read_strings(json, "", "warnings");
  model.y_min = read_number(json, "", "y_min");
  model.y_max = read_number(json, "", "y_max");
  const Json& current = read_object(json, "", "current");
  model.current.request = read_optional_number(current, "current", "request");
  model.current.limit = read_optional_number(current, "current", "limit");
  model.backtest = read_backtest(json);
  model.training_date = read_timestamp(json, "", "training_date");
  model.model_version = read_string(json, "", "model_version");
  return model;
}

Result<WorkloadModel> decode_model(std::string_view text) {
  auto json = parse_json(text, "model");
  if (!json) return json.error();
  try {
    return read_model(json.value());
  } catch (const FieldError& error) {
    return Error{.code = ErrorCode::kInvalidModel,
                 .where = {.row = std::nullopt, .column = "", .field = error.field},
                 .found = error.found,
                 .expected = error.expected,
                 .fix = "Give a model file as plimsoll fit or the pipeline wrote it."};
  }
}

}  // namespace plimsoll
