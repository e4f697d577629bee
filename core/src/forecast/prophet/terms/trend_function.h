// The trend as a function of its parameters, in scaled units: its pieces and its derivatives.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

// A stretch between changepoints, on which the trend's line is slope t + offset. The line is the
// trend itself for linear growth and log(g / (cap - g)) for logistic growth.
struct TrendPiece {
  double from_t;  // the first piece reaches back without end
  double slope;
  double offset;

  [[nodiscard]] double at(double t) const { return slope * t + offset; }
};

// The pieces of a trend. At changepoint s the slope takes its delta and the line stays continuous;
// for logistic growth that is what Taylor & Letham's gamma (2018, section 3.1) comes to: k (t - m)
// + sum_j delta_j (t - s_j)+. Changepoints whose delta is 0 begin no piece.
std::vector<TrendPiece> pieces_of(const Parameters& params, const Eigen::VectorXd& s,
                                  Growth growth);

// The piece that follows `before` when the slope takes `delta` at `t`.
TrendPiece changed_piece(const TrendPiece& before, double t, double delta);

// The piece that `t` lies in.
const TrendPiece& piece_at(const std::vector<TrendPiece>& pieces, double t);

// 1 / (1 + exp(-x)).
double logistic(double x);

// g and dg over [k, m, delta] at one theta (the layout of statistics.h).
class TrendFunction {
 public:
  TrendFunction(const TrainingSet& set, const Eigen::VectorXd& theta);

  // The value at `t`; writes one derivative a parameter of the trend.
  double at(double t, double scaled_cap, double* gradient) const;

 private:
  const TrainingSet* set_;
  const Eigen::VectorXd* theta_;
};

}  // namespace plimsoll
