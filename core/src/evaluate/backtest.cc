#include "plimsoll/evaluate/backtest.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "evaluate/folds.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// What each fold adds up; divided by `scored` (`told` for the coverage) at the end.
struct Totals {
  std::int64_t scored = 0;
  std::int64_t told = 0;
  double absolute = 0.0;
  double squared = 0.0;
  double symmetric = 0.0;
  double covered = 0.0;
  double naive_absolute = 0.0;
};

// |y - yhat| over the half-width of the interval, and the fold it is of. Where there is no interval
// any error is infinitely wide of it, and none says nothing.
struct RelativeError {
  double value = 0.0;
  std::size_t fold = 0;
};

// Down to a whole number of samples, so that cutoffs of a regular series are samples.
std::int64_t whole_steps(std::int64_t seconds, std::int64_t cadence_seconds) {
  return cadence_seconds > 0 ? seconds - seconds % cadence_seconds : seconds;
}

// A quarter of the history, at least a day and twelve samples, at most a week (or those samples).
// After a shift of the level the history is short: four samples will do, and a quarter of it.
std::int64_t choose_horizon(const TrainingSet& set, const BacktestOptions& options) {
  const Timestamp start = options.since.value_or(set.series.ds.front());
  const std::int64_t span = set.series.ds.back() - start;
  const std::int64_t day = options.since ? std::min(kSecondsPerDay, span / 4) : kSecondsPerDay;
  const std::int64_t least = std::max(day, (options.since ? 4 : 12) * set.cadence_seconds);
  const std::int64_t horizon = std::clamp(span / 4, least, std::max(least, kSecondsPerWeek));
  return whole_steps(horizon, set.cadence_seconds);
}

// Prophet's rolling origin with the period of half a horizon, training on at least half of the
// history; oldest first.
std::vector<Timestamp> choose_cutoffs(const TrainingSet& set, std::int64_t horizon,
                                      const BacktestOptions& options) {
  const Timestamp start = options.since.value_or(set.series.ds.front());
  const Timestamp end = set.series.ds.back();
  const std::int64_t period =
      std::max<std::int64_t>(whole_steps(horizon / 2, set.cadence_seconds), 1);
  std::vector<Timestamp> cutoffs;
  for (Timestamp cutoff = end - horizon; cutoff >= start + (end - start) / 2; cutoff -= period) {
    if (static_cast<int>(cutoffs.size()) == options.max_folds) break;
    cutoffs.insert(cutoffs.begin(), cutoff);
  }
  return cutoffs;
}

// The first row that a fold may train on.
std::int64_t first_row(const TrainingSet& set, Timestamp cutoff, const BacktestOptions& options) {
  std::int64_t row = 0;
  if (options.train_from) row = rows_until(set.series, *options.train_from - 1);
  if (options.train_seconds) {
    row = std::max(row, rows_until(set.series, cutoff - *options.train_seconds));
  }
  return row;
}

std::vector<FoldSet> choose_folds(const TrainingSet& set, std::int64_t horizon,
                                  const BacktestOptions& options) {
  std::vector<FoldSet> folds;
  for (const Timestamp cutoff : choose_cutoffs(set, horizon, options)) {
    const std::int64_t first = first_row(set, cutoff, options);
    const std::int64_t rows = rows_until(set.series, cutoff) - first;
    if (rows < (options.since || first > 0 ? 4 : 12)) continue;
    auto fold = make_fold(set, cutoff, horizon, first);
    if (fold && fold.value().test.size() > 0) folds.push_back(std::move(fold).value());
  }
  return folds;
}

// Sums are shared between folds that begin with the history.
std::vector<FittedModel> train_all(const TrainingSet& set, const std::vector<FoldSet>& folds,
                                   const BacktestOptions& options) {
  if (!options.train_from && !options.train_seconds) return train_folds(set, folds);
  std::vector<FittedModel> models;
  models.reserve(folds.size());
  for (const FoldSet& fold : folds) models.push_back(train(fold.set));
  return models;
}

// What repeating the last day (the last week for daily samples) would have said: the sample a whole
// number of periods earlier that was known at the cutoff.
double naive_forecast(const Series& series, Timestamp ds, Timestamp cutoff,
                      std::int64_t cadence_seconds) {
  const std::int64_t period = cadence_seconds < kSecondsPerDay ? kSecondsPerDay : kSecondsPerWeek;
  const std::int64_t periods = (ds - cutoff + period - 1) / period;
  const std::int64_t row = rows_until(series, ds - periods * period);
  return series.y[static_cast<Eigen::Index>(row > 0 ? row - 1 : 0)];
}

Fold score_fold(const TrainingSet& set, const Forecast& forecast, const FoldSet& tested,
                std::size_t number, Totals& totals, std::vector<RelativeError>& errors) {
  const Series& test = tested.test;
  Fold fold;
  fold.cutoff = tested.cutoff;
  fold.scored = test.size();
  double squared = 0.0;
  double covered = 0.0;
  std::int64_t told = 0;
  for (Eigen::Index i = 0; i < test.y.size(); ++i) {
    const double y = test.y[i];
    const double error = std::abs(y - forecast.yhat[i]);
    const double half_width = forecast.yhat_upper[i] - forecast.yhat[i];
    const double size = std::abs(y) + std::abs(forecast.yhat[i]);
    fold.mae += error;
    squared += error * error;
    totals.symmetric += size > 0.0 ? 2.0 * error / size : 0.0;
    totals.naive_absolute +=
        std::abs(y - naive_forecast(set.series, test.ds[static_cast<std::size_t>(i)], fold.cutoff,
                                    set.cadence_seconds));
    if (!(half_width > 0.0) && error == 0.0) continue;
    ++told;
    covered += error <= half_width ? 1.0 : 0.0;
    errors.push_back({half_width > 0.0 ? error / half_width : kInfinity, number});
  }
  totals.scored += fold.scored;
  totals.told += told;
  totals.absolute += fold.mae;
  totals.squared += squared;
  totals.covered += covered;
  const auto n = static_cast<double>(fold.scored);
  fold.mae /= n;
  fold.rmse = std::sqrt(squared / n);
  if (told > 0) fold.coverage = covered / static_cast<double>(told);
  return fold;
}

// The weight of each fold: 1 for the latest, half as much for each before it.
std::vector<double> fold_weights(std::size_t folds) {
  std::vector<double> weights(folds, 1.0);
  for (std::size_t i = folds; i-- > 1;) weights[i - 1] = 0.5 * weights[i];
  return weights;
}

double weighted_mae(const std::vector<Fold>& folds, const std::vector<double>& weights) {
  double sum = 0.0;
  double of = 0.0;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    sum += weights[i] * folds[i].mae;
    of += weights[i];
  }
  return sum / of;
}

// The finite-sample conformal quantile (Vovk, Gammerman & Shafer, 2005): rank ceil((n + 1) width),
// of weighted samples (Tibshirani et al., "Conformal prediction under covariate shift", 2019): n
// and the rank are sums of their weights, the latest fold's being 1.
double conformal_scale(std::vector<RelativeError>& errors, const std::vector<double>& weights,
                       double interval_width) {
  if (errors.empty()) return 1.0;
  std::sort(errors.begin(), errors.end(), [](const RelativeError& a, const RelativeError& b) {
    return a.value < b.value || (a.value == b.value && a.fold < b.fold);
  });
  double n = 0.0;
  for (const RelativeError& error : errors) n += weights[error.fold];
  const double rank = std::min(std::ceil((n + 1.0) * interval_width), n);
  double sum = 0.0;
  for (const RelativeError& error : errors) {
    sum += weights[error.fold];
    if (sum >= rank) return std::clamp(error.value, kLeastIntervalScale, kMostIntervalScale);
  }
  return std::clamp(errors.back().value, kLeastIntervalScale, kMostIntervalScale);
}

}  // namespace

BacktestReport backtest(const TrainingSet& set, const BacktestOptions& options) {
  BacktestReport report;
  report.interval_width = options.interval_width;
  report.horizon_seconds = choose_horizon(set, options);
  Totals totals;
  std::vector<RelativeError> errors;
  const std::vector<FoldSet> folds = choose_folds(set, report.horizon_seconds, options);
  const std::vector<FittedModel> models = train_all(set, folds, options);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const Forecast forecast =
        predict(models[i], folds[i].test, {.interval_width = options.interval_width});
    report.folds.push_back(score_fold(set, forecast, folds[i], i, totals, errors));
  }
  if (totals.scored == 0) return report;
  const auto n = static_cast<double>(totals.scored);
  const std::vector<double> weights = fold_weights(folds.size());
  report.mae = totals.absolute / n;
  report.recent_mae = weighted_mae(report.folds, weights);
  report.rmse = std::sqrt(totals.squared / n);
  report.smape = totals.symmetric / n;
  if (totals.told > 0) report.coverage = totals.covered / static_cast<double>(totals.told);
  report.naive_mae = totals.naive_absolute / n;
  report.interval_scale = conformal_scale(errors, weights, options.interval_width);
  return report;
}

}  // namespace plimsoll
