#include "math/portable_math.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>

namespace plimsoll {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kTwoPi = 6.28318530717958647692;
constexpr double kLn2High = 6.93147180369123816490e-01;  // 33 significant bits
constexpr double kLn2Low = 1.90821492927058770002e-10;   // the rest of ln 2

// Taylor series on |x| <= pi/4; the first term left out is below 5e-17.
double sin_series(double x) {
  const double x2 = x * x;
  double sum = -1.0 / 1307674368000.0;
  sum = sum * x2 + 1.0 / 6227020800.0;
  sum = sum * x2 - 1.0 / 39916800.0;
  sum = sum * x2 + 1.0 / 362880.0;
  sum = sum * x2 - 1.0 / 5040.0;
  sum = sum * x2 + 1.0 / 120.0;
  sum = sum * x2 - 1.0 / 6.0;
  return x + x * (x2 * sum);
}

double cos_series(double x) {
  const double x2 = x * x;
  double sum = 1.0 / 20922789888000.0;
  sum = sum * x2 - 1.0 / 87178291200.0;
  sum = sum * x2 + 1.0 / 479001600.0;
  sum = sum * x2 - 1.0 / 3628800.0;
  sum = sum * x2 + 1.0 / 40320.0;
  sum = sum * x2 - 1.0 / 720.0;
  sum = sum * x2 + 1.0 / 24.0;
  return 1.0 - 0.5 * x2 + x2 * x2 * sum;
}

// The bits of a double and back; emscripten's library has no std::bit_cast yet.
std::uint64_t bits_of(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

double double_of(std::uint64_t bits) {
  double x = 0.0;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

// 2^exponent for normal results.
double power_of_two(int exponent) {
  return double_of(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

}  // namespace

SinCos sin_cos_turns(double turns) {
  const double fraction = turns - std::floor(turns);
  const int quarter = static_cast<int>(fraction * 4.0 + 0.5);  // nearest, 0 to 4
  const double x = (fraction - 0.25 * quarter) * kTwoPi;
  const double s = sin_series(x);
  const double c = cos_series(x);
  switch (quarter & 3) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

SinCos sin_cos(double radians) { return sin_cos_turns(radians / kTwoPi); }

double exp(double x) {
  if (x < -745.2) return 0.0;
  if (x > 709.7) return std::numeric_limits<double>::max();
  const double k = std::floor(x * 1.44269504088896340736 + 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double sum = 1.0 / 6227020800.0;
  for (const double factorial : {479001600.0, 39916800.0, 3628800.0, 362880.0, 40320.0, 5040.0,
                                 720.0, 120.0, 24.0, 6.0, 2.0}) {
    sum = sum * r + 1.0 / factorial;
  }
  const double value = 1.0 + (r + r * r * sum);
  const int exponent = static_cast<int>(k);
  // Two steps, so that subnormal results round once at the end.
  const int half = exponent / 2;
  return value * power_of_two(half) * power_of_two(exponent - half);
}

double log(double x) {
  auto bits = bits_of(x);
  int exponent = 0;
  if ((bits >> 52) == 0) {  // subnormal
    bits = bits_of(x * power_of_two(54));
    exponent = -54;
  }
  exponent += static_cast<int>(bits >> 52) - 1023;
  double mantissa = double_of((bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (mantissa > 1.41421356237309504880) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // log m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.172.
  const double f = mantissa - 1.0;
  const double s = f / (mantissa + 1.0);
  const double s2 = s * s;
  double sum = 1.0 / 23.0;
  for (const double odd : {21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0}) {
    sum = sum * s2 + 1.0 / odd;
  }
  const double log_mantissa = 2.0 * s + 2.0 * s * s2 * sum;
  const double e = exponent;
  return e * kLn2High + (log_mantissa + e * kLn2Low);
}

double atan_positive(double x) {
  if (x > 1.0) return kPi / 2 - atan_positive(1.0 / x);
  // atan x = base + atan((x - c) / (1 + c x)) brings the argument below tan(pi / 16).
  double base = 0.0;
  double z = x;
  constexpr double kTanPi16 = 0.19891236737965800691;
  constexpr double kTanPi8 = 0.41421356237309504880;
  constexpr double kTan3Pi16 = 0.66817863791929891999;
  if (x > kTan3Pi16) {
    base = kPi / 4;
    z = (x - 1.0) / (1.0 + x);
  } else if (x > kTanPi16) {
    base = kPi / 8;
    z = (x - kTanPi8) / (1.0 + kTanPi8 * x);
  }
  const double z2 = z * z;
  double sum = 1.0 / 25.0;
  double sign = -1.0;
  for (const double odd : {23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0}) {
    sum = sum * z2 + sign / odd;
    sign = -sign;
  }
  return base + (z + z * z2 * sum);
}

}  // namespace plimsoll
