#include "evaluate/record_writer.h"

#include <array>
#include <cstddef>

#include "base/hash.h"
#include "codec/json.h"
#include "data/shapes.h"
#include "data/workload_key_text.h"
#include "evaluate/shapes.h"
#include "forecast/prophet/interchange/config_json.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "plimsoll/base/version.h"
#include "plimsoll/evaluate/record.h"

namespace plimsoll {
namespace {

bool has_folds(const BacktestReport& report) { return !report.folds.empty(); }

constexpr Member kFoldMembers[] = {
    PLIMSOLL_MEMBER("cutoff", Fold, cutoff).as(Form::kMoment).says("Trained on ds <= cutoff."),
    PLIMSOLL_MEMBER("scored", Fold, scored).from(0).says("Samples it was scored on."),
    PLIMSOLL_MEMBER("mae", Fold, mae).says("Mean absolute error, in the units of y."),
    PLIMSOLL_MEMBER("rmse", Fold, rmse),
    PLIMSOLL_MEMBER("coverage", Fold, coverage)
        .from(0)
        .to(1)
        .says("Share of the samples within the model's own interval."),
};
constexpr Shape kFoldShape(kFoldMembers, "Fold");

constexpr Member kBacktestMembers[] = {
    PLIMSOLL_MEMBER("horizon_seconds", BacktestReport, horizon_seconds).from(0),
    PLIMSOLL_MEMBER("folds", BacktestReport, folds)
        .of(kFoldShape)
        .says("Oldest first; empty when the history is too short."),
    PLIMSOLL_MEMBER("mae", BacktestReport, mae).unless<has_folds>(),
    PLIMSOLL_MEMBER("rmse", BacktestReport, rmse).unless<has_folds>(),
    PLIMSOLL_MEMBER("smape", BacktestReport, smape).unless<has_folds>(),
    PLIMSOLL_MEMBER("coverage", BacktestReport, coverage).from(0).to(1).unless<has_folds>(),
    PLIMSOLL_MEMBER("interval_width", BacktestReport, interval_width),
    PLIMSOLL_MEMBER("interval_scale", BacktestReport, interval_scale)
        .from(0)
        .says("Calibrated half-widths are the model's times this."),
    PLIMSOLL_MEMBER("naive_mae", BacktestReport, naive_mae)
        .unless<has_folds>()
        .says("Of repeating the last day or week."),
};

constexpr Member kCheckMembers[] = {
    PLIMSOLL_MEMBER("name", Check, name),
    PLIMSOLL_MEMBER("passed", Check, passed),
    PLIMSOLL_MEMBER("detail", Check, detail),
};
constexpr Shape kCheckShape(kCheckMembers, "Check");

struct ValidationDocument {
  std::string overall_status;
  const WorkloadModel* model;
  const ModelValidation* validation;
};

constexpr Member kSubjectMembers[] = {
    PLIMSOLL_MEMBER(nullptr, WorkloadModel, key).of(kKeyShape),
    PLIMSOLL_MEMBER("metric", WorkloadModel, metric).one_of(kMetricNames),
    PLIMSOLL_MEMBER("model_version", WorkloadModel, model_version),
};
constexpr Shape kSubjectShape(kSubjectMembers, "ValidatedModel");

constexpr Member kChecksMembers[] = {
    PLIMSOLL_MEMBER("checks", ModelValidation, checks).of(kCheckShape),
};
constexpr Shape kChecksShape(kChecksMembers, "Checks");

constexpr Member kTestedMembers[] = {
    PLIMSOLL_MEMBER("backtest", WorkloadModel, backtest).of(kBacktestShape),
};
constexpr Shape kTestedShape(kTestedMembers, "TestedModel");

constexpr Member kValidationMembers[] = {
    PLIMSOLL_MEMBER("overall_status", ValidationDocument, overall_status).among("PASSED|FAILED"),
    PLIMSOLL_MEMBER(nullptr, ValidationDocument, model).of(kSubjectShape),
    PLIMSOLL_MEMBER(nullptr, ValidationDocument, validation).of(kChecksShape),
    PLIMSOLL_MEMBER(nullptr, ValidationDocument, model).of(kTestedShape),
};

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

constinit const Shape kBacktestShape(kBacktestMembers, "Backtest");
constinit const Shape kModelValidationShape =
    Shape(kValidationMembers, "ModelValidation")
        .titled("What the stage validate-model reports for one model");

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
  const ValidationDocument document{validation.passed ? "PASSED" : "FAILED", &model, &validation};
  return write_document(&document, kModelValidationShape);
}

}  // namespace plimsoll
