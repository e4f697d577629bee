// Decimal text as the nearest double, halves to even: the same bits in every host, whatever the
// compiler's library can read.
#pragma once

#include <cstddef>
#include <string_view>

namespace plimsoll {

struct ParsedDecimal {
  double value = 0.0;      // infinite when too large for a double, 0 when too small
  std::size_t length = 0;  // of the number in the text; 0 when the text does not begin with one
};

// Reads `-12.5e-3`: an optional minus, digits with an optional point (`5.` and `.5` too), an
// optional exponent. What follows is left: `250m` is 250 of length 3, `1e` is 1 of length 1.
ParsedDecimal parse_decimal(std::string_view text);

}  // namespace plimsoll
