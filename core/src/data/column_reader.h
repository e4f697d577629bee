// One numeric column of a file while its rows are read.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data/cells.h"
#include "data/columns.h"
#include "data/findings.h"

namespace plimsoll {

// Turns cells into canonical units. A mark of nothing is a missing value; what cannot be used
// becomes one with a finding, and is counted.
class ColumnReader {
 public:
  ColumnReader(const ColumnBinding& binding, NumberRules rules, FindingLog& log);

  // The column's cell of a row of `workload`.
  void add(const std::vector<std::string_view>& fields, std::int64_t row, std::uint32_t workload);

  NumericColumn finish();

 private:
  // A number below zero: noise or a mistake, which the largest value of the column decides.
  struct Negative {
    std::size_t index;
    std::int64_t row;
    std::uint32_t workload;
    double written;
  };

  double canonical(const NumberCell& cell);
  void count_unreadable(std::uint32_t workload);
  void settle_negatives();
  void report_unusable(CellKind kind, std::string_view text, std::int64_t row);
  void report_missing(std::string_view text, std::int64_t row);
  void report_negative(const Negative& negative);
  void report_noise(const Negative& negative);

  const ColumnBinding* binding_;
  NumberRules rules_;
  FindingLog* log_;
  bool is_setting_ = false;
  bool has_suffix_ = false;
  std::vector<double> values_;
  std::vector<Negative> negatives_;
  std::vector<std::int64_t> unreadable_;
};

}  // namespace plimsoll
