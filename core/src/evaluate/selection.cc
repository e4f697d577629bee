#include "plimsoll/evaluate/selection.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number_text.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"

namespace plimsoll {
namespace {

struct NamedConfig {
  std::string name;
  ModelConfig config;
};

// What "auto" chooses from. A trend that runs away over a month is the commonest way for Prophet to
// fail on usage, hence a stiffer trend and none at all beside the defaults.
std::vector<NamedConfig> candidates_of(Preset preset) {
  const ModelConfig defaults = preset_config(preset);
  if (preset != Preset::kAuto) return {{std::string(preset_name(preset)), defaults}};
  ModelConfig stiff = defaults;
  stiff.changepoint_prior_scale = 0.005;
  ModelConfig flat = defaults;
  flat.growth = Growth::kFlat;
  return {{"prophet", defaults}, {"prophet_stiff", stiff}, {"flat", flat}};
}

struct Tried {
  TrainingSet set;
  BacktestReport backtest;
};

// The least error; without a backtest the last candidate, which extrapolates least.
std::size_t best_of(const std::vector<Tried>& tried) {
  if (tried.front().backtest.folds.empty()) return tried.size() - 1;
  std::size_t best = 0;
  for (std::size_t i = 1; i < tried.size(); ++i) {
    if (tried[i].backtest.mae < tried[best].backtest.mae) best = i;
  }
  return best;
}

Error too_short(const Series& series) {
  const double hours = series.size() < 2
                           ? 0.0
                           : static_cast<double>(series.ds.back() - series.ds.front()) /
                                 static_cast<double>(kSecondsPerHour);
  return Error{
      .code = ErrorCode::kNotEnoughData,
      .where = {},
      .found =
          counted(series.size(), "usable sample") + " over " + format_fixed(hours, 1) + " hours",
      .expected = "at least " + std::to_string(kMinimumHistorySamples) + " samples over 24 hours",
      .fix = "Export a longer history; two weeks or more make the weekly pattern visible."};
}

bool has_enough(const Series& series) {
  return series.size() >= kMinimumHistorySamples &&
         series.ds.back() - series.ds.front() >= kMinimumHistorySeconds - kSecondsPerHour;
}

Check finite_check(const Eigen::VectorXd& yhat) {
  const bool finite =
      std::all_of(yhat.begin(), yhat.end(), [](double y) { return std::isfinite(y); });
  return {"forecast_finite", finite, "24 hourly steps after the history"};
}

Check not_negative_check(const Eigen::VectorXd& yhat) {
  double sum = 0.0;
  for (const double y : yhat) sum += y;
  const double mean = sum / static_cast<double>(yhat.size());
  return {"forecast_not_negative", mean >= 0.0, "mean before clipping " + number_text(mean)};
}

// A forecast may leave the range of its history by as much again, on either side.
Check bounds_check(const WorkloadModel& model, const Eigen::VectorXd& yhat) {
  const double range = model.y_max - model.y_min;
  const double slack = range > 0.0 ? range : std::max(std::abs(model.y_max), 1e-9);
  double low = yhat[0];
  double high = yhat[0];
  for (const double y : yhat) {
    low = std::min(low, y);
    high = std::max(high, y);
  }
  return {"forecast_within_bounds", low >= model.y_min - slack && high <= model.y_max + slack,
          "forecast " + number_text(low) + " to " + number_text(high) + ", history " +
              number_text(model.y_min) + " to " + number_text(model.y_max)};
}

Check optimum_check(const Certificate& certificate) {
  constexpr double kBound = 1e-9;
  const std::optional<double>& residual = certificate.kkt_relative;
  return {"optimum_certified", residual && *residual < kBound,
          residual ? "relative KKT residual " + number_text(*residual) : "not known"};
}

Check backtest_check(const WorkloadModel& model) {
  const double bound = 0.5 * (model.y_max - model.y_min);
  const bool run = !model.backtest.folds.empty();
  const bool constant = model.y_max == model.y_min;
  return {"backtest_error", run && (constant || model.backtest.mae <= bound),
          run ? "mean absolute error " + number_text(model.backtest.mae) +
                    ", half the history's range " + number_text(bound)
              : "the history is too short for a backtest"};
}

// The model trained on the whole series, with what was learnt on the way.
WorkloadModel finish(const WorkloadKey& key, const MetricSeries& metric, Preset preset,
                     const std::string& chosen, Tried tried, Timestamp training_date) {
  WorkloadModel result;
  result.key = key;
  result.metric = metric.metric;
  result.unit = metric.unit;
  result.preset = preset_name(preset);
  result.chosen = chosen;
  result.model = train(tried.set);
  result.backtest = std::move(tried.backtest);
  result.current = metric.current;
  const auto [low, high] = std::minmax_element(metric.series.y.begin(), metric.series.y.end());
  result.y_min = *low;
  result.y_max = *high;
  result.training_date = training_date;
  return result;
}

}  // namespace

Result<WorkloadModel> train_with_config(const WorkloadKey& key, const MetricSeries& metric,
                                        const ModelConfig& config, Preset preset,
                                        Timestamp training_date) {
  auto set = engineer_features(metric.series, config);
  if (!set) return set.error();
  WorkloadModel result = finish(key, metric, preset, std::string(preset_name(preset)),
                                {std::move(set).value(), {}}, training_date);
  result.model_version = model_version(result);
  return result;
}

Result<WorkloadModel> train_workload(const WorkloadKey& key, const MetricSeries& metric,
                                     Preset preset, Timestamp training_date) {
  if (!has_enough(metric.series)) return too_short(metric.series);
  std::vector<Candidate> candidates;
  std::vector<Tried> tried;
  for (const NamedConfig& candidate : candidates_of(preset)) {
    auto set = engineer_features(metric.series, candidate.config);
    if (!set) return set.error();
    BacktestReport report = backtest(set.value());
    Candidate outcome{candidate.name, std::nullopt};
    if (!report.folds.empty()) outcome.mae = report.mae;
    candidates.push_back(std::move(outcome));
    tried.push_back({std::move(set).value(), std::move(report)});
  }
  const std::size_t best = best_of(tried);
  WorkloadModel result =
      finish(key, metric, preset, candidates[best].name, std::move(tried[best]), training_date);
  result.candidates = std::move(candidates);
  result.model_version = model_version(result);
  return result;
}

ModelValidation validate_model(const WorkloadModel& model) {
  std::vector<Timestamp> ds;
  for (int hour = 1; hour <= 24; ++hour) {
    ds.push_back(model.model.history_end + hour * kSecondsPerHour);
  }
  const Eigen::VectorXd yhat = predict(model.model, ds).yhat;
  ModelValidation validation;
  validation.checks = {optimum_check(model.model.certificate), finite_check(yhat),
                       not_negative_check(yhat), bounds_check(model, yhat), backtest_check(model)};
  validation.passed = std::all_of(validation.checks.begin(), validation.checks.end(),
                                  [](const Check& check) { return check.passed; });
  return validation;
}

}  // namespace plimsoll
