// Reading a model file back. Nothing in it is trusted: every size, sign and order that the core
// relies on is checked here.
#include <array>
#include <utility>

#include "base/number_text.h"
#include "evaluate/record_writer.h"
#include "forecast/prophet/interchange/config_json.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

Eigen::VectorXd read_vector(FieldReader& reader, const Json& object, const std::string& path,
                            const std::string& key) {
  const Json& array = reader.array(object, path, key);
  Eigen::VectorXd values(static_cast<Eigen::Index>(array.size()));
  Eigen::Index i = 0;
  for (const Json& value : array) {
    reader.require(value.is_number(), field_path(path, key), shown(value), "numbers only");
    values[i++] = value.is_number() ? value.as_number() : 0.0;
  }
  return values;
}

std::vector<std::string> read_strings(FieldReader& reader, const Json& object,
                                      const std::string& path, const std::string& key) {
  std::vector<std::string> values;
  for (const Json& value : reader.array(object, path, key)) {
    reader.require(value.is_string(), field_path(path, key), shown(value), "texts only");
    if (value.is_string()) values.push_back(value.as_text());
  }
  return values;
}

std::optional<double> read_optional_number(FieldReader& reader, const Json& object,
                                           const std::string& path, const std::string& key) {
  if (object.contains(key) && object.at(key).is_null()) return std::nullopt;
  return reader.number(object, path, key);
}

// A member that files written before it was kept do not have.
std::optional<double> read_later_number(FieldReader& reader, const Json& object,
                                        const std::string& path, const std::string& key) {
  if (!object.is_object() || !object.contains(key)) return std::nullopt;
  return read_optional_number(reader, object, path, key);
}

double read_positive(FieldReader& reader, const Json& object, const std::string& path,
                     const std::string& key) {
  const double value = reader.number(object, path, key);
  reader.require(value > 0.0, field_path(path, key), number_text(value), "a number above 0");
  return value;
}

Metric read_metric(FieldReader& reader, const Json& json) {
  const std::string name = reader.text(json, "", "metric");
  std::string known;
  for (const Metric metric : all_metrics()) {
    if (name == metric_name(metric)) return metric;
    known += (known.empty() ? "" : " or ") + std::string(metric_name(metric));
  }
  reader.fail("metric", '"' + name + '"', known);
  return Metric::kCpu;
}

Unit read_unit(FieldReader& reader, const Json& json) {
  const std::string name = reader.text(json, "", "unit");
  for (const Unit unit : {Unit::kCores, Unit::kBytes, Unit::kPercent, Unit::kNone}) {
    if (name == unit_name(unit)) return unit;
  }
  reader.fail("unit", '"' + name + '"', "cores, bytes, percent or none");
  return Unit::kNone;
}

void read_scaling(FieldReader& reader, const Json& json, std::int64_t schema_version,
                  FittedModel& model) {
  const Json& scaling = reader.object(json, "", "scaling");
  model.history_start = reader.moment(scaling, "scaling", "start");
  model.history_end = reader.moment(scaling, "scaling", "end");
  model.scaling.start = model.history_start;
  model.scaling.t_scale_seconds = reader.integer(scaling, "scaling", "t_scale_seconds");
  reader.require(model.scaling.t_scale_seconds == model.history_end - model.history_start &&
                     model.scaling.t_scale_seconds > 0,
                 "scaling.t_scale_seconds", std::to_string(model.scaling.t_scale_seconds),
                 "the seconds from scaling.start to scaling.end");
  model.scaling.y_scale = read_positive(reader, scaling, "scaling", "y_scale");
  if (schema_version > 1) {
    model.scaling.has_floor = reader.boolean(scaling, "scaling", "has_floor");
    model.scaling.y_offset = reader.number(scaling, "scaling", "y_offset");
  }
}

void read_changepoints(FieldReader& reader, const Json& json, FittedModel& model) {
  const Json& changepoints = reader.object(json, "", "changepoints");
  for (const std::string& text : read_strings(reader, changepoints, "changepoints", "ds")) {
    const auto parsed = parse_iso8601(text);
    reader.require(parsed.has_value(), "changepoints.ds", '"' + text + '"', "moments");
    if (parsed) model.changepoints.ds.push_back(parsed->seconds);
  }
  model.changepoints.t = read_vector(reader, changepoints, "changepoints", "t");
  const auto count = static_cast<Eigen::Index>(model.changepoints.ds.size());
  reader.require(model.changepoints.t.size() == count && count <= kLimits.max_changepoints,
                 "changepoints.t", std::to_string(model.changepoints.t.size()) + " values",
                 "one for each of changepoints.ds");
  if (reader.failed()) return;
  for (Eigen::Index j = 1; j < count; ++j) {
    reader.require(model.changepoints.t[j] >= model.changepoints.t[j - 1], "changepoints.t",
                   "values out of order", "ascending values");
  }
}

void read_params(FieldReader& reader, const Json& json, FittedModel& model) {
  const Json& params = reader.object(json, "", "params");
  model.params.k = reader.number(params, "params", "k");
  model.params.m = reader.number(params, "params", "m");
  model.params.sigma_obs = reader.number(params, "params", "sigma_obs");
  reader.require(model.params.sigma_obs >= 0.0, "params.sigma_obs",
                 number_text(model.params.sigma_obs), "a number of at least 0");
  model.params.delta = read_vector(reader, params, "params", "delta");
  reader.require(model.params.delta.size() == model.changepoints.t.size(), "params.delta",
                 std::to_string(model.params.delta.size()) + " values", "one for each changepoint");
  model.params.beta = read_vector(reader, params, "params", "beta");
  const std::size_t features = features_of(model.terms).size();
  const bool agree = model.params.beta.size() == static_cast<Eigen::Index>(features) &&
                     model.feature_names.size() == features;
  reader.require(agree, "params.beta", std::to_string(model.params.beta.size()) + " values",
                 std::to_string(features) + ", one for each of feature_names");
}

void read_certificate(FieldReader& reader, const Json& json, Certificate& certificate) {
  certificate.log_posterior = read_optional_number(reader, json, "", "log_posterior");
  certificate.kkt_residual = read_optional_number(reader, json, "", "kkt_residual");
  certificate.kkt_relative = read_optional_number(reader, json, "", "kkt_relative");
  certificate.sigma_floored = reader.boolean(json, "", "sigma_floored");
}

std::vector<UnseenPhase> read_unseen(FieldReader& reader, const Json& json, const char* key,
                                     int most) {
  std::vector<UnseenPhase> phases;
  if (!is_set(json, key)) return phases;
  for (const Json& item : reader.array(json, "", key)) {
    UnseenPhase phase;
    const std::int64_t index = reader.integer(item, key, "index");
    reader.require(index >= 0 && index <= most, field_path(key, "index"), std::to_string(index),
                   "0 to " + std::to_string(most));
    phase.index = static_cast<int>(index);
    phase.deviation = read_optional_number(reader, item, key, "deviation");
    phases.push_back(phase);
  }
  reader.require(phases.size() <= static_cast<std::size_t>(most) + 1, key,
                 std::to_string(phases.size()) + " entries", "one a phase");
  return phases;
}

BacktestReport read_backtest(FieldReader& reader, const Json& json) {
  const std::string path = "backtest";
  const Json& object = reader.object(json, "", path);
  BacktestReport report;
  report.horizon_seconds = reader.integer(object, path, "horizon_seconds");
  constexpr std::int64_t kMostSeconds = 1'000'000'000'000;
  reader.require(report.horizon_seconds >= 0 && report.horizon_seconds <= kMostSeconds,
                 "backtest.horizon_seconds", std::to_string(report.horizon_seconds),
                 "0 to " + std::to_string(kMostSeconds));
  for (const Json& item : reader.array(object, path, "folds")) {
    Fold fold;
    fold.cutoff = reader.moment(item, "backtest.folds", "cutoff");
    fold.scored = reader.integer(item, "backtest.folds", "scored");
    fold.mae = reader.number(item, "backtest.folds", "mae");
    fold.rmse = reader.number(item, "backtest.folds", "rmse");
    fold.coverage = read_optional_number(reader, item, "backtest.folds", "coverage");
    report.folds.push_back(fold);
  }
  report.mae = read_optional_number(reader, object, path, "mae").value_or(0.0);
  report.recent_mae = read_later_number(reader, object, path, "recent_mae").value_or(report.mae);
  report.rmse = read_optional_number(reader, object, path, "rmse").value_or(0.0);
  report.smape = read_optional_number(reader, object, path, "smape").value_or(0.0);
  report.coverage = read_optional_number(reader, object, path, "coverage");
  report.naive_mae = read_optional_number(reader, object, path, "naive_mae").value_or(0.0);
  report.interval_width = read_positive(reader, object, path, "interval_width");
  reader.require(report.interval_width < 1.0, "backtest.interval_width",
                 number_text(report.interval_width), "a number below 1");
  report.interval_scale = reader.number(object, path, "interval_scale");
  reader.require(report.interval_scale >= 0.0, "backtest.interval_scale",
                 number_text(report.interval_scale), "a number of at least 0");
  return report;
}

void read_candidates(FieldReader& reader, const Json& json, std::vector<Candidate>& candidates) {
  const std::string path = "candidates";
  for (const Json& item : reader.array(json, "", path)) {
    Candidate candidate;
    candidate.name = reader.text(item, path, "name");
    candidate.mae = read_optional_number(reader, item, path, "mae");
    candidate.recent_mae = read_later_number(reader, item, path, "recent_mae");
    if (item.is_object() && item.contains("rejected") && !item.at("rejected").is_null()) {
      candidate.rejected = reader.text(item, path, "rejected");
    }
    candidates.push_back(std::move(candidate));
  }
}

std::optional<PresentLevel> read_present(FieldReader& reader, const Json& json) {
  const std::string path = "present";
  if (!json.is_object() || !json.contains(path)) return std::nullopt;
  const Json& object = reader.object(json, "", path);
  PresentLevel present;
  present.since = reader.moment(object, path, "since");
  present.shifted = reader.boolean(object, path, "shifted");
  present.low = reader.number(object, path, "low");
  present.high = reader.number(object, path, "high");
  present.block_seconds = reader.integer(object, path, "block_seconds");
  return present;
}

std::vector<std::int64_t> read_counts(FieldReader& reader, const Json& object,
                                      const std::string& path, const std::string& key) {
  std::vector<std::int64_t> values;
  for (const Json& value : reader.array(object, path, key)) {
    const bool whole = value.is_integer();
    reader.require(whole, field_path(path, key), shown(value), "whole numbers");
    values.push_back(whole ? value.as_integer() : 0);
  }
  return values;
}

void read_usage(FieldReader& reader, const Json& json, std::vector<UsageCount>& usage) {
  const std::string path = "usage";
  if (!json.is_object() || !json.contains(path)) return;
  const Json& object = reader.object(json, "", path);
  const std::vector<std::int64_t> units = read_counts(reader, object, path, "units");
  const std::vector<std::int64_t> samples = read_counts(reader, object, path, "samples");
  reader.require(units.size() == samples.size(), "usage.samples",
                 std::to_string(samples.size()) + " values", "one for each of usage.units");
  if (reader.failed()) return;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool ascends = i == 0 ? units[i] >= 0 : units[i] > units[i - 1];
    reader.require(ascends && samples[i] > 0 && samples[i] <= kLimits.max_rows, "usage",
                   std::to_string(units[i]) + " units of " + counted(samples[i], "sample"),
                   "counts of samples, ascending in units");
    usage.push_back({units[i], samples[i]});
  }
}

void read_unobserved(FieldReader& reader, const Json& json, std::vector<UnobservedTime>& times) {
  const std::string path = "unobserved";
  if (!json.is_object() || !json.contains(path)) return;
  for (const Json& item : reader.array(json, "", path)) {
    const UnobservedTime time{reader.integer(item, path, "period_seconds"),
                              reader.integer(item, path, "from"), reader.integer(item, path, "to")};
    const bool known =
        time.period_seconds == kSecondsPerDay || time.period_seconds == kSecondsPerWeek;
    const auto within = [&time](std::int64_t at) { return at >= 0 && at < time.period_seconds; };
    reader.require(known && within(time.from) && within(time.to), path, shown(item),
                   "seconds of a day or of a week");
    times.push_back(time);
  }
}

void read_evidence(FieldReader& reader, const Json& json, WorkloadModel& model) {
  model.present = read_present(reader, json);
  read_usage(reader, json, model.usage);
  read_unobserved(reader, json, model.unobserved);
}

}  // namespace

WorkloadModel read_model(FieldReader& reader, const Json& json) {
  reader.require(json.is_object(), "", shown(json), "a model file");
  const std::int64_t schema = reader.integer(json, "", "schema_version");
  reader.require(schema >= 1 && schema <= kModelSchemaVersion, "schema_version",
                 std::to_string(schema), "1 to " + std::to_string(kModelSchemaVersion));
  WorkloadModel model;
  FittedModel& fitted = model.model;
  model.key = {reader.text(json, "", "namespace"), reader.text(json, "", "workload"),
               reader.text(json, "", "container")};
  model.metric = read_metric(reader, json);
  model.unit = read_unit(reader, json);
  model.preset = reader.text(json, "", "preset");
  model.chosen = reader.text(json, "", "chosen");
  read_candidates(reader, json, model.candidates);
  fitted.config = read_config(reader, reader.object(json, "", "config"), "config");
  fitted.terms = read_terms(reader, json, schema);
  fitted.terms.holidays_utc_offset_seconds = fitted.config.holidays_utc_offset_seconds;
  fitted.feature_names = read_strings(reader, json, "", "feature_names");
  read_scaling(reader, json, schema, fitted);
  read_changepoints(reader, json, fitted);
  read_params(reader, json, fitted);
  read_certificate(reader, json, fitted.certificate);
  fitted.training_records = reader.integer(json, "", "training_records");
  fitted.cadence_seconds = reader.integer(json, "", "cadence_seconds");
  fitted.unseen = {read_unseen(reader, json, "unseen_hours", 23),
                   read_unseen(reader, json, "unseen_weekdays", 6)};
  fitted.warnings = read_strings(reader, json, "", "warnings");
  model.y_min = reader.number(json, "", "y_min");
  model.y_max = reader.number(json, "", "y_max");
  const Json& current = reader.object(json, "", "current");
  model.current.request = read_optional_number(reader, current, "current", "request");
  model.current.limit = read_optional_number(reader, current, "current", "limit");
  model.backtest = read_backtest(reader, json);
  read_evidence(reader, json, model);
  model.training_date = reader.moment(json, "", "training_date");
  model.model_version = reader.text(json, "", "model_version");
  return model;
}

Result<WorkloadModel> decode_model(std::string_view text) {
  auto json = parse_json(text, "model");
  if (!json) return json.error();
  FieldReader reader;
  WorkloadModel model = read_model(reader, json.value());
  if (!reader.failed()) return model;
  return reader.error(ErrorCode::kInvalidModel,
                      "Give a model file as plimsoll fit or the pipeline wrote it.");
}

Result<WorkloadModel> import_prophet_model(std::string_view json) {
  auto imported = decode_prophet_model(json);
  if (!imported) return imported.error();
  WorkloadModel result;
  result.key.workload = "default";
  result.preset = preset_name(Preset::kProphet);
  result.chosen = "import";
  result.model = std::move(imported.value().model);
  result.y_min = imported.value().y_min;
  result.y_max = imported.value().y_max;
  result.training_date = result.model.history_end;
  result.model_version = model_version(result);
  return result;
}

}  // namespace plimsoll
