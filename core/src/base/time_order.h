// The one stable order that rows are put in: by a whole number, mostly their time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plimsoll {

// Puts `rows` in ascending order of keys[row]; rows of equal keys keep their order.
void order_by(const std::vector<std::int64_t>& keys, std::vector<std::size_t>& rows);

}  // namespace plimsoll
