#include "codec/json.h"

#include <cmath>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

// Builds the document and, instead of throwing, notes where the text went wrong.
struct Builder : nlohmann::detail::json_sax_dom_parser<Json> {
  explicit Builder(Json& json) : json_sax_dom_parser(json, /*allow_exceptions=*/false) {}

  template <class Exception>
  bool parse_error(std::size_t position, const std::string& /*token*/, const Exception& /*error*/) {
    stopped_at = position;
    return false;
  }

  std::size_t stopped_at = 0;
};

Error invalid_text(std::string_view field, std::string found, std::string expected,
                   std::string fix) {
  return Error{.code = ErrorCode::kInvalidJson,
               .where = {.row = std::nullopt, .column = "", .field = std::string(field)},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix = std::move(fix)};
}

// Where an array or object begins that lies deeper than any document does; text.size() if none
// does. What walks over a document calls itself once a level.
std::size_t find_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (in_string) {
      if (byte == '\\') {
        ++i;
      } else if (byte == '"') {
        in_string = false;
      }
    } else if (byte == '"') {
      in_string = true;
    } else if (byte == '[' || byte == '{') {
      if (++depth > kLimits.max_json_depth) return i;
    } else if (byte == ']' || byte == '}') {
      --depth;
    }
  }
  return text.size();
}

const Json& nothing() {
  static const Json json;
  return json;
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
  const std::size_t deep = find_too_deep(text);
  if (deep < text.size()) {
    const std::string most = std::to_string(kLimits.max_json_depth);
    return invalid_text(field,
                        "more than " + most + " arrays and objects within each other at byte " +
                            std::to_string(deep),
                        "at most " + most, "No document of Plimsoll or Prophet is as deep.");
  }
  Json json;
  Builder builder(json);
  if (Json::sax_parse(text, &builder)) return json;
  return invalid_text(field,
                      "text that stops being JSON at byte " + std::to_string(builder.stopped_at),
                      "one JSON value with finite numbers", "Check the text around that byte.");
}

bool is_set(const Json& object, const std::string& key) {
  return object.is_object() && object.contains(key) && !object.at(key).is_null();
}

void FieldReader::fail(const std::string& field, const std::string& found,
                       const std::string& expected) {
  if (!failure_) failure_ = Failure{field, found, expected};
}

void FieldReader::require(bool holds, const std::string& field, const std::string& found,
                          const std::string& expected) {
  if (!holds) fail(field, found, expected);
}

Error FieldReader::error(ErrorCode code, const char* fix) const {
  Error error;
  error.code = code;
  error.where.field = failure_->field;
  error.found = failure_->found;
  error.expected = failure_->expected;
  error.fix = fix;
  return error;
}

const Json* FieldReader::member(const Json& object, const std::string& path, const std::string& key,
                                const char* expected) {
  if (failed()) return nullptr;
  if (object.is_object()) {
    const auto found = object.find(key);
    if (found != object.end()) return &*found;
  }
  fail(field_path(path, key), "nothing", expected);
  return nullptr;
}

double FieldReader::number(const Json& object, const std::string& path, const std::string& key) {
  const Json* const value = member(object, path, key, "a number");
  if (value == nullptr) return 0.0;
  if (value->is_number() && std::isfinite(value->get<double>())) return value->get<double>();
  fail(field_path(path, key), shown(*value), "a finite number");
  return 0.0;
}

std::int64_t FieldReader::integer(const Json& object, const std::string& path,
                                  const std::string& key) {
  const double value = number(object, path, key);
  if (value == std::floor(value) && std::abs(value) < 0x1p53) {
    return static_cast<std::int64_t>(value);
  }
  fail(field_path(path, key), dump(Json(value)), "a whole number");
  return 0;
}

bool FieldReader::boolean(const Json& object, const std::string& path, const std::string& key) {
  const Json* const value = member(object, path, key, "true or false");
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  fail(field_path(path, key), shown(*value), "true or false");
  return false;
}

std::string FieldReader::text(const Json& object, const std::string& path, const std::string& key) {
  const Json* const value = member(object, path, key, "a text");
  if (value == nullptr) return "";
  if (value->is_string()) return value->get<std::string>();
  fail(field_path(path, key), shown(*value), "a text");
  return "";
}

Timestamp FieldReader::moment(const Json& object, const std::string& path, const std::string& key) {
  const std::string written = text(object, path, key);
  const auto parsed = parse_iso8601(written);
  if (parsed) return parsed->seconds;
  fail(field_path(path, key), dump(Json(written)), "a moment like 2026-11-24T10:05:00Z");
  return 0;
}

const Json& FieldReader::object(const Json& object, const std::string& path,
                                const std::string& key) {
  const Json* const value = member(object, path, key, "an object");
  if (value == nullptr) return nothing();
  if (value->is_object()) return *value;
  fail(field_path(path, key), shown(*value), "an object");
  return nothing();
}

const Json& FieldReader::array(const Json& object, const std::string& path,
                               const std::string& key) {
  const Json* const value = member(object, path, key, "an array");
  if (value == nullptr) return nothing();
  if (value->is_array()) return *value;
  fail(field_path(path, key), shown(*value), "an array");
  return nothing();
}

}  // namespace plimsoll
