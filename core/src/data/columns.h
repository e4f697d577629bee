// Which column of a file plays which role, and in which unit it is written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "data/units.h"
#include "plimsoll/base/status.h"
#include "plimsoll/data/types.h"

namespace plimsoll {

// One column in use. `index` is its place in a record.
struct ColumnBinding {
  std::string role;
  std::string header;
  std::size_t index = 0;
  UnitScale scale;          // of the numeric roles
  std::string unit_source;  // "declared", "header" or "default"
};

struct ColumnBindings {
  ColumnBinding timestamp;
  std::vector<ColumnBinding> numeric;  // cpu, memory, then the current settings
  std::vector<ColumnBinding> names;    // namespace, workload, container
  std::vector<std::string> missing;    // cpu or memory, when the file has only the other
};

// Headers as they are shown: trimmed and valid UTF-8.
std::vector<std::string> clean_headers(const std::vector<std::string_view>& fields);

// Binds the roles of a usage file: by the caller's map first, then by well-known names. Two
// candidates for one role are an error, never a choice.
Result<ColumnBindings> bind_usage_columns(const std::vector<std::string>& headers,
                                          const ParseOptions& options);

// Binds timestamp and y of training data. `numeric_columns` are the places of the columns whose
// first rows hold numbers: the only one besides the timestamp is y when none has that name.
Result<ColumnBindings> bind_training_columns(const std::vector<std::string>& headers,
                                             const std::vector<std::size_t>& numeric_columns,
                                             const ParseOptions& options);

// Binds the timestamp and the further columns that the options name.
Result<ColumnBindings> bind_moment_columns(const std::vector<std::string>& headers,
                                           const ParseOptions& options);

}  // namespace plimsoll
