// Endpoints that answer from stored models: /next_day and its kin, and one moment.
#include <algorithm>

#include "api/routes.h"
#include "base/number_text.h"
#include "data/report_json.h"
#include "data/workload_key_text.h"
#include "plan/plan_document.h"
#include "plimsoll/base/quantity.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

// What every window endpoint reads from its query.
struct WindowRequest {
  std::vector<std::shared_ptr<const WorkloadModel>> models;  // of one workload: cpu, memory
  Timestamp now = 0;
  std::int64_t utc_offset_seconds = 0;
  Policy policy = Policy::kSeed;
};

// One metric's part of an answer.
struct Part {
  std::shared_ptr<const WorkloadModel> model;
  HorizonPlan plan;
};

bool matches(const WorkloadKey& key, const Query& query) {
  const auto agrees = [&query](const char* name, const std::string& value) {
    const std::string* const wanted = query.find(name);
    return wanted == nullptr || *wanted == value;
  };
  return agrees("workload", key.workload) && agrees("namespace", key.namespace_name) &&
         agrees("container", key.container);
}

std::string list_names(const std::vector<WorkloadKey>& keys) {
  constexpr std::size_t kMostNames = 50;
  std::string names;
  for (std::size_t i = 0; i < keys.size() && i < kMostNames; ++i) {
    names += (i > 0 ? ", " : "") + display_name(keys[i]);
  }
  if (keys.size() > kMostNames) {
    names += " and " + std::to_string(keys.size() - kMostNames) + " more";
  }
  return names;
}

std::vector<WorkloadKey> distinct_keys(const Snapshot& snapshot, const Query* query) {
  std::vector<WorkloadKey> keys;
  for (const auto& model : snapshot.models) {
    if (query == nullptr || matches(model->key, *query)) keys.push_back(model->key);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

Result<WorkloadKey> select_workload(const Call& call) {
  if (call.snapshot.models.empty()) return no_model_error();
  const std::vector<WorkloadKey> keys = distinct_keys(call.snapshot, &call.query);
  if (keys.size() == 1) return keys.front();
  const bool none = keys.empty();
  return Error{
      .code = none ? ErrorCode::kUnknownWorkload : ErrorCode::kWorkloadRequired,
      .where = {.row = std::nullopt, .column = "", .field = "workload"},
      .found = none ? "no such workload" : std::to_string(keys.size()) + " workloads",
      .expected = "one of " + list_names(none ? distinct_keys(call.snapshot, nullptr) : keys),
      .fix = "Name one with workload=, and namespace= or container= where needed."};
}

Result<WindowRequest> read_window_request(const Call& call) {
  const auto key = select_workload(call);
  if (!key) return key.error();
  WindowRequest request;
  for (const auto& model : call.snapshot.models) {
    if (model->key != key.value()) continue;
    // Tomorrow's regressors, conditions and capacities are not known here.
    if (auto error = find_missing_column(model->model, Frame{})) return *error;
    request.models.push_back(model);
  }
  std::sort(request.models.begin(), request.models.end(),
            [](const auto& a, const auto& b) { return a->metric < b->metric; });
  const auto tz = read_tz(call.query);
  if (!tz) return tz.error();
  request.utc_offset_seconds = tz.value();
  if (const std::string* const name = call.query.find("policy")) {
    const auto policy = parse_policy(*name);
    if (!policy) return policy.error();
    request.policy = policy.value();
  }
  const auto now = read_moment(call.query, "now");
  if (!now) return now.error();
  Timestamp after_data = 0;
  for (const auto& model : request.models) {
    after_data = std::max(after_data, model->model.history_end + model->model.cadence_seconds);
  }
  request.now = now.value() ? *now.value() : call.host_now.value_or(after_data);
  return request;
}

// CPU below 0.05 cores is low, below 0.15 normal; memory below 0.5 and 1.0 GB.
const char* utilization_word(double value, double low, double normal) {
  return value < low ? "low" : (value < normal ? "normal" : "high");
}

void add_prediction(Json& predictions, Json& insights, const Part& part) {
  const WorkloadModel& model = *part.model;
  const WindowForecast& forecast = part.plan.forecast;
  const std::string metric(metric_name(model.metric));
  const auto [lowest, highest] =
      std::minmax_element(forecast.weekly_means.begin(), forecast.weekly_means.end());
  double unit = 1.0;
  int decimals = 4;
  if (model.unit == Unit::kCores) {
    predictions["cpu_cores"] = round_decimals(forecast.mean, 4);
    insights["cpu_utilization"] = utilization_word(forecast.mean, 0.05, 0.15);
  } else if (model.unit == Unit::kBytes) {
    unit = kBytesPerGigabyte;
    decimals = 3;
    predictions["memory_gb"] = round_decimals(forecast.mean / unit, decimals);
    insights["memory_utilization"] = utilization_word(forecast.mean / unit, 0.5, 1.0);
  } else {
    predictions[metric] = forecast.mean;
  }
  if (!forecast.weekly_means.empty()) {
    predictions[metric + "_range"]["min"] = round_decimals(*lowest / unit, decimals);
    predictions[metric + "_range"]["max"] = round_decimals(*highest / unit, decimals);
  }
}

Json json_quantities(const Recommendation& recommendation) {
  Json json;
  json["request"] = recommendation.request ? Json(*recommendation.request) : Json(nullptr);
  json["limit"] = recommendation.limit ? Json(*recommendation.limit) : Json(nullptr);
  return json;
}

int level_rank(const std::string& level) {
  return level == "high" ? 2 : (level == "medium" ? 1 : 0);
}

// The less certain of the metrics speaks for the answer.
const Confidence& least_confidence(const std::vector<Part>& parts) {
  const Confidence* least = &parts.front().plan.confidence;
  for (const Part& part : parts) {
    if (level_rank(part.plan.confidence.level) < level_rank(least->level)) {
      least = &part.plan.confidence;
    }
  }
  return *least;
}

Json json_model_info(const std::vector<Part>& parts, std::string_view forecast_type) {
  std::string version;
  Timestamp trained = 0;
  for (const Part& part : parts) {
    version += (version.empty() ? "" : "+") + part.model->model_version;
    trained = std::max(trained, part.model->training_date);
  }
  Json json;
  json["model_version"] = version;
  json["training_date"] = format_iso8601(trained);
  json["forecast_type"] = forecast_type;
  return json;
}

// The fields common to all window endpoints.
void add_common(Json& json, const WindowRequest& request, const std::vector<Part>& parts,
                std::string_view forecast_type) {
  const std::int64_t offset = request.utc_offset_seconds;
  const Confidence& least = least_confidence(parts);
  json["forecast_type"] = forecast_type;
  for (const char* name : {"predictions", "recommendations", "insights"}) {
    json[name] = Json::object();
  }
  Json ranges = Json::object();
  Json chains = Json::object();
  Timestamp last = 0;
  std::int64_t cadence = 0;
  for (const Part& part : parts) {
    const std::string metric(metric_name(part.model->metric));
    const WindowForecast& forecast = part.plan.forecast;
    add_prediction(json["predictions"], json["insights"], part);
    json["recommendations"][metric] = json_quantities(part.plan.recommendation);
    ranges[metric] = {{"lower", forecast.lower},
                      {"upper", forecast.upper},
                      {"peak", forecast.peak},
                      {"peak_at", json_moment(forecast.peak_at, offset)}};
    chains[metric] = json_chain(part.plan.recommendation.chain);
    last = std::max(last, part.model->model.history_end);
    cadence = std::max(cadence, part.model->model.cadence_seconds);
  }
  json["insights"]["confidence"] = least.level;
  json["model_info"] = json_model_info(parts, forecast_type);
  add_workload_key(json, parts.front().model->key);
  json["now"] = json_moment(request.now, offset);
  const Window& window = parts.front().plan.forecast.window;
  json["window"]["start"] = json_moment(window.start, offset);
  json["window"]["end"] = json_moment(window.end, offset);
  const Recommendation& first = parts.front().plan.recommendation;
  json["policy"] = {{"name", policy_name(request.policy)},
                    {"request_multiplier", first.request_multiplier},
                    {"limit_multiplier", first.limit_multiplier}};
  json["ranges"] = std::move(ranges);
  json["chain"] = std::move(chains);
  json["confidence"] = json_confidence(least);
  if (const auto gap = stale_gap_seconds(request.now, last, cadence)) {
    json["stale"]["gap_seconds"] = *gap;
  }
}

struct Answer {
  WindowRequest request;
  std::vector<Part> parts;
  Json json;
  // The window's first day as people there call it.
  [[nodiscard]] Timestamp local_start() const {
    return parts.front().plan.forecast.window.start + request.utc_offset_seconds;
  }
};

Result<Answer> answer_window(const Call& call, Horizon horizon, std::string_view forecast_type) {
  auto request = read_window_request(call);
  if (!request) return request.error();
  Answer answer{std::move(request).value(), {}, {}};
  for (const auto& model : answer.request.models) {
    answer.parts.push_back(
        {model, plan_horizon(*model, horizon, answer.request.now, answer.request.utc_offset_seconds,
                             answer.request.policy)});
  }
  add_common(answer.json, answer.request, answer.parts, forecast_type);
  return answer;
}

}  // namespace

Result<Response> answer_next_day(const Call& call) {
  auto answer = answer_window(call, Horizon::kDay, "daily_average");
  if (!answer) return answer.error();
  Json& json = answer.value().json;
  json["date"] = format_date(answer.value().local_start());
  json["day_of_week"] = day_name(day_of_week(answer.value().local_start()));
  return json_response(dump(json));
}

Result<Response> answer_next_week(const Call& call) {
  auto answer = answer_window(call, Horizon::kWeek, "weekly_average");
  if (!answer) return answer.error();
  Json& json = answer.value().json;
  json["week_start"] = format_date(answer.value().local_start());
  json["day_of_week"] = day_name(day_of_week(answer.value().local_start()));
  return json_response(dump(json));
}

Result<Response> answer_next_weekend(const Call& call) {
  auto answer = answer_window(call, Horizon::kWeekend, "weekend_average");
  if (!answer) return answer.error();
  Json& json = answer.value().json;
  json["prediction_date"] = format_date(answer.value().local_start());
  json["period"] = "weekend";
  return json_response(dump(json));
}

Result<Response> answer_next_month(const Call& call) {
  auto answer = answer_window(call, Horizon::kMonth, "monthly_average");
  if (!answer) return answer.error();
  Json& json = answer.value().json;
  json["month"] = month_name_and_year(answer.value().local_start());
  json["sampling_method"] = "4_week_average";
  json["insights"]["recommendation_note"] =
      "A month ahead is less certain than a week: the request is 70 % of the mean and the limit "
      "150 %.";
  return json_response(dump(json));
}

Result<Response> answer_moment(const Call& call) {
  const auto at = read_moment(call.query, "datetime_str");
  if (!at) return at.error();
  if (!at.value()) {
    return invalid_parameter("datetime_str", "", "a moment like 2026-11-24T10:05:00",
                             "Add ?datetime_str=YYYY-MM-DDTHH:MM:SS.");
  }
  auto request = read_window_request(call);
  if (!request) return request.error();
  Answer answer{std::move(request).value(), {}, {}};
  for (const auto& model : answer.request.models) {
    HorizonPlan plan;
    plan.forecast = forecast_moment(*model, *at.value());
    plan.recommendation =
        recommend(plan.forecast, model->metric, model->unit, Horizon::kDay, answer.request.policy);
    plan.confidence = confidence(*model, plan.forecast.window);
    answer.parts.push_back({model, std::move(plan)});
  }
  add_common(answer.json, answer.request, answer.parts, "moment");
  answer.json["datetime"] = json_moment(*at.value(), answer.request.utc_offset_seconds);
  return json_response(dump(answer.json));
}

}  // namespace plimsoll
