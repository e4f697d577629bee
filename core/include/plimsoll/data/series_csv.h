// Prepared data as text: what the features stage hands to training.
#pragma once

#include <string>
#include <vector>

#include "plimsoll/data/series.h"

namespace plimsoll {

// `namespace,workload,container,timestamp,cpu,memory`, names as they are: training reads them back.
std::string encode_series_csv(const std::vector<WorkloadSeries>& workloads);

}  // namespace plimsoll
