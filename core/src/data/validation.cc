#include "plimsoll/data/validation.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/number_text.h"
#include "base/time_order.h"
#include "plimsoll/data/doubt.h"
#include "plimsoll/data/metrics.h"
#include "plimsoll/data/series.h"

namespace plimsoll {
namespace {

std::string workload_name(const Table& table, std::size_t workload) {
  return table.workloads.size() > 1 ? display_name(table.workloads[workload]) : std::string();
}

Finding finding_at(const Table& table, std::size_t workload, Severity severity, ErrorCode code,
                   std::optional<std::int64_t> row, std::string column, std::string found,
                   std::string expected, std::string fix) {
  Finding finding;
  finding.severity = severity;
  finding.first = {
      code, {row, std::move(column), ""}, std::move(found), std::move(expected), std::move(fix)};
  finding.workload = workload_name(table, workload);
  if (row) finding.rows.push_back(*row);
  return finding;
}

// Counts occurrences, keeping the first in full.
class Tally {
 public:
  void add(Finding finding) {
    if (count_++ == 0) {
      finding_ = std::move(finding);
    } else if (finding_.rows.size() < 20 && !finding.rows.empty()) {
      finding_.rows.push_back(finding.rows.front());
    }
  }
  void flush(std::vector<Finding>& findings) {
    if (count_ == 0) return;
    finding_.count = count_;
    findings.push_back(std::move(finding_));
  }

 private:
  Finding finding_;
  std::int64_t count_ = 0;
};

void check_order(const Table& table, std::size_t workload, const std::vector<std::size_t>& rows,
                 std::vector<Finding>& findings) {
  Tally unsorted;
  Timestamp latest = rows.empty() ? 0 : table.ds[rows.front()];
  for (const std::size_t row : rows) {
    const Timestamp ds = table.ds[row];
    if (ds < latest) {
      unsorted.add(finding_at(table, workload, Severity::kWarning, ErrorCode::kUnsorted,
                              table.source_rows[row], table.detected.timestamp_header,
                              format_iso8601(ds), "a moment after " + format_iso8601(latest),
                              "Nothing has to be done: the rows are sorted before use."));
    }
    latest = std::max(latest, ds);
  }
  unsorted.flush(findings);
}

void check_steps(const Table& table, const std::vector<std::size_t>& sorted, std::size_t workload,
                 WorkloadSummary& summary, std::vector<Finding>& findings) {
  Tally duplicates;
  Tally gaps;
  std::int64_t steps = 0;
  std::int64_t regular = 0;
  std::int64_t finer = 0;
  const std::int64_t cadence = summary.cadence_seconds;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const Timestamp before = table.ds[sorted[i - 1]];
    const Timestamp ds = table.ds[sorted[i]];
    const std::int64_t row = table.source_rows[sorted[i]];
    if (ds == before) {
      duplicates.add(finding_at(table, workload, Severity::kWarning, ErrorCode::kDuplicateTimestamp,
                                row, table.detected.timestamp_header, format_iso8601(ds),
                                "each moment once",
                                "Nothing has to be done: equal moments are averaged."));
      continue;
    }
    ++steps;
    regular += ds - before == cadence ? 1 : 0;
    finer += 2 * (ds - before) <= cadence ? 1 : 0;
    if (2 * (ds - before) <= 3 * cadence) continue;
    ++summary.gap_count;
    summary.missing_rows += (ds - before) / cadence - 1;
    gaps.add(finding_at(
        table, workload, Severity::kWarning, ErrorCode::kGap, row, table.detected.timestamp_header,
        "nothing from " + format_iso8601(before) + " to " + format_iso8601(ds),
        "a sample every " + std::to_string(cadence) + " seconds",
        "Gaps are left open, not filled; export the missing span if there is one."));
  }
  duplicates.flush(findings);
  gaps.flush(findings);
  if (10 * regular < 9 * steps) {
    findings.push_back(
        finding_at(table, workload, Severity::kInfo, ErrorCode::kIrregularCadence, std::nullopt,
                   table.detected.timestamp_header,
                   std::to_string(regular) + " of " + std::to_string(steps) + " steps of " +
                       std::to_string(cadence) + " seconds",
                   "nine steps in ten alike",
                   20 * finer > steps
                       ? "Nothing has to be done: a part that was sampled more often is averaged "
                         "to one sample a step."
                       : "Nothing has to be done: irregular samples are used as they are."));
  }
}

void put_gravest_first(std::vector<Finding>& findings) {
  std::vector<Finding> ordered;
  for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kInfo}) {
    for (const Finding& finding : findings) {
      if (finding.severity == severity) ordered.push_back(finding);
    }
  }
  findings = std::move(ordered);
}

double median_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Farther from the median than 20 times the median distance from it.
void check_outliers(const Table& table, std::size_t workload, const NumericColumn& column,
                    const std::vector<std::size_t>& rows, std::vector<Finding>& findings) {
  std::vector<double> values;
  for (const std::size_t row : rows) {
    if (!std::isnan(column.values[row])) values.push_back(column.values[row]);
  }
  if (values.size() < 2) return;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high) {
    findings.push_back(finding_at(table, workload, Severity::kWarning, ErrorCode::kConstantSeries,
                                  table.source_rows[rows.front()], column.header,
                                  *low == 0.0 ? "zero in every row" : "one value in every row",
                                  "usage that varies",
                                  "Check that the exporter measured this workload."));
    return;
  }
  const double median = median_of(values);
  for (double& value : values) value = std::abs(value - median);
  const double bound = 20.0 * median_of(values);
  if (bound == 0.0) return;
  Tally outliers;
  for (const std::size_t row : rows) {
    if (!(std::abs(column.values[row] - median) > bound)) continue;
    outliers.add(finding_at(table, workload, Severity::kInfo, ErrorCode::kOutlier,
                            table.source_rows[row], column.header, number_text(column.values[row]),
                            "a value near the median of " + number_text(median),
                            "Nothing has to be done if the spike was real."));
  }
  outliers.flush(findings);
}

ColumnSummary summarise(const NumericColumn& column) {
  ColumnSummary summary;
  summary.role = column.role;
  summary.header = column.header;
  summary.unit = unit_name(column.unit);
  summary.unit_source = column.unit_source;
  double sum = 0.0;
  for (const double value : column.values) {
    if (std::isnan(value)) {
      ++summary.missing_values;
      continue;
    }
    summary.min = summary.values == 0 ? value : std::min(summary.min, value);
    summary.max = summary.values == 0 ? value : std::max(summary.max, value);
    sum += value;
    ++summary.values;
  }
  if (summary.values > 0) summary.mean = sum / static_cast<double>(summary.values);
  return summary;
}

bool is_usage(const NumericColumn& column) { return is_usage_role(column.role); }

void check_workloads(const Table& table, ValidationReport& report) {
  std::vector<std::vector<std::size_t>> rows(table.workloads.size());
  for (std::size_t row = 0; row < table.ds.size(); ++row) {
    rows[table.workload_of[row]].push_back(row);
  }
  for (std::size_t workload = 0; workload < rows.size(); ++workload) {
    check_order(table, workload, rows[workload], report.findings);
    std::vector<std::size_t> sorted = rows[workload];
    order_by(table.ds, sorted);
    std::vector<Timestamp> ds;
    ds.reserve(sorted.size());
    for (const std::size_t row : sorted) ds.push_back(table.ds[row]);
    WorkloadSummary summary;
    summary.key = table.workloads[workload];
    summary.record_count = static_cast<std::int64_t>(ds.size());
    summary.start = ds.front();
    summary.end = ds.back();
    summary.cadence_seconds = cadence_seconds(ds);
    check_steps(table, sorted, workload, summary, report.findings);
    for (const NumericColumn& column : table.columns) {
      if (is_usage(column)) {
        check_outliers(table, workload, column, rows[workload], report.findings);
      }
    }
    report.start = report.workloads.empty() ? summary.start : std::min(report.start, summary.start);
    report.end = report.workloads.empty() ? summary.end : std::max(report.end, summary.end);
    report.workloads.push_back(std::move(summary));
  }
}

void refuse_missing_values(std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (finding.first.code != ErrorCode::kMissingValue) continue;
    finding.severity = Severity::kError;
    finding.first.fix += " To pass nevertheless, set tolerate_missing.";
  }
}

}  // namespace

ValidationReport validate(const Table& table, const ValidationOptions& options) {
  ValidationReport report;
  report.record_count = table.record_count;
  report.columns = table.detected.headers;
  report.missing_columns = table.missing_columns;
  report.detected = table.detected;
  report.findings = table.findings;
  if (!options.tolerate_missing) refuse_missing_values(report.findings);
  for (const NumericColumn& column : table.columns) {
    report.column_summaries.push_back(summarise(column));
  }
  for (Doubt& doubt : doubts_about(table)) report.findings.push_back(std::move(doubt.finding));
  check_workloads(table, report);
  if (report.record_count < options.min_records) {
    report.findings.push_back(finding_at(table, 0, Severity::kError, ErrorCode::kNotEnoughData,
                                         std::nullopt, "", counted(report.record_count, "row"),
                                         "at least " + std::to_string(options.min_records),
                                         "Export a longer history, or lower min_records."));
    report.findings.back().workload.clear();
  }
  put_gravest_first(report.findings);
  const bool errors =
      !report.findings.empty() && report.findings.front().severity == Severity::kError;
  report.passed = !errors;
  return report;
}

}  // namespace plimsoll
