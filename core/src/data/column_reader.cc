#include "data/column_reader.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "base/number_text.h"
#include "plimsoll/data/metrics.h"

namespace plimsoll {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// What subtracting two equal sums leaves: below zero, tiny beside the column's largest value, and
// not a whole number (-1 stands for "unknown").
bool is_noise(double value, double written, double largest) {
  return -value <= 1e-6 * largest && written != std::floor(written);
}

// As people write it: "-1", "-0.25".
std::string written_text(double value) {
  const bool is_whole = value == std::floor(value) && std::abs(value) < 1e15;
  return quote_excerpt(is_whole ? std::to_string(static_cast<std::int64_t>(value))
                                : number_text(value));
}

}  // namespace

ColumnReader::ColumnReader(const ColumnBinding& binding, NumberRules rules, FindingLog& log)
    : binding_(&binding), rules_(rules), log_(&log) {
  const Unit unit = binding.scale.unit;
  rules_.allow_suffix = unit == Unit::kCores || unit == Unit::kBytes;
  is_setting_ = metric_of_role(binding.role) != nullptr && !is_usage_role(binding.role);
  rules_.allow_boolean = binding.unit_source == kNoUnitSource;
}

void ColumnReader::add(const std::vector<std::string_view>& fields, std::int64_t row,
                       std::uint32_t workload) {
  const std::string_view text = fields[binding_->index];
  const NumberCell cell = read_number(text, rules_);
  if (cell.kind == CellKind::kNumber) {
    values_.push_back(canonical(cell));
    if (values_.back() < 0.0 && binding_->scale.unit != Unit::kNone) {
      negatives_.push_back({values_.size() - 1, row, workload, cell.value});
    }
    return;
  }
  values_.push_back(kMissing);
  if (cell.kind != CellKind::kMissing) {
    count_unreadable(workload);
    report_unusable(cell.kind, text, row);
  } else if (!is_setting_) {  // an empty request or limit says that none is set
    report_missing(text, row);
  }
}

NumericColumn ColumnReader::finish() {
  settle_negatives();
  const bool is_default = binding_->unit_source == "default";
  return {.role = binding_->role,
          .header = binding_->header,
          .unit = binding_->scale.unit,
          .unit_source = is_default && has_suffix_ ? "suffix" : binding_->unit_source,
          .values = std::move(values_),
          .unreadable = std::move(unreadable_)};
}

double ColumnReader::canonical(const NumberCell& cell) {
  if (cell.has_suffix) {
    has_suffix_ = true;
    return cell.value;
  }
  return cell.value * binding_->scale.multiplier / binding_->scale.divisor;
}

void ColumnReader::count_unreadable(std::uint32_t workload) {
  if (unreadable_.size() <= workload) unreadable_.resize(workload + 1);
  ++unreadable_[workload];
}

void ColumnReader::settle_negatives() {
  if (negatives_.empty()) return;
  double largest = 0.0;
  for (const double value : values_) {
    if (value > largest) largest = value;
  }
  for (const Negative& negative : negatives_) {
    double& value = values_[negative.index];
    if (is_noise(value, negative.written, largest)) {
      value = 0.0;
      report_noise(negative);
    } else {
      value = kMissing;
      count_unreadable(negative.workload);
      report_negative(negative);
    }
  }
}

void ColumnReader::report_unusable(CellKind kind, std::string_view text, std::int64_t row) {
  const bool is_text = kind == CellKind::kText;
  const ErrorCode code = is_text ? ErrorCode::kInvalidNumber : ErrorCode::kNonFinite;
  log_->add(Severity::kError, code, binding_->header, row, [&] {
    Error error;
    error.found = quote_excerpt(trim_cell(text));
    error.expected =
        rules_.allow_suffix ? "a number, or a quantity like 250m or 512Mi" : "a finite number";
    error.fix = "Correct the cell, or leave it empty for a missing value.";
    return error;
  });
}

void ColumnReader::report_missing(std::string_view text, std::int64_t row) {
  log_->add(Severity::kWarning, ErrorCode::kMissingValue, binding_->header, row, [&] {
    const std::string_view trimmed = trim_cell(text);
    Error error;
    error.found = trimmed.empty() ? "an empty cell" : quote_excerpt(trimmed);
    error.expected = "a number";
    error.fix = "Fill the gap at its source; the forecast is made from the other rows.";
    return error;
  });
}

void ColumnReader::report_negative(const Negative& negative) {
  log_->add(Severity::kError, ErrorCode::kNegativeUsage, binding_->header, negative.row, [&] {
    Error error;
    error.found = written_text(negative.written);
    error.expected = "zero or more";
    error.fix = "Correct the cell; for a column without a physical unit set unit." +
                binding_->role + "=none.";
    return error;
  });
}

void ColumnReader::report_noise(const Negative& negative) {
  log_->add(Severity::kInfo, ErrorCode::kNegativeUsage, binding_->header, negative.row, [&] {
    Error error;
    error.found = written_text(negative.written);
    error.expected = "zero or more";
    error.fix =
        "Nothing has to be done: less than a millionth of the largest value is rounding, "
        "and was read as zero.";
    return error;
  });
}

}  // namespace plimsoll
