#include "plimsoll/api/request.h"

#include <algorithm>

#include "api/routes.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/codec/problem.h"

namespace plimsoll {
namespace {

std::string lowercase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The media type of the body, lower case, without parameters; "" when not given.
std::string content_type(const Request& request) {
  for (const auto& [name, value] : request.headers) {
    if (lowercase(name) != "content-type") continue;
    std::string type = lowercase(value.substr(0, value.find(';')));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    return type;
  }
  return "";
}

bool accepts(BodyKind kind, const std::string& type) {
  if (kind == BodyKind::kNone) return true;
  const bool json = kind == BodyKind::kCsvOrJson || kind == BodyKind::kJson;
  if (type == "application/json") return json;
  if (kind == BodyKind::kJson) return type.empty() || type == "text/plain";
  // What browsers and curl send for a CSV file.
  return type.empty() || type == "text/csv" || type == "text/plain" || type == "application/csv" ||
         type == "application/octet-stream" || type == "application/vnd.ms-excel" ||
         type == "application/x-www-form-urlencoded";
}

std::string_view accepted_types(BodyKind kind) {
  if (kind == BodyKind::kJson) return "application/json";
  return kind == BodyKind::kCsvOrJson ? "text/csv or application/json" : "text/csv";
}

std::string allowed_methods(std::string_view path) {
  std::string methods;
  for (const Route& route : routes()) {
    if (route.path != path) continue;
    methods += std::string(route.method) + (route.method == "GET" ? ", HEAD, " : ", ");
  }
  return methods.empty() ? methods : methods + "OPTIONS";
}

Result<const Route*> find_route(std::string_view method, const std::string& path) {
  for (const Route& route : routes()) {
    const bool head = method == "HEAD" && route.method == "GET";
    if (route.path == path && (route.method == method || head)) return &route;
  }
  const std::string allowed = allowed_methods(path);
  if (allowed.empty()) {
    return Error{.code = ErrorCode::kNotFound,
                 .where = {.row = std::nullopt, .column = "", .field = "path"},
                 .found = '"' + path + '"',
                 .expected = "one of the paths that /openapi.json lists",
                 .fix = "See /docs."};
  }
  return Error{.code = ErrorCode::kMethodNotAllowed,
               .where = {.row = std::nullopt, .column = "", .field = "method"},
               .found = std::string(method),
               .expected = allowed,
               .fix = "Use a method that the path allows."};
}

std::optional<Error> refuse_unknown_parameters(const Route& route, const Query& query) {
  for (const auto& [name, value] : query.all()) {
    const auto has_this_name = [wanted = std::string_view(name)](const Option* option) {
      return option->name == wanted;
    };
    if (std::any_of(route.options.begin(), route.options.end(), has_this_name)) continue;
    std::string known;
    for (const Option* const option : route.options) {
      known += (known.empty() ? "" : ", ") + std::string(option->name);
    }
    return Error{.code = ErrorCode::kUnknownParameter,
                 .where = {.row = std::nullopt, .column = "", .field = name},
                 .found = '"' + value + '"',
                 .expected = known.empty() ? "no parameters" : "one of " + known,
                 .fix = "Check the parameter's spelling."};
  }
  return std::nullopt;
}

std::optional<Error> refuse_body(const Route& route, const Request& request) {
  if (request.body.size() > kLimits.max_body_bytes) {
    return Error{.code = ErrorCode::kTooLarge,
                 .where = {.row = std::nullopt, .column = "", .field = "body"},
                 .found = std::to_string(request.body.size()) + " bytes",
                 .expected = "at most " + std::to_string(kLimits.max_body_bytes) + " bytes",
                 .fix = "Split the file by workload, or export a coarser step."};
  }
  const std::string type = content_type(request);
  if (!accepts(route.body, type)) {
    return Error{.code = ErrorCode::kUnsupportedMediaType,
                 .where = {.row = std::nullopt, .column = "", .field = "Content-Type"},
                 .found = '"' + type + '"',
                 .expected = std::string(accepted_types(route.body)),
                 .fix = "Say with Content-Type which of these the body is."};
  }
  return std::nullopt;
}

Result<Response> dispatch(const Request& request, std::optional<Timestamp> now,
                          const Snapshot& snapshot, const StageObserver& observer) {
  const auto target = parse_target(request.target);
  if (!target) return target.error();
  const Query& query = target.value().query;
  if (request.method == "OPTIONS" && !allowed_methods(target.value().path).empty()) {
    return Response{204, {{"Allow", allowed_methods(target.value().path)}}, ""};
  }
  const auto route = find_route(request.method, target.value().path);
  if (!route) return route.error();
  if (const auto error = refuse_unknown_parameters(*route.value(), query)) return *error;
  if (const auto error = refuse_body(*route.value(), request)) return *error;
  return route.value()->handler({request, query, now, snapshot, observer});
}

}  // namespace

Response problem_response(const Error& error) {
  Response response;
  response.status = http_status(error.code);
  response.headers = {{"Content-Type", "application/problem+json"}};
  if (error.code == ErrorCode::kMethodNotAllowed) {
    response.headers.emplace_back("Allow", error.expected);
  }
  response.body = encode_problem(error);
  return response;
}

Response handle_request(const Request& request, std::optional<Timestamp> now,
                        const Snapshot& snapshot, const StageObserver& observer) {
  auto answer = dispatch(request, now, snapshot, observer);
  if (!answer) return problem_response(answer.error());
  return std::move(answer).value();
}

}  // namespace plimsoll
