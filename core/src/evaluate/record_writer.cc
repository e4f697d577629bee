#include "evaluate/record_writer.h"

#include <cstddef>

#include "data/shapes.h"
#include "evaluate/shapes.h"
#include "forecast/prophet/interchange/config_json.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "plimsoll/base/hash.h"
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
        .says("Share of the samples within the model's own interval; null where all are of a "
              "constant past that went on."),
};
constexpr Shape kFoldShape(kFoldMembers, "Fold");

constexpr Member kBacktestMembers[] = {
    PLIMSOLL_MEMBER("horizon_seconds", BacktestReport, horizon_seconds).from(0),
    PLIMSOLL_MEMBER("folds", BacktestReport, folds)
        .of(kFoldShape)
        .says("Oldest first; empty when the history is too short."),
    PLIMSOLL_MEMBER("mae", BacktestReport, mae).where<has_folds>(),
    PLIMSOLL_MEMBER("recent_mae", BacktestReport, recent_mae)
        .where<has_folds>()
        .says("Mean of the folds' errors, each counting half as much as the next later one."),
    PLIMSOLL_MEMBER("rmse", BacktestReport, rmse).where<has_folds>(),
    PLIMSOLL_MEMBER("smape", BacktestReport, smape).where<has_folds>(),
    PLIMSOLL_MEMBER("coverage", BacktestReport, coverage).from(0).to(1).where<has_folds>(),
    PLIMSOLL_MEMBER("interval_width", BacktestReport, interval_width),
    PLIMSOLL_MEMBER("interval_scale", BacktestReport, interval_scale)
        .from(0)
        .says("Calibrated half-widths are the model's times this."),
    PLIMSOLL_MEMBER("naive_mae", BacktestReport, naive_mae)
        .where<has_folds>()
        .says("Of repeating the last day or week."),
};

constexpr Member kCandidateMembers[] = {
    PLIMSOLL_MEMBER("name", Candidate, name),
    PLIMSOLL_MEMBER("mae", Candidate, mae).says("In the backtest; null without one."),
    PLIMSOLL_MEMBER("recent_mae", Candidate, recent_mae).says("What candidates are compared by."),
    PLIMSOLL_MEMBER("rejected", Candidate, rejected)
        .or_null()
        .says("The check that its forecast does not pass."),
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

constexpr Member kChangepointsMembers[] = {
    PLIMSOLL_MEMBER("ds", Changepoints, ds).as(Form::kMoment),
    PLIMSOLL_MEMBER("t", Changepoints, t),
};
constexpr Shape kChangepointsShape(kChangepointsMembers, "Changepoints");

constexpr Member kParamsMembers[] = {
    PLIMSOLL_MEMBER("k", Parameters, k),
    PLIMSOLL_MEMBER("m", Parameters, m),
    PLIMSOLL_MEMBER("sigma_obs", Parameters, sigma_obs).from(0),
    PLIMSOLL_MEMBER("delta", Parameters, delta),
    PLIMSOLL_MEMBER("beta", Parameters, beta),
};
constexpr Shape kParamsShape(kParamsMembers, "Parameters");

constexpr Member kScalingMembers[] = {
    PLIMSOLL_MEMBER("start", FittedModel, history_start).as(Form::kMoment),
    PLIMSOLL_MEMBER("end", FittedModel, history_end).as(Form::kMoment),
    PLIMSOLL_MEMBER("t_scale_seconds", FittedModel, scaling.t_scale_seconds).from(0),
    PLIMSOLL_MEMBER("y_scale", FittedModel, scaling.y_scale),
    PLIMSOLL_MEMBER("has_floor", FittedModel, scaling.has_floor),
    PLIMSOLL_MEMBER("y_offset", FittedModel, scaling.y_offset)
        .says("The trend's zero; not 0 only in imports of Prophet's minmax scaling."),
};
constexpr Shape kScalingShape(kScalingMembers, "Scaling");

constexpr Member kSettingMembers[] = {
    PLIMSOLL_MEMBER("request", CurrentSetting, request),
    PLIMSOLL_MEMBER("limit", CurrentSetting, limit),
};
constexpr Shape kSettingShape(kSettingMembers, "CurrentSetting");

constexpr Member kUnseenMembers[] = {
    PLIMSOLL_MEMBER("index", UnseenPhase, index).from(0).to(23),
    PLIMSOLL_MEMBER("deviation", UnseenPhase, deviation)
        .says("The posterior's of yhat there, scaled; null where no term follows it."),
};
constexpr Shape kUnseenShape(kUnseenMembers, "UnseenPhase");

bool has_unseen_hours(const WorkloadModel& model) { return !model.model.unseen.hours.empty(); }
bool has_unseen_weekdays(const WorkloadModel& model) {
  return !model.model.unseen.weekdays.empty();
}

constexpr Member kPresentMembers[] = {
    PLIMSOLL_MEMBER("since", PresentLevel, since).as(Form::kMoment),
    PLIMSOLL_MEMBER("shifted", PresentLevel, shifted)
        .says("The level is another than before since."),
    PLIMSOLL_MEMBER("low", PresentLevel, low).says("Of the means of its blocks."),
    PLIMSOLL_MEMBER("high", PresentLevel, high),
    PLIMSOLL_MEMBER("block_seconds", PresentLevel, block_seconds).from(1),
};

struct UsageCounts {
  std::vector<std::int64_t> units, samples;
};

constexpr Member kUsageMembers[] = {
    PLIMSOLL_MEMBER("units", UsageCounts, units).from(0),
    PLIMSOLL_MEMBER("samples", UsageCounts, samples).from(0),
};
constexpr Shape kUsageShape(kUsageMembers, "UsageCounts");

// Counts exactly up to 256 units; beyond that in steps that are powers of two, 1/128 of the units
// at most, as HdrHistogram does. A step's samples are counted at its least units, so that a count
// of samples above something is never too large; what has been written once stays as it is.
void write_usage(Writer& out, const Style& style, const WorkloadModel& model) {
  UsageCounts counts;
  for (const UsageCount& count : model.usage) {
    std::int64_t width = 1;
    while (count.units / width >= 256) width *= 2;
    const std::int64_t units = count.units - count.units % width;
    if (counts.units.empty() || counts.units.back() != units) {
      counts.units.push_back(units);
      counts.samples.push_back(0);
    }
    counts.samples.back() += count.samples;
  }
  write_object(out, style, &counts, kUsageShape);
}

constexpr Member kUnobservedMembers[] = {
    PLIMSOLL_MEMBER("period_seconds", UnobservedTime, period_seconds).among("86400|604800"),
    PLIMSOLL_MEMBER("from", UnobservedTime, from).from(0),
    PLIMSOLL_MEMBER("to", UnobservedTime, to).from(0),
};
constexpr Shape kUnobservedShape(kUnobservedMembers, "UnobservedTime");

bool has_present(const WorkloadModel& model) { return model.present.has_value(); }
bool has_usage(const WorkloadModel& model) { return !model.usage.empty(); }
bool has_unobserved(const WorkloadModel& model) { return !model.unobserved.empty(); }

// Everything the content hash covers: the whole model but for when it was trained.
constexpr Member kContentMembers[] = {
    PLIMSOLL_MEMBER("training_records", WorkloadModel, model.training_records).from(0),
    PLIMSOLL_MEMBER("preset", WorkloadModel, preset),
    PLIMSOLL_MEMBER("chosen", WorkloadModel, chosen).says("The candidate that won."),
    PLIMSOLL_MEMBER("candidates", WorkloadModel, candidates).of(kCandidateShape),
    PLIMSOLL_MEMBER(nullptr, WorkloadModel, key).of(kKeyShape),
    PLIMSOLL_MEMBER("metric", WorkloadModel, metric).one_of(kMetricNames),
    PLIMSOLL_MEMBER("unit", WorkloadModel, unit).one_of(kUnitNames),
    PLIMSOLL_MEMBER("config", WorkloadModel, model.config).of(kConfigShape),
    PLIMSOLL_MEMBER(nullptr, WorkloadModel, model.terms).of(kTermsShape),
    PLIMSOLL_MEMBER("feature_names", WorkloadModel, model.feature_names),
    PLIMSOLL_MEMBER("changepoints", WorkloadModel, model.changepoints).of(kChangepointsShape),
    PLIMSOLL_MEMBER("params", WorkloadModel, model.params)
        .of(kParamsShape)
        .says("In scaled units."),
    PLIMSOLL_MEMBER("scaling", WorkloadModel, model).of(kScalingShape),
    PLIMSOLL_MEMBER("log_posterior", WorkloadModel, model.certificate.log_posterior)
        .says("At the optimum, constants dropped; null for a constant series."),
    PLIMSOLL_MEMBER("kkt_residual", WorkloadModel, model.certificate.kkt_residual).from(0),
    PLIMSOLL_MEMBER("kkt_relative", WorkloadModel, model.certificate.kkt_relative)
        .from(0)
        .says("null for an imported model: not known."),
    PLIMSOLL_MEMBER("sigma_floored", WorkloadModel, model.certificate.sigma_floored),
    PLIMSOLL_MEMBER("cadence_seconds", WorkloadModel, model.cadence_seconds).from(0),
    PLIMSOLL_MEMBER("y_min", WorkloadModel, y_min),
    PLIMSOLL_MEMBER("y_max", WorkloadModel, y_max),
    PLIMSOLL_MEMBER("current", WorkloadModel, current).of(kSettingShape),
    PLIMSOLL_MEMBER("backtest", WorkloadModel, backtest).of(kBacktestShape),
    PLIMSOLL_MEMBER("unseen_hours", WorkloadModel, model.unseen.hours)
        .of(kUnseenShape)
        .where<has_unseen_hours>()
        .or_left_out()
        .says("Hours of the day (UTC) without a sample."),
    PLIMSOLL_MEMBER("unseen_weekdays", WorkloadModel, model.unseen.weekdays)
        .of(kUnseenShape)
        .where<has_unseen_weekdays>()
        .or_left_out()
        .says("Days of the week (UTC, 0 is Monday) without a sample."),
    PLIMSOLL_MEMBER("present", WorkloadModel, present)
        .of(kPresentShape)
        .where<has_present>()
        .or_left_out()
        .says("The level that the series keeps at its end."),
    members::written<write_usage>("usage", Form::kObject)
        .of(kUsageShape)
        .where<has_usage>()
        .or_left_out()
        .says("How many samples need so many whole units; steps of 1/128 beyond 256."),
    PLIMSOLL_MEMBER("unobserved", WorkloadModel, unobserved)
        .of(kUnobservedShape)
        .where<has_unobserved>()
        .or_left_out()
        .says("Seconds after midnight or Monday's, UTC, in which no sample was ever taken."),
    PLIMSOLL_MEMBER("warnings", WorkloadModel, model.warnings),
};
constexpr Shape kContentShape(kContentMembers, "ModelContent");

int schema_version(const WorkloadModel& /*model*/) { return kModelSchemaVersion; }
std::string_view plimsoll_version(const WorkloadModel& /*model*/) { return kVersion; }

constexpr Member kModelMembers[] = {
    members::given<schema_version>("schema_version")
        .among("2")
        .says("Files of version 1 are read too."),
    members::given<plimsoll_version>("plimsoll_version"),
    PLIMSOLL_MEMBER("model_version", WorkloadModel, model_version)
        .like("^[0-9a-f]{16}$")
        .says("Content hash; does not cover training_date."),
    PLIMSOLL_MEMBER("training_date", WorkloadModel, training_date).as(Form::kMoment),
    members::part(nullptr, kContentShape),
};

}  // namespace

constinit const Shape kPresentShape(kPresentMembers, "PresentLevel");
constinit const Shape kCandidateShape(kCandidateMembers, "Candidate");
constinit const Shape kBacktestShape(kBacktestMembers, "Backtest");
constinit const Shape kModelValidationShape =
    Shape(kValidationMembers, "ModelValidation")
        .titled("What the stage validate-model reports for one model");

constinit const Shape kModelShape =
    Shape(kModelMembers, "Model").titled("A Plimsoll model file, one metric of one workload");

std::string encode_model(const WorkloadModel& model) { return write_document(&model, kModelShape); }

std::string model_version(const WorkloadModel& model) {
  return hexadecimal(fnv1a(write_document(&model, kContentShape)));
}

std::string encode_model_validation(const WorkloadModel& model, const ModelValidation& validation) {
  const ValidationDocument document{validation.passed ? "PASSED" : "FAILED", &model, &validation};
  return write_document(&document, kModelValidationShape);
}

}  // namespace plimsoll
