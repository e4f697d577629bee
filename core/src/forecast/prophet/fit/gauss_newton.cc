#include "forecast/prophet/fit/gauss_newton.h"

#include <algorithm>
#include <cmath>

#include "forecast/prophet/terms/trend_function.h"

namespace plimsoll {
namespace {

// The model's tangent at one theta, row by row.
class Tangent {
 public:
  Tangent(const TrainingSet& set, const Eigen::VectorXd& theta)
      : set_(set), theta_(theta), layout_(set), trend_(set, theta), rows_(set.terms, set.series) {}

  [[nodiscard]] Eigen::Index columns() const { return layout_.columns(); }

  // Writes the derivatives of yhat and returns the residual y - yhat.
  double row(std::int64_t row, double* out) const {
    const Eigen::Index first = layout_.first_feature();
    const double cap =
        set_.scaled_cap.size() > 0 ? set_.scaled_cap[static_cast<Eigen::Index>(row)] : 0.0;
    const double trend = trend_.at(set_.scaled_time(row), cap, out);
    rows_.row(static_cast<std::size_t>(row), out + first);
    double factor = 1.0;
    double added = 0.0;
    for (Eigen::Index i = first; i < columns(); ++i) {
      const double term = out[i] * theta_[i];
      if (is_multiplicative(i)) {
        factor += term;
        out[i] *= trend;
      } else {
        added += term;
      }
    }
    for (Eigen::Index i = 0; i < first; ++i) out[i] *= factor;
    return set_.scaled_y(row) - (trend * factor + added);
  }

 private:
  [[nodiscard]] bool is_multiplicative(Eigen::Index column) const {
    const auto feature = static_cast<std::size_t>(column - layout_.first_feature());
    return set_.features[feature].mode == TermMode::kMultiplicative;
  }

  const TrainingSet& set_;
  const Eigen::VectorXd& theta_;
  Layout layout_;
  TrendFunction trend_;
  FeatureRows rows_;
};

double residual_sum(const TrainingSet& set, const Eigen::VectorXd& theta) {
  const Tangent tangent(set, theta);
  Eigen::VectorXd gradient(tangent.columns());
  double sum = 0.0;
  for (std::int64_t row = 0; row < set.series.size(); ++row) {
    const double residual = tangent.row(row, gradient.data());
    sum += residual * residual;
  }
  return sum;
}

// What is minimised at fixed sigma, besides RSS / 2.
double penalty_at(const Penalty& penalty, const Eigen::VectorXd& theta, double sigma_squared) {
  double ridge = 0.0;
  for (Eigen::Index i = 0; i < theta.size(); ++i) ridge += penalty.ridge[i] * theta[i] * theta[i];
  double absolute = 0.0;
  for (Eigen::Index j = 0; j < penalty.hinges; ++j) {
    absolute += std::abs(theta[penalty.first_hinge + j]);
  }
  return sigma_squared * (0.5 * ridge + absolute / penalty.tau);
}

}  // namespace

Statistics linearise(const TrainingSet& set, const Eigen::VectorXd& theta) {
  const Tangent tangent(set, theta);
  const Eigen::Index p = tangent.columns();
  Statistics statistics = accumulate_rows(
      set.series.size(), p, [&](std::int64_t row, double* z) { z[p] = tangent.row(row, z); });
  statistics.reference = theta;
  return statistics;
}

Eigen::MatrixXd tangent_rows(const TrainingSet& set, const Eigen::VectorXd& theta) {
  const Tangent tangent(set, theta);
  Eigen::MatrixXd rows(tangent.columns(), static_cast<Eigen::Index>(set.series.size()));
  for (std::int64_t row = 0; row < set.series.size(); ++row) {
    tangent.row(row, &rows(0, static_cast<Eigen::Index>(row)));
  }
  return rows;
}

Optimum climb(const TrainingSet& set, const Penalty& penalty, const Eigen::VectorXd& start) {
  constexpr int kMostSteps = 500;
  constexpr int kMostHalvings = 40;
  Eigen::VectorXd theta = start;
  Statistics statistics = linearise(set, theta);
  const double floor = sigma_floor(statistics.rows, theta.size());
  double v = 1.0;  // Prophet's start: the first mode on the way down from it
  for (int step = 0; step < kMostSteps; ++step) {
    const Eigen::VectorXd target = minimise(statistics, penalty, theta, v);
    const double here = 0.5 * statistics.rss + penalty_at(penalty, theta, v);
    Eigen::VectorXd next = target;
    bool better = false;
    for (int halving = 0; halving < kMostHalvings && !better; ++halving) {
      if (halving > 0) next = theta + (next - theta) * 0.5;
      better = 0.5 * residual_sum(set, next) + penalty_at(penalty, next, v) < here;
    }
    const double previous_v = v;
    if (better) {
      theta = next;
      statistics = linearise(set, theta);
    }
    v = best_sigma_squared(statistics.rss, statistics.rows, floor);
    if (!better && std::abs(v - previous_v) <= 4e-15 * v) break;
  }
  return {theta, std::sqrt(v), v <= floor * floor};
}

}  // namespace plimsoll
