// The sufficient statistics of the least-squares part of the posterior, and the design they are
// taken over. All sums run in row order with one accumulator an entry: the same bits everywhere,
// whatever the width of the machine's vectors.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "plimsoll/features.h"

namespace plimsoll {

// The columns of Z: [t, 1, (t - s_j)+ for each changepoint, Fourier terms]; flat growth has only
// [1, Fourier terms]. Rows are made when asked for, in blocks; there is never an n by p matrix.
class Design {
 public:
  explicit Design(const TrainingSet& set);

  [[nodiscard]] Eigen::Index columns() const { return columns_; }
  [[nodiscard]] std::int64_t rows() const { return set_->series.size(); }
  [[nodiscard]] bool has_trend() const { return has_trend_; }
  [[nodiscard]] Eigen::Index intercept() const { return has_trend_ ? 1 : 0; }
  [[nodiscard]] Eigen::Index first_hinge() const { return has_trend_ ? 2 : 1; }
  [[nodiscard]] Eigen::Index hinges() const { return hinges_; }
  [[nodiscard]] Eigen::Index first_feature() const { return first_hinge() + hinges_; }

  // Writes row `row` (columns() values).
  void row(std::int64_t row, double* out) const;

  // y in scaled units.
  [[nodiscard]] double scaled_y(std::int64_t row) const;

 private:
  const TrainingSet* set_;
  bool has_trend_;
  Eigen::Index hinges_;
  Eigen::Index columns_;
};

// Taken about a reference point: with r = y - Z reference, the residual sum of squares at theta is
// rss - 2 u'moment + u'gram u, u = theta - reference. Moving the reference close to the solution
// keeps the digits that y'y - ... would cancel away.
struct Statistics {
  Eigen::MatrixXd gram;       // Z'Z, both triangles
  Eigen::VectorXd moment;     // Z'r
  double rss = 0.0;           // r'r
  Eigen::VectorXd reference;  // theta at which r was taken
  std::int64_t rows = 0;
};

// One pass over the data: the statistics about theta = 0.
Statistics accumulate(const Design& design);

// One pass over the data: moment and rss anew about `theta`.
void recentre(const Design& design, const Eigen::VectorXd& theta, Statistics& statistics);

}  // namespace plimsoll
