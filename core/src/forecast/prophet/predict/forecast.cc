#include "plimsoll/forecast/prophet/predict/forecast.h"

#include <algorithm>
#include <limits>

#include "forecast/prophet/predict/future.h"
#include "forecast/prophet/predict/predictive_quantiles.h"
#include "forecast/prophet/terms/unseen_phases.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

// Every capacity lies above its floor.
std::optional<Error> find_low_cap(const FittedModel& model, const Frame& frame) {
  const Eigen::VectorXd& caps = *frame.column("cap");
  const Eigen::VectorXd* const floors = model.scaling.has_floor ? frame.column("floor") : nullptr;
  for (Eigen::Index row = 0; row < caps.size(); ++row) {
    const double floor = floors != nullptr ? (*floors)[row] : model.scaling.y_offset;
    if (caps[row] > floor) continue;
    return cap_below_floor(caps[row], floor, frame.ds[static_cast<std::size_t>(row)]);
  }
  return std::nullopt;
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

// The ends of the interval, then the levels asked for.
std::vector<double> levels_of(const ForecastOptions& options) {
  const double upper = 0.5 * (1.0 + options.interval_width);
  std::vector<double> levels = {1.0 - upper, upper};
  levels.insert(levels.end(), options.levels.begin(), options.levels.end());
  return levels;
}

void add_quantiles(const Eigen::MatrixXd& quantiles, const ForecastOptions& options,
                   Forecast& forecast) {
  forecast.yhat_lower = quantiles.col(0);
  forecast.yhat_upper = quantiles.col(1);
  for (std::size_t l = 0; l < options.levels.size(); ++l) {
    const auto column = static_cast<Eigen::Index>(l + 2);
    forecast.quantiles.push_back({options.levels[l], quantiles.col(column)});
  }
}

// Clipping is monotone: clipped quantiles are the quantiles of clipped samples, and stay in order.
void keep_within(const ForecastOptions& options, Forecast& forecast) {
  const double low = options.non_negative ? 0.0 : -std::numeric_limits<double>::infinity();
  const double high = options.at_most.value_or(std::numeric_limits<double>::infinity());
  const auto clip = [low, high](Eigen::VectorXd& values) {
    for (double& value : values) value = std::max(low, std::min(value, high));
  };
  clip(forecast.yhat);
  clip(forecast.yhat_lower);
  clip(forecast.yhat_upper);
  for (Quantile& quantile : forecast.quantiles) clip(quantile.values);
}

}  // namespace

std::optional<Error> find_missing_column(const FittedModel& model, const Frame& frame) {
  if (model.config.growth == Growth::kLogistic) {
    for (const char* const name : {"cap", "floor"}) {
      if (name[0] == 'f' && !model.scaling.has_floor) continue;
      if (auto error = find_missing_column(name, "logistic growth", frame)) return error;
    }
    if (auto error = find_low_cap(model, frame)) return error;
  }
  return find_missing_column(model.terms, frame);
}

Forecast predict(const FittedModel& model, const Frame& frame, const ForecastOptions& options) {
  const auto n = static_cast<Eigen::Index>(frame.size());
  Forecast forecast;
  forecast.ds = frame.ds;
  forecast.interval_width = options.interval_width;
  forecast.yhat.resize(n);
  forecast.trend.resize(n);
  const std::vector<ComponentColumns> columns = components_of(model.terms);
  for (const ComponentColumns& component : columns) {
    forecast.components.push_back({component.name, component.mode, Eigen::VectorXd::Zero(n)});
  }
  const Future future(model, frame);
  std::vector<Moment> moments;
  moments.reserve(frame.ds.size());
  for (Eigen::Index i = 0; i < n; ++i) {
    Moment moment = future.at(i);
    forecast.trend[i] = moment.trend;
    forecast.yhat[i] = moment.yhat();
    add_components(model, columns, moment.features, i, forecast);
    if (options.widen_unseen)
      moment.unseen_variance = unseen_variance(model.unseen, frame.ds[static_cast<std::size_t>(i)]);
    moment.features.clear();  // only the sums are needed from here on
    moments.push_back(std::move(moment));
  }
  add_quantiles(predictive_quantiles(model, future, moments, levels_of(options)), options,
                forecast);
  keep_within(options, forecast);
  if (options.widen_unseen) forecast.warnings = unseen_warnings(model.unseen, frame.ds);
  if (options.trend_interval) {
    const double level = 0.5 * (1.0 + options.interval_width);
    forecast.trend_lower = trend_quantiles(model, future, 1.0 - level);
    forecast.trend_upper = trend_quantiles(model, future, level);
  }
  return forecast;
}

Forecast predict(const FittedModel& model, const std::vector<Timestamp>& ds,
                 const ForecastOptions& options) {
  return predict(model, Frame{ds, {}}, options);
}

}  // namespace plimsoll
