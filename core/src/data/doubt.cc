#include "plimsoll/data/doubt.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number_text.h"
#include "base/time_order.h"
#include "data/header_names.h"
#include "plimsoll/data/metrics.h"
#include "plimsoll/data/table.h"

namespace plimsoll {
namespace {

// More than one in twenty.
bool is_much(std::int64_t part, std::int64_t whole) { return 20 * part > whole; }

Finding finding_about(Severity severity, ErrorCode code, std::string column, std::string found,
                      std::string expected, std::string fix) {
  Finding finding;
  finding.severity = severity;
  finding.first = {code,
                   {.row = std::nullopt, .column = std::move(column), .field = {}},
                   std::move(found),
                   std::move(expected),
                   std::move(fix)};
  return finding;
}

bool is_usage(const NumericColumn& column) { return is_usage_role(column.role); }

// ---- units ------------------------------------------------------------------------------------

// More than any container uses.
double absurd_amount(Unit unit) {
  return unit == Unit::kCores ? 1000.0 : unit == Unit::kBytes ? 0x1p44 : 101.0;
}

struct Extent {
  std::int64_t values = 0;
  std::int64_t absurd = 0;
  double max = 0.0;
  bool is_whole = true;
};

Extent extent_of(const NumericColumn& column) {
  Extent extent;
  for (const double value : column.values) {
    if (std::isnan(value)) continue;
    ++extent.values;
    extent.absurd += value > absurd_amount(column.unit) ? 1 : 0;
    extent.max = std::max(extent.max, value);
    extent.is_whole = extent.is_whole && value == std::floor(value);
  }
  return extent;
}

struct Absurdity {
  std::string_view found, expected, unit;
};

// A header is not always true: kubectl prints 250m below "CPU(cores)", and scripts that log it
// strip the suffix.
std::optional<Absurdity> absurdity_of(const NumericColumn& column, const Extent& extent) {
  const bool is_header = column.unit_source == "header";
  if (!is_header && column.unit_source != "default") return std::nullopt;
  if (!(extent.max > 0.0)) return std::nullopt;
  if (column.unit == Unit::kCores) {
    if (extent.absurd > 0) {
      return Absurdity{"values above 1,000 cores", "CPU in cores", "unit.cpu=millicores"};
    }
    if (extent.is_whole && extent.values >= 10 && extent.max >= 20.0) {
      return Absurdity{"whole numbers only, up to 20 and more", "CPU in cores",
                       "unit.cpu=millicores"};
    }
    const auto scale = unit_of_header(column.role, normalise_header(column.header));
    if (is_header && scale && scale->divisor > 1.0 && extent.max < 1e-3) {
      return Absurdity{"no value of one millicore or more", "CPU in millicores", "unit.cpu=cores"};
    }
  }
  if (column.unit == Unit::kBytes) {
    if (extent.max < 1e5) {
      return Absurdity{"no value of 100,000 bytes or more", "memory in bytes", "unit.memory=Mi"};
    }
    if (extent.absurd > 0) {
      return Absurdity{"values above 16 TiB", "memory in the unit of the header",
                       "unit.memory=bytes"};
    }
  }
  const MetricInfo* const metric = metric_of_role(column.role);
  if (column.unit == Unit::kPercent && metric->share_has_bound && extent.absurd > 0) {
    return Absurdity{"values above 100 %", "memory in percent", "unit.memory=Mi"};
  }
  return std::nullopt;
}

void doubt_unit(const NumericColumn& column, std::vector<Doubt>& doubts) {
  const Extent extent = extent_of(column);
  const auto absurdity = absurdity_of(column, extent);
  if (!absurdity) return;
  // A few samples beyond all bounds among ordinary ones are glitches, not another unit.
  const bool are_few = extent.absurd > 0 && !is_much(extent.absurd, extent.values);
  doubts.push_back({finding_about(Severity::kWarning, ErrorCode::kSuspiciousUnit, column.header,
                                  std::string(absurdity->found), std::string(absurdity->expected),
                                  "Declare the unit: " + std::string(absurdity->unit) + '.'),
                    std::nullopt, column.role, !are_few});
}

// ---- unreadable cells and rows ----------------------------------------------------------------

void doubt_rows(const Table& table, std::vector<Doubt>& doubts) {
  const auto left_out = table.record_count - static_cast<std::int64_t>(table.ds.size());
  if (!is_much(left_out, table.record_count)) return;
  doubts.push_back(
      {finding_about(
           Severity::kError, ErrorCode::kUnreadableData, "",
           std::to_string(left_out) + " of " + counted(table.record_count, "row") + " left out",
           "at most 5 % unreadable",
           "Correct the rows that the other findings name: those that are left may be no "
           "fair sample."),
       std::nullopt, "", true});
}

void doubt_cells(const Table& table, const NumericColumn& column, std::vector<Doubt>& doubts) {
  if (column.unreadable.empty()) return;
  std::vector<std::int64_t> readable(table.workloads.size());
  for (std::size_t row = 0; row < column.values.size(); ++row) {
    if (!std::isnan(column.values[row])) ++readable[table.workload_of[row]];
  }
  for (std::size_t workload = 0; workload < column.unreadable.size(); ++workload) {
    const std::int64_t unreadable = column.unreadable[workload];
    const std::int64_t all = readable[workload] + unreadable;
    if (!is_much(unreadable, all)) continue;
    doubts.push_back(
        {finding_about(Severity::kError, ErrorCode::kUnreadableData, column.header,
                       std::to_string(unreadable) + " of " + counted(all, "cell") + " unreadable",
                       "at most 5 % unreadable",
                       "Correct the cells that the other findings name: those that are left may be "
                       "no fair sample."),
         workload, column.role, true});
  }
}

// ---- what one series cannot do ----------------------------------------------------------------

// A series in the order of time, NaN left out.
struct Samples {
  std::vector<Timestamp> ds;
  std::vector<double> y;
};

// Counts the moments at which the values differ by more than a tenth of the largest.
void doubt_oneness(const Table& table, const NumericColumn& column, const Samples& samples,
                   std::size_t workload, bool has_workload_column, std::vector<Doubt>& doubts) {
  constexpr std::int64_t kFewestDiffering = 3;  // fewer are repeated lines
  if (samples.y.empty()) return;
  const double tenth = 0.1 * *std::max_element(samples.y.begin(), samples.y.end());
  std::int64_t moments = 0;
  std::int64_t differing = 0;
  for (std::size_t first = 0; first < samples.ds.size();) {
    std::size_t last = first;
    double low = samples.y[first];
    double high = low;
    for (; last < samples.ds.size() && samples.ds[last] == samples.ds[first]; ++last) {
      low = std::min(low, samples.y[last]);
      high = std::max(high, samples.y[last]);
    }
    ++moments;
    differing += high - low > tenth ? 1 : 0;
    first = last;
  }
  if (differing < kFewestDiffering || !is_much(differing, moments)) return;
  std::string columns;
  for (const std::string& header : table.telling_columns) {
    columns += (columns.empty() ? "" : ", ") + quote_excerpt(header);
  }
  // Pods of one workload are averaged on purpose; other names, or none, tell different things
  // apart.
  const bool are_pods = has_workload_column && table.telling_columns.size() == 1 &&
                        normalise_header(table.telling_columns.front()).starts_with("pod");
  doubts.push_back(
      {finding_about(
           are_pods ? Severity::kWarning : Severity::kError, ErrorCode::kSeveralSeries,
           column.header,
           "different values at " + std::to_string(differing) + " of " +
               counted(moments, "moment") +
               (columns.empty() ? std::string() : ", which " + columns + " may tell apart"),
           "one series a workload",
           columns.empty() ? "Give a column that names the workload of each row."
                           : "Name the column that tells workloads apart: map.workload=" +
                                 table.telling_columns.front() + ", or keep the rows of one."),
       workload, column.role, !are_pods});
}

void doubt_rate(const NumericColumn& column, const Samples& samples, std::size_t workload,
                std::vector<Doubt>& doubts) {
  constexpr std::int64_t kFewest = 24;
  if (column.unit != Unit::kCores) return;
  std::int64_t steps = 0;
  std::int64_t rises = 0;
  std::int64_t falls = 0;
  for (std::size_t i = 1; i < samples.y.size(); ++i) {
    if (samples.ds[i] == samples.ds[i - 1]) continue;
    ++steps;
    rises += samples.y[i] > samples.y[i - 1] ? 1 : 0;
    falls += samples.y[i] < samples.y[i - 1] ? 1 : 0;
  }
  if (steps < kFewest || 10 * rises < 9 * steps || 50 * falls > steps) return;
  const std::string name = normalise_header(column.header);
  const bool is_named_so =
      name.find("total") != std::string::npos || name.find("seconds") != std::string::npos;
  const double largest = *std::max_element(samples.y.begin(), samples.y.end());
  if (!is_named_so && largest < 100.0) return;
  doubts.push_back({finding_about(Severity::kError, ErrorCode::kCounter, column.header,
                                  "values that rise in " + std::to_string(rises) + " of " +
                                      counted(steps, "step"),
                                  "usage, not a counter of what was used since the start",
                                  "Export its rate, in Prometheus: rate(...[5m])."),
                    workload, column.role, true});
}

void doubt_series(const Table& table, const NumericColumn& column, std::vector<Doubt>& doubts) {
  const bool has_workload_column =
      table.workloads.size() > 1 || table.workloads.front().workload != "default";
  std::vector<std::vector<std::size_t>> rows(table.workloads.size());
  for (std::size_t row = 0; row < table.ds.size(); ++row) {
    if (!std::isnan(column.values[row])) rows[table.workload_of[row]].push_back(row);
  }
  for (std::size_t workload = 0; workload < rows.size(); ++workload) {
    order_by(table.ds, rows[workload]);
    Samples samples;
    for (const std::size_t row : rows[workload]) {
      samples.ds.push_back(table.ds[row]);
      samples.y.push_back(column.values[row]);
    }
    doubt_oneness(table, column, samples, workload, has_workload_column, doubts);
    doubt_rate(column, samples, workload, doubts);
  }
}

}  // namespace

std::vector<Doubt> doubts_about(const Table& table) {
  std::vector<Doubt> doubts;
  doubt_rows(table, doubts);
  for (const NumericColumn& column : table.columns) {
    if (!is_usage(column)) continue;
    doubt_cells(table, column, doubts);
    doubt_series(table, column, doubts);
    doubt_unit(column, doubts);
  }
  if (table.workloads.size() > 1) {
    for (Doubt& doubt : doubts) {
      if (doubt.workload) doubt.finding.workload = display_name(table.workloads[*doubt.workload]);
    }
  }
  return doubts;
}

std::optional<std::string> doubt_about(const std::vector<Doubt>& doubts, std::size_t workload,
                                       std::string_view role) {
  for (const Doubt& doubt : doubts) {
    if (!doubt.forbids || doubt.workload.value_or(workload) != workload) continue;
    if (doubt.role.empty() || doubt.role == role) return message(doubt.finding.first);
  }
  return std::nullopt;
}

}  // namespace plimsoll
