#include "trend.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll {

double scaled_time(const Scaling& scaling, Timestamp ds) {
  return static_cast<double>(ds - scaling.start) / static_cast<double>(scaling.t_scale_seconds);
}

bool has_only_dummy_changepoint(const FittedModel& model) {
  return model.changepoints.t.size() == 1 && model.changepoints.t[0] == 0.0;
}

Trend::Trend(const FittedModel& model) : scaling_(model.scaling) {
  const Parameters& params = model.params;
  double slope = params.k;
  double intercept = params.m;
  const bool folded = has_only_dummy_changepoint(model);
  if (folded) slope += params.delta[0];
  pieces_.push_back({-std::numeric_limits<double>::infinity(), slope, intercept});
  if (folded) return;
  for (Eigen::Index j = 0; j < params.delta.size(); ++j) {
    if (params.delta[j] == 0.0) continue;
    slope += params.delta[j];
    intercept -= model.changepoints.t[j] * params.delta[j];
    pieces_.push_back({model.changepoints.t[j], slope, intercept});
  }
}

double Trend::at(Timestamp ds) const {
  const double t = scaled_time(scaling_, ds);
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), t,
                       [](double x, const Piece& piece) { return x < piece.from_t; });
  const Piece& piece = *(after - 1);
  return (piece.slope * t + piece.intercept) * scaling_.y_scale;
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
  constexpr double kLeastLambda = 1e-8;  // Prophet adds this to the mean
  distribution.lambda = sum / static_cast<double>(changepoints) + kLeastLambda;
  distribution.rate = static_cast<double>(changepoints);
  return distribution;
}

}  // namespace plimsoll
