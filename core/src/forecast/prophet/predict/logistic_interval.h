// Quantiles of a forecast of logistic growth, by numerical integration instead of Monte Carlo.
//
// Future changepoints bend the line inside the logistic curve just as they bend a linear trend
// (trend_function.h), so the line's deviation J at a time h after the history has the
// characteristic function of interval.h without the noise. A sample is y = g(J) + noise; its
// distribution is P(y <= x) = E[Phi((x - g(J)) / sigma)], summed over J's density on a grid.
#pragma once

#include <vector>

#include "forecast/prophet/predict/interval.h"

namespace plimsoll {

// One moment of the future, in the units of y: y = base + height logistic(line + J) + noise.
struct LogisticMoment {
  double line = 0.0;
  double base = 0.0;
  double height = 0.0;
  double sigma = 0.0;
};

// The distribution of y at scaled time `h` after the history (0 or less lies within it, where J is
// 0). Requires sigma > 0. The error of a level is below 2e-4, a tenth of what Prophet's own draws
// leave.
class LogisticDistribution {
 public:
  LogisticDistribution(const LogisticMoment& moment, const ErrorDistribution& line_error, double h);

  [[nodiscard]] double quantile(double level) const;

 private:
  struct Part {  // a normal of the mixture
    double weight;
    double mean;
    double sigma;
  };
  struct Point {
    double cumulative;
    double density;
  };
  [[nodiscard]] Point at(double x) const;

  std::vector<Part> parts_;
};

// The standard normal's distribution function, to 1e-7, and its density.
struct StandardNormal {
  double cumulative;
  double density;
};
StandardNormal standard_normal(double x);

}  // namespace plimsoll
