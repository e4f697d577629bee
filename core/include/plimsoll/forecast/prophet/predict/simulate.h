// Seeded sample paths of the future, for questions about several moments at once (the peak of a
// window) and as the independent check of the closed-form intervals.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "plimsoll/data/series.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// One column a path, one row a moment: yhat + future changes of slope + noise, by Prophet's
// generative process. The same seed gives the same bytes in every host. `ds` ascending.
Eigen::MatrixXd simulate_paths(const FittedModel& model, const Frame& frame, int paths,
                               std::uint64_t seed);
Eigen::MatrixXd simulate_paths(const FittedModel& model, const std::vector<Timestamp>& ds,
                               int paths, std::uint64_t seed);

}  // namespace plimsoll
