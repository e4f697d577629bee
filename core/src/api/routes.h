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

}  // namespace plimsoll
