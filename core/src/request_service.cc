// Endpoints about the service itself.
#include "json.h"
#include "plimsoll/version.h"
#include "request_routes.h"

namespace plimsoll {
namespace {

Json json_model_row(const WorkloadModel& model) {
  const FittedModel& fitted = model.model;
  const bool tested = !model.backtest.folds.empty();
  Json json;
  add_workload_key(json, model.key);
  json["metric"] = metric_name(model.metric);
  json["unit"] = unit_name(model.unit);
  json["model_version"] = model.model_version;
  json["training_date"] = format_iso8601(model.training_date);
  json["training_records"] = fitted.training_records;
  json["preset"] = model.preset;
  json["chosen"] = model.chosen;
  json["history_start"] = format_iso8601(fitted.history_start);
  json["history_end"] = format_iso8601(fitted.history_end);
  json["kkt_relative"] = json_or_null(fitted.certificate.kkt_relative);
  json["coverage"] = tested ? Json(model.backtest.coverage) : Json(nullptr);
  json["mae"] = tested ? Json(model.backtest.mae) : Json(nullptr);
  return json;
}

}  // namespace

Error no_model_error() {
  return Error{.code = ErrorCode::kNoModel,
               .where = {},
               .found = "no model in production",
               .expected = "a trained and promoted model",
               .fix = "Run `plimsoll pipeline run --data FILE.csv --models DIR`."};
}

Response json_response(std::string body) {
  return {200, {{"Content-Type", "application/json"}}, std::move(body)};
}

Response text_response(std::string body, std::string_view content_type) {
  return {200, {{"Content-Type", std::string(content_type) + "; charset=utf-8"}}, std::move(body)};
}

Result<Response> answer_health(const Call& call) {
  const bool ready = !call.snapshot.models.empty();
  Json json;
  json["status"] = ready ? "healthy" : "no_model";
  json["version"] = kVersion;
  json["models_loaded"] = call.snapshot.models.size();
  json["model_source"] = call.snapshot.source;
  json["timestamp"] = call.host_now ? Json(format_iso8601(*call.host_now)) : Json(nullptr);
  json["live"] = true;
  json["ready"] = ready;
  Response response = json_response(dump(json));
  if (!ready) response.status = 503;
  return response;
}

Result<Response> answer_live(const Call&) { return text_response("ok\n", "text/plain"); }

Result<Response> answer_ready(const Call& call) {
  if (call.snapshot.models.empty()) return no_model_error();
  return text_response("ready\n", "text/plain");
}

Result<Response> answer_models_info(const Call& call) {
  Json json;
  json["models"] = Json::array();
  for (const auto& model : call.snapshot.models) json["models"].push_back(json_model_row(*model));
  return json_response(dump(json));
}

Result<Response> answer_metrics(const Call& call) {
  std::string text;
  text += "# HELP plimsoll_build_info The version, as a label.\n";
  text += "# TYPE plimsoll_build_info gauge\n";
  text += "plimsoll_build_info{version=\"" + std::string(kVersion) + "\"} 1\n";
  text += "# HELP plimsoll_models_loaded Models in production.\n";
  text += "# TYPE plimsoll_models_loaded gauge\n";
  text += "plimsoll_models_loaded " + std::to_string(call.snapshot.models.size()) + "\n";
  return text_response(std::move(text), "text/plain; version=0.0.4");
}

}  // namespace plimsoll
