// Which column of a file plays which role, and in what unit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/table.h"

namespace plimsoll {

// A numeric column bound to its place in a record.
struct NumericBinding {
  std::string role;
  std::string header;
  std::size_t index = 0;
  Unit unit = Unit::kNone;
  std::string unit_source = "default";
  double factor = 1.0;  // from the unit written to the canonical one
};

struct ColumnBindings {
  std::size_t timestamp = 0;
  std::string timestamp_header;
  std::optional<std::size_t> namespace_name;
  std::optional<std::size_t> workload;
  std::optional<std::size_t> container;
  std::vector<NumericBinding> numbers;
  std::vector<std::string> missing;  // roles of usage without a column
};

// What kind of file the header belongs to.
enum class FileKind { kUsage, kTraining, kTimes };

// Binds roles to headers: as told in the options, else by name. Two candidates for one role, a
// header written twice, a told header that is absent, and a file without the columns its kind needs
// are errors: nothing is guessed between two.
Result<ColumnBindings> bind_columns(const std::vector<std::string>& headers, FileKind kind,
                                    const ParseOptions& options);

// "a, b, c", for messages.
std::string list_of(const std::vector<std::string>& names);

}  // namespace plimsoll
