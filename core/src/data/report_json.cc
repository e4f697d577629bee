#include "data/report_json.h"

#include <algorithm>
#include <cstddef>

#include "codec/shapes.h"
#include "data/shapes.h"
#include "plimsoll/data/report.h"

namespace plimsoll {
namespace {

using members::given;
using members::part;
using members::written;

constexpr std::string_view kSeverityNames[] = {"info", "warning", "error"};

std::string_view finding_code(const Finding& finding) { return code_name(finding.first.code); }
std::string_view finding_title(const Finding& finding) { return code_title(finding.first.code); }
std::string finding_message(const Finding& finding) { return message(finding.first); }

constexpr Member kFindingMembers[] = {
    PLIMSOLL_MEMBER("severity", Finding, severity).one_of(kSeverityNames),
    given<finding_code>("code").like("^[a-z_]+$"),
    given<finding_title>("title"),
    given<finding_message>("message").says(
        "One sentence with location, found, expected and fix of the first occurrence."),
    PLIMSOLL_MEMBER("location", Finding, first.where).of(kLocationShape),
    PLIMSOLL_MEMBER("found", Finding, first.found),
    PLIMSOLL_MEMBER("expected", Finding, first.expected),
    PLIMSOLL_MEMBER("fix", Finding, first.fix),
    PLIMSOLL_MEMBER("count", Finding, count).from(1).says("Occurrences in all."),
    PLIMSOLL_MEMBER("rows", Finding, rows)
        .from(1)
        .says("Spreadsheet rows of the first few, at most 20."),
    PLIMSOLL_MEMBER("workload", Finding, workload)
        .or_null()
        .says("null where it concerns the whole file."),
};
constexpr Shape kFindingShape(kFindingMembers, "Finding");

std::string delimiter(const Detection& detected) { return std::string(1, detected.delimiter); }

constexpr Member kDetectionMembers[] = {
    given<delimiter>("delimiter").among(",|;|\t"),
    PLIMSOLL_MEMBER("byte_order_mark", Detection, byte_order_mark),
    PLIMSOLL_MEMBER("timestamp_column", Detection, timestamp_header),
    PLIMSOLL_MEMBER("timestamp_format", Detection, timestamp_format)
        .among("iso8601|epoch_seconds|epoch_milliseconds"),
    PLIMSOLL_MEMBER("timezone", Detection, timezone).among("UTC|offset|assumed_utc"),
};
constexpr Shape kDetectionShape(kDetectionMembers, "Detection");

bool has_values(const ColumnSummary& column) { return column.values > 0; }

constexpr Member kColumnMembers[] = {
    PLIMSOLL_MEMBER("role", ColumnSummary, role),
    PLIMSOLL_MEMBER("column", ColumnSummary, header).says("The header."),
    PLIMSOLL_MEMBER("unit", ColumnSummary, unit).among("cores|bytes|percent|none"),
    PLIMSOLL_MEMBER("unit_source", ColumnSummary, unit_source)
        .among("declared|header|suffix|default"),
    PLIMSOLL_MEMBER("values", ColumnSummary, values).from(0).says("Usable cells."),
    PLIMSOLL_MEMBER("missing_values", ColumnSummary, missing_values)
        .from(0)
        .says("Empty or unusable cells."),
    PLIMSOLL_MEMBER("min", ColumnSummary, min).where<has_values>(),
    PLIMSOLL_MEMBER("mean", ColumnSummary, mean).where<has_values>(),
    PLIMSOLL_MEMBER("max", ColumnSummary, max).where<has_values>(),
};
constexpr Shape kColumnShape(kColumnMembers, "ColumnSummary");

constexpr Member kRangeMembers[] = {
    PLIMSOLL_MEMBER("start", WorkloadSummary, start).as(Form::kMoment),
    PLIMSOLL_MEMBER("end", WorkloadSummary, end).as(Form::kMoment),
};
constexpr Shape kRangeShape(kRangeMembers, "Span");

constexpr Member kWorkloadMembers[] = {
    PLIMSOLL_MEMBER(nullptr, WorkloadSummary, key).of(kKeyShape),
    PLIMSOLL_MEMBER("record_count", WorkloadSummary, record_count).from(0),
    part("date_range", kRangeShape),
    PLIMSOLL_MEMBER("cadence_seconds", WorkloadSummary, cadence_seconds)
        .from(0)
        .says("The most frequent step; 0 for a single row."),
    PLIMSOLL_MEMBER("gap_count", WorkloadSummary, gap_count)
        .from(0)
        .says("Steps of more than 1.5 cadences."),
    PLIMSOLL_MEMBER("missing_rows", WorkloadSummary, missing_rows)
        .from(0)
        .says("Samples that the gaps would have held."),
};
constexpr Shape kWorkloadShape(kWorkloadMembers, "WorkloadSummary");

std::string_view status(const ValidationReport& report) {
  return report.passed ? "PASSED" : "FAILED";
}

bool has_workloads(const ValidationReport& report) { return !report.workloads.empty(); }

// By header; of two roles of one column the later speaks.
void write_missing_values(Writer& out, const Style& /*style*/, const ValidationReport& report) {
  const auto& columns = report.column_summaries;
  out.begin_object();
  for (auto first = columns.begin(); first != columns.end(); ++first) {
    const auto same = [first](const ColumnSummary& other) { return other.header == first->header; };
    if (std::find_if(columns.begin(), first, same) != first) continue;
    out.member(first->header, std::find_if(columns.rbegin(), columns.rend(), same)->missing_values);
  }
  out.end_object();
}

constexpr Member kReportSpanMembers[] = {
    PLIMSOLL_MEMBER("start", ValidationReport, start).as(Form::kMoment),
    PLIMSOLL_MEMBER("end", ValidationReport, end).as(Form::kMoment),
};
constexpr Shape kReportSpanShape(kReportSpanMembers, "Span");

constexpr Member kReportMembers[] = {
    given<status>("validation_status").among("PASSED|FAILED"),
    PLIMSOLL_MEMBER("record_count", ValidationReport, record_count).from(0),
    part("date_range", kReportSpanShape).where<has_workloads>(),
    PLIMSOLL_MEMBER("columns", ValidationReport, columns).says("The file's headers."),
    PLIMSOLL_MEMBER("missing_columns", ValidationReport, missing_columns)
        .says("Roles without a column."),
    written<write_missing_values>("missing_values", Form::kCounts)
        .says("Missing values by column header."),
    PLIMSOLL_MEMBER("detected", ValidationReport, detected).of(kDetectionShape),
    PLIMSOLL_MEMBER("column_summaries", ValidationReport, column_summaries).of(kColumnShape),
    PLIMSOLL_MEMBER("workloads", ValidationReport, workloads).of(kWorkloadShape),
    PLIMSOLL_MEMBER("findings", ValidationReport, findings)
        .of(kFindingShape)
        .says("Errors first, then warnings, then remarks."),
};

}  // namespace

constinit const Shape kReportShape =
    Shape(kReportMembers, "ValidationReport")
        .titled("What /v1/validate answers: the data validation report");

std::string encode_report(const ValidationReport& report) {
  return write_document(&report, kReportShape);
}

}  // namespace plimsoll
