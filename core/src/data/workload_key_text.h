// A workload's names in CSV files.
#pragma once

#include <string>

#include "plimsoll/data/types.h"

namespace plimsoll {

// Three cells: namespace, workload, container.
void append_key(std::string& out, const WorkloadKey& key);

}  // namespace plimsoll
