#include "plimsoll/forecast/prophet/predict/simulate.h"

#include "forecast/prophet/predict/future.h"
#include "forecast/prophet/predict/trend.h"
#include "math/random.h"

namespace plimsoll {

Eigen::MatrixXd simulate_paths(const FittedModel& model, const Frame& frame, int paths,
                               std::uint64_t seed) {
  const ErrorDistribution error = error_distribution(model);
  const Future future(model, frame);
  const auto rows = static_cast<Eigen::Index>(frame.size());
  std::vector<Moment> moments;
  for (Eigen::Index row = 0; row < rows; ++row) moments.push_back(future.at(row));
  Eigen::MatrixXd result(rows, paths);
  Random random(seed);
  for (int path = 0; path < paths; ++path) {
    TrendPiece piece = future.trend().last();
    bool changed = false;
    double next_change = error.rate > 0.0 ? 1.0 + random.exponential() / error.rate : 0.0;
    for (Eigen::Index row = 0; row < rows; ++row) {
      const double t = future.t(row);
      while (error.rate > 0.0 && next_change <= t) {
        piece = changed_piece(piece, next_change, random.laplace(error.lambda));
        next_change += random.exponential() / error.rate;
        changed = true;
      }
      const Moment& moment = moments[static_cast<std::size_t>(row)];
      const double trend = changed ? future.trend().on(piece, t, future.bounds(row)) : moment.trend;
      const double noise = error.sigma * random.normal() * model.scaling.y_scale;
      result(row, path) = trend * moment.factor + moment.added + noise;
    }
  }
  return result;
}

Eigen::MatrixXd simulate_paths(const FittedModel& model, const std::vector<Timestamp>& ds,
                               int paths, std::uint64_t seed) {
  return simulate_paths(model, Frame{ds, {}}, paths, seed);
}

}  // namespace plimsoll
