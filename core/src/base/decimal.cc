#include "plimsoll/base/decimal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace plimsoll {
namespace {

// No double lies half way between two others with more digits than 767 (2^-1074 and its
// neighbours).
constexpr std::size_t kMostDigits = 768;
constexpr std::int64_t kLargestExponent = 1'000'000'000'000'000;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What the text says: the digits without their leading zeros, times 10^exponent.
struct Digits {
  std::string_view text;      // with the point, from the first digit that is not 0
  std::size_t count = 0;      // digits in it
  std::uint64_t leading = 0;  // the first 19 of them, or all
  std::int64_t exponent = 0;  // of ten, of the last digit of all
  bool is_negative = false;
  std::size_t length = 0;

  bool fits() const { return count <= 19; }
};

std::int64_t read_exponent(std::string_view text, std::size_t& at) {
  std::size_t next = at + 1;
  const bool is_negative = next < text.size() && text[next] == '-';
  if (next < text.size() && (text[next] == '-' || text[next] == '+')) ++next;
  if (next >= text.size() || !is_digit(text[next])) return 0;
  std::int64_t exponent = 0;
  for (; next < text.size() && is_digit(text[next]); ++next) {
    exponent = std::min(kLargestExponent, exponent * 10 + (text[next] - '0'));
  }
  at = next;
  return is_negative ? -exponent : exponent;
}

Digits read_digits(std::string_view text) {
  Digits digits;
  std::size_t at = 0;
  if (!text.empty() && text[0] == '-') {
    digits.is_negative = true;
    at = 1;
  }
  bool has_point = false;
  bool has_digit = false;
  std::size_t first = text.size();
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (!is_digit(c)) break;
    has_digit = true;
    if (has_point) --digits.exponent;
    if (c == '0' && digits.count == 0) continue;
    if (digits.count == 0) first = at;
    if (digits.count < 19)
      digits.leading = digits.leading * 10 + static_cast<std::uint64_t>(c - '0');
    ++digits.count;
  }
  if (!has_digit) return digits;
  if (digits.count > 0) digits.text = text.substr(first, at - first);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    digits.exponent += read_exponent(text, at);
  }
  digits.length = at;
  return digits;
}

// ---- where 64 bits are enough -----------------------------------------------------------------

constexpr std::array<double, 23> kExactPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// 10^(16 k) for k from -23 to 19: the 64 leading bits, to nearest. Their binary exponent follows
// from floor(log2 10^n) = floor(217706 n / 65536), which holds for |n| < 1650.
constexpr std::int64_t kFirstPower = -23;
constexpr std::array<std::uint64_t, 43> kPowers = {
    0xb8e1cbc28bef0b69, 0xcd42a11346f34f7d, 0xe3e27a444d8d98b8, 0xfd00b897478238d1,
    0x8c71dcd9ba0b4926, 0x9becce62836ac577, 0xad1c8eab5ee43b67, 0xc0314325637a193a,
    0xd5605fcdcf32e1d7, 0xece53cec4a314ebe, 0x8380dea93da4bc60, 0x91ff83775423cc06,
    0xa21727db38cb0030, 0xb3f4e093db73a093, 0xc7caba6e7c5382c9, 0xddd0467c64bce4a1,
    0xf64335bcf065d37d, 0x88b402f7fd75539b, 0x97c560ba6b0919a6, 0xa87fea27a539e9a5,
    0xbb127c53b17ec159, 0xcfb11ead453994ba, 0xe69594bec44de15b, 0x8000000000000000,
    0x8e1bc9bf04000000, 0x9dc5ada82b70b59e, 0xaf298d050e4395d7, 0xc2781f49ffcfa6d5,
    0xd7e77a8f87daf7fc, 0xefb3ab16c59b14a3, 0x850fadc09923329e, 0x93ba47c980e98ce0,
    0xa402b9c5a8d3a6e7, 0xb616a12b7fe617aa, 0xca28a291859bbf93, 0xe070f78d3927556b,
    0xf92e0c3537826146, 0x8a5296ffe33cc930, 0x9991a6f3d6bf1766, 0xaa7eebfb9df9de8e,
    0xbd49d14aa79dbc82, 0xd226fc195c6a2f8c, 0xe950df20247c83fd};

std::int64_t binary_exponent_of_ten(std::int64_t n) { return (217706 * n) >> 16; }

// A significand with its top bit set, times 2^exponent.
struct Wide {
  std::uint64_t significand;
  std::int64_t exponent;
};

Wide normalised(std::uint64_t value) {
  const int shift = std::countl_zero(value);
  return {value << shift, -shift};
}

// The product to 64 bits, half a unit of the last place away from the exact one (one, after a
// shift).
Wide multiply(Wide a, Wide b) {
  constexpr std::uint64_t kLow = 0xffffffff;
  const std::uint64_t ah = a.significand >> 32;
  const std::uint64_t al = a.significand & kLow;
  const std::uint64_t bh = b.significand >> 32;
  const std::uint64_t bl = b.significand & kLow;
  const std::uint64_t middle = ((al * bl) >> 32) + ((ah * bl) & kLow) + ((al * bh) & kLow);
  std::uint64_t high = ah * bh + ((ah * bl) >> 32) + ((al * bh) >> 32) + (middle >> 32);
  high += (middle >> 31) & 1;  // cannot carry out: high <= 2^64 - 2
  const Wide product = normalised(high);
  return {product.significand, product.exponent + a.exponent + b.exponent + 64};
}

// The double, unless the error of the 64 bits leaves open to which side it rounds, or it lies at an
// end of the doubles' range.
std::optional<double> by_64_bits(const Digits& digits) {
  const std::int64_t exponent =
      digits.exponent + (digits.fits() ? 0 : static_cast<std::int64_t>(digits.count) - 19);
  if (exponent < 16 * kFirstPower || exponent >= 16 * (kFirstPower + 43)) return std::nullopt;
  // Floor division, so that the rest is a power of ten that an integer holds.
  const std::int64_t k = exponent >> 4;
  std::uint64_t rest = 1;
  for (std::int64_t i = 16 * k; i < exponent; ++i) rest *= 10;
  const Wide power = {kPowers[static_cast<std::size_t>(k - kFirstPower)],
                      binary_exponent_of_ten(16 * k) - 63};
  const Wide value = multiply(multiply(normalised(digits.leading), normalised(rest)), power);
  // In units of the last of 64 bits: three roundings, each doubled at most twice by a shift; digits
  // left out are less than one unit of 19 digits, which is 16 of 64 bits.
  const std::uint64_t error = digits.fits() ? 8 : 96;

  constexpr std::uint64_t kDropped = 0x7ff;
  constexpr std::uint64_t kHalf = 0x400;
  const std::uint64_t dropped = value.significand & kDropped;
  const std::int64_t top = value.exponent + 63;
  if (top < -1020 || top > 1021) return std::nullopt;
  if (dropped + error >= kHalf && dropped <= kHalf + error) return std::nullopt;
  const std::uint64_t kept = (value.significand >> 11) + (dropped > kHalf ? 1 : 0);
  return std::ldexp(static_cast<double>(kept), static_cast<int>(top - 52));
}

// ---- exactly, with as many bits as it takes ---------------------------------------------------

// A natural number, lowest 32 bits first, without zeros at the top.
using Natural = std::vector<std::uint32_t>;

void trim(Natural& number) {
  while (!number.empty() && number.back() == 0) number.pop_back();
}

void multiply_add(Natural& number, std::uint32_t factor, std::uint32_t summand) {
  std::uint64_t carry = summand;
  for (std::uint32_t& limb : number) {
    carry += static_cast<std::uint64_t>(limb) * factor;
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) number.push_back(static_cast<std::uint32_t>(carry));
}

void multiply_by_ten_to(Natural& number, std::int64_t power) {
  for (; power >= 9; power -= 9) multiply_add(number, 1'000'000'000, 0);
  for (; power > 0; --power) multiply_add(number, 10, 0);
}

std::int64_t bit_length(const Natural& number) {
  return static_cast<std::int64_t>(number.size()) * 32 - std::countl_zero(number.back());
}

void shift_left(Natural& number, std::int64_t bits) {
  multiply_add(number, std::uint32_t{1} << (bits % 32), 0);
  number.insert(number.begin(), static_cast<std::size_t>(bits / 32), 0);
}

void halve(Natural& number) {
  for (std::size_t i = 0; i < number.size(); ++i) {
    const std::uint32_t above = i + 1 < number.size() ? number[i + 1] : 0;
    number[i] = number[i] >> 1 | above << 31;
  }
  trim(number);
}

bool is_less(const Natural& a, const Natural& b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

void subtract(Natural& a, const Natural& b) {
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::int64_t difference = static_cast<std::int64_t>(a[i]) - borrow -
                                    (i < b.size() ? static_cast<std::int64_t>(b[i]) : 0);
    a[i] = static_cast<std::uint32_t>(difference);
    borrow = difference < 0 ? 1 : 0;
  }
  trim(a);
}

// The digits as an integer, and the power of ten it stands at. Digits beyond those that can matter
// count as "a little more".
std::pair<Natural, std::int64_t> integer_of(const Digits& digits) {
  Natural number;
  std::size_t taken = 0;
  bool is_more = false;
  for (const char c : digits.text) {
    if (c == '.') continue;
    if (taken == kMostDigits) {
      is_more = is_more || c != '0';
      continue;
    }
    multiply_add(number, 10, static_cast<std::uint32_t>(c - '0'));
    ++taken;
  }
  std::int64_t exponent = digits.exponent + static_cast<std::int64_t>(digits.count - taken);
  if (is_more) {
    multiply_add(number, 10, 1);
    --exponent;
  }
  return {std::move(number), exponent};
}

double exactly(const Digits& digits) {
  // Below half the least double, and above the largest.
  const std::int64_t magnitude = digits.exponent + static_cast<std::int64_t>(digits.count);
  if (magnitude < -330) return 0.0;
  if (magnitude > 310) return std::numeric_limits<double>::infinity();

  auto [above, exponent] = integer_of(digits);
  Natural below = {1};
  multiply_by_ten_to(exponent < 0 ? below : above, std::abs(exponent));
  // The exponent of the last bit kept: 53 bits, fewer near 0. One more decides the rounding.
  const std::int64_t top = bit_length(above) - bit_length(below);  // or one less
  std::int64_t last = std::max<std::int64_t>(top - 53, -1074);
  const std::int64_t shift = 1 - last;
  shift_left(shift > 0 ? above : below, std::abs(shift));

  // Long division, bit by bit from above the quotient's top.
  std::uint64_t quotient = 0;
  shift_left(below, 56);
  for (int bit = 56; bit-- > 0;) {
    halve(below);
    if (is_less(above, below)) continue;
    subtract(above, below);
    quotient |= std::uint64_t{1} << bit;
  }
  bool is_more = !above.empty();
  if (quotient >> 54 != 0) {  // 54 bits were kept for the value, not 53
    is_more = is_more || (quotient & 1) != 0;
    quotient >>= 1;
    ++last;
  }
  const bool is_half = (quotient & 1) != 0;
  quotient >>= 1;
  if (is_half && (is_more || (quotient & 1) != 0)) ++quotient;
  return std::ldexp(static_cast<double>(quotient), static_cast<int>(last));
}

double magnitude_of(const Digits& digits) {
  if (digits.count == 0) return 0.0;
  // W. Clinger, "How to read floating point numbers accurately" (1990): one rounding of exact
  // values.
  if (digits.leading <= (std::uint64_t{1} << 53) && digits.fits() &&
      std::abs(digits.exponent) <= 22) {
    const auto value = static_cast<double>(digits.leading);
    const double power = kExactPowers[static_cast<std::size_t>(std::abs(digits.exponent))];
    return digits.exponent < 0 ? value / power : value * power;
  }
  if (const auto value = by_64_bits(digits)) return *value;
  return exactly(digits);
}

}  // namespace

ParsedDecimal parse_decimal(std::string_view text) {
  const Digits digits = read_digits(text);
  if (digits.length == 0) return {};
  const double magnitude = magnitude_of(digits);
  return {digits.is_negative ? -magnitude : magnitude, digits.length};
}

}  // namespace plimsoll
