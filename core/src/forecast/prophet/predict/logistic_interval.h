// Quantiles of a forecast of logistic growth, by numerical integration instead of Monte Carlo.
//
// Future changepoints bend the line inside the logistic curve just as they bend a linear trend
// (trend_function.h), so the line's deviation J at a time h after the history has the
// characteristic function of interval.h without the noise. A sample is y = g(J) + noise; its
// distribution is P(y <= x) = E[Phi((x - g(J)) / sigma)], summed over J's density on a grid. Where
// the noise is narrower than that grid can be, J's atom at 0 is a normal of its own and the rest is
// summed over cells that narrow towards 0, each spread evenly over what it covers of y.
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
  struct Part {  // of the mixture: a normal about a mean that lies evenly in [mean, upto]
    double weight;
    double mean;
    double sigma;
    double upto;
  };
  struct Point {
    double cumulative;
    double density;
  };
  [[nodiscard]] static Point at(const Part& part, double x);
  [[nodiscard]] Point at(double x) const;
  void add_cells(const LogisticMoment& moment, const ErrorDistribution& line_error, double h);

  std::vector<Part> parts_;
  bool has_cells_ = false;
};

// The standard normal's distribution function, to 1e-7, and its density.
struct StandardNormal {
  double cumulative;
  double density;
};
StandardNormal standard_normal(double x);

}  // namespace plimsoll
