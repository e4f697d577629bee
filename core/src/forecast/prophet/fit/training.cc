#include "forecast/prophet/fit/training.h"

#include <algorithm>
#include <cmath>

#include "forecast/prophet/fit/gauss_newton.h"
#include "forecast/prophet/fit/optimizer.h"
#include "math/portable_math.h"

namespace plimsoll {
namespace {

constexpr double kTrendPriorVariance = 25.0;  // k, m ~ Normal(0, 5)

// A point that a starting trend passes through, in scaled units.
struct Anchor {
  double t = 0.0;
  double y = 0.0;
  double cap = 0.0;
};

Anchor anchor_at(const TrainingSet& set, std::int64_t row) {
  const bool capped = set.scaled_cap.size() > 0;
  return {set.scaled_time(row), set.scaled_y(row),
          capped ? set.scaled_cap[static_cast<Eigen::Index>(row)] : 0.0};
}

Anchor mean_anchor(const TrainingSet& set, std::int64_t first, std::int64_t last) {
  Anchor mean;
  for (std::int64_t row = first; row < last; ++row) {
    const Anchor at = anchor_at(set, row);
    mean.t += at.t;
    mean.y += at.y;
    mean.cap += at.cap;
  }
  const auto n = static_cast<double>(last - first);
  return {mean.t / n, mean.y / n, mean.cap / n};
}

// The line, or the logistic curve, through two points; there both are kept inside (0, cap).
Eigen::VectorXd theta_through(const TrainingSet& set, const Layout& layout, const Anchor& a,
                              const Anchor& b) {
  Eigen::VectorXd theta = Eigen::VectorXd::Zero(layout.columns());
  if (set.config.growth != Growth::kLogistic) {
    theta[0] = (b.y - a.y) / (b.t - a.t);
    theta[1] = a.y - theta[0] * a.t;
    return theta;
  }
  const auto ratio = [](const Anchor& at) {
    return at.cap / std::clamp(at.y, 0.01 * at.cap, 0.99 * at.cap);
  };
  double first = ratio(a);
  const double last = ratio(b);
  if (std::abs(first - last) <= 0.01) first *= 1.05;
  const double from = log(first - 1.0);
  const double to = log(last - 1.0);
  theta[0] = (from - to) / (b.t - a.t);
  theta[1] = a.t + from / theta[0];
  return theta;
}

// Prophet's starting point: through the first and last sample, or the mean for flat growth.
Eigen::VectorXd initial_theta(const TrainingSet& set, const Layout& layout) {
  const std::int64_t rows = set.series.size();
  if (layout.has_trend) {
    return theta_through(set, layout, anchor_at(set, 0), anchor_at(set, rows - 1));
  }
  Eigen::VectorXd theta = Eigen::VectorXd::Zero(layout.columns());
  theta[0] = mean_anchor(set, 0, rows).y;
  return theta;
}

// A second one, which no single sample can mislead: through the means of both halves.
Eigen::VectorXd start_through_halves(const TrainingSet& set, const Layout& layout) {
  const std::int64_t rows = set.series.size();
  const Anchor first = mean_anchor(set, 0, rows / 2);
  const Anchor second = mean_anchor(set, rows / 2, rows);
  if (!layout.has_trend || !(second.t > first.t)) return initial_theta(set, layout);
  return theta_through(set, layout, first, second);
}

double log_posterior(const Statistics& at_theta, const Penalty& penalty, const Optimum& optimum) {
  const double sigma_squared = optimum.sigma * optimum.sigma;
  double lp = 0.0;
  for (Eigen::Index i = 0; i < optimum.theta.size(); ++i) {
    lp -= 0.5 * penalty.ridge[i] * optimum.theta[i] * optimum.theta[i];
  }
  double absolute_deltas = 0.0;
  for (Eigen::Index j = 0; j < penalty.hinges; ++j) {
    absolute_deltas += std::abs(optimum.theta[penalty.first_hinge + j]);
  }
  lp -= absolute_deltas / penalty.tau;
  lp -= 2.0 * sigma_squared;
  lp -= static_cast<double>(at_theta.rows) * log(optimum.sigma);
  lp -= 0.5 * at_theta.rss / sigma_squared;
  return lp;
}

}  // namespace

Certificate certify(const Statistics& at_theta, double largest_moment, const Penalty& penalty,
                    const Optimum& optimum) {
  Certificate certificate;
  const double sigma_squared = optimum.sigma * optimum.sigma;
  double residual = 0.0;
  for (Eigen::Index i = 0; i < optimum.theta.size(); ++i) {
    const double theta = optimum.theta[i];
    double gradient = at_theta.moment[i] / sigma_squared - penalty.ridge[i] * theta;
    if (i >= penalty.first_hinge && i < penalty.first_hinge + penalty.hinges) {
      const double pull = 1.0 / penalty.tau;
      if (theta > 0.0) {
        gradient -= pull;
      } else if (theta < 0.0) {
        gradient += pull;
      } else {
        gradient = std::max(0.0, std::abs(gradient) - pull);
      }
    }
    residual = std::max(residual, std::abs(gradient));
  }
  if (!optimum.sigma_floored) {
    const double sigma_gradient = at_theta.rss / (sigma_squared * optimum.sigma) -
                                  static_cast<double>(at_theta.rows) / optimum.sigma -
                                  4.0 * optimum.sigma;
    residual = std::max(residual, std::abs(sigma_gradient));
  }
  certificate.kkt_residual = residual;
  certificate.kkt_relative = residual / std::max(1.0, largest_moment / sigma_squared);
  certificate.sigma_floored = optimum.sigma_floored;
  certificate.log_posterior = log_posterior(at_theta, penalty, optimum);
  return certificate;
}

namespace {

Parameters to_parameters(const TrainingSet& set, const Layout& layout, const Eigen::VectorXd& theta,
                         double sigma) {
  Parameters params;
  params.k = layout.has_trend ? theta[0] : 0.0;
  params.m = theta[layout.intercept()];
  params.sigma_obs = sigma;
  params.delta = Eigen::VectorXd::Zero(set.changepoints.t.size());
  if (layout.has_trend) params.delta = theta.segment(layout.first_hinge(), layout.hinges);
  params.beta = theta.tail(layout.features);
  return params;
}

double largest_entry(const Eigen::VectorXd& moment) {
  double largest = 0.0;
  for (const double value : moment) largest = std::max(largest, std::abs(value));
  return largest;
}

struct Trained {
  Optimum optimum;
  Certificate certificate;
};

// Each round solves to rounding in the statistics at hand, then takes moment and rss anew at the
// solution, where nothing cancels. The second round repairs what the first lost; more are rarely
// needed.
Trained train_linear(const TrainingSet& set, const Layout& layout, const Penalty& penalty,
                     Statistics statistics) {
  constexpr int kMostRounds = 6;
  constexpr double kGoodEnough = 1e-12;
  const Design design(set);
  const double largest_moment = largest_entry(statistics.moment);
  Optimum optimum{initial_theta(set, layout), 1.0, false};
  Trained best;
  for (int round = 0; round < kMostRounds; ++round) {
    optimum = optimize(statistics, penalty, optimum);
    recentre(design, optimum.theta, statistics);
    const Certificate certificate = certify(statistics, largest_moment, penalty, optimum);
    if (round == 0 || *certificate.kkt_relative < *best.certificate.kkt_relative) {
      best = {optimum, certificate};
    }
    if (round > 0 && *certificate.kkt_relative < kGoodEnough) break;
  }
  return best;
}

Trained train_nonlinear(const TrainingSet& set, const Layout& layout, const Penalty& penalty) {
  const Eigen::VectorXd start = initial_theta(set, layout);
  const double largest_moment = largest_entry(linearise(set, start).moment);
  Trained best;
  std::vector<Eigen::VectorXd> starts = {start};
  // With fewer samples than parameters the posterior has no maximum, and only Prophet's start leads
  // to the mode that Prophet finds.
  if (set.series.size() > layout.columns()) starts.push_back(start_through_halves(set, layout));
  for (const Eigen::VectorXd& from : starts) {
    const Optimum optimum = climb(set, penalty, from);
    Trained trained{optimum,
                    certify(linearise(set, optimum.theta), largest_moment, penalty, optimum)};
    const auto& lp = trained.certificate.log_posterior;
    if (!best.certificate.log_posterior || *lp > *best.certificate.log_posterior) {
      best = std::move(trained);
    }
  }
  return best;
}

bool is_constant(const Eigen::VectorXd& y) {
  for (const double value : y) {
    if (value != y[0]) return false;
  }
  return true;
}

FittedModel describe(const TrainingSet& set) {
  FittedModel model;
  model.config = set.config;
  model.terms = set.terms;
  for (const Feature& feature : set.features) model.feature_names.push_back(feature.name);
  model.scaling = set.scaling;
  model.changepoints = set.changepoints;
  model.training_records = set.series.size();
  model.history_start = set.series.ds.front();
  model.history_end = set.series.ds.back();
  model.cadence_seconds = set.cadence_seconds;
  model.warnings = set.warnings;
  return model;
}

}  // namespace

Penalty make_penalty(const TrainingSet& set, const Layout& layout) {
  Penalty penalty;
  penalty.first_hinge = layout.first_hinge();
  penalty.hinges = layout.hinges;
  penalty.tau = set.config.changepoint_prior_scale;
  penalty.ridge = Eigen::VectorXd::Zero(layout.columns());
  for (Eigen::Index i = 0; i <= layout.intercept(); ++i) {
    penalty.ridge[i] = 1.0 / kTrendPriorVariance;
  }
  Eigen::Index column = layout.first_feature();
  for (const Feature& feature : set.features) {
    penalty.ridge[column++] = 1.0 / (feature.prior_scale * feature.prior_scale);
  }
  return penalty;
}

FittedModel train_with(const TrainingSet& set, const Statistics* statistics) {
  FittedModel model = describe(set);
  const Layout layout(set);
  if (set.config.growth != Growth::kLogistic && is_constant(set.series.y)) {
    model.params = to_parameters(set, layout, initial_theta(set, layout), 0.0);
    model.certificate.kkt_residual = 0.0;
    model.certificate.kkt_relative = 0.0;
    return model;
  }
  const Penalty penalty = make_penalty(set, layout);
  const Trained trained = statistics != nullptr ? train_linear(set, layout, penalty, *statistics)
                                                : train_nonlinear(set, layout, penalty);
  if (trained.optimum.sigma_floored) {
    model.warnings.emplace_back(
        "The model reproduces this series to rounding, so the posterior has no maximum in "
        "sigma_obs; it is held at its floor and the intervals are that narrow.");
  }
  model.certificate = trained.certificate;
  model.params = to_parameters(set, layout, trained.optimum.theta, trained.optimum.sigma);
  return model;
}

}  // namespace plimsoll
