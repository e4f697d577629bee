#include "data/workload_index.h"

#include <utility>

#include "data/cells.h"

namespace plimsoll {

std::uint32_t WorkloadIndex::index_of(const std::vector<std::string_view>& fields) {
  key_.clear();
  for (const ColumnBinding& name : *names_) {
    key_ += trim_cell(fields[name.index]);
    key_ += '\0';
  }
  if (!workloads_.empty() && key_ == last_key_) return last_index_;
  const auto [known, is_new] =
      indices_.try_emplace(key_, static_cast<std::uint32_t>(workloads_.size()));
  if (is_new) workloads_.push_back(make_key(fields));
  std::swap(key_, last_key_);
  return last_index_ = known->second;
}

WorkloadKey WorkloadIndex::make_key(const std::vector<std::string_view>& fields) const {
  WorkloadKey key;
  for (const ColumnBinding& name : *names_) {
    const std::string text = repair_utf8(trim_cell(fields[name.index]));
    if (name.role == "namespace") key.namespace_name = text;
    if (name.role == "workload") key.workload = text;
    if (name.role == "container") key.container = text;
  }
  if (key.workload.empty()) key.workload = "default";
  return key;
}

}  // namespace plimsoll
