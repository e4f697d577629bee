// The model: what is asked for (ModelConfig) and what training gives (FittedModel).
//
// Prophet's linear additive model, Taylor & Letham, "Forecasting at Scale" (2018):
//   yhat(t) = (k + a(t)'delta) t + (m + a(t)'gamma) + x(t)'beta,  gamma_j = -s_j delta_j
// in scaled units: t = (ds - start) / t_scale, y divided by y_scale.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/status.h"
#include "plimsoll/timestamp.h"

namespace plimsoll {

enum class Growth { kLinear, kFlat };
std::string_view growth_name(Growth growth);

// "auto", false, true or a Fourier order, as Prophet's `yearly_seasonality`.
struct SeasonalityChoice {
  enum class Kind { kAuto, kOff, kOn, kOrder };
  Kind kind = Kind::kAuto;
  int order = 0;  // only for kOrder
};

// Prophet's parameters by Prophet's names, with Prophet's defaults.
struct ModelConfig {
  Growth growth = Growth::kLinear;
  SeasonalityChoice yearly_seasonality;
  SeasonalityChoice weekly_seasonality;
  SeasonalityChoice daily_seasonality;
  int n_changepoints = 25;
  double changepoint_range = 0.8;
  double changepoint_prior_scale = 0.05;
  double seasonality_prior_scale = 10.0;
  double holidays_prior_scale = 10.0;
};

// The three presets of the contract: "prophet" (Prophet's defaults), "seed" (the old pipeline's
// yearly and daily terms), "auto" (chosen on the series' own backtest, see selection.h).
enum class Preset { kProphet, kSeed, kAuto };
std::string_view preset_name(Preset preset);
Result<Preset> parse_preset(std::string_view name);

// The configuration of a preset; for kAuto this is Prophet's, the first candidate.
ModelConfig preset_config(Preset preset);

struct Seasonality {
  std::string name;          // "weekly"
  double period_days = 0.0;  // 7
  int fourier_order = 0;     // 3: six columns, sine then cosine for each order
  double prior_scale = 10.0;
};

struct Scaling {
  Timestamp start = 0;               // first sample; t = 0
  std::int64_t t_scale_seconds = 1;  // last sample minus first; t = 1
  double y_scale = 1.0;              // max |y|, 1 when that is 0
};

struct Changepoints {
  std::vector<Timestamp> ds;
  Eigen::VectorXd t;  // scaled, ascending
};

// In scaled units. `delta` follows the changepoints, `beta` the feature names.
struct Parameters {
  double k = 0.0;
  double m = 0.0;
  double sigma_obs = 0.0;
  Eigen::VectorXd delta;
  Eigen::VectorXd beta;
};

// Proof of optimality. A point is the optimum exactly when the minimal subgradient of the log
// posterior is zero; `kkt_residual` is its infinity norm over (k, m, delta, beta, sigma_obs) and
// `kkt_relative` that divided by max(1, |Z'y|_inf / sigma^2), the size of the terms it is the
// difference of. Constants are dropped from the log posterior, as Stan's optimizer does.
struct Certificate {
  std::optional<double> log_posterior;  // absent for a constant series, which has no posterior
  double kkt_residual = 0.0;
  double kkt_relative = 0.0;
  bool sigma_floored = false;  // the posterior is unbounded as sigma goes to 0
};

struct FittedModel {
  ModelConfig config;
  std::vector<Seasonality> seasonalities;
  std::vector<std::string> feature_names;  // "weekly_delim_1", ...; {"zeros"} without seasonality
  Scaling scaling;
  Changepoints changepoints;
  Parameters params;
  Certificate certificate;
  std::int64_t training_records = 0;
  Timestamp history_start = 0;
  Timestamp history_end = 0;
  std::int64_t cadence_seconds = 0;
  std::vector<std::string> warnings;  // ill-posed terms and the like, in words
};

}  // namespace plimsoll
