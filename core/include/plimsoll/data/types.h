// The types of stage "parse": what is told about a file, and the table that it becomes.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/base/status.h"
#include "plimsoll/base/timestamp.h"
#include "plimsoll/base/unit.h"

namespace plimsoll {

enum class Severity { kInfo, kWarning, kError };
std::string_view severity_name(Severity severity);

// One kind of remark about the data, with how often it occurred and where first.
struct Finding {
  Severity severity = Severity::kError;
  Error first;                     // the first occurrence, in full
  std::int64_t count = 1;          // occurrences in all
  std::vector<std::int64_t> rows;  // spreadsheet rows of the first few (at most 20)
  std::string workload;            // "" when it concerns the whole file
};

// Identifies the thing a series was measured on. An unnamed workload is called "default".
struct WorkloadKey {
  std::string namespace_name;
  std::string workload;
  std::string container;
  friend std::strong_ordering operator<=>(const WorkloadKey&, const WorkloadKey&) = default;
  friend bool operator==(const WorkloadKey&, const WorkloadKey&) = default;
};

// "shop/cart/app", without the parts that are empty.
std::string display_name(const WorkloadKey& key);

// What the caller declares about a file; everything absent is detected and reported.
struct ParseOptions {
  // role -> header text. Roles: timestamp, cpu, memory, namespace, workload, container,
  // cpu_request, cpu_limit, memory_request, memory_limit; y for training data.
  std::map<std::string, std::string, std::less<>> columns;
  // role (cpu, memory) -> cores|millicores|percent|none, bytes|Ki|Mi|Gi|kB|MB|GB|none.
  std::map<std::string, std::string, std::less<>> units;
  // Training data and moments to predict: further columns that are needed (cap, conditions,
  // regressors) and that are taken where the file has them (floor). The role is the header's name.
  std::vector<std::string> needed_columns;
  std::vector<std::string> optional_columns;
};

// A numeric column in canonical units, one entry a table row; NaN where there is no usable value.
struct NumericColumn {
  std::string role;    // "cpu"
  std::string header;  // "cpu_mean_5m"
  Unit unit = Unit::kNone;
  std::string unit_source;  // "declared", "header", "suffix" or "default"
  std::vector<double> values;
  // By workload: cells that held something, and nothing usable. As long as the last one that has
  // any.
  std::vector<std::int64_t> unreadable;
};

// What was found out about the file rather than told.
struct Detection {
  char delimiter = ',';
  bool byte_order_mark = false;
  std::string timestamp_header;
  std::string timestamp_format;  // "iso8601", "epoch_seconds" or "epoch_milliseconds"
  std::string timezone;          // "UTC", "offset" or "assumed_utc"
  std::vector<std::string> headers;
};

// The rows that hold a timestamp, in file order. All vectors have one entry a row.
struct Table {
  Detection detected;
  std::vector<Timestamp> ds;
  std::vector<std::int64_t> source_rows;   // spreadsheet row; the header is 1
  std::vector<WorkloadKey> workloads;      // distinct, in order of appearance
  std::vector<std::uint32_t> workload_of;  // index into `workloads`
  std::vector<NumericColumn> columns;      // only those present in the file
  std::vector<Finding> findings;           // bad cells and rows, all located
  std::int64_t record_count = 0;           // rows below the header, readable or not
  std::vector<std::string> missing_columns;
  std::vector<std::string> telling_columns;  // without a role, of words that recur: pod, instance

  // The column with `role`, or nullptr.
  [[nodiscard]] const NumericColumn* column(std::string_view role) const;
};

}  // namespace plimsoll
