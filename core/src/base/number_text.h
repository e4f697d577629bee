// Numbers as text, the same bytes in every host.
#pragma once

#include <cstdint>
#include <string>

namespace plimsoll {

// Appends the shortest form that reads back as the same double, as nlohmann/json prints it:
// "0.1", "1.0", "1e-07". Infinity and NaN, which JSON lacks, become "null".
void append_number(std::string& out, double value);
std::string number_text(double value);

// With a fixed number of decimals (0 to 9), halves rounded up: format_fixed(2.345, 1) is "2.3".
std::string format_fixed(double value, int decimals);

// `value` rounded to a multiple of 10^-decimals (0 to 9), halves up.
double round_decimals(double value, int decimals);

// "1 row", "2 rows".
std::string counted(std::int64_t count, const std::string& noun);

}  // namespace plimsoll
