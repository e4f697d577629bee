// Prophet's performance metrics of a cross-validation.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/time_order.h"
#include "plimsoll/evaluate/cross_validation.h"

namespace plimsoll {
namespace {

// The rows of a cross-validation by how far ahead they look, and what one metric says of each.
struct Rows {
  std::vector<std::int64_t> horizons;  // ascending
  std::vector<double> values;
};

// A figure for each horizon that has a full window behind it.
struct Rolled {
  std::vector<std::int64_t> horizons;
  std::vector<double> values;
};

// First row of each horizon, and the end.
std::vector<std::size_t> group_starts(const std::vector<std::int64_t>& horizons) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < horizons.size(); ++i) {
    if (i == 0 || horizons[i] != horizons[i - 1]) starts.push_back(i);
  }
  starts.push_back(horizons.size());
  return starts;
}

// For each horizon the mean of its rows and of those of the horizons before it, until there are
// `window`; the oldest horizon counts by its mean, as far as it is needed.
Rolled rolling_mean(const Rows& rows, std::size_t window) {
  const std::vector<std::size_t> starts = group_starts(rows.horizons);
  std::vector<double> group_sums(starts.size() - 1, 0.0);
  for (std::size_t group = 0; group + 1 < starts.size(); ++group) {
    for (std::size_t i = starts[group]; i < starts[group + 1]; ++i) {
      group_sums[group] += rows.values[i];
    }
  }
  Rolled rolled;
  for (std::size_t group = 0; group + 1 < starts.size(); ++group) {
    if (starts[group + 1] < window) continue;
    double sum = 0.0;
    std::size_t missing = window;
    for (std::size_t back = group + 1; back-- > 0 && missing > 0;) {
      const std::size_t size = starts[back + 1] - starts[back];
      const std::size_t taken = std::min(size, missing);
      sum += taken == size
                 ? group_sums[back]
                 : group_sums[back] * static_cast<double>(taken) / static_cast<double>(size);
      missing -= taken;
    }
    rolled.horizons.push_back(rows.horizons[starts[group]]);
    rolled.values.push_back(sum / static_cast<double>(window));
  }
  return rolled;
}

double median(std::vector<double> values) {
  const std::size_t half = values.size() / 2;
  std::sort(values.begin(), values.end());
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

// For each horizon the median of its rows and of as many rows before them as make `window`.
Rolled rolling_median(const Rows& rows, std::size_t window) {
  const std::vector<std::size_t> starts = group_starts(rows.horizons);
  Rolled rolled;
  for (std::size_t group = 0; group + 1 < starts.size(); ++group) {
    const std::size_t end = starts[group + 1];
    if (end < window) continue;
    const std::size_t begin = std::min(starts[group], end - window);
    rolled.horizons.push_back(rows.horizons[starts[group]]);
    rolled.values.push_back(median({rows.values.begin() + static_cast<std::ptrdiff_t>(begin),
                                    rows.values.begin() + static_cast<std::ptrdiff_t>(end)}));
  }
  return rolled;
}

// One cross-validation sorted by horizon (stable, so rows of one horizon stay by cutoff).
class Sorted {
 public:
  explicit Sorted(const CrossValidation& validation) {
    order_.resize(validation.ds.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::vector<std::int64_t> ahead;
    for (const std::size_t row : order_) {
      ahead.push_back(validation.ds[row] - validation.cutoff[row]);
    }
    order_by(ahead, order_);
    for (const std::size_t row : order_) horizons_.push_back(ahead[row]);
  }

  template <class Metric>
  [[nodiscard]] Rows rows(const Metric& metric) const {
    Rows rows{horizons_, {}};
    for (const std::size_t row : order_)
      rows.values.push_back(metric(static_cast<Eigen::Index>(row)));
    return rows;
  }

 private:
  std::vector<std::size_t> order_;
  std::vector<std::int64_t> horizons_;
};

double symmetric_error(double y, double yhat) {
  const double size = std::abs(y) + std::abs(yhat);
  return size > 0.0 ? 2.0 * std::abs(y - yhat) / size : 0.0;
}

}  // namespace

std::vector<PerformanceMetrics> performance_metrics(const CrossValidation& validation,
                                                    double rolling_window) {
  const auto n = static_cast<double>(validation.ds.size());
  if (validation.ds.empty()) return {};
  const auto window = static_cast<std::size_t>(std::clamp(std::floor(rolling_window * n), 1.0, n));
  const Sorted sorted(validation);
  const Eigen::VectorXd& y = validation.y;
  const Eigen::VectorXd& yhat = validation.yhat;
  const auto mean_of = [&](const auto& metric) {
    return rolling_mean(sorted.rows(metric), window);
  };
  const auto error = [&](Eigen::Index i) { return std::abs(y[i] - yhat[i]); };
  const auto relative = [&](Eigen::Index i) { return error(i) / std::abs(y[i]); };
  const Rolled mse = mean_of([&](Eigen::Index i) { return error(i) * error(i); });
  const Rolled mae = mean_of(error);
  const Rolled smape = mean_of([&](Eigen::Index i) { return symmetric_error(y[i], yhat[i]); });
  const Rolled coverage = mean_of([&](Eigen::Index i) {
    return validation.yhat_lower[i] <= y[i] && y[i] <= validation.yhat_upper[i] ? 1.0 : 0.0;
  });
  constexpr double kLeastUsage = 1e-8;
  const bool divides =
      std::all_of(y.begin(), y.end(), [](double value) { return std::abs(value) >= kLeastUsage; });
  const Rolled mape = divides ? mean_of(relative) : Rolled{};
  const Rolled mdape = divides ? rolling_median(sorted.rows(relative), window) : Rolled{};
  std::vector<PerformanceMetrics> metrics;
  for (std::size_t i = 0; i < mse.horizons.size(); ++i) {
    PerformanceMetrics row;
    row.horizon_seconds = mse.horizons[i];
    row.mse = mse.values[i];
    row.rmse = std::sqrt(mse.values[i]);
    row.mae = mae.values[i];
    if (divides) row.mape = mape.values[i];
    if (divides) row.mdape = mdape.values[i];
    row.smape = smape.values[i];
    row.coverage = coverage.values[i];
    metrics.push_back(row);
  }
  return metrics;
}

}  // namespace plimsoll
