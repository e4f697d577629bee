// What is expected at given moments, before it is clipped: the model's forecast within what its
// backtest and its data can speak for.
#pragma once

#include "plimsoll/evaluate/workload_model.h"

namespace plimsoll {

struct ExpectedUsage {
  Eigen::VectorXd yhat;
  Eigen::VectorXd half_width;  // calibrated, of the backtest's interval_width
};

// The trend goes on for as long as the backtest looked ahead and is held from there. At a time of
// the day or week that was never observed, and where the model has a term of that period, the
// answer is the mean of the observed times of that day (or week), with an interval that spans
// theirs. No half-width is more than twice the range of the history.
ExpectedUsage expected_usage(const WorkloadModel& model, const std::vector<Timestamp>& ds);

// The times of the day and week that no sample was taken in and that a term of the model depends
// on: gaps of more than an hour (a day's) or seven (a week's) and of one and a half cadences.
std::vector<UnobservedTime> unobserved_times(const Series& series, const FittedModel& model);

}  // namespace plimsoll
