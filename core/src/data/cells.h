// Single cells of a CSV file: numbers and moments.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data/findings.h"
#include "plimsoll/data/types.h"

namespace plimsoll {

// `text` without blanks at its ends.
std::string_view trim_cell(std::string_view text);

enum class CellKind { kNumber, kMissing, kText, kNonFinite };

struct NumberCell {
  CellKind kind = CellKind::kMissing;
  double value = 0.0;       // of kNumber, always finite
  bool has_suffix = false;  // a Kubernetes suffix was written and applied
};

struct NumberRules {
  bool allow_suffix = false;         // `250m`, `512Mi`
  bool allow_decimal_comma = false;  // `0,25`
  bool allow_boolean = false;        // `true` is 1, `false` is 0
};

// A mark of nothing (`NA`, `null`, `-`, `<none>`, an empty cell) is kMissing.
NumberCell read_number(std::string_view text, const NumberRules& rules);

// A column of moments, read in one pass. The first readable cell decides between ISO-8601 and
// numbers since 1970; whether those count seconds or milliseconds is decided over all of them.
class TimestampColumn {
 public:
  TimestampColumn(std::string_view header, FindingLog& log) : header_(header), log_(&log) {}

  // Appends the moment in `text`; false, and a finding, when there is none.
  bool add(std::string_view text, std::int64_t row);

  // The moments, and in `detected` how they were written.
  std::vector<Timestamp> finish(Detection& detected);

 private:
  enum class Format { kUndecided, kIso8601, kEpoch };

  bool add_iso8601(std::string_view text, std::int64_t row);
  bool add_epoch(std::string_view text);
  void note_zone(const ParsedTimestamp& parsed, std::string_view text, std::int64_t row);
  void report_other_offset(std::string_view text, std::int64_t row);
  void report_unreadable(std::string_view text, std::int64_t row);

  std::string_view header_;
  FindingLog* log_;
  Format format_ = Format::kUndecided;
  bool first_has_zone_ = false;
  std::int64_t first_offset_seconds_ = 0;
  bool has_offset_ = false;
  std::int64_t first_row_ = 0;
  double largest_epoch_ = 0.0;
  std::vector<Timestamp> moments_;
  std::vector<double> epochs_;
};

}  // namespace plimsoll
