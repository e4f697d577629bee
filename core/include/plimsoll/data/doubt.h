// What forbids to recommend from a file that could be read: numbers that are probably not what they
// are taken for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/data/types.h"

namespace plimsoll {

struct Doubt {
  Finding finding;
  std::optional<std::size_t> workload;  // index into Table::workloads; none: all of them
  std::string role;                     // "cpu", "memory"; "": both
  bool forbids = true;                  // false: told, and recommended from nevertheless
};

// By column, what its rows show before what its unit does:
//   unreadable_data  more than 5 % of the cells of a workload's column, or of the rows, unreadable;
//                    often those are the large values, and the rest is no fair sample
//   several_series   different values for one moment, more often than in 5 % of the moments; of the
//                    pods of a named workload the mean is meant, which forbids nothing
//   counter          CPU that only ever rises, as a total of seconds does
//   suspicious_unit  values that the unit of header or default makes absurd (unless it is declared)
std::vector<Doubt> doubts_about(const Table& table);

// The first that forbids to recommend for `role` of a workload, in words; nothing where the values
// may be trusted.
std::optional<std::string> doubt_about(const std::vector<Doubt>& doubts, std::size_t workload,
                                       std::string_view role);

}  // namespace plimsoll
