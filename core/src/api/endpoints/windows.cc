// Endpoints that answer from stored models: /next_day and its kin, and one moment.
#include <algorithm>

#include "api/routes.h"
#include "api/window_document.h"
#include "base/number_text.h"
#include "plimsoll/base/quantity.h"
#include "plimsoll/evaluate/model_checks.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

// What every window endpoint reads from its query.
struct WindowRequest {
  std::vector<std::shared_ptr<const WorkloadModel>> models;  // of one workload: cpu, memory
  Timestamp now = 0;
  std::int64_t utc_offset_seconds = 0;
  const Policy* policy = &default_policy();
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

Error refused(const WorkloadModel& model, const Check& failed) {
  return Error{
      .code = ErrorCode::kFailedChecks,
      .where = {.row = std::nullopt, .column = "", .field = ""},
      .found = std::string(metric_name(model.metric)) + ": " + failed_check_text(model, failed),
      .expected = "a forecast that passes the checks of the stage validate-model",
      .fix = "Train a model on the latest data."};
}

Result<WindowRequest> read_window_request(const Call& call) {
  const auto key = select_workload(call);
  if (!key) return key.error();
  WindowRequest request;
  for (const auto& model : call.snapshot.models) {
    if (model->key != key.value()) continue;
    // Tomorrow's regressors, conditions and capacities are not known here.
    if (auto error = find_missing_column(model->model, Frame{})) return *error;
    if (const auto failed = failed_forecast_check(*model)) return refused(*model, *failed);
    request.models.push_back(model);
  }
  std::sort(request.models.begin(), request.models.end(),
            [](const auto& a, const auto& b) { return a->metric < b->metric; });
  const auto tz = read_tz(call.query);
  if (!tz) return tz.error();
  request.utc_offset_seconds = tz.value().value_or(0);
  if (const std::string* const name = call.query.find(option::kPolicy.name)) {
    const auto policy = find_policy(*name);
    if (!policy) return policy.error();
    request.policy = policy.value();
  }
  const auto now = read_moment(call.query, option::kNow);
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

// In the members that the seed's pipeline had, for its two metrics; any other stands in `ranges`.
void add_prediction(WindowDocument& document, const Part& part) {
  const WorkloadModel& model = *part.model;
  const WindowForecast& forecast = part.plan.forecast;
  const bool is_cpu = model.metric == Metric::kCpu;
  if (!is_cpu && model.metric != Metric::kMemory) return;
  Predictions& predictions = document.predictions;
  double unit = 1.0;
  int decimals = 4;
  if (model.unit == Unit::kCores) {
    predictions.cpu_cores = round_decimals(forecast.mean, 4);
    document.insights.cpu_utilization = utilization_word(forecast.mean, 0.05, 0.15);
  } else if (model.unit == Unit::kBytes) {
    unit = kBytesPerGigabyte;
    decimals = 3;
    predictions.memory_gb = round_decimals(forecast.mean / unit, decimals);
    document.insights.memory_utilization = utilization_word(forecast.mean / unit, 0.5, 1.0);
  } else {
    (is_cpu ? predictions.cpu : predictions.memory) = forecast.mean;
  }
  const auto [lowest, highest] =
      std::minmax_element(forecast.weekly_means.begin(), forecast.weekly_means.end());
  if (lowest == forecast.weekly_means.end()) return;
  const ValueRange range{round_decimals(*lowest / unit, decimals),
                         round_decimals(*highest / unit, decimals)};
  if (is_cpu) {
    predictions.cpu_range = range;
  } else {
    predictions.memory_range = range;
  }
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

// What all window endpoints answer.
WindowDocument describe(const WindowRequest& request, std::vector<Part> parts,
                        std::string_view forecast_type) {
  WindowDocument document;
  document.forecast_type = forecast_type;
  document.key = parts.front().model->key;
  document.now = request.now;
  document.confidence = least_confidence(parts);
  document.insights.confidence = document.confidence.level;
  std::string version;
  Timestamp last = 0;
  std::int64_t cadence = 0;
  for (Part& part : parts) {
    const WorkloadModel& model = *part.model;
    add_prediction(document, part);
    document.parts.push_back({model.metric, std::move(part.plan)});
    version += (version.empty() ? "" : "+") + part.model->model_version;
    document.training_date = std::max(document.training_date, model.training_date);
    last = std::max(last, model.model.history_end);
    cadence = std::max(cadence, model.model.cadence_seconds);
  }
  document.model_version = std::move(version);
  if (const auto gap = stale_gap_seconds(request.now, last, cadence)) {
    document.stale = StaleGap{*gap};
  }
  return document;
}

struct Answer {
  std::int64_t utc_offset_seconds = 0;
  WindowDocument document;
  // The window's first day as people there call it.
  [[nodiscard]] Timestamp local_start() const {
    return document.parts.front().plan.forecast.window.start + utc_offset_seconds;
  }
  [[nodiscard]] Response response() const {
    return json_response(write_document(&document, kWindowDocumentShape,
                                        {.utc_offset_seconds = utc_offset_seconds}));
  }
};

Result<Answer> answer_window(const Call& call, Horizon horizon, std::string_view forecast_type) {
  const auto request = read_window_request(call);
  if (!request) return request.error();
  const auto& [models, now, offset, policy] = request.value();
  std::vector<Part> parts;
  parts.reserve(models.size());
  for (const auto& model : models) {
    parts.push_back({model, plan_horizon(*model, horizon, now, offset, *policy)});
  }
  return Answer{offset, describe(request.value(), std::move(parts), forecast_type)};
}

}  // namespace

Result<Response> answer_next_day(const Call& call) {
  auto answer = answer_window(call, Horizon::kDay, "daily_average");
  if (!answer) return answer.error();
  WindowDocument& document = answer.value().document;
  document.date = format_date(answer.value().local_start());
  document.day_of_week = day_name(day_of_week(answer.value().local_start()));
  return answer.value().response();
}

Result<Response> answer_next_week(const Call& call) {
  auto answer = answer_window(call, Horizon::kWeek, "weekly_average");
  if (!answer) return answer.error();
  WindowDocument& document = answer.value().document;
  document.week_start = format_date(answer.value().local_start());
  document.day_of_week = day_name(day_of_week(answer.value().local_start()));
  return answer.value().response();
}

Result<Response> answer_next_weekend(const Call& call) {
  auto answer = answer_window(call, Horizon::kWeekend, "weekend_average");
  if (!answer) return answer.error();
  WindowDocument& document = answer.value().document;
  document.prediction_date = format_date(answer.value().local_start());
  document.period = "weekend";
  return answer.value().response();
}

Result<Response> answer_next_month(const Call& call) {
  auto answer = answer_window(call, Horizon::kMonth, "monthly_average");
  if (!answer) return answer.error();
  WindowDocument& document = answer.value().document;
  document.month = month_name_and_year(answer.value().local_start());
  document.sampling_method = "4_week_average";
  document.insights.recommendation_note =
      "A month ahead is less certain than a week: the request is 70 % of the mean and the limit "
      "150 %.";
  return answer.value().response();
}

Result<Response> answer_moment(const Call& call) {
  const auto at = read_moment(call.query, option::kMoment);
  if (!at) return at.error();
  if (!at.value()) {
    return invalid_parameter(option::kMoment.name, "", "a moment like 2026-11-24T10:05:00",
                             "Add ?datetime_str=YYYY-MM-DDTHH:MM:SS.");
  }
  const auto request = read_window_request(call);
  if (!request) return request.error();
  std::vector<Part> parts;
  for (const auto& model : request.value().models) {
    HorizonPlan plan;
    plan.forecast = forecast_moment(*model, *at.value());
    plan.recommendation = recommend(*model, plan.forecast, Horizon::kDay, *request.value().policy);
    plan.confidence = confidence(*model, plan.forecast.window);
    parts.push_back({model, std::move(plan)});
  }
  Answer answer{request.value().utc_offset_seconds,
                describe(request.value(), std::move(parts), "moment")};
  answer.document.datetime = *at.value();
  return answer.response();
}

}  // namespace plimsoll
