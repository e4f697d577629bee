#include "math/contour_inversion.h"

#include <cmath>
#include <cstddef>

#include "math/portable_math.h"

namespace plimsoll {
namespace {

using Complex = std::complex<double>;

constexpr double kPi = 3.14159265358979323846;

// The hyperbola's asymptotes lie at 67.5 degrees, in the middle between 45, beyond which the noise
// grows, and 90, beyond which exp(-z x) does. So the integrand is analytic in a strip of pi / 8 to
// either side of the path, and the midpoint rule errs by exp(-2 pi (pi / 8) / step), 2e-14.
constexpr double kCosine = 0.38268343236508977;
constexpr double kSine = 0.92387953251128676;
constexpr double kStep = 0.078;

// Noise below this share of the jumps' size is taken for none: it vanishes in the rounding of
// whatever it is added to.
constexpr double kLeastNoise = 1e-30;

Complex product(Complex a, Complex b) {  // without the library's treatment of infinities
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

Complex quotient(Complex a, Complex b) {
  const double norm = b.real() * b.real() + b.imag() * b.imag();
  const Complex above = product(a, {b.real(), -b.imag()});
  return {above.real() / norm, above.imag() / norm};
}

Complex exponential(Complex z) {
  const double size = exp(z.real());
  const SinCos turn = sin_cos(z.imag());
  return {size * turn.cos, size * turn.sin};
}

// exp(z) - 1, by its series where the difference would cancel.
Complex exponential_less_one(Complex z) {
  constexpr double kSmall = 0.1;
  constexpr int kTerms = 12;
  if (std::abs(z.real()) + std::abs(z.imag()) > kSmall) {
    const Complex all = exponential(z);
    return {all.real() - 1.0, all.imag()};
  }
  Complex sum = 1.0;
  for (int k = kTerms; k > 1; --k) {
    sum = product(sum, z) / static_cast<double>(k);
    sum += 1.0;
  }
  return product(sum, z);
}

// artanh(z) / z - 1 in the first quadrant away from 1: the logarithm of what one jump expected adds
// to the moment generating function.
Complex jump_exponent(Complex z) {
  const double x = z.real();
  const double y = z.imag();
  constexpr double kSmall = 0.1;
  if (x * x + y * y < kSmall * kSmall) {
    constexpr int kTerms = 8;
    const Complex square = product(z, z);
    Complex sum = 0.0;
    for (int k = kTerms; k >= 1; --k) {
      sum += 1.0 / (2.0 * k + 1.0);
      sum = product(sum, square);
    }
    return sum;
  }
  const double ahead = (1.0 + x) * (1.0 + x) + y * y;
  const double behind = (1.0 - x) * (1.0 - x) + y * y;
  const double beyond = x > 1.0 ? kPi - atan_positive(y / (x - 1.0))
                                : (x < 1.0 ? atan_positive(y / (1.0 - x)) : 0.5 * kPi);
  const Complex artanh{0.25 * log(ahead / behind), 0.5 * (atan_positive(y / (1.0 + x)) + beyond)};
  return quotient(artanh, z) - 1.0;
}

}  // namespace

ContourInversion::ContourInversion(double noise, double jumps)
    : noise_(noise < kLeastNoise ? 0.0 : noise),
      deviation_(std::sqrt(noise_ * noise_ + 2.0 / 3.0 * jumps)) {
  // The path crosses the real axis where the integrand is of order one.
  const double scale = 1.0 / std::sqrt(1.0 + deviation_ * deviation_);
  // Outwards it ends where the noise has died, or, without noise and without the atom, what is left
  // of an integrand that falls as 1 / z.
  constexpr double kNoiseDies = 10.0;
  constexpr double kNothingLeft = 1e15;
  const double reach = noise_ > 0.0 ? kNoiseDies / noise_ : kNothingLeft;
  const double atom = exp(-jumps);
  for (std::size_t j = 0;; ++j) {
    const double u = (static_cast<double>(j) + 0.5) * kStep;
    const double up = exp(u);
    const double cosh = 0.5 * (up + 1.0 / up);
    const double sinh = 0.5 * (up - 1.0 / up);
    const Complex z{scale * cosh * kCosine, scale * sinh * kSine};
    const Complex turn{scale * sinh * kCosine, scale * cosh * kSine};  // dz / du
    if (scale * cosh > reach) break;
    const Complex exponent = jumps * jump_exponent(z);
    Complex generating;
    if (noise_ > 0.0) {
      const Complex scaled = noise_ * z;
      generating = exponential(exponent + 0.5 * product(scaled, scaled));
    } else {
      generating = atom * exponential_less_one(exponent + jumps);
    }
    const Complex density = product(generating, turn) * (kStep / kPi);
    nodes_.push_back({z, quotient(density, z), density});
  }
}

ContourInversion::Point ContourInversion::at(double x) const {
  constexpr double kNegligible = 40.0;
  Point point;
  for (const Node& node : nodes_) {
    const double decay = node.z.real() * x;
    if (decay > kNegligible) break;
    const double size = exp(-decay);
    const SinCos turn = sin_cos(node.z.imag() * x);
    const auto part = [&](Complex of) {  // the imaginary part of `of` exp(-z x)
      return size * (of.imag() * turn.cos - of.real() * turn.sin);
    };
    point.exceedance += part(node.exceedance);
    point.density += part(node.density);
  }
  return point;
}

double ContourInversion::quantile(double level) const {
  const double wanted = 1.0 - level;
  double high = deviation_ / std::sqrt(2.0 * wanted);  // Chebyshev's inequality
  // Jumps only widen the noise, whose density is below 1 / noise.
  constexpr double kNothing = 1e-40;
  double low = noise_ > 0.0 ? noise_ * (level - 0.5) : kNothing * high;
  if (!(at(low).exceedance > wanted)) return noise_ > 0.0 ? low : 0.0;
  constexpr double kSameScale = 4.0;
  while (high > kSameScale * low) {  // at most nine halvings of the logarithm
    const double middle = std::sqrt(low) * std::sqrt(high);
    (at(middle).exceedance > wanted ? low : high) = middle;
  }
  double x = low;
  constexpr int kMostSteps = 60;
  for (int step = 0; step < kMostSteps; ++step) {
    const Point point = at(x);
    const double excess = point.exceedance - wanted;
    (excess > 0.0 ? low : high) = x;
    double next = point.density > 0.0 ? x + excess / point.density : high;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - x) <= 1e-12 * x) return next;
    x = next;
  }
  return x;
}

}  // namespace plimsoll
