#include "data/workload_key_text.h"

#include "codec/csv_writer.h"

namespace plimsoll {

void add_workload_key(Json& json, const WorkloadKey& key) {
  json["namespace"] = key.namespace_name;
  json["workload"] = key.workload;
  json["container"] = key.container;
}

void append_key(std::string& out, const WorkloadKey& key) {
  append_text(out, key.namespace_name);
  out += ',';
  append_text(out, key.workload);
  out += ',';
  append_text(out, key.container);
}

}  // namespace plimsoll
