#include "plan/plan_document.h"

#include "base/number_text.h"
#include "data/report_json.h"
#include "data/workload_key_text.h"
#include "evaluate/record_writer.h"
#include "forecast/prophet/interchange/terms_json.h"
#include "plimsoll/base/quantity.h"
#include "plimsoll/base/version.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll {
namespace {

// Usage to a precision below what anyone can request, so that an answer is not mostly digits:
// millionths of a core, whole bytes. Numbers without a unit keep every digit.
Json json_usage(double value, Unit unit) {
  switch (unit) {
    case Unit::kCores:
    case Unit::kPercent:
      return round_decimals(value, 6);
    case Unit::kBytes: {
      const double whole = round_decimals(value, 0);
      return whole < 0x1p53 ? Json(static_cast<std::int64_t>(whole)) : Json(whole);
    }
    case Unit::kNone:
      break;
  }
  return value;
}

template <class Values>
Json json_usages(const Values& values, Unit unit) {
  Json json = Json::array();
  for (const double value : values) {
    json.push_back(value == value ? json_usage(value, unit) : Json(nullptr));
  }
  return json;
}

Json json_current(const CurrentSetting& current, Metric metric) {
  const auto quantity = [metric](const std::optional<double>& value) {
    if (!value) return Json(nullptr);
    return Json(metric == Metric::kCpu ? format_cpu_quantity(*value)
                                       : format_memory_quantity(*value));
  };
  return {{"request", quantity(current.request)}, {"limit", quantity(current.limit)}};
}

Json json_history(const History& history, Unit unit) {
  Json json;
  json["start"] = format_iso8601(history.start);
  json["step_seconds"] = history.step_seconds;
  json["mean"] = json_usages(history.mean, unit);
  json["max"] = json_usages(history.max, unit);
  return json;
}

Json json_changepoints(const FittedModel& model) {
  Json json = Json::array();
  for (std::size_t j = 0; j < model.changepoints.ds.size(); ++j) {
    const double delta = model.params.delta[static_cast<Eigen::Index>(j)];
    if (delta == 0.0) continue;
    json.push_back({{"ds", format_iso8601(model.changepoints.ds[j])}, {"delta", delta}});
  }
  return json;
}

Json json_model_summary(const WorkloadModel& model) {
  const FittedModel& fitted = model.model;
  Json json;
  json["model_version"] = model.model_version;
  json["preset"] = model.preset;
  json["chosen"] = model.chosen;
  json["candidates"] = json_candidates(model.candidates);
  json["training_records"] = fitted.training_records;
  json["history_start"] = format_iso8601(fitted.history_start);
  json["history_end"] = format_iso8601(fitted.history_end);
  json["cadence_seconds"] = fitted.cadence_seconds;
  json["growth"] = growth_name(fitted.config.growth);
  Json terms;
  add_terms(terms, fitted.terms);
  json["seasonalities"] = std::move(terms["seasonalities"]);
  json["changepoints"] = json_changepoints(fitted);
  json["log_posterior"] = json_or_null(fitted.certificate.log_posterior);
  json["kkt_relative"] = json_or_null(fitted.certificate.kkt_relative);
  json["backtest"] = json_backtest(model.backtest);
  json["warnings"] = fitted.warnings;
  return json;
}

Json json_window_forecast(const WindowForecast& forecast, const PlanEncoding& encoding, Unit unit,
                          double interval_width, std::int64_t utc_offset_seconds) {
  Json json;
  json["mean"] = forecast.mean;
  json["lower"] = forecast.lower;
  json["upper"] = forecast.upper;
  json["peak"] = forecast.peak;
  json["peak_at"] = json_moment(forecast.peak_at, utc_offset_seconds);
  json["interval_width"] = interval_width;
  json["step_seconds"] = forecast.step_seconds;
  json["points"] = forecast.ds.size();
  if (!encoding.points) return json;
  json["yhat"] = json_usages(forecast.yhat, unit);
  json["yhat_lower"] = json_usages(forecast.yhat_lower, unit);
  json["yhat_upper"] = json_usages(forecast.yhat_upper, unit);
  return json;
}

Json json_recommendation(const Recommendation& recommendation, const Confidence& confidence) {
  const auto quantity = [](const std::optional<std::string>& text) {
    return text ? Json(*text) : Json(nullptr);
  };
  Json json;
  json["policy"] = policy_name(recommendation.policy);
  json["parameters"]["request_multiplier"] = recommendation.request_multiplier;
  json["parameters"]["limit_multiplier"] = recommendation.limit_multiplier;
  json["request"] = quantity(recommendation.request);
  json["limit"] = quantity(recommendation.limit);
  json["chain"] = json_chain(recommendation.chain);
  json["confidence"] = json_confidence(confidence);
  return json;
}

const char* status_name(MetricStatus status) {
  switch (status) {
    case MetricStatus::kOk:
      return "ok";
    case MetricStatus::kNotEnoughData:
      return "not_enough_data";
    case MetricStatus::kUnset:
      return "unset";
  }
  return "unset";
}

Json json_metric(const MetricPlan& plan, const PlanEncoding& encoding,
                 std::int64_t utc_offset_seconds) {
  Json json;
  json["status"] = status_name(plan.status);
  json["reason"] = plan.reason.empty() ? Json(nullptr) : Json(plan.reason);
  if (plan.status == MetricStatus::kUnset) return json;
  json["unit"] = unit_name(plan.unit);
  json["current"] = json_current(plan.current, plan.metric);
  if (plan.history.step_seconds > 0) json["history"] = json_history(plan.history, plan.unit);
  if (!plan.model) return json;
  json["model"] = json_model_summary(*plan.model);
  json["horizons"] = Json::object();
  for (const HorizonPlan& horizon : plan.horizons) {
    const Window& window = horizon.forecast.window;
    Json& entry = json["horizons"][std::string(horizon_name(horizon.horizon))];
    entry["window"]["start"] = json_moment(window.start, utc_offset_seconds);
    entry["window"]["end"] = json_moment(window.end, utc_offset_seconds);
    entry["forecast"] =
        json_window_forecast(horizon.forecast, encoding, plan.unit,
                             plan.model->backtest.interval_width, utc_offset_seconds);
    entry["recommendation"] = json_recommendation(horizon.recommendation, horizon.confidence);
  }
  return json;
}

}  // namespace

Json json_chain(const std::vector<ChainStep>& chain) {
  Json json = Json::array();
  for (const ChainStep& step : chain) {
    json.push_back({{"target", step.target},
                    {"step", step.step},
                    {"value", step.value},
                    {"detail", step.detail}});
  }
  return json;
}

Json json_confidence(const Confidence& confidence) {
  Json json;
  json["level"] = confidence.level;
  json["reasons"] = confidence.reasons;
  return json;
}

std::string offset_name(std::int64_t utc_offset_seconds) {
  if (utc_offset_seconds == 0) return "UTC";
  return format_iso8601(0, utc_offset_seconds).substr(19);
}

Json json_moment(Timestamp moment, std::int64_t utc_offset_seconds) {
  return format_iso8601(moment, utc_offset_seconds);
}

std::string encode_plan(const Plan& plan, const PlanEncoding& encoding) {
  Json json;
  json["schema_version"] = 1;
  json["plimsoll_version"] = kVersion;
  json["now"] = json_moment(plan.now, plan.utc_offset_seconds);
  json["tz"] = offset_name(plan.utc_offset_seconds);
  json["preset"] = preset_name(plan.preset);
  json["policy"] = policy_name(plan.policy);
  if (plan.stale_gap_seconds) json["stale"]["gap_seconds"] = *plan.stale_gap_seconds;
  json["report"] = json_report(plan.report);
  json["workloads"] = Json::array();
  for (const WorkloadPlan& workload : plan.workloads) {
    Json entry;
    add_workload_key(entry, workload.key);
    for (const MetricPlan& metric : workload.metrics) {
      entry["metrics"][std::string(metric_name(metric.metric))] =
          json_metric(metric, encoding, plan.utc_offset_seconds);
    }
    json["workloads"].push_back(std::move(entry));
  }
  return dump(json);
}

}  // namespace plimsoll
