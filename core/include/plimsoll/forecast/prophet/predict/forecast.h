// Stage "predict": FittedModel and moments -> Forecast.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/data/series.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// A term's part of the forecast: in the units of y, or as a fraction of the trend.
struct Component {
  std::string name;  // "weekly"
  TermMode mode = TermMode::kAdditive;
  Eigen::VectorXd values;
};

struct Quantile {
  double level = 0.5;  // P(y <= value)
  Eigen::VectorXd values;
};

// In the units of y, one entry a moment, in the order asked for:
// yhat = trend (1 + multiplicative_terms) + additive_terms. Intervals are the model's own, not
// calibrated, and clipped only when that is asked for.
struct Forecast {
  std::vector<Timestamp> ds;
  Eigen::VectorXd yhat;
  Eigen::VectorXd yhat_lower;
  Eigen::VectorXd yhat_upper;
  std::vector<Quantile> quantiles;  // as asked for
  Eigen::VectorXd trend;
  Eigen::VectorXd trend_lower;  // of the trend's own error; empty unless asked for
  Eigen::VectorXd trend_upper;
  std::vector<Component> components;  // as components_of (terms.h) orders them
  double interval_width = 0.8;
  std::vector<std::string> warnings;  // about the moments asked for, in words
};

struct ForecastOptions {
  double interval_width = 0.8;      // in (0, 1): 0.8 gives the 10 % and 90 % quantiles
  std::vector<double> levels = {};  // further quantiles, each in (0, 1)
  bool trend_interval = false;      // trend_lower and trend_upper, of the same width
  // Names hours and weekdays that the history never showed, and adds what the posterior does not
  // know of them to the error there.
  bool widen_unseen = false;
  // Bounds that usage cannot cross. yhat and quantiles are clipped, which keeps them in order;
  // trend and components stay as they are.
  bool non_negative = false;
  std::optional<double> at_most = std::nullopt;
};

// Fails unless `frame` holds the columns that predicting from `model` needs: cap and floor of
// logistic growth, conditions, regressors.
std::optional<Error> find_missing_column(const FittedModel& model, const Frame& frame);

// Requires those columns. Quantiles are computed in closed form (docs/model.md, section 5).
Forecast predict(const FittedModel& model, const Frame& frame, const ForecastOptions& options = {});
Forecast predict(const FittedModel& model, const std::vector<Timestamp>& ds,
                 const ForecastOptions& options = {});

}  // namespace plimsoll
