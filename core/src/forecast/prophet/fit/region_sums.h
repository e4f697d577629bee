// Sufficient statistics that several fits share: the folds of a cross-validation, every prior scale
// of a search, and each single fit.
//
// Between two neighbouring boundaries (changepoints and cutoffs of any fit) all trend columns are
// straight lines in time, so the sums of [1, u, x, y] products over such a region, u the time since
// it began, hold what any of the fits needs of its rows: one pass over the data serves them all,
// at a width that does not grow with the changepoints.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "forecast/prophet/fit/statistics.h"
#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

class RegionSums {
 public:
  // Over the rows of `series` with the columns of `terms`, cut before each of `boundaries` (moments
  // in any order).
  RegionSums(const Series& series, const Terms& terms, std::vector<Timestamp> boundaries);

  // The statistics about theta = 0 of a fit of the first rows of the series. Its changepoints and
  // the moment after its last row are boundaries; its terms are those of the pass, but for
  // prior scales and the standardisation of regressors. It is linear in its parameters.
  [[nodiscard]] Statistics statistics_of(const TrainingSet& fit) const;

 private:
  struct Region {
    Timestamp begin = 0;
    std::int64_t first_row = 0;
    std::int64_t rows = 0;
    Eigen::MatrixXd sums;  // of [1, u, x..., y], u in days
  };

  std::vector<Region> regions_;
  std::vector<Regressor> regressors_;
};

// The boundaries that one fit needs within a series: its changepoints and the moment after its end.
void add_boundaries(const TrainingSet& fit, std::vector<Timestamp>& boundaries);

}  // namespace plimsoll
