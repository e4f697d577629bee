#include "codec/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/number_text.h"
#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

// Builds the value of what nlohmann/json reads, and notes where the text went wrong.
class Builder {
 public:
  Json root;
  std::size_t stopped_at = 0;

  // The interface of nlohmann's parser; true goes on.
  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(Json::boolean(value)); }
  bool number_integer(std::int64_t value) { return add(Json::integer(value)); }
  bool number_unsigned(std::uint64_t value) { return add(Json::natural(value)); }
  bool number_float(double value, const std::string& /*text*/) { return add(Json::number(value)); }
  bool string(std::string& value) { return add(Json::text(std::move(value))); }
  bool binary(nlohmann::json::binary_t& /*value*/) { return false; }  // JSON has none
  bool start_array(std::size_t /*size*/) { return open(Json::array()); }
  bool start_object(std::size_t /*size*/) { return open(Json::object()); }
  bool key(std::string& name) {
    name_ = std::move(name);
    return true;
  }
  bool end_array() { return close(); }
  bool end_object() { return close(); }
  template <class Exception>
  bool parse_error(std::size_t position, const std::string& /*token*/, const Exception& /*error*/) {
    stopped_at = position;
    return false;
  }

 private:
  Json& place(Json value) {
    if (open_.empty()) return root = std::move(value);
    Json& within = *open_.back();
    return within.is_array() ? within.append(std::move(value))
                             : within.set(std::move(name_), std::move(value));
  }
  bool add(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json value) {
    open_.push_back(&place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<Json*> open_;  // the arrays and objects around what comes next, outermost first
  std::string name_;
};

Error invalid_text(std::string_view field, std::string found, std::string expected,
                   std::string fix) {
  return Error{.code = ErrorCode::kInvalidJson,
               .where = {.row = std::nullopt, .column = "", .field = std::string(field)},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix = std::move(fix)};
}

// Which bound a text breaks, and at which byte.
struct Excess {
  const char* of;
  std::int64_t most;
  std::size_t at;
  const char* advice;
};

// The first bound that is broken, before a value is built: what walks over a document calls itself
// once a level, a value takes some dozen bytes however short its text is, and a name is looked for
// among those of its object.
std::optional<Excess> find_excess(std::string_view text) {
  constexpr const char* kTooMany = "No document of Plimsoll or Prophet has as many.";
  // How many commas each open array or object holds so far: its members but one.
  std::int64_t members[Limits{}.max_json_depth + 1];
  bool is_object[Limits{}.max_json_depth + 1];
  int depth = 0;
  std::int64_t values = 1;
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
      if (++depth > kLimits.max_json_depth) {
        return Excess{"arrays and objects within each other", kLimits.max_json_depth, i,
                      "No document of Plimsoll or Prophet is as deep."};
      }
      members[depth] = 1;
      is_object[depth] = byte == '{';
      ++values;
    } else if (byte == ']' || byte == '}') {
      if (depth > 0) --depth;
    } else if (byte == ',') {
      ++values;
      if (depth > 0 && ++members[depth] > kLimits.max_json_members && is_object[depth]) {
        return Excess{"members of one object", kLimits.max_json_members, i, kTooMany};
      }
    }
    if (values > kLimits.max_json_values) {
      return Excess{"values", kLimits.max_json_values, i, kTooMany};
    }
  }
  return std::nullopt;
}

const Json& nothing() {
  static const Json json;
  return json;
}

}  // namespace

Json::~Json() {
  if (kind_ == Kind::kText) delete value_.text;
  if (kind_ == Kind::kArray) delete value_.items;
  if (kind_ == Kind::kObject) delete value_.members;
}

Json Json::boolean(bool value) {
  Json json;
  json.kind_ = Kind::kBoolean;
  json.value_.boolean = value;
  return json;
}

Json Json::integer(std::int64_t value) {
  Json json;
  json.kind_ = Kind::kInteger;
  json.value_.integer = value;
  return json;
}

Json Json::natural(std::uint64_t value) {
  Json json;
  json.kind_ = Kind::kNatural;
  json.value_.natural = value;
  return json;
}

Json Json::number(double value) {
  Json json;
  json.kind_ = Kind::kNumber;
  json.value_.number = value;
  return json;
}

Json Json::text(std::string value) {
  Json json;
  json.value_.text = new std::string(std::move(value));
  json.kind_ = Kind::kText;
  return json;
}

Json Json::array() {
  Json json;
  json.value_.items = new std::vector<Json>;
  json.kind_ = Kind::kArray;
  return json;
}

Json Json::object() {
  Json json;
  json.value_.members = new std::vector<Member>;
  json.kind_ = Kind::kObject;
  return json;
}

double Json::as_number() const {
  if (kind_ == Kind::kInteger) return static_cast<double>(value_.integer);
  if (kind_ == Kind::kNatural) return static_cast<double>(value_.natural);
  return value_.number;
}

std::int64_t Json::as_integer() const {
  return kind_ == Kind::kInteger ? value_.integer : static_cast<std::int64_t>(value_.natural);
}

const std::vector<Json>& Json::items() const {
  static const std::vector<Json> none;
  return is_array() ? *value_.items : none;
}

const std::vector<Json::Member>& Json::members() const {
  static const std::vector<Member> none;
  return is_object() ? *value_.members : none;
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : members()) {
    if (name == key) return &value;
  }
  return nullptr;
}

Json& Json::append(Json item) { return value_.items->emplace_back(std::move(item)); }

Json& Json::set(std::string key, Json value) {
  for (auto& [name, held] : *value_.members) {
    if (name == key) return held = std::move(value);
  }
  return value_.members->emplace_back(std::move(key), std::move(value)).second;
}

Json Json::copy() const {
  if (is_string()) return text(as_text());
  if (is_array()) {
    Json json = array();
    for (const Json& item : *value_.items) json.append(item.copy());
    return json;
  }
  if (is_object()) {
    Json json = object();
    for (const auto& [name, value] : *value_.members) json.set(name, value.copy());
    return json;
  }
  Json json;
  json.kind_ = kind_;
  json.value_ = value_;
  return json;
}

void Json::write(Writer& out) const {
  switch (kind_) {
    case Kind::kNull:
      return out.null();
    case Kind::kBoolean:
      return out.value(value_.boolean);
    case Kind::kInteger:
      return out.value(value_.integer);
    case Kind::kNatural:
      return out.value(value_.natural);
    case Kind::kNumber:
      return out.value(value_.number);
    case Kind::kText:
      return out.value(*value_.text);
    case Kind::kArray:
      out.begin_array();
      for (const Json& item : *value_.items) item.write(out);
      return out.end_array();
    case Kind::kObject:
      out.begin_object();
      for (const auto& [name, value] : *value_.members) {
        out.key(name);
        value.write(out);
      }
      return out.end_object();
  }
}

std::string field_path(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

std::string dump(const Json& json) {
  Writer out;
  json.write(out);
  return out.take();
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
  if (const auto excess = find_excess(text)) {
    const std::string most = std::to_string(excess->most);
    return invalid_text(
        field, "more than " + most + " " + excess->of + " at byte " + std::to_string(excess->at),
        "at most " + most, excess->advice);
  }
  Builder builder;
  if (nlohmann::json::sax_parse(text, &builder)) return std::move(builder.root);
  return invalid_text(field,
                      "text that stops being JSON at byte " + std::to_string(builder.stopped_at),
                      "one JSON value with finite numbers", "Check the text around that byte.");
}

bool is_set(const Json& object, std::string_view key) {
  const Json* const value = object.find(key);
  return value != nullptr && !value->is_null();
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
  if (const Json* const found = object.find(key)) return found;
  fail(field_path(path, key), "nothing", expected);
  return nullptr;
}

double FieldReader::number(const Json& object, const std::string& path, const std::string& key) {
  const Json* const value = member(object, path, key, "a number");
  if (value == nullptr) return 0.0;
  if (value->is_number() && std::isfinite(value->as_number())) return value->as_number();
  fail(field_path(path, key), shown(*value), "a finite number");
  return 0.0;
}

std::int64_t FieldReader::integer(const Json& object, const std::string& path,
                                  const std::string& key) {
  const double value = number(object, path, key);
  if (value == std::floor(value) && std::abs(value) < 0x1p53) {
    return static_cast<std::int64_t>(value);
  }
  fail(field_path(path, key), number_text(value), "a whole number");
  return 0;
}

bool FieldReader::boolean(const Json& object, const std::string& path, const std::string& key) {
  const Json* const value = member(object, path, key, "true or false");
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->as_boolean();
  fail(field_path(path, key), shown(*value), "true or false");
  return false;
}

std::string FieldReader::text(const Json& object, const std::string& path, const std::string& key) {
  const Json* const value = member(object, path, key, "a text");
  if (value == nullptr) return "";
  if (value->is_string()) return value->as_text();
  fail(field_path(path, key), shown(*value), "a text");
  return "";
}

Timestamp FieldReader::moment(const Json& object, const std::string& path, const std::string& key) {
  const std::string written = text(object, path, key);
  const auto parsed = parse_iso8601(written);
  if (parsed) return parsed->seconds;
  fail(field_path(path, key), json_text(written), "a moment like 2026-11-24T10:05:00Z");
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
