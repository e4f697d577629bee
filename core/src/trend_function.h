// The trend of a model under training, in scaled units, with its derivatives.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "plimsoll/features.h"

namespace plimsoll {

// A stretch between changepoints: slope k and offset m of logistic growth, or slope and intercept
// of linear growth.
struct TrendPiece {
  double from_t;  // the first piece reaches back without end
  double slope;
  double offset;
};

// The pieces of linear growth, slope t + offset, and of logistic growth, cap / (1 + exp(-slope (t -
// offset))): at changepoint s the slope takes its delta and the offset moves so that the trend
// stays continuous (Taylor & Letham, 2018, section 3.1). Changepoints whose delta is 0 begin no
// piece.
std::vector<TrendPiece> pieces_of(const Parameters& params, const Eigen::VectorXd& s,
                                  Growth growth);

// The piece that follows `before` when the slope takes `delta` at `t`.
TrendPiece changed_piece(const TrendPiece& before, double t, double delta, Growth growth);

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
  double linear_at(double t, double* gradient) const;
  double logistic_at(double t, double scaled_cap, double* gradient) const;

  const TrainingSet* set_;
  const Eigen::VectorXd* theta_;
  Eigen::VectorXd slopes_;  // of logistic growth, one a piece
  Eigen::VectorXd offsets_;
  Eigen::MatrixXd offset_gradients_;  // column i: derivatives of offsets_[i] over [k, m, delta]
};

}  // namespace plimsoll
