// The model: what is asked for (ModelConfig) and what training gives (FittedModel).
//
// Prophet's model, Taylor & Letham, "Forecasting at Scale" (2018), in scaled units:
//   yhat(t) = g(t) (1 + x_m(t)'beta_m) + x_a(t)'beta_a,
//   t = (ds - start) / t_scale,  y' = (y - floor) / y_scale;
// g is linear, g = (k + a(t)'delta) t + (m + a(t)'gamma) with gamma_j = -s_j delta_j; logistic,
// g = cap / (1 + exp(-(k + a'delta) (t - m - a'gamma))); or flat, g = m. The columns x come from
// seasonalities, holidays and extra regressors, each additive (x_a) or multiplicative (x_m).
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plimsoll/base/status.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {

enum class Growth { kLinear, kLogistic, kFlat };
std::string_view growth_name(Growth growth);

enum class TermMode { kAdditive, kMultiplicative };
std::string_view mode_name(TermMode mode);

// "auto", false, true or a Fourier order, as Prophet's `yearly_seasonality`.
struct SeasonalityChoice {
  enum class Kind { kAuto, kOff, kOn, kOrder };
  Kind kind = Kind::kAuto;
  int order = 0;  // only for kOrder
};

// What a caller adds to Prophet's yearly, weekly and daily terms. What is absent takes the model's
// own prior scale and mode.
struct CustomSeasonality {
  std::string name;
  double period_days = 0.0;
  int fourier_order = 0;
  std::optional<double> prior_scale;
  std::optional<TermMode> mode;
  std::string condition_name;  // a column of the data: the term is 0 where it is; "" for always
};

// One day of a holiday, with the days around it that it affects too.
struct Holiday {
  std::string name;
  std::int64_t day = 0;  // days since 1970-01-01
  int lower_window = 0;  // -1 affects the day before
  int upper_window = 0;  // 1 affects the day after
  std::optional<double> prior_scale;
};

enum class Standardize { kAuto, kYes, kNo };

struct ExtraRegressor {
  std::string name;  // a column of the data
  std::optional<double> prior_scale;
  Standardize standardize = Standardize::kAuto;  // auto: unless the values are 0 and 1
  std::optional<TermMode> mode;
};

// Prophet's parameters by Prophet's names, with Prophet's defaults.
struct ModelConfig {
  Growth growth = Growth::kLinear;
  TermMode seasonality_mode = TermMode::kAdditive;
  SeasonalityChoice yearly_seasonality;
  SeasonalityChoice weekly_seasonality;
  SeasonalityChoice daily_seasonality;
  int n_changepoints = 25;
  double changepoint_range = 0.8;
  double changepoint_prior_scale = 0.05;
  double seasonality_prior_scale = 10.0;
  double holidays_prior_scale = 10.0;
  std::optional<TermMode> holidays_mode;         // absent: seasonality_mode
  std::int64_t holidays_utc_offset_seconds = 0;  // whose midnights bound a holiday
  std::optional<std::vector<Timestamp>> explicit_changepoints;
  std::vector<CustomSeasonality> custom_seasonalities;
  std::vector<Holiday> holidays;
  std::vector<ExtraRegressor> extra_regressors;
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
  TermMode mode = TermMode::kAdditive;
  std::string condition_name;
};

// One column: 1 on the days of a holiday moved by `offset`, else 0.
struct HolidayEffect {
  std::string holiday;
  int offset = 0;
  double prior_scale = 10.0;
  std::vector<std::int64_t> days;  // since 1970-01-01, ascending
};

// One column: (x - mean) / deviation.
struct Regressor {
  std::string name;
  double prior_scale = 10.0;
  TermMode mode = TermMode::kAdditive;
  double mean = 0.0;
  double deviation = 1.0;
  // What a unit more of the column adds to y, or to the factor of the trend: Prophet's
  // regressor_coefficients, of which `mean` is the center. Derived from the fit.
  std::optional<double> coefficient = std::nullopt;
};

// Every term of a model, in the order of its columns: seasonalities (the caller's first, then
// yearly, weekly, daily), holidays by name, regressors.
struct Terms {
  std::vector<Seasonality> seasonalities;
  std::vector<HolidayEffect> holidays;
  TermMode holidays_mode = TermMode::kAdditive;
  std::int64_t holidays_utc_offset_seconds = 0;
  std::vector<Regressor> regressors;
};

struct Scaling {
  Timestamp start = 0;               // first sample; t = 0
  std::int64_t t_scale_seconds = 1;  // last sample minus first; t = 1
  double y_scale = 1.0;              // max |y - floor|, 1 when that is 0
  bool has_floor = false;            // logistic growth above a column `floor`
  double y_offset = 0.0;             // the trend's zero; not 0 only in imports scaled by minmax
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
  std::optional<double> kkt_residual;   // absent for an imported model: unknown
  std::optional<double> kkt_relative;
  bool sigma_floored = false;  // the posterior is unbounded as sigma goes to 0
};

// An hour of the day or a day of the week, in UTC, without a sample in the history. What a term
// says of it is an extrapolation: `deviation` is the posterior's own of yhat there, scaled; absent
// where no term follows the phase, or for imports.
struct UnseenPhase {
  int index = 0;  // 0 to 23, or 0 for Monday
  std::optional<double> deviation;
};

struct UnseenPhases {
  std::vector<UnseenPhase> hours;     // empty for steps of a day or more
  std::vector<UnseenPhase> weekdays;  // empty for steps of more than a day
};

struct FittedModel {
  ModelConfig config;
  Terms terms;
  std::vector<std::string> feature_names;  // "weekly_delim_1", ...; {"zeros"} without a term
  Scaling scaling;
  Changepoints changepoints;
  Parameters params;
  Certificate certificate;
  std::int64_t training_records = 0;
  Timestamp history_start = 0;
  Timestamp history_end = 0;
  std::int64_t cadence_seconds = 0;
  UnseenPhases unseen;
  std::vector<std::string> warnings;  // ill-posed terms and the like, in words
};

}  // namespace plimsoll
