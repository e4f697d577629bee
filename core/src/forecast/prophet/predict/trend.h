// The piecewise linear, logistic or flat trend of a fitted model, and what is uncertain about its
// future.
#pragma once

#include <vector>

#include "forecast/prophet/predict/interval.h"
#include "forecast/prophet/terms/trend_function.h"
#include "plimsoll/forecast/prophet/terms/features.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// (ds - start) / t_scale: 0 at the first sample, 1 at the last.
double scaled_time(const Scaling& scaling, Timestamp ds);

// True for a model without changepoints: Prophet then keeps one at t = 0 and folds its delta into
// k.
bool has_only_dummy_changepoint(const FittedModel& model);

// What logistic growth needs to know of a moment, in the units of y.
struct Bounds {
  double cap = 0.0;
  double floor = 0.0;
};

// Evaluates the trend in the units of y. `bounds` matter to logistic growth only.
class Trend {
 public:
  explicit Trend(const FittedModel& model);
  [[nodiscard]] double at(Timestamp ds, const Bounds& bounds = {}) const;

  // The same at a scaled time on a piece of one's own, as simulated futures have them.
  [[nodiscard]] double on(const TrendPiece& piece, double t, const Bounds& bounds) const;

  // The trend where the line of its pieces has this value.
  [[nodiscard]] double bent(double line, const Bounds& bounds) const;

  // The line that the pieces make: the scaled trend itself, or what logistic growth bends.
  [[nodiscard]] double line_at(double t) const { return piece_at(pieces_, t).at(t); }

  // The piece that the future begins on.
  [[nodiscard]] const TrendPiece& last() const { return pieces_.back(); }

 private:
  Growth growth_;
  Scaling scaling_;
  std::vector<TrendPiece> pieces_;
};

// What lies between yhat and a future sample, in scaled units.
ErrorDistribution error_distribution(const FittedModel& model);

}  // namespace plimsoll
