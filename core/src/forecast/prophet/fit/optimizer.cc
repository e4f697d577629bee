#include "forecast/prophet/fit/optimizer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "math/least_squares.h"

namespace plimsoll {
namespace {

double sign_of(double x) { return x > 0.0 ? 1.0 : (x < 0.0 ? -1.0 : 0.0); }

// Minimises the convex problem at one sigma. Keeps theta between sigmas, so that each solve starts
// from the last one's active set.
class ActiveSet {
 public:
  ActiveSet(const Statistics& statistics, const Penalty& penalty, Eigen::VectorXd theta)
      : statistics_(statistics), penalty_(penalty), theta_(std::move(theta)) {
    const Eigen::Index p = theta_.size();
    active_.assign(static_cast<std::size_t>(p), true);
    sign_ = Eigen::VectorXd::Zero(p);
    for (Eigen::Index j = penalty_.first_hinge; j < end_of_hinges(); ++j) {
      sign_[j] = sign_of(theta_[j]);
      active_[static_cast<std::size_t>(j)] = sign_[j] != 0.0;
    }
  }

  [[nodiscard]] const Eigen::VectorXd& theta() const { return theta_; }

  void solve(double sigma_squared) {
    const double lambda = sigma_squared / penalty_.tau;
    // Each entry or departure of a hinge is one round; a convex problem needs few times their
    // count.
    const Eigen::Index most_rounds = 20 + 10 * penalty_.hinges;
    for (Eigen::Index round = 0; round < most_rounds; ++round) {
      if (!step_to_next_face(sigma_squared, lambda)) continue;
      if (!admit_worst_violation(sigma_squared, lambda)) return;
    }
  }

 private:
  [[nodiscard]] Eigen::Index end_of_hinges() const {
    return penalty_.first_hinge + penalty_.hinges;
  }

  [[nodiscard]] Eigen::VectorXd smooth_gradient(double sigma_squared) const {
    Eigen::VectorXd gradient = half_rss_gradient(statistics_, theta_);
    for (Eigen::Index i = 0; i < gradient.size(); ++i) {
      gradient[i] += sigma_squared * penalty_.ridge[i] * theta_[i];
    }
    return gradient;
  }

  // Newton's step on the active columns, cut where the first delta would change its sign; that
  // delta then becomes exactly zero. True when the whole step was taken.
  bool step_to_next_face(double sigma_squared, double lambda) {
    std::vector<Eigen::Index> columns;
    for (Eigen::Index i = 0; i < theta_.size(); ++i) {
      if (active_[static_cast<std::size_t>(i)]) columns.push_back(i);
    }
    const Eigen::VectorXd step = newton_step(columns, sigma_squared, lambda);
    double fraction = 1.0;
    Eigen::Index leaving = -1;
    for (std::size_t a = 0; a < columns.size(); ++a) {
      const Eigen::Index i = columns[a];
      const double change = step[static_cast<Eigen::Index>(a)];
      if (sign_[i] == 0.0 || sign_[i] * (theta_[i] + change) > 0.0) continue;
      const double crossing = change != 0.0 ? -theta_[i] / change : 0.0;
      if (crossing < fraction || leaving < 0) {
        fraction = crossing < fraction ? crossing : fraction;
        leaving = i;
      }
    }
    for (std::size_t a = 0; a < columns.size(); ++a) {
      theta_[columns[a]] += fraction * step[static_cast<Eigen::Index>(a)];
    }
    if (leaving < 0) return true;
    theta_[leaving] = 0.0;
    sign_[leaving] = 0.0;
    active_[static_cast<std::size_t>(leaving)] = false;
    return false;
  }

  [[nodiscard]] Eigen::VectorXd newton_step(const std::vector<Eigen::Index>& columns,
                                            double sigma_squared, double lambda) const {
    const auto n = static_cast<Eigen::Index>(columns.size());
    const Eigen::VectorXd gradient = smooth_gradient(sigma_squared);
    Eigen::MatrixXd hessian(n, n);
    Eigen::VectorXd step(n);
    for (Eigen::Index a = 0; a < n; ++a) {
      const Eigen::Index i = columns[static_cast<std::size_t>(a)];
      for (Eigen::Index b = a; b < n; ++b) {
        hessian(b, a) = statistics_.gram(columns[static_cast<std::size_t>(b)], i);
      }
      hessian(a, a) += sigma_squared * penalty_.ridge[i];
      step[a] = -(gradient[i] + lambda * sign_[i]);
    }
    cholesky_factor(hessian);
    cholesky_solve(hessian, step);
    return step;
  }

  // Lets in the hinge whose gradient exceeds the penalty most; false when there is none. What
  // residuals of rounding alone would pull is no reason to let one in.
  bool admit_worst_violation(double sigma_squared, double lambda) {
    constexpr double kRounding = 4.0 * kSigmaFloor;
    const Eigen::VectorXd gradient = smooth_gradient(sigma_squared);
    double worst = lambda * (1.0 + 1e-10);
    Eigen::Index entering = -1;
    for (Eigen::Index j = penalty_.first_hinge; j < end_of_hinges(); ++j) {
      if (active_[static_cast<std::size_t>(j)] || std::abs(gradient[j]) <= worst) continue;
      if (std::abs(gradient[j]) <= kRounding * std::sqrt(statistics_.gram(j, j))) continue;
      worst = std::abs(gradient[j]);
      entering = j;
    }
    if (entering < 0) return false;
    sign_[entering] = -sign_of(gradient[entering]);
    active_[static_cast<std::size_t>(entering)] = true;
    return true;
  }

  const Statistics& statistics_;
  const Penalty& penalty_;
  Eigen::VectorXd theta_;
  Eigen::VectorXd sign_;  // of an active delta; 0 elsewhere
  std::vector<bool> active_;
};

}  // namespace

double sigma_floor(std::int64_t rows, Eigen::Index columns) {
  return rows > columns ? kSigmaFloor : kInterpolatingFloor;
}

// The root of 4 s^2 + T s - RSS = 0, in the form that does not cancel.
double best_sigma_squared(double rss, std::int64_t rows, double floor) {
  const auto t = static_cast<double>(rows);
  return std::max(2.0 * rss / (t + std::sqrt(t * t + 16.0 * rss)), floor * floor);
}

Eigen::VectorXd minimise(const Statistics& statistics, const Penalty& penalty,
                         const Eigen::VectorXd& start, double sigma_squared) {
  ActiveSet solver(statistics, penalty, start);
  solver.solve(sigma_squared);
  return solver.theta();
}

double residual_sum_of_squares(const Statistics& statistics, const Eigen::VectorXd& theta) {
  const Eigen::Index p = theta.size();
  double rss = statistics.rss;
  for (Eigen::Index i = 0; i < p; ++i) {
    const double u = theta[i] - statistics.reference[i];
    double gram_u = 0.0;
    for (Eigen::Index j = 0; j < p; ++j) {
      gram_u += statistics.gram(j, i) * (theta[j] - statistics.reference[j]);
    }
    rss += u * (gram_u - 2.0 * statistics.moment[i]);
  }
  return rss > 0.0 ? rss : 0.0;
}

Eigen::VectorXd half_rss_gradient(const Statistics& statistics, const Eigen::VectorXd& theta) {
  const Eigen::Index p = theta.size();
  Eigen::VectorXd gradient(p);
  for (Eigen::Index i = 0; i < p; ++i) {
    double sum = 0.0;
    for (Eigen::Index j = 0; j < p; ++j) {
      sum += statistics.gram(j, i) * (theta[j] - statistics.reference[j]);
    }
    gradient[i] = sum - statistics.moment[i];
  }
  return gradient;
}

Optimum optimize(const Statistics& statistics, const Penalty& penalty, const Optimum& start) {
  ActiveSet solver(statistics, penalty, start.theta);
  // The fixed point v = best(RSS(theta(v))), by secant steps on best - v where they stay between
  // the last two estimates, else by plain substitution, which comes down monotonically.
  double v = start.sigma * start.sigma;
  double previous_v = 0.0;
  double previous_f = 0.0;
  const double floor = sigma_floor(statistics.rows, start.theta.size());
  bool floored = false;
  for (int iteration = 0; iteration < 200; ++iteration) {
    solver.solve(v);
    const double best = best_sigma_squared(residual_sum_of_squares(statistics, solver.theta()),
                                           statistics.rows, floor);
    floored = best == floor * floor;
    const double f = best - v;
    if (std::abs(f) <= 4e-15 * v) break;
    double next = best;
    if (iteration > 0 && f != previous_f) {
      const double secant = v - f * (v - previous_v) / (f - previous_f);
      if (secant > 0.25 * best && secant < 4.0 * best && secant >= floor * floor) next = secant;
    }
    if (iteration > 100 && std::abs(f) <= 1e-12 * v) break;  // rounding keeps it from settling
    previous_v = v;
    previous_f = f;
    v = next;
  }
  return {solver.theta(), std::sqrt(v), floored};
}

}  // namespace plimsoll
