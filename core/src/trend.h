// The piecewise linear (or flat) trend of a fitted model, and what is uncertain about its future.
#pragma once

#include <vector>

#include "interval.h"
#include "plimsoll/features.h"
#include "plimsoll/model.h"

namespace plimsoll {

// (ds - start) / t_scale: 0 at the first sample, 1 at the last.
double scaled_time(const Scaling& scaling, Timestamp ds);

// True for a model without changepoints: Prophet then keeps one at t = 0 and folds its delta into
// k.
bool has_only_dummy_changepoint(const FittedModel& model);

// Evaluates the trend in the units of y: between changepoints it is a line whose slope and
// intercept are summed once.
class Trend {
 public:
  explicit Trend(const FittedModel& model);
  [[nodiscard]] double at(Timestamp ds) const;

 private:
  struct Piece {
    double from_t;
    double slope;
    double intercept;
  };
  Scaling scaling_;
  std::vector<Piece> pieces_;  // ascending; the first reaches back without end
};

// What lies between yhat and a future sample, in scaled units.
ErrorDistribution error_distribution(const FittedModel& model);

}  // namespace plimsoll
