// The one route table: it yields the dispatcher, the methods a path allows and OpenAPI.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/query.h"
#include "plimsoll/api/message.h"
#include "plimsoll/api/options.h"

namespace plimsoll {

// What a handler sees.
struct Call {
  const Request& request;
  const Query& query;
  std::optional<Timestamp> host_now;
  const Snapshot& snapshot;
  const StageObserver& observer;
};

enum class BodyKind { kNone, kCsv, kJson, kCsvOrJson };

struct Route {
  std::string_view method;
  std::string_view path;
  std::string_view summary;
  std::span<const Option* const> options;
  BodyKind body = BodyKind::kNone;
  std::string_view schema;  // of the answer, in docs/schemas; "" for plain text
  Result<Response> (*handler)(const Call& call);
};

std::span<const Route> routes();

Response json_response(std::string body);
Response text_response(std::string body, std::string_view content_type);

// What an endpoint that needs a model says without one.
Error no_model_error();

// Handlers, by file.
// request_plan.cc
Result<Response> answer_validate(const Call& call);
Result<Response> answer_plan(const Call& call);
// request_model.cc
Result<Response> answer_cross_validate(const Call& call);
Result<Response> answer_search(const Call& call);
Result<Response> answer_import_prophet(const Call& call);
Result<Response> answer_export_prophet(const Call& call);
Result<Response> answer_fit(const Call& call);
Result<Response> answer_forecast(const Call& call);
// request_windows.cc
Result<Response> answer_next_day(const Call& call);
Result<Response> answer_next_week(const Call& call);
Result<Response> answer_next_weekend(const Call& call);
Result<Response> answer_next_month(const Call& call);
Result<Response> answer_moment(const Call& call);
// request_service.cc
Result<Response> answer_health(const Call& call);
Result<Response> answer_live(const Call& call);
Result<Response> answer_ready(const Call& call);
Result<Response> answer_models_info(const Call& call);
Result<Response> answer_metrics(const Call& call);
Result<Response> answer_docs(const Call& call);
Result<Response> answer_openapi(const Call& call);

}  // namespace plimsoll
