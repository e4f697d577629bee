// Quantiles of the forecast's error in closed form, instead of Prophet's Monte Carlo.
//
// Beyond the history, at a scaled time h after its end, Prophet lets changepoints arrive as a
// Poisson process of rate S with sizes Laplace(0, lambda), lambda = mean|delta|, and adds normal
// noise. The sum has the characteristic function
//   log phi(w) = -sigma^2 w^2 / 2 - S h (1 - atan(a) / a),  a = lambda h w,
// (docs/model.md derives it) which is inverted numerically after Davies, "Numerical inversion of a
// characteristic function" (1973): deterministic and smooth, where 1000 draws are neither. Where
// jumps are few and the noise beside them is little, contour_inversion.h takes the place of his
// even steps, so that the work is bounded whatever the parameters are.
#pragma once

#include <map>

namespace plimsoll {

struct ErrorDistribution {
  double sigma = 0.0;   // of the noise, scaled
  double lambda = 0.0;  // mean size of a future slope change, scaled; 0 without trend uncertainty
  double rate = 0.0;    // future changepoints per unit of scaled time
};

// The characteristic function at frequency w of the error at h > 0; real, since it is symmetric.
double characteristic_function(const ErrorDistribution& distribution, double h, double w);

// The quantile at `level` in (0.5, 1) of the error at `h` (scaled time after the history; 0 or less
// lies within it). The distribution is symmetric, so the quantile at 1 - level is its negative.
// Worked number: sigma 1, lambda 0, level 0.9: 1.2815515655.
double error_quantile(const ErrorDistribution& distribution, double h, double level);

// The same for many h, with work only where it is asked for: inverted at a few, interpolated
// between. Panels are halved until their middle agrees to a relative 2e-5; where ten halvings do
// not get there, as at the edge of an atom, the moment is inverted by itself. What is interpolated
// is the quantile over the standard deviation, which is smooth in h, or beside jumps that dwarf the
// noise the quantile itself.
class QuantileCurve {
 public:
  QuantileCurve(const ErrorDistribution& distribution, double level, double h_max);
  [[nodiscard]] double at(double h);

 private:
  [[nodiscard]] double unit(double h) const;
  [[nodiscard]] double ratio_at(double h);

  ErrorDistribution distribution_;
  double level_;
  double h_max_;
  bool has_little_noise_ = false;
  std::map<double, double> ratios_;  // quantile / unit at the h that were inverted
};

}  // namespace plimsoll
