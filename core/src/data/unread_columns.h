// The columns that no role takes, while a file is read: one of them may tell apart series that
// would otherwise be taken for one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "data/columns.h"

namespace plimsoll {

class UnreadColumns {
 public:
  UnreadColumns(const std::vector<std::string>& headers, const ColumnBindings& bindings);

  void add(const std::vector<std::string_view>& fields);

  // The headers of those whose cells are a few words that recur: pods, instances, names of metrics.
  [[nodiscard]] std::vector<std::string> telling() const;

 private:
  struct Column {
    std::string header;
    std::size_t index;
    std::vector<std::string> words;  // distinct, at most kMostWords + 1
    std::size_t last = 0;            // the word of the row before
  };

  std::vector<Column> columns_;
  std::size_t rows_ = 0;
};

}  // namespace plimsoll
