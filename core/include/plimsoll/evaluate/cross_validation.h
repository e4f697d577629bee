// Stage "model validation" as Prophet's users know it: simulated historical forecasts, and the
// performance metrics taken from them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "plimsoll/evaluate/types.h"
#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll {

// The share of the rows that a performance metric is taken over, unless asked otherwise: Prophet's.
inline constexpr double kRollingWindow = 0.1;

// The cutoffs, ascending. Fails when the history is shorter than a horizon, or when nothing is left
// after `initial`.
// Worked number: 2,964 days, initial 730, period 180, horizon 365 days: 11 cutoffs.
Result<std::vector<Timestamp>> generate_cutoffs(const TrainingSet& set,
                                                const CrossValidationOptions& options);

// The horizon that `options` come to on this history.
std::int64_t horizon_of(const TrainingSet& set, const CrossValidationOptions& options);

// Seasonalities are not detected anew at each cutoff; changepoints and scales are. Every fold is
// fitted to the exact optimum from statistics that all folds share.
Result<CrossValidation> cross_validate(const TrainingSet& set,
                                       const CrossValidationOptions& options);

// One moment a line, or separated by commas; a header `cutoff` or `ds` is passed over.
Result<std::vector<Timestamp>> parse_cutoffs(std::string_view text);

// Prophet's rolling window, as a share of the rows: the mean of each window ends at its horizon,
// rows of the oldest horizon it needs counting by their mean. 0 gives a window of one row (each
// horizon by itself), 1 a single window of all.
std::vector<PerformanceMetrics> performance_metrics(const CrossValidation& validation,
                                                    double rolling_window);

// One choice of prior scales and how it did.
struct SearchResult {
  double changepoint_prior_scale = 0.05;
  double seasonality_prior_scale = 10.0;
  PerformanceMetrics metrics;  // over all rows
};

struct SearchOptions {
  CrossValidationOptions validation;
  std::vector<double> changepoint_prior_scales = {0.001, 0.01, 0.1, 0.5};
  std::vector<double> seasonality_prior_scales = {0.01, 0.1, 1.0, 10.0};
};

// Cross-validates every pair of prior scales, best first by rmse; the sufficient statistics of a
// fold serve all pairs. Seasonalities with a prior scale of their own keep it.
Result<std::vector<SearchResult>> search_prior_scales(const TrainingSet& set,
                                                      const SearchOptions& options);

}  // namespace plimsoll
