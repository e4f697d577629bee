#include "plimsoll/forecast/prophet/fit/train.h"

#include <utility>

#include "forecast/prophet/fit/gauss_newton.h"
#include "forecast/prophet/fit/identifiability.h"
#include "forecast/prophet/fit/region_sums.h"
#include "forecast/prophet/fit/training.h"
#include "forecast/prophet/fit/unseen_deviations.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {

FittedModel train(const TrainingSet& set) {
  std::vector<Timestamp> boundaries;
  add_boundaries(set, boundaries);
  const Statistics statistics =
      RegionSums(set.series, set.terms, std::move(boundaries)).statistics_of(set);
  FittedModel model = train_with(set, is_linear_in_parameters(set) ? &statistics : nullptr);
  derive_coefficients(model);
  model.unseen = find_unseen(set, model);
  for (std::string& warning : unidentified_terms(set, statistics)) {
    model.warnings.push_back(std::move(warning));
  }
  return model;
}

}  // namespace plimsoll
