#include "forecast/prophet/fit/unseen_deviations.h"

#include <algorithm>
#include <cmath>

#include "base/civil_date.h"
#include "forecast/prophet/fit/gauss_newton.h"
#include "forecast/prophet/fit/training.h"
#include "forecast/prophet/terms/unseen_phases.h"
#include "math/least_squares.h"

namespace plimsoll {
namespace {

UnseenPhase* find_phase(std::vector<UnseenPhase>& phases, int index) {
  for (UnseenPhase& phase : phases) {
    if (phase.index == index) return &phase;
  }
  return nullptr;
}

// Whether a term has a period in (above, upto]: one that changes with the hour, or the weekday.
bool has_period(const Terms& terms, double above_days, double upto_days) {
  return std::any_of(
      terms.seasonalities.begin(), terms.seasonalities.end(), [&](const Seasonality& seasonality) {
        return seasonality.period_days > above_days && seasonality.period_days <= upto_days;
      });
}

// The middles of the hours of the history's last week, at which nothing but the terms in time
// matters: regressors at their mean, conditions fulfilled, the last capacity.
TrainingSet last_week(const TrainingSet& set) {
  TrainingSet week = set;
  const Timestamp last = set.series.ds.back();
  const Timestamp start = floor_divide(last, kSecondsPerHour) * kSecondsPerHour;
  constexpr int kRows = kHours * kWeekdays;
  week.series.ds.clear();
  for (int hour = kRows; hour > 0; --hour) {
    week.series.ds.push_back(start - hour * kSecondsPerHour + kSecondsPerHour / 2);
  }
  week.series.y = Eigen::VectorXd::Zero(kRows);
  for (NamedColumn& column : week.series.columns) {
    double value = 1.0;
    for (const Regressor& regressor : set.terms.regressors) {
      if (regressor.name == column.name) value = regressor.mean;
    }
    column.values = Eigen::VectorXd::Constant(kRows, value);
  }
  if (week.floor.size() > 0) week.floor = Eigen::VectorXd::Zero(kRows);
  if (set.scaled_cap.size() > 0) {
    week.scaled_cap = Eigen::VectorXd::Constant(kRows, set.scaled_cap[set.scaled_cap.size() - 1]);
  }
  return week;
}

Eigen::VectorXd theta_of(const Layout& layout, const Parameters& params) {
  Eigen::VectorXd theta(layout.columns());
  if (layout.has_trend) theta[0] = params.k;
  theta[layout.intercept()] = params.m;
  for (Eigen::Index j = 0; j < layout.hinges; ++j) {
    theta[layout.first_hinge() + j] = params.delta[j];
  }
  theta.tail(layout.features) = params.beta;
  return theta;
}

// The columns that are free at the optimum: a change of slope at rest stays there.
std::vector<Eigen::Index> free_columns(const Layout& layout, const Eigen::VectorXd& theta) {
  std::vector<Eigen::Index> columns;
  for (Eigen::Index i = 0; i < layout.columns(); ++i) {
    const bool hinge = i >= layout.first_hinge() && i < layout.first_feature();
    if (!hinge || theta[i] != 0.0) columns.push_back(i);
  }
  return columns;
}

// The posterior's standard deviation of yhat at the hours of the last week.
std::vector<double> deviations(const TrainingSet& set, const FittedModel& model) {
  const Layout layout(set);
  const Eigen::VectorXd theta = theta_of(layout, model.params);
  const std::vector<Eigen::Index> columns = free_columns(layout, theta);
  const auto p = static_cast<Eigen::Index>(columns.size());
  const Eigen::VectorXd ridge = make_penalty(set, layout).ridge;
  const Statistics statistics = linearise(set, theta);
  // Beside the precision of less noise the prior's would be lost to rounding.
  constexpr double kLeastNoise = 1e-5;
  const double noise = std::max(model.params.sigma_obs, kLeastNoise);
  const double precision = 1.0 / (noise * noise);
  Eigen::MatrixXd information(p, p);
  for (Eigen::Index a = 0; a < p; ++a) {
    const Eigen::Index i = columns[static_cast<std::size_t>(a)];
    for (Eigen::Index b = a; b < p; ++b) {
      information(b, a) = statistics.gram(columns[static_cast<std::size_t>(b)], i) * precision;
    }
    information(a, a) += ridge[i];
  }
  cholesky_factor(information);
  const TrainingSet week = last_week(set);
  const Eigen::MatrixXd rows = tangent_rows(week, theta);
  std::vector<double> result;
  Eigen::VectorXd x(p);
  for (Eigen::Index row = 0; row < rows.cols(); ++row) {
    for (Eigen::Index a = 0; a < p; ++a) x[a] = rows(columns[static_cast<std::size_t>(a)], row);
    Eigen::VectorXd solved = x;
    cholesky_solve(information, solved);
    double variance = 0.0;
    for (Eigen::Index a = 0; a < p; ++a) variance += x[a] * solved[a];
    result.push_back(std::sqrt(std::max(variance, 0.0)));
  }
  return result;
}

// The least certain moment of each unseen phase, of those whose other phase was seen.
void add_deviations(const std::vector<Timestamp>& week, const std::vector<double>& deviations,
                    UnseenPhases& unseen, bool by_hour, bool by_weekday) {
  const auto raise = [](UnseenPhase* phase, double deviation) {
    phase->deviation = std::max(phase->deviation.value_or(0.0), deviation);
  };
  for (std::size_t i = 0; i < week.size(); ++i) {
    UnseenPhase* const hour = find_phase(unseen.hours, hour_of(week[i]));
    UnseenPhase* const weekday = find_phase(unseen.weekdays, day_of_week(week[i]));
    if (by_hour && hour != nullptr && weekday == nullptr) raise(hour, deviations[i]);
    if (by_weekday && weekday != nullptr && hour == nullptr) raise(weekday, deviations[i]);
  }
}

}  // namespace

UnseenPhases find_unseen(const TrainingSet& set, const FittedModel& model) {
  UnseenPhases unseen = find_unseen(set.series.ds, set.cadence_seconds);
  const bool by_hour = !unseen.hours.empty() && has_period(set.terms, 0.0, 1.0);
  const bool by_weekday = !unseen.weekdays.empty() && has_period(set.terms, 1.0, 7.0);
  if ((!by_hour && !by_weekday) || !(model.params.sigma_obs > 0.0)) return unseen;
  add_deviations(last_week(set).series.ds, deviations(set, model), unseen, by_hour, by_weekday);
  return unseen;
}

}  // namespace plimsoll
