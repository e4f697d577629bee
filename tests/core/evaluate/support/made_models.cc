#include "evaluate/support/made_models.h"

#include <algorithm>

namespace plimsoll::test {

WorkloadModel flat_model(double level, double sigma) {
  WorkloadModel model;
  model.key = {"", "default", ""};
  model.metric = Metric::kCpu;
  model.unit = Unit::kCores;
  model.preset = "auto";
  model.chosen = "flat";
  FittedModel& fitted = model.model;
  fitted.config.growth = Growth::kFlat;
  fitted.feature_names = {"zeros"};
  fitted.scaling.start = kModelStart;
  fitted.scaling.t_scale_seconds = 28 * kSecondsPerDay - kSecondsPerHour;
  fitted.params.m = level;
  fitted.params.sigma_obs = sigma;
  fitted.params.beta = Eigen::VectorXd::Zero(1);
  fitted.certificate.kkt_residual = 0.0;
  fitted.certificate.kkt_relative = 0.0;
  fitted.training_records = 28 * 24;
  fitted.history_start = kModelStart;
  fitted.history_end = kModelStart + fitted.scaling.t_scale_seconds;
  fitted.cadence_seconds = kSecondsPerHour;
  model.backtest.horizon_seconds = kSecondsPerWeek;
  model.backtest.folds = {
      {.cutoff = fitted.history_end - kSecondsPerWeek, .scored = 168, .coverage = 0.8}};
  model.backtest.coverage = 0.8;
  model.y_min = level;
  model.y_max = level;
  model.training_date = fitted.history_end;
  model.model_version = "0123456789abcdef";
  return model;
}

WorkloadModel rising_model(double level, double slope) {
  WorkloadModel model = flat_model(level);
  model.model.config.growth = Growth::kLinear;
  model.model.cadence_seconds = kSecondsPerDay;
  model.model.scaling.t_scale_seconds = kSecondsPerDay;
  model.model.params.k = slope;
  model.model.history_end = kModelStart + 27 * kSecondsPerDay;
  model.y_min = std::min(level, level + 27 * slope);
  model.y_max = std::max(level, level + 27 * slope);
  return model;
}

}  // namespace plimsoll::test
