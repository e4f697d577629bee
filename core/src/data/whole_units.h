// Quantities in whole units of their metric: millicores, mebibytes.
#pragma once

#include "plimsoll/data/series.h"

namespace plimsoll {

// Whether usage in this unit can be asked for as a Kubernetes quantity.
bool has_quantities(Metric metric, Unit unit);

// Rounded up, after float noise is snapped away; 0 for 0.
std::int64_t whole_units(double value, Metric metric);

double unit_size(Metric metric);  // 0.001 cores, 2^20 bytes

std::string units_text(std::int64_t units, Metric metric);  // "69m", "983Mi"

}  // namespace plimsoll
