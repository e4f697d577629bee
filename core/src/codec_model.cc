#include "codec_model.h"

#include <array>

#include "codec_config.h"
#include "codec_terms.h"
#include "plimsoll/codec.h"
#include "plimsoll/version.h"

namespace plimsoll {
namespace {

// FNV-1a, 64 bits (Fowler, Noll & Vo): a name for content, not a defence against forgery.
std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3ULL;
  }
  return hash;
}

std::string hexadecimal(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 15U];
  return text;
}

// Everything the content hash covers: the whole model but for when it was trained.
void add_content(Json& json, const WorkloadModel& model) {
  const FittedModel& fitted = model.model;
  json["training_records"] = fitted.training_records;
  json["preset"] = model.preset;
  json["chosen"] = model.chosen;
  json["candidates"] = json_candidates(model.candidates);
  add_workload_key(json, model.key);
  json["metric"] = metric_name(model.metric);
  json["unit"] = unit_name(model.unit);
  json["config"] = json_config(fitted.config);
  add_terms(json, fitted.terms);
  json["feature_names"] = fitted.feature_names;
  json["changepoints"]["ds"] = json_moments(fitted.changepoints.ds);
  json["changepoints"]["t"] = json_vector(fitted.changepoints.t);
  Json& params = json["params"];
  params["k"] = fitted.params.k;
  params["m"] = fitted.params.m;
  params["sigma_obs"] = fitted.params.sigma_obs;
  params["delta"] = json_vector(fitted.params.delta);
  params["beta"] = json_vector(fitted.params.beta);
  Json& scaling = json["scaling"];
  scaling["start"] = format_iso8601(fitted.history_start);
  scaling["end"] = format_iso8601(fitted.history_end);
  scaling["t_scale_seconds"] = fitted.scaling.t_scale_seconds;
  scaling["y_scale"] = fitted.scaling.y_scale;
  scaling["has_floor"] = fitted.scaling.has_floor;
  scaling["y_offset"] = fitted.scaling.y_offset;
  json["log_posterior"] = json_or_null(fitted.certificate.log_posterior);
  json["kkt_residual"] = json_or_null(fitted.certificate.kkt_residual);
  json["kkt_relative"] = json_or_null(fitted.certificate.kkt_relative);
  json["sigma_floored"] = fitted.certificate.sigma_floored;
  json["cadence_seconds"] = fitted.cadence_seconds;
  json["y_min"] = model.y_min;
  json["y_max"] = model.y_max;
  json["current"]["request"] = json_or_null(model.current.request);
  json["current"]["limit"] = json_or_null(model.current.limit);
  json["backtest"] = json_backtest(model.backtest);
  json["warnings"] = fitted.warnings;
}

}  // namespace

Json json_vector(const Eigen::VectorXd& values) {
  Json json = Json::array();
  for (const double value : values) json.push_back(value);
  return json;
}

Json json_candidates(const std::vector<Candidate>& candidates) {
  Json json = Json::array();
  for (const Candidate& candidate : candidates) {
    json.push_back({{"name", candidate.name}, {"mae", json_or_null(candidate.mae)}});
  }
  return json;
}

Json json_backtest(const BacktestReport& report) {
  const bool run = !report.folds.empty();
  const auto figure = [run](double value) { return run ? Json(value) : Json(nullptr); };
  Json json;
  json["horizon_seconds"] = report.horizon_seconds;
  json["folds"] = Json::array();
  for (const Fold& fold : report.folds) {
    json["folds"].push_back({{"cutoff", format_iso8601(fold.cutoff)},
                             {"scored", fold.scored},
                             {"mae", fold.mae},
                             {"rmse", fold.rmse},
                             {"coverage", fold.coverage}});
  }
  json["mae"] = figure(report.mae);
  json["rmse"] = figure(report.rmse);
  json["smape"] = figure(report.smape);
  json["coverage"] = figure(report.coverage);
  json["interval_width"] = report.interval_width;
  json["interval_scale"] = report.interval_scale;
  json["naive_mae"] = figure(report.naive_mae);
  return json;
}

Json json_model(const WorkloadModel& model) {
  Json json;
  json["schema_version"] = kModelSchemaVersion;
  json["plimsoll_version"] = kVersion;
  json["model_version"] = model.model_version;
  json["training_date"] = format_iso8601(model.training_date);
  add_content(json, model);
  return json;
}

std::string encode_model(const WorkloadModel& model) { return dump(json_model(model)); }

std::string model_version(const WorkloadModel& model) {
  Json content;
  add_content(content, model);
  return hexadecimal(fnv1a(dump(content)));
}

std::string encode_model_validation(const WorkloadModel& model, const ModelValidation& validation) {
  Json json;
  json["overall_status"] = validation.passed ? "PASSED" : "FAILED";
  add_workload_key(json, model.key);
  json["metric"] = metric_name(model.metric);
  json["model_version"] = model.model_version;
  json["checks"] = Json::array();
  for (const Check& check : validation.checks) {
    json["checks"].push_back(
        {{"name", check.name}, {"passed", check.passed}, {"detail", check.detail}});
  }
  json["backtest"] = json_backtest(model.backtest);
  return dump(json);
}

}  // namespace plimsoll
