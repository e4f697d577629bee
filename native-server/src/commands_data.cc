// plimsoll validate and recommend.
#include <array>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "commands.h"
#include "files.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/base/quantity.h"
#include "plimsoll/data/report.h"
#include "plimsoll/data/table.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll::native {
namespace {

void print_report(const ValidationReport& report) {
  std::cout << "validation_status: " << (report.passed ? "PASSED" : "FAILED") << '\n'
            << "record_count:      " << report.record_count << '\n';
  if (report.record_count > 0) {
    std::cout << "date_range:        " << format_iso8601(report.start) << " to "
              << format_iso8601(report.end) << '\n';
  }
  for (const ColumnSummary& column : report.column_summaries) {
    std::cout << "column " << column.header << ": " << column.role << " in " << column.unit << " ("
              << column.unit_source << "), " << column.values << " values, "
              << column.missing_values << " missing\n";
  }
  for (const std::string& role : report.missing_columns)
    std::cout << "no column for " << role << '\n';
  for (const Finding& finding : report.findings) {
    std::cout << severity_name(finding.severity) << " [" << code_name(finding.first.code) << "] ";
    if (!finding.workload.empty()) std::cout << finding.workload << ": ";
    std::cout << message(finding.first);
    if (finding.count > 1) std::cout << " (" << finding.count << " times)";
    std::cout << '\n';
  }
}

std::string amount(double value, Unit unit) {
  std::ostringstream out;
  out << std::fixed;
  if (unit == Unit::kBytes) {
    out << std::setprecision(3) << value / kBytesPerGigabyte << " GB";
  } else {
    out << std::setprecision(4) << value;
    if (unit == Unit::kCores) out << " cores";
    if (unit == Unit::kPercent) out << " %";
  }
  return out.str();
}

void print_row(const std::vector<std::string>& cells) {
  constexpr std::array<int, 7> kWidths = {32, 8, 9, 16, 10, 10, 10};
  std::ostringstream line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line << std::left << std::setw(kWidths.at(i)) << cells[i] << ' ';
  }
  std::string text = line.str();
  text.erase(text.find_last_not_of(' ') + 1);
  std::cout << text << '\n';
}

// Of the nearest horizon; that some samples lie above a request is its nature.
void print_warnings(const std::string& metric, const HorizonPlan& plan) {
  for (const RecommendationWarning& warning : plan.recommendation.warnings) {
    if (warning.code == "samples_above_request") continue;
    std::cout << "  " << metric << ", " << horizon_name(plan.horizon) << ": " << warning.detail
              << '\n';
  }
}

void print_table(const Plan& plan) {
  print_row({"WORKLOAD", "METRIC", "HORIZON", "FORECAST MEAN", "REQUEST", "LIMIT", "CONFIDENCE"});
  for (const WorkloadPlan& workload : plan.workloads) {
    for (const MetricPlan& metric : workload.metrics) {
      const std::string name = display_name(workload.key);
      const std::string kind(metric_name(metric.metric));
      if (metric.status != MetricStatus::kOk) {
        print_row({name, kind, "-", metric.reason});
        continue;
      }
      for (const HorizonPlan& horizon : metric.horizons) {
        print_row({name, kind, std::string(horizon_name(horizon.horizon)),
                   amount(horizon.forecast.mean, metric.unit),
                   horizon.recommendation.request.value_or("-"),
                   horizon.recommendation.limit.value_or("-"), horizon.confidence.level});
      }
      if (!metric.horizons.empty()) print_warnings(kind, metric.horizons.front());
    }
  }
  if (plan.stale_gap_seconds) {
    std::cout << "stale: the data ends " << *plan.stale_gap_seconds << " seconds before now\n";
  }
}

// The horizon of a patch, which can hold one request only: a week unless asked otherwise.
Horizon patch_horizon(const PlanOptions& options) {
  return options.horizon.value_or(Horizon::kWeek);
}

}  // namespace

int run_validate_command(const ValidateFlags& flags) {
  const CommonOptions common = read_common(flags.common);
  Timings timings(flags.common.timings);
  const std::string bytes = read_file(flags.file, kLimits.max_body_bytes);
  timings.begin("parse");
  const auto table = parse_usage_csv(bytes, common.parse);
  if (!table) return report_unreadable(flags.file, table.error());
  timings.begin("validate");
  const ValidationReport report =
      validate(table.value(), {flags.min_records, flags.tolerate_missing});
  if (flags.json) {
    std::cout << encode_report(report);
  } else {
    print_report(report);
  }
  return report.passed ? kExitOk : kExitNo;
}

int run_recommend_command(const RecommendFlags& flags) {
  const CommonOptions common = read_common(flags.common);
  PlanOptions options;
  options.parse = common.parse;
  options.now = common.now;
  options.utc_offset_seconds = common.utc_offset_seconds.value_or(0);
  options.validation = {flags.min_records, flags.tolerate_missing};
  options.policy = require_option("--policy", find_policy(flags.policy));
  options.preset = require_option("--preset", parse_preset(flags.preset));
  if (!flags.horizon.empty()) {
    options.horizon = require_option("--horizon", parse_horizon(flags.horizon));
  }
  options.points = flags.format == "json";
  Timings timings(flags.common.timings);
  const std::string bytes = read_file(flags.file, kLimits.max_body_bytes);
  const auto plan = make_plan(bytes, options, timings.observer());
  if (!plan) return report_unreadable(flags.file, plan.error());
  if (flags.format == "json") {
    std::cout << encode_plan(plan.value());
  } else if (flags.format == "csv") {
    std::cout << encode_plan_csv(plan.value());
  } else if (flags.format == "yaml") {
    std::cout << encode_plan_yaml(plan.value(), patch_horizon(options));
  } else {
    print_table(plan.value());
  }
  return kExitOk;
}

}  // namespace plimsoll::native
