#include "plimsoll/evaluate/model_checks.h"

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "evaluate/expected_usage.h"

namespace plimsoll {
namespace {

double mean_of(const Eigen::VectorXd& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Eigen::VectorXd steps_ahead(const WorkloadModel& model, std::int64_t steps,
                            std::int64_t step_seconds) {
  std::vector<Timestamp> ds;
  for (std::int64_t i = 1; i <= steps; ++i)
    ds.push_back(model.model.history_end + i * step_seconds);
  return expected_usage(model, ds).yhat;
}

Check finite_check(const Eigen::VectorXd& yhat, bool hourly) {
  const bool finite =
      std::all_of(yhat.begin(), yhat.end(), [](double y) { return std::isfinite(y); });
  return {"forecast_finite", finite,
          hourly ? "24 hourly steps after the history" : "24 steps after the history"};
}

// A number without a unit may be negative.
Check not_negative_check(const WorkloadModel& model, const Eigen::VectorXd& yhat) {
  const double mean = mean_of(yhat);
  return {"forecast_not_negative", mean >= 0.0 || model.unit == Unit::kNone,
          "mean before clipping " + number_text(mean)};
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

// The blocks of the week ahead are, on average, near what those of the present were: below them by
// no more than half of the least, above by no more than the largest again, and either way by their
// range where that is more.
Check present_check(const WorkloadModel& model) {
  const PresentLevel& present = *model.present;
  const bool weeks = present.block_seconds > kSecondsPerDay;
  const std::int64_t step =
      weeks ? std::clamp(model.model.cadence_seconds, kSecondsPerHour, kSecondsPerDay)
            : kSecondsPerDay / 8;
  const Eigen::VectorXd week = steps_ahead(model, kSecondsPerWeek / step, step);
  const Eigen::Index steps = weeks ? week.size() : 8;
  double least = mean_of(week.head(steps));
  double most = least;
  for (Eigen::Index first = steps; first + steps <= week.size(); first += steps) {
    least = std::min(least, mean_of(week.segment(first, steps)));
    most = std::max(most, mean_of(week.segment(first, steps)));
  }
  const double range = present.high - present.low;
  const double low = present.low - std::max(0.5 * std::abs(present.low), range);
  const double high = present.high + std::max(std::abs(present.high), range);
  return {"forecast_follows_present", least >= low && most <= high,
          std::string(weeks ? "mean of the next week " : "means of the next days ") +
              number_text(least) + " to " + number_text(most) + ", present level " +
              number_text(present.low) + " to " + number_text(present.high)};
}

std::vector<Check> forecast_checks(const WorkloadModel& model) {
  // Between the samples of a slower cadence a daily term may say anything.
  const std::int64_t cadence = model.model.cadence_seconds;
  const bool slower = cadence > kSecondsPerHour && cadence < kSecondsPerDay;
  const Eigen::VectorXd yhat = steps_ahead(model, 24, slower ? cadence : kSecondsPerHour);
  std::vector<Check> checks = {finite_check(yhat, !slower), not_negative_check(model, yhat),
                               bounds_check(model, yhat)};
  if (model.present) checks.push_back(present_check(model));
  return checks;
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

}  // namespace

std::optional<Check> failed_forecast_check(const WorkloadModel& model) {
  for (Check& check : forecast_checks(model)) {
    if (!check.passed) return std::move(check);
  }
  return std::nullopt;
}

std::string failed_check_text(const WorkloadModel& model, const Check& check) {
  return "The forecast of \"" + model.chosen + "\" fails the check " + check.name + " (" +
         check.detail + "), so nothing is recommended from it.";
}

ModelValidation validate_model(const WorkloadModel& model) {
  ModelValidation validation;
  validation.checks = forecast_checks(model);
  validation.checks.insert(validation.checks.begin(), optimum_check(model.model.certificate));
  validation.checks.push_back(backtest_check(model));
  validation.passed = std::all_of(validation.checks.begin(), validation.checks.end(),
                                  [](const Check& check) { return check.passed; });
  return validation;
}

}  // namespace plimsoll
