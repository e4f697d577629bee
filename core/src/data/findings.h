// Remarks about rows and cells, gathered by kind and column while a file is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "plimsoll/data/types.h"

namespace plimsoll {

inline constexpr std::size_t kRowsPerFinding = 20;

// One finding for each severity, code and column: the first occurrence in full, the others counted,
// so that a file of a million bad cells is as cheap to report as one.
class FindingLog {
 public:
  // `describe` makes the Error of a first occurrence; its location is filled in here.
  template <class Describe>
  void add(Severity severity, ErrorCode code, std::string_view column, std::int64_t row,
           Describe describe) {
    if (Finding* const known = find(severity, code, column)) {
      ++known->count;
      if (known->rows.size() < kRowsPerFinding) known->rows.push_back(row);
      return;
    }
    Finding finding;
    finding.severity = severity;
    finding.first = describe();
    finding.first.code = code;
    finding.first.where = {.row = row, .column = std::string(column), .field = {}};
    finding.rows = {row};
    findings_.push_back(std::move(finding));
  }

  // The error that occurred first, if any did.
  [[nodiscard]] std::optional<Error> first_error() const {
    for (const Finding& finding : findings_) {
      if (finding.severity == Severity::kError) return finding.first;
    }
    return std::nullopt;
  }

  // In the order of their first occurrence.
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  Finding* find(Severity severity, ErrorCode code, std::string_view column) {
    for (Finding& finding : findings_) {
      if (finding.severity == severity && finding.first.code == code &&
          finding.first.where.column == column) {
        return &finding;
      }
    }
    return nullptr;
  }

  std::vector<Finding> findings_;
};

}  // namespace plimsoll
