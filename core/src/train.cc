#include "plimsoll/train.h"

#include <algorithm>
#include <cmath>

#include "optimizer.h"
#include "portable_math.h"
#include "statistics.h"

namespace plimsoll {
namespace {

constexpr double kTrendPriorVariance = 25.0;  // k, m ~ Normal(0, 5)

Penalty make_penalty(const TrainingSet& set, const Design& design) {
  Penalty penalty;
  penalty.first_hinge = design.first_hinge();
  penalty.hinges = design.hinges();
  penalty.tau = set.config.changepoint_prior_scale;
  penalty.ridge = Eigen::VectorXd::Zero(design.columns());
  for (Eigen::Index i = 0; i <= design.intercept(); ++i) {
    penalty.ridge[i] = 1.0 / kTrendPriorVariance;
  }
  Eigen::Index column = design.first_feature();
  for (const Seasonality& seasonality : set.seasonalities) {
    for (int i = 0; i < 2 * seasonality.fourier_order; ++i) {
      penalty.ridge[column++] = 1.0 / (seasonality.prior_scale * seasonality.prior_scale);
    }
  }
  // The placeholder column of a model without seasonality has Prophet's prior scale of 1.
  if (set.seasonalities.empty()) penalty.ridge[column] = 1.0;
  return penalty;
}

// Prophet's starting point: through the first and last sample, or the mean for flat growth.
Eigen::VectorXd initial_theta(const TrainingSet& set, const Design& design) {
  Eigen::VectorXd theta = Eigen::VectorXd::Zero(design.columns());
  const double y_first = design.scaled_y(0);
  if (design.has_trend()) {
    theta[0] = design.scaled_y(design.rows() - 1) - y_first;
    theta[1] = y_first;
  } else {
    double sum = 0.0;
    for (std::int64_t row = 0; row < design.rows(); ++row) sum += design.scaled_y(row);
    theta[0] = sum / static_cast<double>(set.series.size());
  }
  return theta;
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

// The minimal subgradient of the log posterior. `at_theta` has been recentred at the optimum.
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

Parameters to_parameters(const TrainingSet& set, const Design& design, const Eigen::VectorXd& theta,
                         double sigma) {
  Parameters params;
  params.k = design.has_trend() ? theta[0] : 0.0;
  params.m = theta[design.intercept()];
  params.sigma_obs = sigma;
  params.delta = Eigen::VectorXd::Zero(set.changepoints.t.size());
  if (design.has_trend()) params.delta = theta.segment(design.first_hinge(), design.hinges());
  params.beta = theta.tail(theta.size() - design.first_feature());
  return params;
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
  model.seasonalities = set.seasonalities;
  model.feature_names = set.feature_names;
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

FittedModel train(const TrainingSet& set) {
  FittedModel model = describe(set);
  const Design design(set);
  Optimum optimum{initial_theta(set, design), 1.0, false};
  if (is_constant(set.series.y)) {
    model.params = to_parameters(set, design, optimum.theta, 0.0);
    return model;
  }
  const Penalty penalty = make_penalty(set, design);
  Statistics statistics = accumulate(design);
  double largest_moment = 0.0;
  for (const double moment : statistics.moment) {
    largest_moment = std::max(largest_moment, std::abs(moment));
  }
  // Each round solves to rounding in the statistics at hand, then takes them anew at the solution,
  // where nothing cancels. The second round repairs what the first lost; more are rarely needed.
  constexpr int kMostRounds = 6;
  constexpr double kGoodEnough = 1e-12;
  Optimum best = optimum;
  for (int round = 0; round < kMostRounds; ++round) {
    optimum = optimize(statistics, penalty, optimum);
    recentre(design, optimum.theta, statistics);
    const Certificate certificate = certify(statistics, largest_moment, penalty, optimum);
    if (round == 0 || certificate.kkt_relative < model.certificate.kkt_relative) {
      model.certificate = certificate;
      best = optimum;
    }
    if (round > 0 && certificate.kkt_relative < kGoodEnough) break;
  }
  if (best.sigma_floored) {
    model.warnings.emplace_back(
        "The model reproduces this series to rounding, so the posterior has no maximum in "
        "sigma_obs; it is held at its floor and the intervals are that narrow.");
  }
  model.params = to_parameters(set, design, best.theta, best.sigma);
  return model;
}

}  // namespace plimsoll
