// Endpoints about the service itself.
#include <cstddef>

#include "api/routes.h"
#include "api/shapes.h"
#include "data/shapes.h"
#include "evaluate/shapes.h"
#include "plimsoll/base/version.h"

namespace plimsoll {
namespace {

struct Health {
  std::string status;
  std::string version;
  std::int64_t models_loaded = 0;
  std::string model_source;
  std::optional<Timestamp> timestamp;
  bool live = true;
  bool ready = false;
};

struct ModelsInfo {
  std::vector<const WorkloadModel*> models;
  std::vector<ModelProblem> problems;
};

constexpr Member kHealthMembers[] = {
    PLIMSOLL_MEMBER("status", Health, status).among("healthy|no_model"),
    PLIMSOLL_MEMBER("version", Health, version),
    PLIMSOLL_MEMBER("models_loaded", Health, models_loaded).from(0),
    PLIMSOLL_MEMBER("model_source", Health, model_source),
    PLIMSOLL_MEMBER("timestamp", Health, timestamp).as(Form::kMoment).says("The host's clock."),
    PLIMSOLL_MEMBER("live", Health, live).among("true"),
    PLIMSOLL_MEMBER("ready", Health, ready).says("A model is in production."),
};

bool is_tested(const WorkloadModel& model) { return !model.backtest.folds.empty(); }

constexpr Member kRowMembers[] = {
    PLIMSOLL_MEMBER(nullptr, WorkloadModel, key).of(kKeyShape),
    PLIMSOLL_MEMBER("metric", WorkloadModel, metric).one_of(kMetricNames),
    PLIMSOLL_MEMBER("unit", WorkloadModel, unit).one_of(kUnitNames),
    PLIMSOLL_MEMBER("model_version", WorkloadModel, model_version),
    PLIMSOLL_MEMBER("training_date", WorkloadModel, training_date).as(Form::kMoment),
    PLIMSOLL_MEMBER("training_records", WorkloadModel, model.training_records).from(0),
    PLIMSOLL_MEMBER("preset", WorkloadModel, preset),
    PLIMSOLL_MEMBER("chosen", WorkloadModel, chosen),
    PLIMSOLL_MEMBER("history_start", WorkloadModel, model.history_start).as(Form::kMoment),
    PLIMSOLL_MEMBER("history_end", WorkloadModel, model.history_end).as(Form::kMoment),
    PLIMSOLL_MEMBER("kkt_relative", WorkloadModel, model.certificate.kkt_relative).from(0),
    PLIMSOLL_MEMBER("coverage", WorkloadModel, backtest.coverage).where<is_tested>(),
    PLIMSOLL_MEMBER("mae", WorkloadModel, backtest.mae).where<is_tested>(),
};
constexpr Shape kRowShape(kRowMembers, "ModelRow");

bool has_problems(const ModelsInfo& info) { return !info.problems.empty(); }

constexpr Member kProblemMembers[] = {
    PLIMSOLL_MEMBER("model", ModelProblem, model).says("The folder in the store."),
    PLIMSOLL_MEMBER("reason", ModelProblem, reason),
    PLIMSOLL_MEMBER("serving", ModelProblem, serving)
        .says("The version that is served instead; empty when there is none."),
};
constexpr Shape kProblemShape(kProblemMembers, "ModelProblem");

constexpr Member kModelsInfoMembers[] = {
    PLIMSOLL_MEMBER("models", ModelsInfo, models).of(kRowShape),
    PLIMSOLL_MEMBER("problems", ModelsInfo, problems)
        .of(kProblemShape)
        .where<has_problems>()
        .or_left_out()
        .says("Models of the store that cannot be served as they should be."),
};

}  // namespace

constinit const Shape kHealthShape = Shape(kHealthMembers, "Health").titled("What /health answers");
constinit const Shape kModelsInfoShape =
    Shape(kModelsInfoMembers, "ModelsInfo").titled("What /models/info answers");

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
  const Health health{ready ? "healthy" : "no_model",
                      kVersion,
                      static_cast<std::int64_t>(call.snapshot.models.size()),
                      call.snapshot.source,
                      call.host_now,
                      true,
                      ready};
  Response response = json_response(write_document(&health, kHealthShape));
  if (!ready) response.status = 503;
  return response;
}

Result<Response> answer_live(const Call&) { return text_response("ok\n", "text/plain"); }

Result<Response> answer_ready(const Call& call) {
  if (call.snapshot.models.empty()) return no_model_error();
  std::string text = "ready\n";
  for (const ModelProblem& problem : call.snapshot.problems) {
    text +=
        "degraded: " + problem.model + ": " + problem.reason +
        (problem.serving.empty() ? std::string("; not served") : "; serving " + problem.serving) +
        "\n";
  }
  return text_response(std::move(text), "text/plain");
}

Result<Response> answer_models_info(const Call& call) {
  ModelsInfo info{{}, call.snapshot.problems};
  for (const auto& model : call.snapshot.models) info.models.push_back(model.get());
  return json_response(write_document(&info, kModelsInfoShape));
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
