// Names of models in a store, whatever keeps it.
#pragma once

#include <string>
#include <string_view>

#include "plimsoll/data/series.h"

namespace plimsoll {

// Spells any bytes with ASCII letters, digits, `-` and `_` only: every other byte, and `_` itself,
// becomes `_` and two upper-case hexadecimal digits. Injective: different texts stay different.
std::string escape_name(std::string_view text);

// The folder of a model: `modular-cpu_prophet_model` for the unnamed workload (called "default"),
// `modular-cpu_prophet_model.shop.cart.app` for a named one. Injective in (key, metric); a name
// too long for a file system is cut and ends in a hash of the whole.
std::string model_folder_name(const WorkloadKey& key, Metric metric);

}  // namespace plimsoll
