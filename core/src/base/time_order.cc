#include "base/time_order.h"

#include <algorithm>

namespace plimsoll {

void order_by(const std::vector<std::int64_t>& keys, std::vector<std::size_t>& rows) {
  const auto earlier = [&keys](std::size_t a, std::size_t b) { return keys[a] < keys[b]; };
  if (std::is_sorted(rows.begin(), rows.end(), earlier)) return;
  std::stable_sort(rows.begin(), rows.end(), earlier);
}

}  // namespace plimsoll
