#include "plimsoll/data/series_csv.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/number_text.h"
#include "codec/csv_writer.h"
#include "data/workload_key_text.h"

namespace plimsoll {
namespace {

// One row of prepared data: every metric at one moment, empty where one has no sample.
struct Cursor {
  const Series* series = nullptr;
  std::int64_t row = 0;
  [[nodiscard]] bool done() const { return series == nullptr || row >= series->size(); }
  [[nodiscard]] Timestamp ds() const { return series->ds[static_cast<std::size_t>(row)]; }
  [[nodiscard]] double y() const { return series->y[static_cast<Eigen::Index>(row)]; }
};

Cursor cursor_of(const WorkloadSeries& workload, Metric metric) {
  for (const MetricSeries& candidate : workload.metrics) {
    if (candidate.metric == metric) return {&candidate.series, 0};
  }
  return {};
}

void append_cell_at(std::string& out, Cursor& cursor, Timestamp ds) {
  out += ',';
  if (cursor.done() || cursor.ds() != ds) return;
  append_number(out, cursor.y());
  ++cursor.row;
}

void append_series(std::string& out, const WorkloadSeries& workload) {
  std::array<Cursor, kMetrics.size()> cursors;
  for (const Metric metric : all_metrics()) {
    cursors[static_cast<std::size_t>(metric)] = cursor_of(workload, metric);
  }
  for (;;) {
    std::optional<Timestamp> next;
    for (const Cursor& cursor : cursors) {
      if (!cursor.done()) next = std::min(next.value_or(cursor.ds()), cursor.ds());
    }
    if (!next) return;
    append_key(out, workload.key);
    out += ',' + format_iso8601(*next);
    for (Cursor& cursor : cursors) append_cell_at(out, cursor, *next);
    out += '\n';
  }
}

}  // namespace

std::string encode_series_csv(const std::vector<WorkloadSeries>& workloads) {
  std::string out = "namespace,workload,container,timestamp";
  for (const MetricInfo& metric : kMetrics) out += ',' + std::string(metric.name);
  out += '\n';
  for (const WorkloadSeries& workload : workloads) append_series(out, workload);
  return out;
}

}  // namespace plimsoll
