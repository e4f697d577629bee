// nlohmann/json as the codec uses it: keys in the order written, invalid UTF-8 replaced on output.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/status.h"
#include "plimsoll/table.h"

namespace plimsoll {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json);

// Fails with kInvalidJson, naming the byte where reading stopped.
Result<Json> parse_json(std::string_view text, std::string_view field);

// null when absent.
Json json_or_null(const std::optional<double>& value);

// An object's parts shared by several documents.
Json json_location(const Location& location);
void add_workload_key(Json& json, const WorkloadKey& key);

// Thrown by the typed readers below and caught at each decode function's entry: exceptions never
// leave the codec.
struct FieldError {
  std::string field;
  std::string found;
  std::string expected;
};

// "params.k", or "k" at the top level.
std::string field_path(const std::string& path, const std::string& key);

// Typed access to a member of `object`; `path` names the object in errors ("params").
double read_number(const Json& object, const std::string& path, const std::string& key);
std::int64_t read_integer(const Json& object, const std::string& path, const std::string& key);
bool read_bool(const Json& object, const std::string& path, const std::string& key);
std::string read_string(const Json& object, const std::string& path, const std::string& key);
Timestamp read_timestamp(const Json& object, const std::string& path, const std::string& key);
const Json& read_object(const Json& object, const std::string& path, const std::string& key);
const Json& read_array(const Json& object, const std::string& path, const std::string& key);

// The text of a JSON value for an error message, cut to a readable length.
std::string shown(const Json& value);

}  // namespace plimsoll
