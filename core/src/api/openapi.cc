// The interface described from the route table: for programs (OpenAPI 3.1) and for people.
#include "api/routes.h"
#include "codec/json.h"
#include "plimsoll/base/version.h"

namespace plimsoll {
namespace {

Json json_parameters(const Route& route) {
  Json parameters = Json::array();
  for (const std::string_view name : route.parameters) {
    Json parameter;
    parameter["name"] = name;
    parameter["in"] = "query";
    parameter["required"] = route.path == "/" && name == "datetime_str";
    parameter["schema"]["type"] = "string";
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

Json json_request_body(BodyKind kind) {
  Json body;
  body["required"] = true;
  if (kind != BodyKind::kJson) body["content"]["text/csv"]["schema"]["type"] = "string";
  if (kind != BodyKind::kCsv) {
    body["content"]["application/json"]["schema"]["type"] = "object";
  }
  return body;
}

Json json_responses(const Route& route) {
  Json ok;
  ok["description"] = route.summary;
  if (!route.schema.empty()) {
    ok["content"]["application/json"]["schema"]["$ref"] =
        "urn:plimsoll:schema:" + std::string(route.schema);
  }
  Json problem;
  problem["description"] = "A problem document (RFC 9457).";
  problem["content"]["application/problem+json"]["schema"]["$ref"] = "urn:plimsoll:schema:problem";
  Json responses;
  responses["200"] = std::move(ok);
  responses["default"] = std::move(problem);
  return responses;
}

std::string lowercase_method(std::string_view method) { return method == "POST" ? "post" : "get"; }

// `summary` and the rest are our own literals: they hold nothing that HTML would read as markup.
std::string html_row(const Route& route) {
  std::string parameters;
  for (const std::string_view name : route.parameters) {
    parameters += (parameters.empty() ? "<code>" : " <code>") + std::string(name) + "</code>";
  }
  return "<tr><td><code>" + std::string(route.method) + ' ' + std::string(route.path) +
         "</code></td><td>" + std::string(route.summary) + "</td><td>" + parameters +
         "</td></tr>\n";
}

}  // namespace

Result<Response> answer_openapi(const Call&) {
  Json json;
  json["openapi"] = "3.1.0";
  json["info"]["title"] = "Plimsoll";
  json["info"]["version"] = kVersion;
  json["info"]["description"] =
      "Forecasts CPU and memory of Kubernetes workloads and recommends requests and limits.";
  for (const Route& route : routes()) {
    Json operation;
    operation["summary"] = route.summary;
    operation["parameters"] = json_parameters(route);
    if (route.body != BodyKind::kNone) operation["requestBody"] = json_request_body(route.body);
    operation["responses"] = json_responses(route);
    json["paths"][std::string(route.path)][lowercase_method(route.method)] = std::move(operation);
  }
  return json_response(dump(json));
}

Result<Response> answer_docs(const Call&) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<title>Plimsoll's interface</title></head><body>\n<h1>Plimsoll " +
      std::string(kVersion) +
      "</h1>\n<p>Every failure is a problem document (RFC 9457) with a stable code. The same "
      "description for programs: <a href=\"openapi.json\">openapi.json</a>.</p>\n"
      "<table><thead><tr><th>Endpoint</th><th>Answers</th><th>Parameters</th></tr></thead>"
      "<tbody>\n";
  for (const Route& route : routes()) html += html_row(route);
  html += "</tbody></table>\n</body></html>\n";
  return text_response(std::move(html), "text/html");
}

}  // namespace plimsoll
