// JSON in: what nlohmann/json reads, as values, and typed access to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/writer.h"
#include "plimsoll/base/status.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {

// A JSON value that was read. Of members of one name the last counts, in the place of the first.
class Json {
 public:
  using Member = std::pair<std::string, Json>;

  Json() = default;
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;
  Json(Json&& other) noexcept { swap(other); }
  Json& operator=(Json&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Json();

  static Json boolean(bool value);
  static Json integer(std::int64_t value);
  static Json natural(std::uint64_t value);
  static Json number(double value);
  static Json text(std::string value);
  static Json array();
  static Json object();

  [[nodiscard]] bool is_null() const { return kind_ == Kind::kNull; }
  [[nodiscard]] bool is_boolean() const { return kind_ == Kind::kBoolean; }
  [[nodiscard]] bool is_number() const {
    return kind_ == Kind::kInteger || kind_ == Kind::kNatural || kind_ == Kind::kNumber;
  }
  [[nodiscard]] bool is_integer() const {
    return kind_ == Kind::kInteger || kind_ == Kind::kNatural;
  }
  [[nodiscard]] bool is_string() const { return kind_ == Kind::kText; }
  [[nodiscard]] bool is_array() const { return kind_ == Kind::kArray; }
  [[nodiscard]] bool is_object() const { return kind_ == Kind::kObject; }

  // Each requires the kind that it names.
  [[nodiscard]] bool as_boolean() const { return value_.boolean; }
  [[nodiscard]] double as_number() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] const std::string& as_text() const { return *value_.text; }

  // The items of an array, none of anything else.
  [[nodiscard]] const std::vector<Json>& items() const;
  [[nodiscard]] std::size_t size() const { return items().size(); }
  [[nodiscard]] bool empty() const { return items().empty(); }
  [[nodiscard]] const Json& front() const { return items().front(); }
  [[nodiscard]] const Json& operator[](std::size_t i) const { return items()[i]; }
  [[nodiscard]] auto begin() const { return items().begin(); }
  [[nodiscard]] auto end() const { return items().end(); }

  // The members of an object, none of anything else.
  [[nodiscard]] const std::vector<Member>& members() const;
  // nullptr where there is none.
  [[nodiscard]] const Json* find(std::string_view key) const;
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != nullptr; }
  // The member, which must be there.
  [[nodiscard]] const Json& at(std::string_view key) const { return *find(key); }

  // Appends to an array and says where it lies until the next is appended; likewise a member.
  Json& append(Json item);
  Json& set(std::string key, Json value);

  [[nodiscard]] Json copy() const;

  void write(Writer& out) const;

 private:
  enum class Kind : std::uint8_t {
    kNull,
    kBoolean,
    kInteger,
    kNatural,
    kNumber,
    kText,
    kArray,
    kObject
  };
  union Held {
    bool boolean;
    std::int64_t integer;
    std::uint64_t natural;
    double number;
    std::string* text;
    std::vector<Json>* items;
    std::vector<Member>* members;
  };

  void swap(Json& other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(value_, other.value_);
  }

  Kind kind_ = Kind::kNull;
  Held value_{};
};

std::string dump(const Json& json);

// Fails with kInvalidJson, naming the byte where reading stopped, and before anything is read if
// more than kLimits.max_json_depth arrays and objects lie within each other.
Result<Json> parse_json(std::string_view text, std::string_view field);

// Whether an object has a member that is not null.
bool is_set(const Json& object, std::string_view key);

// "params.k", or "k" at the top level.
std::string field_path(const std::string& path, const std::string& key);

// Typed access to the members of a document that nobody vouches for. It remembers the first thing
// that was wrong; from then on every read gives a default, so that a decode function reads straight
// on and looks once at the end. `path` names the object in errors ("params").
class FieldReader {
 public:
  double number(const Json& object, const std::string& path, const std::string& key);
  std::int64_t integer(const Json& object, const std::string& path, const std::string& key);
  bool boolean(const Json& object, const std::string& path, const std::string& key);
  std::string text(const Json& object, const std::string& path, const std::string& key);
  Timestamp moment(const Json& object, const std::string& path, const std::string& key);
  const Json& object(const Json& object, const std::string& path, const std::string& key);
  const Json& array(const Json& object, const std::string& path, const std::string& key);

  // Fails unless `holds`.
  void require(bool holds, const std::string& field, const std::string& found,
               const std::string& expected);
  void fail(const std::string& field, const std::string& found, const std::string& expected);

  [[nodiscard]] bool failed() const { return failure_.has_value(); }

  // The first failure as an error; requires failed().
  [[nodiscard]] Error error(ErrorCode code, const char* fix) const;

 private:
  // The member, or nullptr after noting that it is absent.
  const Json* member(const Json& object, const std::string& path, const std::string& key,
                     const char* expected);

  struct Failure {
    std::string field;
    std::string found;
    std::string expected;
  };
  std::optional<Failure> failure_;
};

// The text of a JSON value for an error message, cut to a readable length.
std::string shown(const Json& value);

}  // namespace plimsoll
