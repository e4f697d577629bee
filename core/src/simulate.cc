#include "plimsoll/simulate.h"

#include "plimsoll/forecast.h"
#include "random.h"
#include "trend.h"

namespace plimsoll {

Eigen::MatrixXd simulate_paths(const FittedModel& model, const std::vector<Timestamp>& ds,
                               int paths, std::uint64_t seed) {
  const ErrorDistribution error = error_distribution(model);
  const Eigen::VectorXd yhat = predict(model, ds).yhat;
  Eigen::MatrixXd result(yhat.size(), paths);
  Random random(seed);
  for (int path = 0; path < paths; ++path) {
    // The path's extra slope and extra level since the end of the history, in scaled units.
    double slope = 0.0;
    double intercept = 0.0;
    double next_change = error.rate > 0.0 ? 1.0 + random.exponential() / error.rate : 0.0;
    for (Eigen::Index i = 0; i < yhat.size(); ++i) {
      const double t = scaled_time(model.scaling, ds[static_cast<std::size_t>(i)]);
      while (error.rate > 0.0 && next_change <= t) {
        const double change = random.laplace(error.lambda);
        slope += change;
        intercept -= change * next_change;
        next_change += random.exponential() / error.rate;
      }
      const double deviation = slope * t + intercept + error.sigma * random.normal();
      result(i, path) = yhat[i] + deviation * model.scaling.y_scale;
    }
  }
  return result;
}

}  // namespace plimsoll
