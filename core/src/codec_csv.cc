// CSV out. In a plan, which people open in a spreadsheet, names that would run as a formula get a
// leading apostrophe, as OWASP recommends against CSV injection; prepared data keeps names as they
// are, since training reads them back.
#include <cmath>

#include "number_text.h"
#include "plimsoll/codec.h"

namespace plimsoll {
namespace {

std::string neutralised(const std::string& text) {
  constexpr std::string_view kStarts = "=+-@\t\r";
  const bool formula = !text.empty() && kStarts.find(text.front()) != std::string_view::npos;
  return formula ? '\'' + text : text;
}

void append_text(std::string& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_key(std::string& out, const WorkloadKey& key) {
  append_text(out, key.namespace_name);
  out += ',';
  append_text(out, key.workload);
  out += ',';
  append_text(out, key.container);
}

void append_column(std::string& out, double value) {
  out += ',';
  append_number(out, value);
}

// One row of prepared data: both metrics at one moment, empty where one has no sample.
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
  Cursor cpu = cursor_of(workload, Metric::kCpu);
  Cursor memory = cursor_of(workload, Metric::kMemory);
  while (!cpu.done() || !memory.done()) {
    Timestamp ds = cpu.done() ? memory.ds() : cpu.ds();
    if (!memory.done() && memory.ds() < ds) ds = memory.ds();
    append_key(out, workload.key);
    out += ',' + format_iso8601(ds);
    append_cell_at(out, cpu, ds);
    append_cell_at(out, memory, ds);
    out += '\n';
  }
}

}  // namespace

std::string encode_forecast_csv(const Forecast& forecast) {
  std::string out = "ds,yhat,yhat_lower,yhat_upper,trend";
  for (const Component& component : forecast.components) {
    out += ',';
    append_text(out, neutralised(component.name));
  }
  for (const Quantile& quantile : forecast.quantiles) {
    out += ",yhat_q" + number_text(quantile.level);
  }
  out += '\n';
  for (std::size_t row = 0; row < forecast.ds.size(); ++row) {
    const auto i = static_cast<Eigen::Index>(row);
    out += format_ds(forecast.ds[row]);
    append_column(out, forecast.yhat[i]);
    append_column(out, forecast.yhat_lower[i]);
    append_column(out, forecast.yhat_upper[i]);
    append_column(out, forecast.trend[i]);
    for (const Component& component : forecast.components) append_column(out, component.values[i]);
    for (const Quantile& quantile : forecast.quantiles) append_column(out, quantile.values[i]);
    out += '\n';
  }
  return out;
}

std::string encode_series_csv(const std::vector<WorkloadSeries>& workloads) {
  std::string out = "namespace,workload,container,timestamp,cpu,memory\n";
  for (const WorkloadSeries& workload : workloads) append_series(out, workload);
  return out;
}

std::string encode_plan_csv(const Plan& plan) {
  std::string out =
      "namespace,workload,container,metric,status,horizon,window_start,window_end,"
      "request,limit,confidence\n";
  for (const WorkloadPlan& workload : plan.workloads) {
    for (const MetricPlan& metric : workload.metrics) {
      std::string start;
      append_key(start, {neutralised(workload.key.namespace_name),
                         neutralised(workload.key.workload), neutralised(workload.key.container)});
      start += ',' + std::string(metric_name(metric.metric));
      if (metric.status != MetricStatus::kOk) {
        out += start;
        out +=
            metric.status == MetricStatus::kUnset ? ",unset,,,,,,\n" : ",not_enough_data,,,,,,\n";
      }
      for (const HorizonPlan& horizon : metric.horizons) {
        const Window& window = horizon.forecast.window;
        out += start + ",ok," + std::string(horizon_name(horizon.horizon)) + ',' +
               format_iso8601(window.start) + ',' + format_iso8601(window.end) + ',' +
               horizon.recommendation.request.value_or("") + ',' +
               horizon.recommendation.limit.value_or("") + ',' + horizon.confidence.level + '\n';
      }
    }
  }
  return out;
}

}  // namespace plimsoll
