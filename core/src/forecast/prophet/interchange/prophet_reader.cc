// A model that Prophet saved -> ProphetModel.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/number_text.h"
#include "forecast/prophet/interchange/config_json.h"
#include "forecast/prophet/interchange/prophet_writer.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "forecast/prophet/terms/unseen_phases.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

// A pandas frame or series, which is a JSON text within the JSON.
Json read_embedded(FieldReader& reader, const Json& json, const std::string& key) {
  if (!is_set(json, key)) return {};
  auto parsed = parse_json(reader.text(json, "", key), key);
  if (parsed) return std::move(parsed).value();
  reader.fail(key, "a text that is not JSON", "a pandas object as JSON text");
  return {};
}

// The one row of a parameter, which Prophet writes as a list of draws.
std::vector<double> read_draw(FieldReader& reader, const Json& params, const std::string& key) {
  const Json* row = &reader.array(params, "params", key);
  if (!row->empty() && row->front().is_array()) {
    reader.require(row->size() == 1, "params." + key, std::to_string(row->size()) + " draws",
                   "one: models with mcmc_samples hold a posterior sample, which is not supported");
    row = &row->front();
  }
  std::vector<double> values;
  for (const Json& value : *row) {
    reader.require(value.is_number(), "params." + key, shown(value), "numbers only");
    values.push_back(value.is_number() ? value.as_number() : 0.0);
  }
  return values;
}

double read_scalar(FieldReader& reader, const Json& params, const std::string& key) {
  const std::vector<double> values = read_draw(reader, params, key);
  reader.require(values.size() == 1, "params." + key, std::to_string(values.size()) + " values",
                 "one");
  return values.size() == 1 ? values.front() : 0.0;
}

Eigen::VectorXd to_vector(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

// The entries of [keys, mapping], in the order of the keys.
std::vector<std::pair<std::string, const Json*>> read_ordered(FieldReader& reader, const Json& json,
                                                              const std::string& key) {
  std::vector<std::pair<std::string, const Json*>> entries;
  const Json& pair = reader.array(json, "", key);
  const bool shaped = pair.size() == 2 && pair[0].is_array() && pair[1].is_object();
  reader.require(shaped, key, shown(pair), "[names, settings by name]");
  if (!shaped) return entries;
  for (const Json& name : pair[0]) {
    const bool known = name.is_string() && pair[1].contains(name.as_text());
    reader.require(known, key, shown(name), "a name with settings");
    if (known) entries.emplace_back(name.as_text(), pair[1].find(name.as_text()));
  }
  return entries;
}

// A copy of those of an object's members that are set, under the same names.
Json chosen_members(const Json& object, std::initializer_list<const char*> names) {
  Json chosen = Json::object();
  for (const char* const name : names) {
    if (is_set(object, name)) chosen.set(name, object.at(name).copy());
  }
  return chosen;
}

// A list of one entry: `chosen`, called `name`.
Json as_entry(const std::string& name, Json chosen) {
  chosen.set("name", Json::text(name));
  Json list = Json::array();
  list.append(std::move(chosen));
  return list;
}

bool is_builtin(const std::string& name) {
  return name == "yearly" || name == "weekly" || name == "daily";
}

void read_seasonalities(FieldReader& reader, const Json& json, FittedModel& model) {
  for (const auto& [name, settings] : read_ordered(reader, json, "seasonalities")) {
    Json asked = chosen_members(
        *settings, {"period", "fourier_order", "prior_scale", "mode", "condition_name"});
    const auto read =
        read_custom_seasonalities(reader, as_entry(name, std::move(asked)), "seasonalities");
    if (reader.failed()) return;
    const CustomSeasonality& custom = read.front();
    model.terms.seasonalities.push_back(
        {name, custom.period_days, custom.fourier_order,
         custom.prior_scale.value_or(model.config.seasonality_prior_scale),
         custom.mode.value_or(model.config.seasonality_mode), custom.condition_name});
    if (!is_builtin(name)) model.config.custom_seasonalities.push_back(custom);
  }
}

void read_regressors(FieldReader& reader, const Json& json, FittedModel& model) {
  for (const auto& [name, settings] : read_ordered(reader, json, "extra_regressors")) {
    Json asked = chosen_members(*settings, {"prior_scale", "standardize", "mode"});
    const auto read =
        read_extra_regressors(reader, as_entry(name, std::move(asked)), "extra_regressors");
    if (reader.failed()) return;
    const ExtraRegressor& extra = read.front();
    Regressor regressor{name, extra.prior_scale.value_or(model.config.holidays_prior_scale),
                        extra.mode.value_or(model.config.seasonality_mode),
                        reader.number(*settings, "extra_regressors", "mu"),
                        reader.number(*settings, "extra_regressors", "std")};
    reader.require(regressor.deviation > 0.0, "extra_regressors.std",
                   number_text(regressor.deviation), "a number above 0");
    model.terms.regressors.push_back(std::move(regressor));
    model.config.extra_regressors.push_back(extra);
  }
}

// Prophet reads windows of its table as whole numbers, which pandas may have written as 1.0.
void read_holiday_table(FieldReader& reader, const Json& json, FittedModel& model) {
  reader.require(!is_set(json, "country_holidays"), "country_holidays",
                 is_set(json, "country_holidays") ? shown(json.at("country_holidays")) : "",
                 "null: their dates are not in the file; give them as a holidays table");
  const Json table = read_embedded(reader, json, "holidays");
  if (!table.is_null()) {
    Json rows = Json::array();
    for (const Json& row : reader.array(table, "holidays", "data")) {
      rows.append(
          chosen_members(row, {"ds", "holiday", "lower_window", "upper_window", "prior_scale"}));
    }
    model.config.holidays = read_holidays(reader, rows, "holidays");
  }
  if (reader.failed()) return;
  Series no_samples;
  no_samples.ds = {model.history_start, model.history_end};
  ModelConfig only_holidays;
  only_holidays.holidays = model.config.holidays;
  only_holidays.holidays_prior_scale = model.config.holidays_prior_scale;
  const std::vector<Seasonality> none;
  auto terms = resolve_terms(no_samples, only_holidays, &none);
  if (!terms) return reader.fail("holidays", terms.error().found, terms.error().expected);
  model.terms.holidays = std::move(terms).value().holidays;
  model.terms.holidays_mode = model.config.seasonality_mode;
  if (is_set(json, "holidays_mode")) {
    model.terms.holidays_mode = read_mode(reader, json, "", "holidays_mode");
    if (model.terms.holidays_mode != model.config.seasonality_mode) {
      model.config.holidays_mode = model.terms.holidays_mode;
    }
  }
}

// The settings that bear the same name on both sides.
ModelConfig read_settings(FieldReader& reader, const Json& json) {
  Json settings = Json::object();
  for (const char* const key : kProphetSettings) {
    if (is_set(json, key)) settings.set(key, json.at(key).copy());
  }
  return read_config(reader, settings, "");
}

void read_prophet_scaling(FieldReader& reader, const Json& json, FittedModel& model) {
  model.scaling.start = reader.integer(json, "", "start");
  model.scaling.t_scale_seconds = reader.integer(json, "", "t_scale");
  reader.require(model.scaling.start >= kEarliest && model.scaling.start <= kLatest, "start",
                 std::to_string(model.scaling.start),
                 "seconds since 1970, in the years 1000 to 9999");
  reader.require(model.scaling.t_scale_seconds > 0 &&
                     model.scaling.t_scale_seconds <= kLatest - model.scaling.start,
                 "t_scale", std::to_string(model.scaling.t_scale_seconds),
                 "whole seconds above 0, to the year 9999 at most");
  model.scaling.y_scale = reader.number(json, "", "y_scale");
  reader.require(model.scaling.y_scale > 0.0, "y_scale", number_text(model.scaling.y_scale),
                 "a number above 0");
  model.scaling.has_floor = is_set(json, "logistic_floor") &&
                            model.config.growth == Growth::kLogistic &&
                            reader.boolean(json, "", "logistic_floor");
  const bool minmax = is_set(json, "scaling") && json.at("scaling").is_string() &&
                      json.at("scaling").as_text() == "minmax";
  if (minmax && !model.scaling.has_floor) {
    model.scaling.y_offset = reader.number(json, "", "y_min");
  }
}

void read_prophet_changepoints(FieldReader& reader, const Json& json, FittedModel& model) {
  std::vector<double> t;
  for (const Json& value : reader.array(json, "", "changepoints_t")) {
    reader.require(value.is_number(), "changepoints_t", shown(value), "numbers only");
    t.push_back(value.is_number() ? value.as_number() : 0.0);
  }
  const bool within = std::all_of(t.begin(), t.end(), [](double at) { return at >= 0 && at <= 1; });
  reader.require(within && std::is_sorted(t.begin(), t.end()), "changepoints_t",
                 "values out of order or outside of the history", "ascending values from 0 to 1");
  reader.require(t.size() <= static_cast<std::size_t>(kLimits.max_changepoints), "changepoints_t",
                 std::to_string(t.size()) + " values",
                 "at most " + std::to_string(kLimits.max_changepoints));
  model.changepoints.t = to_vector(t);
  for (const double value : t) {
    const double seconds = value * static_cast<double>(model.scaling.t_scale_seconds);
    model.changepoints.ds.push_back(model.scaling.start +
                                    static_cast<std::int64_t>(std::llround(seconds)));
  }
  const bool specified =
      is_set(json, "specified_changepoints") && reader.boolean(json, "", "specified_changepoints");
  if (specified) model.config.explicit_changepoints = model.changepoints.ds;
}

void read_history(FieldReader& reader, const Json& json, ProphetModel& result) {
  FittedModel& model = result.model;
  model.history_start = model.scaling.start;
  model.history_end = model.scaling.start + model.scaling.t_scale_seconds;
  const Json table = read_embedded(reader, json, "history");
  if (table.is_null()) return;
  std::vector<Timestamp> ds;
  std::vector<double> y;
  for (const Json& row : reader.array(table, "history", "data")) {
    if (!row.is_object() || !row.contains("ds")) continue;
    ds.push_back(read_moment(reader, row.at("ds"), "history.ds"));
    if (is_set(row, "y") && row.at("y").is_number()) y.push_back(row.at("y").as_number());
  }
  model.training_records = static_cast<std::int64_t>(ds.size());
  std::sort(ds.begin(), ds.end());
  model.cadence_seconds = cadence_seconds(ds);
  model.unseen = find_unseen(ds, model.cadence_seconds);
  if (y.empty()) return;
  result.y_min = *std::min_element(y.begin(), y.end());
  result.y_max = *std::max_element(y.begin(), y.end());
}

void read_prophet_params(FieldReader& reader, const Json& json, FittedModel& model) {
  const Json& params = reader.object(json, "", "params");
  model.params.k = read_scalar(reader, params, "k");
  model.params.m = read_scalar(reader, params, "m");
  model.params.sigma_obs = read_scalar(reader, params, "sigma_obs");
  model.params.delta = to_vector(read_draw(reader, params, "delta"));
  model.params.beta = to_vector(read_draw(reader, params, "beta"));
  reader.require(model.params.delta.size() == model.changepoints.t.size(), "params.delta",
                 std::to_string(model.params.delta.size()) + " values", "one for each changepoint");
  for (const Feature& feature : features_of(model.terms)) {
    model.feature_names.push_back(feature.name);
  }
  reader.require(model.params.beta.size() == static_cast<Eigen::Index>(model.feature_names.size()),
                 "params.beta", std::to_string(model.params.beta.size()) + " values",
                 std::to_string(model.feature_names.size()) +
                     ", one for each column of seasonalities, holidays and regressors");
}

// The object itself, or the one that a JSON text holds.
Result<Json> unwrap(std::string_view text) {
  auto json = parse_json(text, "model");
  if (!json || !json.value().is_string()) return json;
  return parse_json(json.value().as_text(), "model");
}

}  // namespace

Result<ProphetModel> decode_prophet_model(std::string_view text) {
  const auto unwrapped = unwrap(text);
  if (!unwrapped) return unwrapped.error();
  const Json& json = unwrapped.value();
  FieldReader reader;
  const bool marked = json.is_object() &&
                      (json.contains(kProphetVersionKey) || json.contains(kOldProphetVersionKey));
  reader.require(marked, kProphetVersionKey, "nothing",
                 "the version that Prophet's model_to_json writes");
  ProphetModel result;
  FittedModel& model = result.model;
  if (marked) {
    model.config = read_settings(reader, json);
    read_prophet_scaling(reader, json, model);
  }
  if (marked && !reader.failed()) {
    read_history(reader, json, result);
    read_seasonalities(reader, json, model);
    read_holiday_table(reader, json, model);
    read_regressors(reader, json, model);
    read_prophet_changepoints(reader, json, model);
    read_prophet_params(reader, json, model);
    if (!reader.failed()) derive_coefficients(model);
    const char* const key =
        json.contains(kProphetVersionKey) ? kProphetVersionKey : kOldProphetVersionKey;
    model.warnings.push_back("Imported from Prophet " + reader.text(json, "", key) +
                             ": how close its parameters are to the optimum is not known.");
  }
  if (reader.failed()) {
    return reader.error(ErrorCode::kInvalidModel,
                        "Give a file that model_to_json of Prophet for Python wrote.");
  }
  return result;
}

}  // namespace plimsoll
