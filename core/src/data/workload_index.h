// The workloads of a file, numbered while its rows are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "data/columns.h"

namespace plimsoll {

// Finds the rows' workloads: an index for each distinct triple of names.
class WorkloadIndex {
 public:
  explicit WorkloadIndex(const std::vector<ColumnBinding>& names) : names_(&names) {}

  std::uint32_t index_of(const std::vector<std::string_view>& fields);

  [[nodiscard]] std::size_t size() const { return workloads_.size(); }
  std::vector<WorkloadKey> take() { return std::move(workloads_); }

 private:
  [[nodiscard]] WorkloadKey make_key(const std::vector<std::string_view>& fields) const;

  const std::vector<ColumnBinding>* names_;
  std::map<std::string, std::uint32_t> indices_;
  std::vector<WorkloadKey> workloads_;
  std::string key_;
  std::string last_key_;
  std::uint32_t last_index_ = 0;
};

}  // namespace plimsoll
