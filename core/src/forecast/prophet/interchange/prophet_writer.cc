// FittedModel -> a model that Prophet for Python reads.
#include "forecast/prophet/interchange/prophet_writer.h"

#include <algorithm>
#include <map>

#include "codec/json.h"
#include "forecast/prophet/interchange/config_json.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "forecast/prophet/predict/trend.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

// The version whose attributes are written.
constexpr const char* kWrittenVersion = "1.3.0";

std::string pandas_moment(Timestamp ds) {
  std::string text = format_iso8601(ds);
  text.insert(text.size() - 1, ".000");  // before the Z
  return text;
}

// A series with orient="split", as JSON text.
std::string pandas_series(const std::vector<Timestamp>& moments) {
  Json json = {{"name", "ds"}, {"index", Json::array()}, {"data", Json::array()}};
  for (std::size_t i = 0; i < moments.size(); ++i) {
    json["index"].push_back(i);
    json["data"].push_back(pandas_moment(moments[i]));
  }
  return dump(json);
}

// A frame with orient="table", as JSON text; `fields` are names and pandas' types.
std::string pandas_table(const std::vector<std::pair<std::string, std::string>>& fields,
                         Json rows) {
  Json json;
  json["schema"]["fields"] = Json::array();
  for (const auto& [name, type] : fields) {
    json["schema"]["fields"].push_back({{"name", name}, {"type", type}});
  }
  json["schema"]["pandas_version"] = "1.4.0";
  json["data"] = std::move(rows);
  return dump(json);
}

std::string holiday_table(const ModelConfig& config) {
  Json rows = Json::array();
  for (const Holiday& holiday : config.holidays) {
    rows.push_back({{"ds", pandas_moment(holiday.day * kSecondsPerDay)},
                    {"holiday", holiday.name},
                    {"lower_window", holiday.lower_window},
                    {"upper_window", holiday.upper_window},
                    {"prior_scale", holiday.prior_scale.value_or(config.holidays_prior_scale)}});
  }
  return pandas_table({{"ds", "string"},
                       {"holiday", "string"},
                       {"lower_window", "integer"},
                       {"upper_window", "integer"},
                       {"prior_scale", "number"}},
                      std::move(rows));
}

Json holiday_names(const Terms& terms) {
  if (terms.holidays.empty()) return nullptr;
  Json json = {{"name", "holiday"}, {"index", Json::array()}, {"data", Json::array()}};
  for (const HolidayEffect& effect : terms.holidays) {
    Json& names = json["data"];
    if (!names.empty() && names.back() == effect.holiday) continue;
    json["index"].push_back(names.size());
    names.push_back(effect.holiday);
  }
  return dump(json);
}

// One row a column of the terms, one field a component: 1 where the column is part of it.
std::string component_columns(const Terms& terms) {
  const std::vector<ComponentColumns> components = components_of(terms);
  std::vector<std::pair<std::string, std::string>> fields;
  fields.reserve(components.size());
  for (const ComponentColumns& component : components)
    fields.emplace_back(component.name, "integer");
  Json rows = Json::array();
  for (std::size_t column = 0; column < features_of(terms).size(); ++column) {
    Json row;
    for (const ComponentColumns& component : components) {
      const auto& own = component.columns;
      const bool part =
          std::find(own.begin(), own.end(), static_cast<Eigen::Index>(column)) != own.end();
      row[component.name] = part ? 1 : 0;
    }
    rows.push_back(std::move(row));
  }
  return pandas_table(fields, std::move(rows));
}

Json component_modes(const Terms& terms) {
  std::map<std::string, Json> names;
  for (const TermMode mode : {TermMode::kAdditive, TermMode::kMultiplicative}) {
    const std::string name(mode_name(mode));
    names[name] = Json::array();
    for (const ComponentColumns& component : components_of(terms)) {
      if (component.mode == mode) names[name].push_back(component.name);
    }
    const std::string regressors = "extra_regressors_" + name;
    Json& list = names[name];
    if (std::find(list.begin(), list.end(), regressors) == list.end()) list.push_back(regressors);
  }
  Json& holidays = names[std::string(mode_name(terms.holidays_mode))];
  if (std::find(holidays.begin(), holidays.end(), "holidays") == holidays.end()) {
    holidays.push_back("holidays");
  }
  return names;
}

Json json_seasonalities(const Terms& terms) {
  Json names = Json::array();
  Json settings = Json::object();
  for (const Seasonality& seasonality : terms.seasonalities) {
    const std::string& condition = seasonality.condition_name;
    names.push_back(seasonality.name);
    settings[seasonality.name] = {
        {"period", seasonality.period_days},
        {"fourier_order", seasonality.fourier_order},
        {"prior_scale", seasonality.prior_scale},
        {"mode", mode_name(seasonality.mode)},
        {"condition_name", condition.empty() ? Json(nullptr) : Json(condition)}};
  }
  return Json::array({names, settings});
}

Json json_regressors(const FittedModel& model) {
  Json names = Json::array();
  Json settings = Json::object();
  for (const Regressor& regressor : model.terms.regressors) {
    ExtraRegressor asked{regressor.name, std::nullopt, Standardize::kAuto, std::nullopt};
    for (const ExtraRegressor& extra : model.config.extra_regressors) {
      if (extra.name == regressor.name) asked = extra;
    }
    names.push_back(regressor.name);
    settings[regressor.name] = {{"prior_scale", regressor.prior_scale},
                                {"standardize", json_standardize(asked.standardize)},
                                {"mu", regressor.mean},
                                {"std", regressor.deviation},
                                {"mode", mode_name(regressor.mode)}};
  }
  return Json::array({names, settings});
}

Json json_draw(const Eigen::VectorXd& values) { return Json::array({json_vector(values)}); }

Json json_draw(double value) { return Json::array({Json::array({value})}); }

// Prophet's frame of samples. A model file does not keep them: without `history` there are its
// first and last moments, with no value, which is what predicting and extending dates needs.
std::string history_table(const FittedModel& model, const Series* history) {
  std::vector<std::pair<std::string, std::string>> fields = {{"ds", "string"},
                                                             {"y", "number"},
                                                             {"floor", "number"},
                                                             {"t", "number"},
                                                             {"y_scaled", "number"}};
  Series ends;
  ends.ds = {model.history_start, model.history_end};
  const Series& samples = history != nullptr ? *history : ends;
  for (const NamedColumn& column : samples.columns) {
    if (column.name != "floor") fields.emplace_back(column.name, "number");
  }
  const Eigen::VectorXd* const floors = model.scaling.has_floor ? samples.column("floor") : nullptr;
  Json rows = Json::array();
  for (std::size_t i = 0; i < samples.ds.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const double floor = floors != nullptr ? (*floors)[at] : model.scaling.y_offset;
    const Json y = history != nullptr ? Json(samples.y[at]) : Json(nullptr);
    const Json scaled =
        history != nullptr ? Json((samples.y[at] - floor) / model.scaling.y_scale) : Json(nullptr);
    Json row = {{"ds", pandas_moment(samples.ds[i])},
                {"y", y},
                {"floor", floor},
                {"t", static_cast<double>(samples.ds[i] - model.scaling.start) /
                          static_cast<double>(model.scaling.t_scale_seconds)},
                {"y_scaled", scaled}};
    for (const NamedColumn& column : samples.columns) {
      if (column.name == "floor") continue;
      double value = column.values[at];
      for (const Regressor& regressor : model.terms.regressors) {
        if (regressor.name == column.name) value = (value - regressor.mean) / regressor.deviation;
      }
      row[column.name] = value;
    }
    rows.push_back(std::move(row));
  }
  return pandas_table(fields, std::move(rows));
}

void add_params(Json& json, const FittedModel& model) {
  Json& params = json["params"];
  Parameters written = model.params;
  if (has_only_dummy_changepoint(model)) {
    written.k += written.delta[0];  // as Prophet folds the dummy changepoint
    written.delta.setZero();
  }
  params["k"] = json_draw(written.k);
  params["m"] = json_draw(written.m);
  params["delta"] = json_draw(written.delta);
  params["sigma_obs"] = json_draw(written.sigma_obs);
  params["beta"] = json_draw(written.beta);
}

}  // namespace

std::string encode_prophet_model(const FittedModel& fitted, const Series* history) {
  const ModelConfig& config = fitted.config;
  const Json settings = json_config(config);
  const bool dummy = has_only_dummy_changepoint(fitted);
  Json json;
  for (const char* const key : kProphetSettings) json[key] = settings.at(key);
  json["n_changepoints"] = dummy ? 0 : fitted.changepoints.t.size();
  json["specified_changepoints"] = config.explicit_changepoints.has_value();
  json["holidays_mode"] = mode_name(fitted.terms.holidays_mode);
  json["mcmc_samples"] = 0;
  json["interval_width"] = 0.8;
  json["uncertainty_samples"] = 1000;
  json["y_scale"] = fitted.scaling.y_scale;
  json["y_min"] = fitted.scaling.y_offset;
  json["scaling"] = fitted.scaling.y_offset == 0.0 ? "absmax" : "minmax";
  json["logistic_floor"] = fitted.scaling.has_floor;
  json["country_holidays"] = nullptr;
  json["component_modes"] = component_modes(fitted.terms);
  json["changepoints"] = pandas_series(dummy ? std::vector<Timestamp>{} : fitted.changepoints.ds);
  json["history_dates"] = pandas_series(
      history != nullptr ? history->ds
                         : std::vector<Timestamp>{fitted.history_start, fitted.history_end});
  json["train_holiday_names"] = holiday_names(fitted.terms);
  json["start"] = static_cast<double>(fitted.scaling.start);
  json["t_scale"] = static_cast<double>(fitted.scaling.t_scale_seconds);
  json["holidays"] = config.holidays.empty() ? Json(nullptr) : Json(holiday_table(config));
  json["history"] = history_table(fitted, history);
  json["train_component_cols"] = component_columns(fitted.terms);
  json["changepoints_t"] = json_vector(fitted.changepoints.t);
  json["seasonalities"] = json_seasonalities(fitted.terms);
  json["extra_regressors"] = json_regressors(fitted);
  json["fit_kwargs"] = Json::object();
  add_params(json, fitted);
  json[kProphetVersionKey] = kWrittenVersion;
  return dump(json);
}

}  // namespace plimsoll
