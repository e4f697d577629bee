// Stage "data validation": Table -> ValidationReport.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plimsoll/data/table.h"

namespace plimsoll {

struct ValidationOptions {
  std::int64_t min_records = 1000;  // rows a PASSED file has at least
  bool tolerate_missing = false;    // gap-tolerant mode: missing values only warn
};

struct ColumnSummary {
  std::string role;
  std::string header;
  std::string unit;
  std::string unit_source;
  std::int64_t missing_values = 0;  // empty or unusable cells
  double min = 0.0, mean = 0.0, max = 0.0;
  std::int64_t values = 0;  // usable cells; min, mean and max are over these
};

struct WorkloadSummary {
  WorkloadKey key;
  std::int64_t record_count = 0;
  Timestamp start = 0, end = 0;
  std::int64_t cadence_seconds = 0;  // as cadence_seconds (series.h) says; 0 for one row
  std::int64_t gap_count = 0;        // places where a step exceeds 1.5 cadences
  std::int64_t missing_rows = 0;     // samples that the gaps would have held
};

// `passed` is the documented PASSED/FAILED: no finding is an error. Too few records and missing
// values (unless tolerated) are errors. The plan is made from what is usable in either case.
struct ValidationReport {
  bool passed = false;
  std::int64_t record_count = 0;
  Timestamp start = 0, end = 0;
  std::vector<std::string> columns;          // the file's headers
  std::vector<std::string> missing_columns;  // roles without a column
  std::vector<ColumnSummary> column_summaries;
  std::vector<WorkloadSummary> workloads;
  Detection detected;
  std::vector<Finding> findings;  // errors first, then warnings, then remarks
};

ValidationReport validate(const Table& table, const ValidationOptions& options = {});

}  // namespace plimsoll
