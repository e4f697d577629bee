#include "plan/plan_document.h"

#include <cstddef>

#include "data/report_json.h"
#include "data/shapes.h"
#include "data/whole_units.h"
#include "evaluate/shapes.h"
#include "forecast/prophet/interchange/config_json.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "plimsoll/base/version.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll {
namespace {

using members::given;
using members::part;
using members::written;

constexpr const char* kQuantityPattern = "^[0-9]+(m|Mi)$";

constexpr Member kHistoryMembers[] = {
    PLIMSOLL_MEMBER("start", History, start).as(Form::kMoment),
    PLIMSOLL_MEMBER("step_seconds", History, step_seconds).from(0),
    PLIMSOLL_MEMBER("mean", History, mean)
        .as(Form::kUsage)
        .with_gaps()
        .says("Bucket means, null in gaps; at most 2,016 buckets."),
    PLIMSOLL_MEMBER("max", History, max).as(Form::kUsage).with_gaps(),
};
constexpr Shape kHistoryShape(kHistoryMembers, "History");

struct Changepoint {
  Timestamp ds = 0;
  double delta = 0.0;
};

constexpr Member kChangepointMembers[] = {
    PLIMSOLL_MEMBER("ds", Changepoint, ds).as(Form::kMoment),
    PLIMSOLL_MEMBER("delta", Changepoint, delta),
};
constexpr Shape kChangepointShape(kChangepointMembers, "Changepoint");

// Those where the trend changes.
void write_changepoints(Writer& out, const Style& style, const FittedModel& model) {
  out.begin_array();
  for (std::size_t j = 0; j < model.changepoints.ds.size(); ++j) {
    const double delta = model.params.delta[static_cast<Eigen::Index>(j)];
    if (delta == 0.0) continue;
    const Changepoint changepoint{model.changepoints.ds[j], delta};
    write_object(out, style, &changepoint, kChangepointShape);
  }
  out.end_array();
}

bool has_present(const WorkloadModel& model) { return model.present.has_value(); }

constexpr Member kModelMembers[] = {
    PLIMSOLL_MEMBER("model_version", WorkloadModel, model_version),
    PLIMSOLL_MEMBER("preset", WorkloadModel, preset),
    PLIMSOLL_MEMBER("chosen", WorkloadModel, chosen),
    PLIMSOLL_MEMBER("candidates", WorkloadModel, candidates).of(kCandidateShape),
    PLIMSOLL_MEMBER("training_records", WorkloadModel, model.training_records).from(0),
    PLIMSOLL_MEMBER("history_start", WorkloadModel, model.history_start).as(Form::kMoment),
    PLIMSOLL_MEMBER("history_end", WorkloadModel, model.history_end).as(Form::kMoment),
    PLIMSOLL_MEMBER("cadence_seconds", WorkloadModel, model.cadence_seconds).from(0),
    PLIMSOLL_MEMBER("growth", WorkloadModel, model.config.growth).one_of(kGrowthNames),
    PLIMSOLL_MEMBER("seasonalities", WorkloadModel, model.terms.seasonalities)
        .of(kSeasonalityShape),
    PLIMSOLL_MEMBER("changepoints", WorkloadModel, model)
        .by<write_changepoints>(Form::kObject)
        .of(kChangepointShape)
        .listed()
        .says("Those where the trend changes."),
    PLIMSOLL_MEMBER("log_posterior", WorkloadModel, model.certificate.log_posterior),
    PLIMSOLL_MEMBER("kkt_relative", WorkloadModel, model.certificate.kkt_relative).from(0),
    PLIMSOLL_MEMBER("backtest", WorkloadModel, backtest).of(kBacktestShape),
    PLIMSOLL_MEMBER("present", WorkloadModel, present)
        .of(kPresentShape)
        .where<has_present>()
        .or_left_out(),
    PLIMSOLL_MEMBER("warnings", WorkloadModel, model.warnings),
};
constexpr Shape kModelSummaryShape(kModelMembers, "ModelSummary");

// A horizon with what else an answer says of it.
struct HorizonView {
  const HorizonPlan* plan;
  double interval_width;
};

constexpr Member kFigureMembers[] = {
    PLIMSOLL_MEMBER("mean", HorizonPlan, forecast.mean),
    PLIMSOLL_MEMBER("lower", HorizonPlan, forecast.lower),
    PLIMSOLL_MEMBER("upper", HorizonPlan, forecast.upper),
    PLIMSOLL_MEMBER("peak", HorizonPlan, forecast.peak),
    PLIMSOLL_MEMBER("peak_at", HorizonPlan, forecast.peak_at).as(Form::kLocalMoment),
};
constexpr Shape kFigureShape(kFigureMembers, "ForecastFigures");

constexpr Member kSeriesMembers[] = {
    PLIMSOLL_MEMBER("step_seconds", HorizonPlan, forecast.step_seconds).from(0),
    PLIMSOLL_MEMBER("points", HorizonPlan, forecast.points).from(0),
    PLIMSOLL_MEMBER("yhat", HorizonPlan, forecast.yhat)
        .as(Form::kUsage)
        .for_charts()
        .says("Point i lies at window.start + i * step_seconds. The three arrays are absent with "
              "points=0."),
    PLIMSOLL_MEMBER("yhat_lower", HorizonPlan, forecast.yhat_lower).as(Form::kUsage).for_charts(),
    PLIMSOLL_MEMBER("yhat_upper", HorizonPlan, forecast.yhat_upper).as(Form::kUsage).for_charts(),
};
constexpr Shape kSeriesShape(kSeriesMembers, "ForecastSeries");

constexpr Member kForecastMembers[] = {
    PLIMSOLL_MEMBER(nullptr, HorizonView, plan).of(kFigureShape),
    PLIMSOLL_MEMBER("interval_width", HorizonView, interval_width),
    PLIMSOLL_MEMBER(nullptr, HorizonView, plan).of(kSeriesShape),
};
constexpr Shape kForecastShape(kForecastMembers, "WindowForecast");

constexpr Member kStepMembers[] = {
    PLIMSOLL_MEMBER("target", ChainStep, target).among("request|limit"),
    PLIMSOLL_MEMBER("step", ChainStep, step),
    PLIMSOLL_MEMBER("value", ChainStep, value).says("In canonical units, after the step."),
    PLIMSOLL_MEMBER("detail", ChainStep, detail),
};

bool has_counts(const RecommendationWarning& warning) { return warning.samples > 0; }

constexpr Member kWarningMembers[] = {
    PLIMSOLL_MEMBER("code", RecommendationWarning, code)
        .among("samples_above_request|samples_above_limit|forecast_not_usable"),
    PLIMSOLL_MEMBER("detail", RecommendationWarning, detail),
    PLIMSOLL_MEMBER("samples_above", RecommendationWarning, samples_above)
        .from(1)
        .where<has_counts>()
        .or_left_out(),
    PLIMSOLL_MEMBER("samples", RecommendationWarning, samples)
        .from(1)
        .where<has_counts>()
        .or_left_out(),
};

constexpr Member kConfidenceMembers[] = {
    PLIMSOLL_MEMBER("level", Confidence, level).among("high|medium|low"),
    PLIMSOLL_MEMBER("reasons", Confidence, reasons),
};

std::string_view parameter_name(const PolicyParameter& parameter) { return parameter.name; }

constexpr Member kParameterMembers[] = {PLIMSOLL_MEMBER(nullptr, PolicyParameter, value)};
constexpr Shape kParameterShape =
    Shape(kParameterMembers, "PolicyParameter").named<parameter_name>();

constexpr Member kQuantityMembers[] = {
    PLIMSOLL_MEMBER("request", Recommendation, request).like(kQuantityPattern),
    PLIMSOLL_MEMBER("limit", Recommendation, limit).like(kQuantityPattern),
};

std::string_view policy_of(const HorizonPlan& plan) { return plan.recommendation.policy; }

constexpr Member kRecommendationMembers[] = {
    given<policy_of>("policy"),
    PLIMSOLL_MEMBER("parameters", HorizonPlan, recommendation.parameters)
        .by_name(kParameterShape)
        .says("The policy's own, by name."),
    PLIMSOLL_MEMBER(nullptr, HorizonPlan, recommendation).of(kQuantitiesShape),
    PLIMSOLL_MEMBER("chain", HorizonPlan, recommendation.chain).of(kChainStepShape),
    PLIMSOLL_MEMBER("confidence", HorizonPlan, confidence).of(kConfidenceShape),
    PLIMSOLL_MEMBER("warnings", HorizonPlan, recommendation.warnings)
        .of(kRecommendationWarningShape),
};
constexpr Shape kRecommendationShape(kRecommendationMembers, "Recommendation");

constexpr Member kWindowMembers[] = {
    PLIMSOLL_MEMBER("start", Window, start).as(Form::kLocalMoment),
    PLIMSOLL_MEMBER("end", Window, end).as(Form::kLocalMoment),
};

constexpr Member kHorizonPlanMembers[] = {
    PLIMSOLL_MEMBER("window", HorizonPlan, forecast.window).of(kWindowShape),
};
constexpr Shape kHorizonWindowShape(kHorizonPlanMembers, "HorizonWindow");

constexpr Member kHorizonMembers[] = {
    PLIMSOLL_MEMBER(nullptr, HorizonView, plan).of(kHorizonWindowShape),
    part("forecast", kForecastShape),
    PLIMSOLL_MEMBER("recommendation", HorizonView, plan).of(kRecommendationShape).never_null(),
};
constexpr Shape kHorizonShape(kHorizonMembers, "HorizonPlan");

void write_horizons(Writer& out, const Style& style, const MetricPlan& plan) {
  out.begin_object();
  for (const HorizonPlan& horizon : plan.horizons) {
    const HorizonView view{&horizon, plan.model->backtest.interval_width};
    out.key(horizon_name(horizon.horizon));
    write_object(out, style, &view, kHorizonShape);
  }
  out.end_object();
}

std::optional<std::string> quantity(const std::optional<double>& value, Metric metric) {
  if (!value) return std::nullopt;
  return units_text(whole_units(*value, metric), metric);
}
std::optional<std::string> current_request(const MetricPlan& plan) {
  return quantity(plan.current.request, plan.metric);
}
std::optional<std::string> current_limit(const MetricPlan& plan) {
  return quantity(plan.current.limit, plan.metric);
}

constexpr Member kCurrentMembers[] = {
    given<current_request>("request").like(kQuantityPattern),
    given<current_limit>("limit").like(kQuantityPattern),
};
constexpr Shape kCurrentShape(kCurrentMembers, "CurrentQuantities");

constexpr std::string_view kStatusNames[] = {"ok", "not_enough_data", "failed_checks", "untrusted",
                                             "unset"};
constexpr std::string_view kHorizonNames[] = {"day", "week", "weekend", "month"};

bool is_set(const MetricPlan& plan) { return plan.status != MetricStatus::kUnset; }
bool has_history(const MetricPlan& plan) { return is_set(plan) && plan.history.step_seconds > 0; }
bool has_model(const MetricPlan& plan) { return is_set(plan) && plan.model.has_value(); }

constexpr Member kMetricMembers[] = {
    PLIMSOLL_MEMBER("status", MetricPlan, status).one_of(kStatusNames),
    PLIMSOLL_MEMBER("reason", MetricPlan, reason).or_null().says("Why there is no value."),
    PLIMSOLL_MEMBER("unit", MetricPlan, unit).one_of(kUnitNames).where<is_set>().or_left_out(),
    part("current", kCurrentShape).where<is_set>().or_left_out(),
    PLIMSOLL_MEMBER("history", MetricPlan, history)
        .of(kHistoryShape)
        .where<has_history>()
        .or_left_out(),
    PLIMSOLL_MEMBER("model", MetricPlan, model)
        .of(kModelSummaryShape)
        .where<has_model>()
        .or_left_out(),
    written<write_horizons>("horizons", Form::kObject)
        .by_name(kHorizonShape, kHorizonNames)
        .where<has_model>()
        .or_left_out(),
};
constexpr Shape kMetricShape(kMetricMembers, "MetricPlan");

// Usage to a precision below what anyone can request, so that an answer is not mostly digits:
// millionths of a core, whole bytes. Numbers without a unit keep every digit.
int usage_decimals(const MetricPlan& plan) {
  constexpr int kOfShares = 6;
  if (plan.unit == Unit::kNone) return kAllDecimals;
  const MetricInfo& metric = info_of(plan.metric);
  return plan.unit == metric.unit ? metric.decimals : kOfShares;
}

void write_metrics(Writer& out, const Style& style, const WorkloadPlan& workload) {
  out.begin_object();
  for (const MetricPlan& metric : workload.metrics) {
    Style own = style;
    own.usage_decimals = usage_decimals(metric);
    out.key(metric_name(metric.metric));
    write_object(out, own, &metric, kMetricShape);
  }
  out.end_object();
}

constexpr Member kWorkloadMembers[] = {
    PLIMSOLL_MEMBER(nullptr, WorkloadPlan, key).of(kKeyShape),
    written<write_metrics>("metrics", Form::kObject).by_name(kMetricShape, kMetricNames).with_all(),
};
constexpr Shape kWorkloadShape(kWorkloadMembers, "WorkloadPlan");

constexpr Member kStaleMembers[] = {PLIMSOLL_MEMBER("gap_seconds", StaleGap, gap_seconds).from(0)};

int schema_version(const Plan& /*plan*/) { return 1; }
std::string_view plimsoll_version(const Plan& /*plan*/) { return kVersion; }
std::string zone(const Plan& plan) { return utc_offset_name(plan.utc_offset_seconds); }
std::string_view preset(const Plan& plan) { return preset_name(plan.preset); }
std::string_view policy(const Plan& plan) { return plan.policy->name; }
bool is_stale(const Plan& plan) { return plan.stale_gap_seconds.has_value(); }
void write_stale(Writer& out, const Style& style, const Plan& plan) {
  const StaleGap gap{plan.stale_gap_seconds.value_or(0)};
  write_object(out, style, &gap, kStaleShape);
}

constexpr Member kPlanMembers[] = {
    given<schema_version>("schema_version").among("1"),
    given<plimsoll_version>("plimsoll_version"),
    PLIMSOLL_MEMBER("now", Plan, now).as(Form::kLocalMoment),
    given<zone>("tz"),
    given<preset>("preset"),
    given<policy>("policy"),
    written<write_stale>("stale", Form::kObject)
        .of(kStaleShape)
        .where<is_stale>()
        .or_left_out()
        .says("Where now lies far past the data."),
    PLIMSOLL_MEMBER("report", Plan, report).of(kReportShape),
    PLIMSOLL_MEMBER("workloads", Plan, workloads).of(kWorkloadShape),
};

}  // namespace

constinit const Shape kPlanShape =
    Shape(kPlanMembers, "Plan").titled("What /v1/plan answers: the planner's whole screen");
constinit const Shape kChainStepShape(kStepMembers, "ChainStep");
constinit const Shape kRecommendationWarningShape(kWarningMembers, "RecommendationWarning");
constinit const Shape kConfidenceShape(kConfidenceMembers, "Confidence");
constinit const Shape kQuantitiesShape(kQuantityMembers, "Quantities");
constinit const Shape kWindowShape(kWindowMembers, "Span");
constinit const Shape kStaleShape(kStaleMembers, "Stale");

std::string_view status_name(MetricStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

std::string encode_plan(const Plan& plan, const PlanEncoding& encoding) {
  return write_document(&plan, kPlanShape,
                        {.utc_offset_seconds = plan.utc_offset_seconds, .series = encoding.points});
}

}  // namespace plimsoll
