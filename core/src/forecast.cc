#include "plimsoll/forecast.h"

#include <algorithm>
#include <cmath>

#include "interval.h"
#include "trend.h"

namespace plimsoll {
namespace {

// Writes each seasonality's contribution at `ds`, in the units of y, and returns their sum.
double seasonal_terms(const FittedModel& model, Timestamp ds, std::vector<double>& row,
                      double* contributions) {
  fourier_row(model.seasonalities, ds, row.data());
  Eigen::Index column = 0;
  double total = 0.0;
  for (std::size_t s = 0; s < model.seasonalities.size(); ++s) {
    double sum = 0.0;
    for (int i = 0; i < 2 * model.seasonalities[s].fourier_order; ++i, ++column) {
      sum += row[static_cast<std::size_t>(column)] * model.params.beta[column];
    }
    contributions[s] = sum * model.scaling.y_scale;
    total += contributions[s];
  }
  return total;
}

void add_intervals(const FittedModel& model, Forecast& forecast) {
  double t_max = 1.0;
  for (const Timestamp ds : forecast.ds) t_max = std::max(t_max, scaled_time(model.scaling, ds));
  const QuantileCurve curve(error_distribution(model), 0.5 * (1.0 + forecast.interval_width),
                            t_max - 1.0);
  const auto n = static_cast<Eigen::Index>(forecast.ds.size());
  forecast.yhat_lower.resize(n);
  forecast.yhat_upper.resize(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double h = scaled_time(model.scaling, forecast.ds[static_cast<std::size_t>(i)]) - 1.0;
    const double half_width = curve.at(h) * model.scaling.y_scale;
    forecast.yhat_lower[i] = forecast.yhat[i] - half_width;
    forecast.yhat_upper[i] = forecast.yhat[i] + half_width;
  }
}

}  // namespace

Forecast predict(const FittedModel& model, const std::vector<Timestamp>& ds,
                 double interval_width) {
  const auto n = static_cast<Eigen::Index>(ds.size());
  Forecast forecast;
  forecast.ds = ds;
  forecast.interval_width = interval_width;
  forecast.yhat.resize(n);
  forecast.trend.resize(n);
  forecast.components.push_back({"additive_terms", Eigen::VectorXd::Zero(n)});
  for (const Seasonality& seasonality : model.seasonalities) {
    forecast.components.push_back({seasonality.name, Eigen::VectorXd::Zero(n)});
  }
  const Trend trend(model);
  std::vector<double> row(model.feature_names.size());
  std::vector<double> contributions(model.seasonalities.size());
  for (Eigen::Index i = 0; i < n; ++i) {
    const Timestamp moment = ds[static_cast<std::size_t>(i)];
    const double terms = seasonal_terms(model, moment, row, contributions.data());
    forecast.trend[i] = trend.at(moment);
    forecast.components[0].values[i] = terms;
    for (std::size_t s = 0; s < contributions.size(); ++s) {
      forecast.components[s + 1].values[i] = contributions[s];
    }
    forecast.yhat[i] = forecast.trend[i] + terms;
  }
  add_intervals(model, forecast);
  return forecast;
}

}  // namespace plimsoll
