#include "forecast/prophet/predict/predictive_quantiles.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "forecast/prophet/predict/interval.h"
#include "forecast/prophet/predict/logistic_interval.h"

namespace plimsoll {
namespace {

double with_variance(double sigma, double variance) {
  return variance > 0.0 ? std::sqrt(sigma * sigma + variance) : sigma;
}

// The error's quantile at `level` in (0.5, 1) for every moment, in scaled units. A multiplicative
// term scales the trend and with it the changes of slope to come.
Eigen::VectorXd error_quantiles(const FittedModel& model, const Future& future,
                                const std::vector<Moment>& moments, double level) {
  const auto n = static_cast<Eigen::Index>(moments.size());
  double h_max = 0.0;
  for (Eigen::Index row = 0; row < n; ++row) h_max = std::max(h_max, future.t(row) - 1.0);
  const ErrorDistribution error = error_distribution(model);
  std::map<double, QuantileCurve> curves;  // one for each variance of what was not seen
  Eigen::VectorXd quantiles(n);
  for (Eigen::Index row = 0; row < n; ++row) {
    const double h = future.t(row) - 1.0;
    const Moment& moment = moments[static_cast<std::size_t>(row)];
    const ErrorDistribution here{with_variance(error.sigma, moment.unseen_variance),
                                 error.lambda * std::abs(moment.factor), error.rate};
    if (moment.factor != 1.0) {
      quantiles[row] = error_quantile(here, h, level);
    } else {
      auto curve = curves.find(moment.unseen_variance);
      if (curve == curves.end()) {
        curve = curves.emplace(moment.unseen_variance, QuantileCurve(here, level, h_max)).first;
      }
      quantiles[row] = curve->second.at(h);
    }
  }
  return quantiles;
}

// The error of a trend that is linear in its changes of slope is symmetric about 0.
Eigen::MatrixXd symmetric_quantiles(const FittedModel& model, const Future& future,
                                    const std::vector<Moment>& moments,
                                    const std::vector<double>& levels) {
  const auto n = static_cast<Eigen::Index>(moments.size());
  Eigen::MatrixXd quantiles(n, static_cast<Eigen::Index>(levels.size()));
  double known_level = 0.5;
  Eigen::VectorXd known = Eigen::VectorXd::Zero(n);
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const double level = std::max(levels[l], 1.0 - levels[l]);
    if (level != known_level) known = error_quantiles(model, future, moments, level);
    known_level = level;
    const double unit = (levels[l] < 0.5 ? -1.0 : 1.0) * model.scaling.y_scale;
    for (Eigen::Index row = 0; row < n; ++row) {
      const double yhat = moments[static_cast<std::size_t>(row)].yhat();
      quantiles(row, static_cast<Eigen::Index>(l)) = level == 0.5 ? yhat : yhat + unit * known[row];
    }
  }
  return quantiles;
}

Eigen::MatrixXd logistic_quantiles(const FittedModel& model, const Future& future,
                                   const std::vector<Moment>& moments,
                                   const std::vector<double>& levels) {
  const auto n = static_cast<Eigen::Index>(moments.size());
  const ErrorDistribution error = error_distribution(model);
  Eigen::MatrixXd quantiles(n, static_cast<Eigen::Index>(levels.size()));
  for (Eigen::Index row = 0; row < n; ++row) {
    const Moment& moment = moments[static_cast<std::size_t>(row)];
    const Bounds bounds = future.bounds(row);
    const double height = moment.factor * (bounds.cap - bounds.floor);
    const double sigma = with_variance(error.sigma, moment.unseen_variance);
    // Noise of less is lost in the rounding of the height, and none at all is no distribution.
    const double least = std::max(1e-14 * std::abs(height), 1e-300);
    const LogisticMoment at{future.trend().line_at(future.t(row)),
                            moment.factor * bounds.floor + moment.added, height,
                            std::max(sigma * model.scaling.y_scale, least)};
    const LogisticDistribution distribution(at, error, future.t(row) - 1.0);
    for (std::size_t l = 0; l < levels.size(); ++l) {
      quantiles(row, static_cast<Eigen::Index>(l)) = distribution.quantile(levels[l]);
    }
  }
  return quantiles;
}

}  // namespace

Eigen::MatrixXd predictive_quantiles(const FittedModel& model, const Future& future,
                                     const std::vector<Moment>& moments,
                                     const std::vector<double>& levels) {
  return model.config.growth == Growth::kLogistic
             ? logistic_quantiles(model, future, moments, levels)
             : symmetric_quantiles(model, future, moments, levels);
}

Eigen::VectorXd trend_quantiles(const FittedModel& model, const Future& future, double level) {
  ErrorDistribution error = error_distribution(model);
  error.sigma = 0.0;
  const Eigen::Index n = future.size();
  double h_max = 0.0;
  for (Eigen::Index row = 0; row < n; ++row) h_max = std::max(h_max, future.t(row) - 1.0);
  QuantileCurve curve(error, std::max(level, 1.0 - level), h_max);
  Eigen::VectorXd quantiles(n);
  for (Eigen::Index row = 0; row < n; ++row) {
    const double h = future.t(row) - 1.0;
    const double width = h > 0.0 && level != 0.5 ? curve.at(h) : 0.0;
    // A monotone curve of the line: its quantiles are those of the line.
    const double line = future.trend().line_at(future.t(row));
    quantiles[row] =
        future.trend().bent(level < 0.5 ? line - width : line + width, future.bounds(row));
  }
  return quantiles;
}

}  // namespace plimsoll
