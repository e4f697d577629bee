#include "plimsoll/data/series.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "base/time_order.h"
#include "plimsoll/data/doubt.h"

namespace plimsoll {
namespace {

struct Sample {
  Timestamp ds;
  double y;
};

bool is_missing(double value) { return value != value; }

void sort_by_time(std::vector<Sample>& samples) {
  const auto earlier = [](const Sample& a, const Sample& b) { return a.ds < b.ds; };
  if (std::is_sorted(samples.begin(), samples.end(), earlier)) return;
  std::vector<Timestamp> ds;
  ds.reserve(samples.size());
  for (const Sample& sample : samples) ds.push_back(sample.ds);
  std::vector<std::size_t> order(samples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  order_by(ds, order);
  std::vector<Sample> sorted;
  sorted.reserve(samples.size());
  for (const std::size_t i : order) sorted.push_back(samples[i]);
  samples = std::move(sorted);
}

Series to_series(const std::vector<Sample>& samples) {
  Series series;
  series.ds.reserve(samples.size());
  series.y.resize(static_cast<Eigen::Index>(samples.size()));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    series.ds.push_back(samples[i].ds);
    series.y[static_cast<Eigen::Index>(i)] = samples[i].y;
  }
  return series;
}

// Samples with equal timestamps become one, their mean.
std::vector<Sample> average_duplicates(const std::vector<Sample>& samples) {
  std::vector<Sample> distinct;
  distinct.reserve(samples.size());
  for (std::size_t first = 0; first < samples.size();) {
    std::size_t last = first;
    double sum = 0.0;
    for (; last < samples.size() && samples[last].ds == samples[first].ds; ++last) {
      sum += samples[last].y;
    }
    distinct.push_back({samples[first].ds, sum / static_cast<double>(last - first)});
    first = last;
  }
  return distinct;
}

// A part that was sampled more often than the rest is averaged to one sample a cadence, so that a
// sample stands for the same time throughout.
std::vector<Sample> average_finer_part(const std::vector<Sample>& samples) {
  std::vector<Timestamp> ds;
  ds.reserve(samples.size());
  for (const Sample& sample : samples) ds.push_back(sample.ds);
  const std::int64_t cadence = cadence_seconds(ds);
  if (!has_finer_part(ds, cadence)) return samples;
  std::vector<Sample> averaged;
  for (std::size_t first = 0; first < samples.size();) {
    std::size_t last = first;
    double sum = 0.0;
    const Timestamp step = (samples[first].ds - ds.front()) / cadence;
    for (; last < samples.size() && (samples[last].ds - ds.front()) / cadence == step; ++last) {
      sum += samples[last].y;
    }
    averaged.push_back({ds.front() + step * cadence, sum / static_cast<double>(last - first)});
    first = last;
  }
  return averaged;
}

// The column's values at `rows`.
Eigen::VectorXd take(const NumericColumn& column, const std::vector<std::size_t>& rows) {
  Eigen::VectorXd values(static_cast<Eigen::Index>(rows.size()));
  Eigen::Index i = 0;
  for (const std::size_t row : rows) values[i++] = column.values[row];
  return values;
}

// The samples of one column, by workload, in file order.
std::vector<std::vector<Sample>> split_by_workload(const Table& table,
                                                   const NumericColumn& column) {
  std::vector<std::vector<Sample>> samples(table.workloads.size());
  for (std::size_t row = 0; row < table.ds.size(); ++row) {
    if (is_missing(column.values[row])) continue;
    samples[table.workload_of[row]].push_back({table.ds[row], column.values[row]});
  }
  return samples;
}

// The latest value of a settings column, by workload.
std::vector<std::optional<double>> latest_values(const Table& table, std::string_view role) {
  std::vector<std::optional<double>> values(table.workloads.size());
  std::vector<Timestamp> at(table.workloads.size());
  const NumericColumn* const column = table.column(role);
  if (column == nullptr) return values;
  for (std::size_t row = 0; row < table.ds.size(); ++row) {
    const std::uint32_t workload = table.workload_of[row];
    if (is_missing(column->values[row])) continue;
    if (values[workload] && table.ds[row] < at[workload]) continue;
    values[workload] = column->values[row];
    at[workload] = table.ds[row];
  }
  return values;
}

}  // namespace

std::vector<WorkloadSeries> prepare_usage(const Table& table) {
  std::vector<WorkloadSeries> workloads;
  const std::vector<Doubt> doubts = doubts_about(table);
  for (const WorkloadKey& key : table.workloads) workloads.push_back({key, {}});
  for (const Metric metric : all_metrics()) {
    const std::string role(metric_name(metric));
    const NumericColumn* const column = table.column(role);
    if (column == nullptr) continue;
    auto samples = split_by_workload(table, *column);
    const auto requests = latest_values(table, info_of(metric).request_role);
    const auto limits = latest_values(table, info_of(metric).limit_role);
    for (std::size_t i = 0; i < workloads.size(); ++i) {
      sort_by_time(samples[i]);
      workloads[i].metrics.push_back({metric,
                                      column->unit,
                                      to_series(average_finer_part(average_duplicates(samples[i]))),
                                      {requests[i], limits[i]},
                                      doubt_about(doubts, i, role)});
    }
  }
  return workloads;
}

const Eigen::VectorXd* Frame::column(std::string_view name) const {
  for (const NamedColumn& candidate : columns) {
    if (candidate.name == name) return &candidate.values;
  }
  return nullptr;
}

Series prepare_training(const Table& table) {
  Series series;
  const NumericColumn* const y = table.column("y");
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; y != nullptr && row < table.ds.size(); ++row) {
    if (!is_missing(y->values[row])) rows.push_back(row);
  }
  order_by(table.ds, rows);
  for (const std::size_t row : rows) series.ds.push_back(table.ds[row]);
  for (const NumericColumn& column : table.columns) {
    if (column.role == "y") {
      series.y = take(column, rows);
    } else {
      series.columns.push_back({column.role, take(column, rows)});
    }
  }
  return series;
}

Frame prepare_moments(const Table& table) {
  Frame frame;
  frame.ds = table.ds;
  std::vector<std::size_t> rows(table.ds.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  for (const NumericColumn& column : table.columns) {
    frame.columns.push_back({column.role, take(column, rows)});
  }
  return frame;
}

std::int64_t cadence_seconds(const std::vector<Timestamp>& ascending) {
  struct Count {
    std::int64_t all = 0;
    std::int64_t repeated = 0;  // steps that equal the one before
  };
  std::map<std::int64_t, Count> counts;  // by step, ascending
  std::int64_t before = 0;
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    const std::int64_t step = ascending[i] - ascending[i - 1];
    if (step == 0) continue;
    Count& count = counts[step];
    ++count.all;
    if (step == before) ++count.repeated;
    before = step;
  }
  if (counts.empty()) return 0;
  const std::int64_t span = ascending.back() - ascending.front();
  const std::int64_t least = std::min(span / 10, kSecondsPerWeek);
  std::int64_t cadence = 0;
  std::int64_t most = 0;
  for (const bool lasting : {true, false}) {
    for (const auto& [step, count] : counts) {
      if (count.all <= most || (lasting && count.repeated < (least + step - 1) / step)) continue;
      most = count.all;
      cadence = step;
    }
    if (cadence > 0) break;
  }
  return cadence;
}

bool has_finer_part(const std::vector<Timestamp>& ascending, std::int64_t cadence_seconds) {
  std::size_t finer = 0;
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    const std::int64_t step = ascending[i] - ascending[i - 1];
    if (step > 0 && 2 * step <= cadence_seconds) ++finer;
  }
  return 20 * finer > ascending.size();
}

}  // namespace plimsoll
