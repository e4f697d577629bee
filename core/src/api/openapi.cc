// The interface described from the route table: for programs (OpenAPI 3.1) and for people.
#include "api/routes.h"
#include "codec/writer.h"
#include "plimsoll/base/version.h"

namespace plimsoll {
namespace {

std::string_view lowercase_method(std::string_view method) {
  return method == "POST" ? "post" : "get";
}

const char* type_of(OptionKind kind) {
  switch (kind) {
    case OptionKind::kCount:
      return "integer";
    case OptionKind::kNumber:
      return "number";
    default:
      return "string";
  }
}

void write_words(Writer& out, std::string_view words) {
  out.begin_array();
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    out.value(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  out.end_array();
}

// What a value has to be.
void write_schema(Writer& out, const Option& option) {
  out.key("schema");
  out.begin_object();
  out.member("type", type_of(option.kind));
  if (option.kind == OptionKind::kMoment) out.member("format", "date-time");
  if (option.kind == OptionKind::kCount) out.member("minimum", 0);
  if (option.kind == OptionKind::kNumber && option.most < 1e308) {
    out.member("minimum", option.least);
    out.member("maximum", option.most);
  }
  if (option.kind == OptionKind::kChoice || option.kind == OptionKind::kSwitch) {
    out.key("enum");
    write_words(out, option.kind == OptionKind::kSwitch ? "1 0 true false" : option.choices);
  }
  out.end_object();
}

std::string description_of(const Option& option) {
  std::string text(option.summary);
  if (!option.fallback.empty()) text += " (default: " + std::string(option.fallback) + ')';
  return text;
}

// The body in one media type: what its schema says is a type, or the name of a document.
void write_content(Writer& out, const char* media_type, const char* key, std::string_view says) {
  out.key(media_type);
  out.begin_object();
  out.key("schema");
  out.begin_object();
  out.member(key, says);
  out.end_object();
  out.end_object();
}

void write_parameters(Writer& out, const Route& route) {
  out.key("parameters");
  out.begin_array();
  for (const Option* const option : route.options) {
    out.begin_object();
    out.member("name", option->name);
    out.member("in", "query");
    out.member("description", description_of(*option));
    out.member("required", option == &option::kMoment);
    write_schema(out, *option);
    out.end_object();
  }
  out.end_array();
}

void write_request_body(Writer& out, BodyKind kind) {
  if (kind == BodyKind::kNone) return;
  out.key("requestBody");
  out.begin_object();
  out.member("required", true);
  out.key("content");
  out.begin_object();
  if (kind != BodyKind::kJson) write_content(out, "text/csv", "type", "string");
  if (kind != BodyKind::kCsv) write_content(out, "application/json", "type", "object");
  out.end_object();
  out.end_object();
}

void write_responses(Writer& out, const Route& route) {
  const std::string prefix = "urn:plimsoll:schema:";
  out.key("responses");
  out.begin_object();
  out.key("200");
  out.begin_object();
  out.member("description", route.summary);
  if (!route.schema.empty()) {
    out.key("content");
    out.begin_object();
    write_content(out, "application/json", "$ref", prefix + std::string(route.schema));
    out.end_object();
  }
  out.end_object();
  out.key("default");
  out.begin_object();
  out.member("description", "A problem document (RFC 9457).");
  out.key("content");
  out.begin_object();
  write_content(out, "application/problem+json", "$ref", prefix + "problem");
  out.end_object();
  out.end_object();
  out.end_object();
}

void write_operation(Writer& out, const Route& route) {
  out.key(lowercase_method(route.method));
  out.begin_object();
  out.member("summary", route.summary);
  write_parameters(out, route);
  write_request_body(out, route.body);
  write_responses(out, route);
  out.end_object();
}

// `summary` and the rest are our own literals: they hold nothing that HTML would read as markup.
std::string html_row(const Route& route) {
  std::string parameters;
  for (const Option* const option : route.options) {
    parameters +=
        (parameters.empty() ? "<code>" : " <code>") + std::string(option->name) + "</code>";
  }
  return "<tr><td><code>" + std::string(route.method) + ' ' + std::string(route.path) +
         "</code></td><td>" + std::string(route.summary) + "</td><td>" + parameters +
         "</td></tr>\n";
}

}  // namespace

Result<Response> answer_openapi(const Call&) {
  Writer out;
  out.begin_object();
  out.member("openapi", "3.1.0");
  out.key("info");
  out.begin_object();
  out.member("title", "Plimsoll");
  out.member("version", kVersion);
  out.member("description",
             "Forecasts CPU and memory of Kubernetes workloads and recommends requests and "
             "limits.");
  out.end_object();
  out.key("paths");
  out.begin_object();
  const auto all = routes();
  for (std::size_t i = 0; i < all.size();) {
    const std::string_view path = all[i].path;
    out.key(path);
    out.begin_object();
    for (; i < all.size() && all[i].path == path; ++i) write_operation(out, all[i]);
    out.end_object();
  }
  out.end_object();
  out.end_object();
  return json_response(out.take());
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
