#include "json.h"

#include <cmath>

namespace plimsoll {
namespace {

const Json& member(const Json& object, const std::string& path, const std::string& key,
                   const char* expected) {
  if (!object.is_object() || !object.contains(key)) {
    throw FieldError{field_path(path, key), "nothing", expected};
  }
  return object.at(key);
}

}  // namespace

std::string field_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string shown(const Json& value) {
  constexpr std::size_t kLongest = 60;
  std::string text = dump(value);
  if (text.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    text += "...";
  }
  return text;
}

Result<Json> parse_json(std::string_view text, std::string_view field) {
  // The parser's own handler: Json::parse would carry a second one, for callbacks, into the module.
  Json json;
  nlohmann::detail::json_sax_dom_parser<Json> builder(json, /*allow_exceptions=*/true);
  try {
    Json::sax_parse(text, &builder);
    return json;
  } catch (const Json::parse_error& error) {
    return Error{.code = ErrorCode::kInvalidJson,
                 .where = {.row = std::nullopt, .column = "", .field = std::string(field)},
                 .found = "text that stops being JSON at byte " + std::to_string(error.byte),
                 .expected = "one JSON value",
                 .fix = "Check the text around that byte."};
  } catch (const Json::exception&) {
    return Error{.code = ErrorCode::kInvalidJson,
                 .where = {.row = std::nullopt, .column = "", .field = std::string(field)},
                 .found = "a number beyond the range of a double",
                 .expected = "finite numbers",
                 .fix = "Correct the number."};
  }
}

Json json_or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json json_location(const Location& location) {
  Json json;
  json["row"] = location.row ? Json(*location.row) : Json(nullptr);
  json["column"] = location.column.empty() ? Json(nullptr) : Json(location.column);
  json["field"] = location.field.empty() ? Json(nullptr) : Json(location.field);
  return json;
}

void add_workload_key(Json& json, const WorkloadKey& key) {
  json["namespace"] = key.namespace_name;
  json["workload"] = key.workload;
  json["container"] = key.container;
}

double read_number(const Json& object, const std::string& path, const std::string& key) {
  const Json& value = member(object, path, key, "a number");
  if (!value.is_number() || !std::isfinite(value.get<double>())) {
    throw FieldError{field_path(path, key), shown(value), "a finite number"};
  }
  return value.get<double>();
}

std::int64_t read_integer(const Json& object, const std::string& path, const std::string& key) {
  const double number = read_number(object, path, key);
  if (number != std::floor(number) || !(std::abs(number) < 0x1p53)) {
    throw FieldError{field_path(path, key), shown(object.at(key)), "a whole number"};
  }
  return static_cast<std::int64_t>(number);
}

bool read_bool(const Json& object, const std::string& path, const std::string& key) {
  const Json& value = member(object, path, key, "true or false");
  if (!value.is_boolean()) throw FieldError{field_path(path, key), shown(value), "true or false"};
  return value.get<bool>();
}

std::string read_string(const Json& object, const std::string& path, const std::string& key) {
  const Json& value = member(object, path, key, "a text");
  if (!value.is_string()) throw FieldError{field_path(path, key), shown(value), "a text"};
  return value.get<std::string>();
}

Timestamp read_timestamp(const Json& object, const std::string& path, const std::string& key) {
  const std::string text = read_string(object, path, key);
  const auto parsed = parse_iso8601(text);
  if (!parsed) {
    throw FieldError{field_path(path, key), '"' + text + '"', "a moment like 2026-11-24T10:05:00Z"};
  }
  return parsed->seconds;
}

const Json& read_object(const Json& object, const std::string& path, const std::string& key) {
  const Json& value = member(object, path, key, "an object");
  if (!value.is_object()) throw FieldError{field_path(path, key), shown(value), "an object"};
  return value;
}

const Json& read_array(const Json& object, const std::string& path, const std::string& key) {
  const Json& value = member(object, path, key, "an array");
  if (!value.is_array()) throw FieldError{field_path(path, key), shown(value), "an array"};
  return value;
}

}  // namespace plimsoll
