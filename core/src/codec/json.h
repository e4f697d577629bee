// nlohmann/json as the codec uses it: keys in the order written, invalid UTF-8 replaced on output.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/base/status.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json);

// Fails with kInvalidJson, naming the byte where reading stopped, and before anything is read if
// more than kLimits.max_json_depth arrays and objects lie within each other.
Result<Json> parse_json(std::string_view text, std::string_view field);

// Whether an object has a member that is not null.
bool is_set(const Json& object, const std::string& key);

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
