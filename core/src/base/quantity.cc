#include "plimsoll/base/quantity.h"

#include <array>
#include <cmath>
#include <limits>

#include "plimsoll/base/decimal.h"

namespace plimsoll {
namespace {

struct Suffix {
  std::string_view text;
  double factor;
  bool divides;  // n, u and m divide, so that 250m is 250 / 1000, exactly rounded
};

constexpr std::array kSuffixes = {
    Suffix{"n", 1e9, true},      Suffix{"u", 1e6, true},         Suffix{"m", 1e3, true},
    Suffix{"k", 1e3, false},     Suffix{"M", 1e6, false},        Suffix{"G", 1e9, false},
    Suffix{"T", 1e12, false},    Suffix{"P", 1e15, false},       Suffix{"E", 1e18, false},
    Suffix{"Ki", 1024.0, false}, Suffix{"Mi", 1048576.0, false}, Suffix{"Gi", 1073741824.0, false},
    Suffix{"Ti", 0x1p40, false}, Suffix{"Pi", 0x1p50, false},    Suffix{"Ei", 0x1p60, false},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A sign, then a digit or a point: what keeps `inf`, `nan` and blanks out.
bool begins_like_a_number(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  return !text.empty() && (is_digit(text[0]) || text[0] == '.');
}

const Suffix* find_suffix(std::string_view text) {
  for (const Suffix& suffix : kSuffixes) {
    if (suffix.text == text) return &suffix;
  }
  return nullptr;
}

// Float noise: 0.1 + 0.2 cores are 300m, not 301m.
constexpr double kNoise = 1e-9;

}  // namespace

std::int64_t whole_rounded_up(double amount) {
  constexpr double kLargest = 9e18;
  if (!(amount > 0.0)) return 0;
  if (amount >= kLargest) return std::numeric_limits<std::int64_t>::max();
  const double nearest = std::floor(amount + 0.5);
  const bool is_noise = std::abs(amount - nearest) <= kNoise * amount;
  return static_cast<std::int64_t>(is_noise ? nearest : std::ceil(amount));
}

std::optional<ParsedQuantity> parse_quantity(std::string_view text) {
  if (!text.empty() && text[0] == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text[0] == '-') return std::nullopt;
  }
  if (!begins_like_a_number(text)) return std::nullopt;
  ParsedQuantity quantity;
  const ParsedDecimal parsed = parse_decimal(text);
  quantity.value = parsed.value;
  if (parsed.length == 0 || !std::isfinite(quantity.value)) return std::nullopt;
  if (parsed.length == text.size()) return quantity;

  const Suffix* const suffix = find_suffix(text.substr(parsed.length));
  if (suffix == nullptr) return std::nullopt;
  quantity.has_suffix = true;
  quantity.value =
      suffix->divides ? quantity.value / suffix->factor : quantity.value * suffix->factor;
  if (!std::isfinite(quantity.value)) return std::nullopt;
  return quantity;
}

}  // namespace plimsoll
