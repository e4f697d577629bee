#include "plimsoll/evaluate/backtest.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "evaluate/folds.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

// What each fold adds up; divided by `scored` at the end.
struct Totals {
  std::int64_t scored = 0;
  double absolute = 0.0;
  double squared = 0.0;
  double symmetric = 0.0;
  double covered = 0.0;
  double naive_absolute = 0.0;
};

// Down to a whole number of samples, so that cutoffs of a regular series are samples.
std::int64_t whole_steps(std::int64_t seconds, std::int64_t cadence_seconds) {
  return cadence_seconds > 0 ? seconds - seconds % cadence_seconds : seconds;
}

// A quarter of the history, at least a day and twelve samples, at most a week (or those samples).
std::int64_t choose_horizon(const TrainingSet& set) {
  const std::int64_t span = set.series.ds.back() - set.series.ds.front();
  const std::int64_t least = std::max(kSecondsPerDay, 12 * set.cadence_seconds);
  const std::int64_t horizon = std::clamp(span / 4, least, std::max(least, kSecondsPerWeek));
  return whole_steps(horizon, set.cadence_seconds);
}

// Prophet's rolling origin with the period of half a horizon, training on at least half of the
// history; oldest first.
std::vector<Timestamp> choose_cutoffs(const TrainingSet& set, std::int64_t horizon, int most) {
  const Timestamp start = set.series.ds.front();
  const Timestamp end = set.series.ds.back();
  const std::int64_t period =
      std::max<std::int64_t>(whole_steps(horizon / 2, set.cadence_seconds), 1);
  std::vector<Timestamp> cutoffs;
  for (Timestamp cutoff = end - horizon; cutoff >= start + (end - start) / 2; cutoff -= period) {
    if (static_cast<int>(cutoffs.size()) == most) break;
    cutoffs.insert(cutoffs.begin(), cutoff);
  }
  return cutoffs;
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

Fold score_fold(const TrainingSet& set, const Forecast& forecast, const Series& test,
                Timestamp cutoff, Totals& totals, std::vector<double>& widths) {
  Fold fold;
  fold.cutoff = cutoff;
  fold.scored = test.size();
  double squared = 0.0;
  for (Eigen::Index i = 0; i < test.y.size(); ++i) {
    const double y = test.y[i];
    const double error = std::abs(y - forecast.yhat[i]);
    const double half_width = forecast.yhat_upper[i] - forecast.yhat[i];
    const double size = std::abs(y) + std::abs(forecast.yhat[i]);
    fold.mae += error;
    squared += error * error;
    fold.coverage += error <= half_width ? 1.0 : 0.0;
    totals.symmetric += size > 0.0 ? 2.0 * error / size : 0.0;
    totals.naive_absolute +=
        std::abs(y - naive_forecast(set.series, test.ds[static_cast<std::size_t>(i)], cutoff,
                                    set.cadence_seconds));
    if (half_width > 0.0) widths.push_back(error / half_width);
  }
  totals.scored += fold.scored;
  totals.absolute += fold.mae;
  totals.squared += squared;
  totals.covered += fold.coverage;
  const auto n = static_cast<double>(fold.scored);
  fold.mae /= n;
  fold.rmse = std::sqrt(squared / n);
  fold.coverage /= n;
  return fold;
}

// The finite-sample conformal quantile (Vovk, Gammerman & Shafer, 2005): rank ceil((n + 1) width).
double conformal_scale(std::vector<double>& widths, double interval_width) {
  if (widths.empty()) return 1.0;
  const auto n = static_cast<double>(widths.size());
  const double rank = std::min(std::ceil((n + 1.0) * interval_width), n);
  const auto nth = widths.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::nth_element(widths.begin(), nth, widths.end());
  return *nth;
}

}  // namespace

BacktestReport backtest(const TrainingSet& set, const BacktestOptions& options) {
  BacktestReport report;
  report.interval_width = options.interval_width;
  report.horizon_seconds = choose_horizon(set);
  Totals totals;
  std::vector<double> widths;
  std::vector<FoldSet> folds;
  for (const Timestamp cutoff : choose_cutoffs(set, report.horizon_seconds, options.max_folds)) {
    constexpr std::int64_t kLeastTraining = 12;
    if (rows_until(set.series, cutoff) < kLeastTraining) continue;
    auto fold = make_fold(set, cutoff, report.horizon_seconds);
    if (fold && fold.value().test.size() > 0) folds.push_back(std::move(fold).value());
  }
  const std::vector<FittedModel> models = train_folds(set, folds);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const Forecast forecast =
        predict(models[i], folds[i].test, {.interval_width = options.interval_width});
    report.folds.push_back(
        score_fold(set, forecast, folds[i].test, folds[i].cutoff, totals, widths));
  }
  if (totals.scored == 0) return report;
  const auto n = static_cast<double>(totals.scored);
  report.mae = totals.absolute / n;
  report.rmse = std::sqrt(totals.squared / n);
  report.smape = totals.symmetric / n;
  report.coverage = totals.covered / n;
  report.naive_mae = totals.naive_absolute / n;
  report.interval_scale = conformal_scale(widths, options.interval_width);
  return report;
}

}  // namespace plimsoll
