#include "base/number_text.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/detail/conversions/to_chars.hpp>

namespace plimsoll {
namespace {

double power_of_ten(int exponent) {
  constexpr std::array<double, 10> kPowers = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  return kPowers[static_cast<std::size_t>(exponent)];
}

}  // namespace

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, 64> buffer{};
  char* const end = nlohmann::detail::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), end);
}

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

double round_decimals(double value, int decimals) {
  const double power = power_of_ten(decimals);
  const double scaled = value * power;
  // Beyond 2^52 every double is whole already.
  if (!(std::abs(scaled) < 0x1p52)) return value;
  const double below = std::floor(scaled);
  return (scaled - below >= 0.5 ? below + 1.0 : below) / power;
}

std::string format_fixed(double value, int decimals) {
  const double scaled = std::round(std::abs(value) * power_of_ten(decimals));
  if (!(scaled < 0x1p62)) return number_text(value);
  std::string digits = std::to_string(static_cast<std::int64_t>(scaled));
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - places, ".");
  return value < 0.0 && scaled > 0.0 ? '-' + digits : digits;
}

std::string counted(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

}  // namespace plimsoll
