#include "api/window_document.h"

#include <cstddef>

#include "data/shapes.h"
#include "plan/plan_document.h"

namespace plimsoll {
namespace {

using members::given;
using members::part;

constexpr const char* kWords = "low|normal|high";

constexpr Member kRangeMembers[] = {
    PLIMSOLL_MEMBER("min", ValueRange, min).from(0),
    PLIMSOLL_MEMBER("max", ValueRange, max).from(0),
};
constexpr Shape kRangeShape(kRangeMembers, "ValueRange");

constexpr Member kPredictionMembers[] = {
    PLIMSOLL_MEMBER("cpu_cores", Predictions, cpu_cores).from(0).or_left_out(),
    PLIMSOLL_MEMBER("cpu", Predictions, cpu).or_left_out().says("CPU without a unit."),
    PLIMSOLL_MEMBER("cpu_range", Predictions, cpu_range).of(kRangeShape).or_left_out(),
    PLIMSOLL_MEMBER("memory_gb", Predictions, memory_gb).from(0).or_left_out(),
    PLIMSOLL_MEMBER("memory", Predictions, memory).or_left_out().says("Memory without a unit."),
    PLIMSOLL_MEMBER("memory_range", Predictions, memory_range).of(kRangeShape).or_left_out(),
};
constexpr Shape kPredictionShape(kPredictionMembers, "Predictions");

constexpr Member kInsightMembers[] = {
    PLIMSOLL_MEMBER("cpu_utilization", Insights, cpu_utilization).among(kWords).or_left_out(),
    PLIMSOLL_MEMBER("memory_utilization", Insights, memory_utilization).among(kWords).or_left_out(),
    PLIMSOLL_MEMBER("confidence", Insights, confidence).among("high|medium|low"),
    PLIMSOLL_MEMBER("recommendation_note", Insights, recommendation_note).or_left_out(),
};
constexpr Shape kInsightShape(kInsightMembers, "Insights");

constexpr Member kModelMembers[] = {
    PLIMSOLL_MEMBER("model_version", WindowDocument, model_version),
    PLIMSOLL_MEMBER("training_date", WindowDocument, training_date).as(Form::kMoment),
    PLIMSOLL_MEMBER("forecast_type", WindowDocument, forecast_type),
};
constexpr Shape kModelShape(kModelMembers, "ModelInfo");

// One for each part, by the metric's name.
std::string_view metric_of(const WindowPart& part) { return metric_name(part.metric); }

constexpr Member kBoundMembers[] = {
    PLIMSOLL_MEMBER("lower", WindowForecast, lower),
    PLIMSOLL_MEMBER("upper", WindowForecast, upper),
    PLIMSOLL_MEMBER("peak", WindowForecast, peak),
    PLIMSOLL_MEMBER("peak_at", WindowForecast, peak_at).as(Form::kLocalMoment),
};
constexpr Shape kBoundShape(kBoundMembers, "ForecastBounds");

constexpr Member kPartQuantityMembers[] = {
    PLIMSOLL_MEMBER(nullptr, WindowPart, plan.recommendation).of(kQuantitiesShape),
    PLIMSOLL_MEMBER("warnings", WindowPart, plan.recommendation.warnings)
        .of(kRecommendationWarningShape)};
constexpr Shape kPartQuantityShape = Shape(kPartQuantityMembers, "Quantities").named<metric_of>();

constexpr Member kPartBoundMembers[] = {
    PLIMSOLL_MEMBER(nullptr, WindowPart, plan.forecast).of(kBoundShape)};
constexpr Shape kPartBoundShape = Shape(kPartBoundMembers, "ForecastBounds").named<metric_of>();

void write_chain(Writer& out, const Style& style, const WindowPart& part) {
  out.begin_array();
  for (const ChainStep& step : part.plan.recommendation.chain) {
    write_object(out, style, &step, kChainStepShape);
  }
  out.end_array();
}

constexpr Member kPartChainMembers[] = {
    members::written<write_chain>(nullptr, Form::kObject).of(kChainStepShape).listed()};
constexpr Shape kPartChainShape = Shape(kPartChainMembers, "Chain").named<metric_of>();

// The parts share window and policy.
const Recommendation& first(const WindowDocument& document) {
  return document.parts.front().plan.recommendation;
}
void write_window(Writer& out, const Style& style, const WindowDocument& document) {
  write_object(out, style, &document.parts.front().plan.forecast.window, kWindowShape);
}

std::string_view policy(const Recommendation& recommendation) { return recommendation.policy; }

std::optional<double> parameter(const Recommendation& recommendation, std::string_view name) {
  for (const PolicyParameter& candidate : recommendation.parameters) {
    if (candidate.name == name) return candidate.value;
  }
  return std::nullopt;
}
std::optional<double> request_multiplier(const Recommendation& recommendation) {
  return parameter(recommendation, "request_multiplier");
}
std::optional<double> limit_multiplier(const Recommendation& recommendation) {
  return parameter(recommendation, "limit_multiplier");
}
bool has_multipliers(const Recommendation& recommendation) {
  return request_multiplier(recommendation) && limit_multiplier(recommendation);
}

constexpr Member kPolicyMembers[] = {
    given<policy>("name"),
    given<request_multiplier>("request_multiplier").where<has_multipliers>().or_left_out(),
    given<limit_multiplier>("limit_multiplier").where<has_multipliers>().or_left_out(),
};
constexpr Shape kPolicyShape(kPolicyMembers, "PolicyInfo");

void write_policy(Writer& out, const Style& style, const WindowDocument& document) {
  write_object(out, style, &first(document), kPolicyShape);
}

constexpr Member kDocumentMembers[] = {
    PLIMSOLL_MEMBER("forecast_type", WindowDocument, forecast_type)
        .among("daily_average|weekly_average|weekend_average|monthly_average|moment"),
    PLIMSOLL_MEMBER("predictions", WindowDocument, predictions).of(kPredictionShape),
    PLIMSOLL_MEMBER("recommendations", WindowDocument, parts)
        .by_name(kPartQuantityShape, kMetricNames),
    PLIMSOLL_MEMBER("insights", WindowDocument, insights).of(kInsightShape),
    part("model_info", kModelShape),
    PLIMSOLL_MEMBER(nullptr, WindowDocument, key).of(kKeyShape),
    PLIMSOLL_MEMBER("now", WindowDocument, now).as(Form::kLocalMoment),
    members::written<write_window>("window", Form::kObject).of(kWindowShape),
    members::written<write_policy>("policy", Form::kObject).of(kPolicyShape),
    PLIMSOLL_MEMBER("ranges", WindowDocument, parts).by_name(kPartBoundShape, kMetricNames),
    PLIMSOLL_MEMBER("chain", WindowDocument, parts).by_name(kPartChainShape, kMetricNames),
    PLIMSOLL_MEMBER("confidence", WindowDocument, confidence).of(kConfidenceShape),
    PLIMSOLL_MEMBER("stale", WindowDocument, stale).of(kStaleShape).or_left_out(),
    PLIMSOLL_MEMBER("date", WindowDocument, date).or_left_out(),
    PLIMSOLL_MEMBER("week_start", WindowDocument, week_start).or_left_out(),
    PLIMSOLL_MEMBER("day_of_week", WindowDocument, day_of_week).or_left_out(),
    PLIMSOLL_MEMBER("prediction_date", WindowDocument, prediction_date).or_left_out(),
    PLIMSOLL_MEMBER("period", WindowDocument, period).among("weekend").or_left_out(),
    PLIMSOLL_MEMBER("month", WindowDocument, month).or_left_out(),
    PLIMSOLL_MEMBER("sampling_method", WindowDocument, sampling_method)
        .among("4_week_average")
        .or_left_out(),
    PLIMSOLL_MEMBER("datetime", WindowDocument, datetime).as(Form::kLocalMoment).or_left_out(),
};

}  // namespace

constinit const Shape kWindowDocumentShape =
    Shape(kDocumentMembers, "WindowAnswer")
        .titled(
            "What /next_day, /next_week, /next_weekend, /next_month and /?datetime_str= answer");

}  // namespace plimsoll
