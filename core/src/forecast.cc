#include "plimsoll/forecast.h"

#include <algorithm>
#include <cmath>

#include "future.h"
#include "interval.h"
#include "plimsoll/simulate.h"
#include "plimsoll/terms.h"
#include "trend.h"

namespace plimsoll {
namespace {

// Quantiles of simulated paths: logistic growth has no closed form.
void add_simulated_intervals(const FittedModel& model, const Frame& frame, Forecast& forecast) {
  constexpr int kPaths = 4000;
  constexpr std::uint64_t kSeed = 1;
  const Eigen::MatrixXd paths = simulate_paths(model, frame, kPaths, kSeed);
  const double tail = 0.5 * (1.0 - forecast.interval_width);
  std::vector<double> draws(kPaths);
  for (Eigen::Index row = 0; row < paths.rows(); ++row) {
    for (int path = 0; path < kPaths; ++path) {
      draws[static_cast<std::size_t>(path)] = paths(row, path);
    }
    std::sort(draws.begin(), draws.end());
    forecast.yhat_lower[row] = sorted_quantile(draws, tail);
    forecast.yhat_upper[row] = sorted_quantile(draws, 1.0 - tail);
  }
}

// A multiplicative term scales the trend and with it the changes of slope to come.
void add_intervals(const FittedModel& model, const Eigen::VectorXd& factors, Forecast& forecast) {
  const double level = 0.5 * (1.0 + forecast.interval_width);
  double t_max = 1.0;
  for (const Timestamp ds : forecast.ds) t_max = std::max(t_max, scaled_time(model.scaling, ds));
  const ErrorDistribution error = error_distribution(model);
  const QuantileCurve curve(error, level, t_max - 1.0);
  for (Eigen::Index i = 0; i < factors.size(); ++i) {
    const double h = scaled_time(model.scaling, forecast.ds[static_cast<std::size_t>(i)]) - 1.0;
    const ErrorDistribution scaled{error.sigma, error.lambda * std::abs(factors[i]), error.rate};
    const double quantile = factors[i] == 1.0 ? curve.at(h) : error_quantile(scaled, h, level);
    forecast.yhat_lower[i] = forecast.yhat[i] - quantile * model.scaling.y_scale;
    forecast.yhat_upper[i] = forecast.yhat[i] + quantile * model.scaling.y_scale;
  }
}

// The part of each component at one moment.
void add_components(const FittedModel& model, const std::vector<ComponentColumns>& columns,
                    const std::vector<double>& features, Eigen::Index row, Forecast& forecast) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    double sum = 0.0;
    for (const Eigen::Index column : columns[c].columns) {
      sum += features[static_cast<std::size_t>(column)] * model.params.beta[column];
    }
    const double unit = columns[c].mode == TermMode::kAdditive ? model.scaling.y_scale : 1.0;
    forecast.components[c].values[row] = sum * unit;
  }
}

}  // namespace

std::optional<Error> find_missing_column(const FittedModel& model, const Frame& frame) {
  if (model.config.growth == Growth::kLogistic) {
    for (const char* const name : {"cap", "floor"}) {
      if (name[0] == 'f' && !model.scaling.has_floor) continue;
      if (auto error = find_missing_column(name, "logistic growth", frame)) return error;
    }
  }
  return find_missing_column(model.terms, frame);
}

Forecast predict(const FittedModel& model, const Frame& frame, double interval_width) {
  const auto n = static_cast<Eigen::Index>(frame.size());
  Forecast forecast;
  forecast.ds = frame.ds;
  forecast.interval_width = interval_width;
  for (Eigen::VectorXd* const values :
       {&forecast.yhat, &forecast.yhat_lower, &forecast.yhat_upper, &forecast.trend}) {
    values->resize(n);
  }
  const std::vector<ComponentColumns> columns = components_of(model.terms);
  for (const ComponentColumns& component : columns) {
    forecast.components.push_back({component.name, component.mode, Eigen::VectorXd::Zero(n)});
  }
  const Future future(model, frame);
  Eigen::VectorXd factors(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Moment moment = future.at(i);
    forecast.trend[i] = moment.trend;
    factors[i] = moment.factor;
    forecast.yhat[i] = moment.trend * moment.factor + moment.added;
    add_components(model, columns, moment.features, i, forecast);
  }
  if (model.config.growth == Growth::kLogistic) {
    add_simulated_intervals(model, frame, forecast);
  } else {
    add_intervals(model, factors, forecast);
  }
  return forecast;
}

Forecast predict(const FittedModel& model, const std::vector<Timestamp>& ds,
                 double interval_width) {
  return predict(model, Frame{ds, {}}, interval_width);
}

}  // namespace plimsoll
