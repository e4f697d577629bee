#include "data/workload_key_text.h"

#include "codec/csv_writer.h"

namespace plimsoll {

void append_key(std::string& out, const WorkloadKey& key) {
  append_text(out, key.namespace_name);
  out += ',';
  append_text(out, key.workload);
  out += ',';
  append_text(out, key.container);
}

}  // namespace plimsoll
