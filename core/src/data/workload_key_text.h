// A workload's names as parts of documents.
#pragma once

#include <string>

#include "codec/json.h"
#include "plimsoll/data/types.h"

namespace plimsoll {

void add_workload_key(Json& json, const WorkloadKey& key);

// Three cells: namespace, workload, container.
void append_key(std::string& out, const WorkloadKey& key);

}  // namespace plimsoll
