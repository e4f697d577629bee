#include "forecast/prophet/predict/trend.h"

#include <cmath>

namespace plimsoll {

double scaled_time(const Scaling& scaling, Timestamp ds) {
  return static_cast<double>(ds - scaling.start) / static_cast<double>(scaling.t_scale_seconds);
}

bool has_only_dummy_changepoint(const FittedModel& model) {
  return model.changepoints.t.size() == 1 && model.changepoints.t[0] == 0.0;
}

Trend::Trend(const FittedModel& model) : growth_(model.config.growth), scaling_(model.scaling) {
  Parameters params = model.params;
  if (has_only_dummy_changepoint(model)) {
    params.k += params.delta[0];
    params.delta.setZero();
  }
  pieces_ = pieces_of(params, model.changepoints.t, growth_);
}

double Trend::at(Timestamp ds, const Bounds& bounds) const {
  const double t = scaled_time(scaling_, ds);
  return on(piece_at(pieces_, t), t, bounds);
}

double Trend::on(const TrendPiece& piece, double t, const Bounds& bounds) const {
  return bent(piece.at(t), bounds);
}

double Trend::bent(double line, const Bounds& bounds) const {
  if (growth_ != Growth::kLogistic) return line * scaling_.y_scale + scaling_.y_offset;
  return bounds.floor + (bounds.cap - bounds.floor) * logistic(line);
}

ErrorDistribution error_distribution(const FittedModel& model) {
  ErrorDistribution distribution;
  distribution.sigma = model.params.sigma_obs;
  const Eigen::Index changepoints = model.params.delta.size();
  if (model.config.growth == Growth::kFlat || changepoints == 0) return distribution;
  double sum = 0.0;
  if (!has_only_dummy_changepoint(model)) {
    for (const double delta : model.params.delta) sum += std::abs(delta);
  }
  // A constant series has no error at all.
  if (sum == 0.0 && !(distribution.sigma > 0.0)) return distribution;
  constexpr double kLeastLambda = 1e-8;  // Prophet adds this to the mean
  distribution.lambda = sum / static_cast<double>(changepoints) + kLeastLambda;
  distribution.rate = static_cast<double>(changepoints);
  return distribution;
}

}  // namespace plimsoll
