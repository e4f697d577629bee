// FittedModel -> a model that Prophet for Python reads.
#include "forecast/prophet/interchange/prophet_writer.h"

#include <algorithm>
#include <optional>

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
  Writer out;
  out.begin_object();
  out.member("name", "ds");
  out.key("index");
  out.begin_array();
  for (std::size_t i = 0; i < moments.size(); ++i) out.value(i);
  out.end_array();
  out.key("data");
  out.begin_array();
  for (const Timestamp moment : moments) out.value(pandas_moment(moment));
  out.end_array();
  out.end_object();
  return out.take();
}

// A frame with orient="table", as JSON text; `fields` are names and pandas' types. The caller
// writes the rows, each an object, and calls end_table.
using Fields = std::vector<std::pair<std::string, std::string>>;
Writer begin_table(const Fields& fields) {
  Writer out;
  out.begin_object();
  out.key("schema");
  out.begin_object();
  out.key("fields");
  out.begin_array();
  for (const auto& [name, type] : fields) {
    out.begin_object();
    out.member("name", name);
    out.member("type", type);
    out.end_object();
  }
  out.end_array();
  out.member("pandas_version", "1.4.0");
  out.end_object();
  out.key("data");
  out.begin_array();
  return out;
}

std::string end_table(Writer& out) {
  out.end_array();
  out.end_object();
  return out.take();
}

std::string holiday_table(const ModelConfig& config) {
  Writer out = begin_table({{"ds", "string"},
                            {"holiday", "string"},
                            {"lower_window", "integer"},
                            {"upper_window", "integer"},
                            {"prior_scale", "number"}});
  for (const Holiday& holiday : config.holidays) {
    out.begin_object();
    out.member("ds", pandas_moment(holiday.day * kSecondsPerDay));
    out.member("holiday", holiday.name);
    out.member("lower_window", holiday.lower_window);
    out.member("upper_window", holiday.upper_window);
    out.member("prior_scale", holiday.prior_scale.value_or(config.holidays_prior_scale));
    out.end_object();
  }
  return end_table(out);
}

// A series of the holidays' names, null without holidays.
std::optional<std::string> holiday_names(const Terms& terms) {
  if (terms.holidays.empty()) return std::nullopt;
  std::vector<std::string_view> names;
  for (const HolidayEffect& effect : terms.holidays) {
    if (names.empty() || names.back() != effect.holiday) names.emplace_back(effect.holiday);
  }
  Writer out;
  out.begin_object();
  out.member("name", "holiday");
  out.key("index");
  out.begin_array();
  for (std::size_t i = 0; i < names.size(); ++i) out.value(i);
  out.end_array();
  out.key("data");
  out.begin_array();
  for (const std::string_view name : names) out.value(name);
  out.end_array();
  out.end_object();
  return out.take();
}

// Prophet drops the component of its placeholder `zeros`, while the column stays, with a beta of
// its own.
std::vector<ComponentColumns> named_components(const Terms& terms) {
  std::vector<ComponentColumns> components = components_of(terms);
  std::erase_if(components, [](const ComponentColumns& component) {
    return component.kind == ComponentKind::kPlaceholder;
  });
  return components;
}

// One row a column of the terms, one field a component: 1 where the column is part of it.
std::string component_columns(const Terms& terms) {
  const std::vector<ComponentColumns> components = named_components(terms);
  Fields fields;
  fields.reserve(components.size());
  for (const ComponentColumns& component : components) {
    fields.emplace_back(component.name, "integer");
  }
  Writer out = begin_table(fields);
  for (std::size_t column = 0; column < features_of(terms).size(); ++column) {
    out.begin_object();
    for (const ComponentColumns& component : components) {
      const auto& own = component.columns;
      const bool part =
          std::find(own.begin(), own.end(), static_cast<Eigen::Index>(column)) != own.end();
      out.member(component.name, part ? 1 : 0);
    }
    out.end_object();
  }
  return end_table(out);
}

void write_component_modes(Writer& out, const Terms& terms) {
  out.begin_object();
  for (const TermMode mode : {TermMode::kAdditive, TermMode::kMultiplicative}) {
    const std::string name(mode_name(mode));
    std::vector<std::string> list;
    const auto add = [&list](const std::string& component) {
      if (std::find(list.begin(), list.end(), component) == list.end()) list.push_back(component);
    };
    for (const ComponentColumns& component : named_components(terms)) {
      if (component.mode == mode) list.push_back(component.name);
    }
    add("extra_regressors_" + name);
    if (terms.holidays_mode == mode) add("holidays");
    out.key(name);
    out.begin_array();
    for (const std::string& component : list) out.value(component);
    out.end_array();
  }
  out.end_object();
}

// The names in order, then the settings by name.
void write_seasonalities(Writer& out, const Terms& terms) {
  out.begin_array();
  out.begin_array();
  for (const Seasonality& seasonality : terms.seasonalities) out.value(seasonality.name);
  out.end_array();
  out.begin_object();
  for (const Seasonality& seasonality : terms.seasonalities) {
    out.key(seasonality.name);
    out.begin_object();
    for (const char* const name :
         {"period", "fourier_order", "prior_scale", "mode", "condition_name"}) {
      write_named(out, {}, &seasonality, kSeasonalityShape, name);
    }
    out.end_object();
  }
  out.end_object();
  out.end_array();
}

void write_regressors(Writer& out, const FittedModel& model) {
  out.begin_array();
  out.begin_array();
  for (const Regressor& regressor : model.terms.regressors) out.value(regressor.name);
  out.end_array();
  out.begin_object();
  for (const Regressor& regressor : model.terms.regressors) {
    Standardize asked = Standardize::kAuto;
    for (const ExtraRegressor& extra : model.config.extra_regressors) {
      if (extra.name == regressor.name) asked = extra.standardize;
    }
    out.key(regressor.name);
    out.begin_object();
    out.member("prior_scale", regressor.prior_scale);
    out.key("standardize");
    write_standardize(out, {}, asked);
    out.member("mu", regressor.mean);
    out.member("std", regressor.deviation);
    out.member("mode", mode_name(regressor.mode));
    out.end_object();
  }
  out.end_object();
  out.end_array();
}

void write_numbers(Writer& out, const Eigen::VectorXd& values) {
  out.begin_array();
  for (const double value : values) out.value(value);
  out.end_array();
}

// A parameter as one draw of it.
void write_draw(Writer& out, const char* name, const Eigen::VectorXd& values) {
  out.key(name);
  out.begin_array();
  write_numbers(out, values);
  out.end_array();
}

void write_draw(Writer& out, const char* name, double value) {
  write_draw(out, name, Eigen::VectorXd::Constant(1, value));
}

// Prophet's frame of samples. A model file does not keep them: without `history` there are its
// first and last moments, with no value, which is what predicting and extending dates needs.
std::string history_table(const FittedModel& model, const Series* history) {
  Fields fields = {{"ds", "string"},
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
  Writer out = begin_table(fields);
  for (std::size_t i = 0; i < samples.ds.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const double floor = floors != nullptr ? (*floors)[at] : model.scaling.y_offset;
    std::optional<double> y;
    std::optional<double> scaled;
    if (history != nullptr) {
      y = samples.y[at];
      scaled = (*y - floor) / model.scaling.y_scale;
    }
    out.begin_object();
    out.member("ds", pandas_moment(samples.ds[i]));
    out.member("y", y);
    out.member("floor", floor);
    out.member("t", static_cast<double>(samples.ds[i] - model.scaling.start) /
                        static_cast<double>(model.scaling.t_scale_seconds));
    out.member("y_scaled", scaled);
    for (const NamedColumn& column : samples.columns) {
      if (column.name == "floor") continue;
      double value = column.values[at];
      for (const Regressor& regressor : model.terms.regressors) {
        if (regressor.name == column.name) value = (value - regressor.mean) / regressor.deviation;
      }
      out.member(column.name, value);
    }
    out.end_object();
  }
  return end_table(out);
}

void write_params(Writer& out, const FittedModel& model) {
  Parameters written = model.params;
  if (has_only_dummy_changepoint(model)) {
    written.k += written.delta[0];  // as Prophet folds the dummy changepoint
    written.delta.setZero();
  }
  out.begin_object();
  write_draw(out, "k", written.k);
  write_draw(out, "m", written.m);
  write_draw(out, "delta", written.delta);
  write_draw(out, "sigma_obs", written.sigma_obs);
  write_draw(out, "beta", written.beta);
  out.end_object();
}

}  // namespace

std::optional<Error> refuse_export(const FittedModel& model) {
  const std::int64_t offset = model.terms.holidays_utc_offset_seconds;
  if (offset == 0 || model.terms.holidays.empty()) return std::nullopt;
  return Error{.code = ErrorCode::kInvalidConfig,
               .where = {.row = std::nullopt, .column = "", .field = "config.holidays_tz"},
               .found = '"' + utc_offset_name(offset) + '"',
               .expected = "holidays by the midnights of UTC",
               .fix = "Prophet knows no zones: fit on local times for it, without a zone."};
}

std::string encode_prophet_model(const FittedModel& fitted, const Series* history) {
  ModelConfig config = fitted.config;
  const bool dummy = has_only_dummy_changepoint(fitted);
  config.n_changepoints = dummy ? 0 : static_cast<int>(fitted.changepoints.t.size());
  Writer out;
  out.begin_object();
  for (const char* const key : kProphetSettings) write_named(out, {}, &config, kConfigShape, key);
  out.member("specified_changepoints", config.explicit_changepoints.has_value());
  out.member("holidays_mode", mode_name(fitted.terms.holidays_mode));
  out.member("mcmc_samples", 0);
  out.member("interval_width", 0.8);
  out.member("uncertainty_samples", 1000);
  out.member("y_scale", fitted.scaling.y_scale);
  out.member("y_min", fitted.scaling.y_offset);
  out.member("scaling", fitted.scaling.y_offset == 0.0 ? "absmax" : "minmax");
  out.member("logistic_floor", fitted.scaling.has_floor);
  out.key("country_holidays");
  out.null();
  out.key("component_modes");
  write_component_modes(out, fitted.terms);
  out.member("changepoints",
             pandas_series(dummy ? std::vector<Timestamp>{} : fitted.changepoints.ds));
  out.member("history_dates",
             pandas_series(history != nullptr
                               ? history->ds
                               : std::vector<Timestamp>{fitted.history_start, fitted.history_end}));
  out.member("train_holiday_names", holiday_names(fitted.terms));
  out.member("start", static_cast<double>(fitted.scaling.start));
  out.member("t_scale", static_cast<double>(fitted.scaling.t_scale_seconds));
  out.key("holidays");
  if (config.holidays.empty()) {
    out.null();
  } else {
    out.value(holiday_table(config));
  }
  out.member("history", history_table(fitted, history));
  out.member("train_component_cols", component_columns(fitted.terms));
  out.key("changepoints_t");
  write_numbers(out, fitted.changepoints.t);
  out.key("seasonalities");
  write_seasonalities(out, fitted.terms);
  out.key("extra_regressors");
  write_regressors(out, fitted);
  out.key("fit_kwargs");
  out.begin_object();
  out.end_object();
  out.key("params");
  write_params(out, fitted);
  out.member(kProphetVersionKey, kWrittenVersion);
  out.end_object();
  return out.take();
}

}  // namespace plimsoll
