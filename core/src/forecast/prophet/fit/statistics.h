// The sufficient statistics of the least-squares part of the posterior, and the design they are
// taken over. All sums run in row order with one accumulator an entry: the same bits everywhere,
// whatever the width of the machine's vectors.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <vector>

#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

// Where the columns lie: [k, m, delta of each changepoint, beta of each feature]; flat growth has
// only [m, beta].
struct Layout {
  explicit Layout(const TrainingSet& set);

  bool has_trend;
  Eigen::Index hinges;
  Eigen::Index features;
  [[nodiscard]] Eigen::Index intercept() const { return has_trend ? 1 : 0; }
  [[nodiscard]] Eigen::Index first_hinge() const { return has_trend ? 2 : 1; }
  [[nodiscard]] Eigen::Index first_feature() const { return first_hinge() + hinges; }
  [[nodiscard]] Eigen::Index columns() const { return first_feature() + features; }
};

// The design Z of a model that is linear in its parameters (linear or flat growth, additive terms):
// rows [t, 1, (t - s_j)+, x]. They are made when asked for, in blocks; there is never an n by p
// matrix.
class Design {
 public:
  explicit Design(const TrainingSet& set);

  // Writes row `row` (layout().columns() values).
  void row(std::int64_t row, double* out) const;

  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] const TrainingSet& set() const { return *set_; }

 private:
  const TrainingSet* set_;
  Layout layout_;
  FeatureRows features_;
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

// Sums over rows of [columns, target] that `write_row` writes, in blocks and in row order.
Statistics accumulate_rows(std::int64_t rows, Eigen::Index columns,
                           const std::function<void(std::int64_t, double*)>& write_row);

// One pass over the data: moment and rss anew about `theta`.
void recentre(const Design& design, const Eigen::VectorXd& theta, Statistics& statistics);

}  // namespace plimsoll
