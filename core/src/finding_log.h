// Findings as they come up while a file is read: one entry for each kind and column.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "plimsoll/table.h"

namespace plimsoll {

class FindingLog {
 public:
  // Notes one occurrence. The first of its kind and column is kept in full, of the rest the count
  // and the first 20 rows.
  void add(Severity severity, Error error);

  // In order of first occurrence.
  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }
  [[nodiscard]] const std::vector<Finding>& all() const { return findings_; }

 private:
  std::vector<Finding> findings_;
  std::map<std::pair<ErrorCode, std::string>, std::size_t> index_;
};

// A cell for a message: quoted, control characters and broken UTF-8 made visible, at most 60 bytes.
std::string shown_cell(std::string_view cell);

}  // namespace plimsoll
