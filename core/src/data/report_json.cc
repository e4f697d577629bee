#include "data/report_json.h"

#include "data/workload_key_text.h"
#include "plimsoll/data/report.h"

namespace plimsoll {
namespace {

Json json_finding(const Finding& finding) {
  Json json;
  json["severity"] = severity_name(finding.severity);
  json["code"] = code_name(finding.first.code);
  json["title"] = code_title(finding.first.code);
  json["message"] = message(finding.first);
  json["location"] = json_location(finding.first.where);
  json["found"] = finding.first.found;
  json["expected"] = finding.first.expected;
  json["fix"] = finding.first.fix;
  json["count"] = finding.count;
  json["rows"] = finding.rows;
  json["workload"] = finding.workload.empty() ? Json(nullptr) : Json(finding.workload);
  return json;
}

Json json_detection(const Detection& detected) {
  Json json;
  json["delimiter"] = std::string(1, detected.delimiter);
  json["byte_order_mark"] = detected.byte_order_mark;
  json["timestamp_column"] = detected.timestamp_header;
  json["timestamp_format"] = detected.timestamp_format;
  json["timezone"] = detected.timezone;
  return json;
}

Json json_column(const ColumnSummary& column) {
  const auto figure = [&column](double value) {
    return column.values > 0 ? Json(value) : Json(nullptr);
  };
  Json json;
  json["role"] = column.role;
  json["column"] = column.header;
  json["unit"] = column.unit;
  json["unit_source"] = column.unit_source;
  json["values"] = column.values;
  json["missing_values"] = column.missing_values;
  json["min"] = figure(column.min);
  json["mean"] = figure(column.mean);
  json["max"] = figure(column.max);
  return json;
}

Json json_workload(const WorkloadSummary& workload) {
  Json json;
  add_workload_key(json, workload.key);
  json["record_count"] = workload.record_count;
  json["date_range"] = json_span(workload.start, workload.end);
  json["cadence_seconds"] = workload.cadence_seconds;
  json["gap_count"] = workload.gap_count;
  json["missing_rows"] = workload.missing_rows;
  return json;
}

}  // namespace

Json json_span(Timestamp start, Timestamp end) {
  Json json;
  json["start"] = format_iso8601(start);
  json["end"] = format_iso8601(end);
  return json;
}

Json json_report(const ValidationReport& report) {
  Json json;
  json["validation_status"] = report.passed ? "PASSED" : "FAILED";
  json["record_count"] = report.record_count;
  json["date_range"] =
      report.workloads.empty() ? Json(nullptr) : json_span(report.start, report.end);
  json["columns"] = report.columns;
  json["missing_columns"] = report.missing_columns;
  json["missing_values"] = Json::object();
  json["detected"] = json_detection(report.detected);
  json["column_summaries"] = Json::array();
  for (const ColumnSummary& column : report.column_summaries) {
    json["missing_values"][column.header] = column.missing_values;
    json["column_summaries"].push_back(json_column(column));
  }
  json["workloads"] = Json::array();
  for (const WorkloadSummary& workload : report.workloads) {
    json["workloads"].push_back(json_workload(workload));
  }
  json["findings"] = Json::array();
  for (const Finding& finding : report.findings) {
    json["findings"].push_back(json_finding(finding));
  }
  return json;
}

std::string encode_report(const ValidationReport& report) { return dump(json_report(report)); }

}  // namespace plimsoll
