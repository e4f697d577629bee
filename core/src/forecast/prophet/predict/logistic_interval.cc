#include "forecast/prophet/predict/logistic_interval.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>

#include "forecast/prophet/terms/trend_function.h"
#include "math/contour_inversion.h"
#include "math/portable_math.h"

namespace plimsoll {
namespace {

using Complex = std::complex<double>;

constexpr double kPi = std::numbers::pi;

Complex product(Complex a, Complex b) {  // without the library's treatment of infinities
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

// The discrete Fourier transform in place (Cooley & Tukey, 1965); the size is a power of two.
void transform(std::vector<Complex>& values) {
  const std::size_t n = values.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1U;
    for (; (j & bit) != 0; bit >>= 1U) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (std::size_t length = 2; length <= n; length *= 2) {
    const std::size_t half = length / 2;
    for (std::size_t k = 0; k < half; ++k) {
      const SinCos turn = sin_cos_turns(static_cast<double>(k) / static_cast<double>(length));
      const Complex twiddle(turn.cos, -turn.sin);
      for (std::size_t start = k; start < n; start += length) {
        const Complex a = values[start];
        const Complex b = product(values[start + half], twiddle);
        values[start] = a + b;
        values[start + half] = a - b;
      }
    }
  }
}

// J's density on an even grid about 0, smoothed by a normal of deviation `tau`.
struct Grid {
  double step = 0.0;
  double tau = 0.0;
  std::vector<double> weights;  // of J = i step for i < n/2, of J = (i - n) step from there on
};

Grid tabulate_jumps(const ErrorDistribution& line_error, double h, double wanted_tau) {
  constexpr double kLeastPoints = 64.0;
  constexpr std::size_t kMostPoints = 4096;
  const double deviation =
      std::sqrt(2.0 / 3.0 * line_error.lambda * line_error.lambda * line_error.rate * h * h * h);
  const double period = 16.0 * deviation + 45.0 * line_error.lambda * h;
  std::size_t n = static_cast<std::size_t>(kLeastPoints);
  while (n < kMostPoints && static_cast<double>(n) < 2.0 * period / wanted_tau) n *= 2;
  Grid grid;
  grid.step = period / static_cast<double>(n);
  grid.tau = 2.0 * grid.step;
  const ErrorDistribution smoothed{grid.tau, line_error.lambda, line_error.rate};
  std::vector<Complex> values(n);
  for (std::size_t i = 0; i <= n / 2; ++i) {
    const double w = 2.0 * kPi * static_cast<double>(i) / period;
    const double phi = characteristic_function(smoothed, h, w) / static_cast<double>(n);
    values[i] = phi;
    values[(n - i) % n] = phi;
  }
  transform(values);
  for (const Complex& value : values) grid.weights.push_back(value.real());
  return grid;
}

}  // namespace

// Abramowitz & Stegun, "Handbook of Mathematical Functions" (1964), 26.2.17.
StandardNormal standard_normal(double x) {
  constexpr double kFarOut = 8.0;  // beyond it nothing of 1e-7 is left
  if (x < -kFarOut) return {0.0, 0.0};
  if (x > kFarOut) return {1.0, 0.0};
  const double density = exp(-0.5 * x * x) / std::sqrt(2.0 * kPi);
  const double t = 1.0 / (1.0 + 0.2316419 * std::abs(x));
  const double polynomial =
      t *
      (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const double tail = density * polynomial;
  return {x > 0.0 ? 1.0 - tail : tail, density};
}

LogisticDistribution::LogisticDistribution(const LogisticMoment& moment,
                                           const ErrorDistribution& line_error, double h) {
  if (h <= 0.0 || !(line_error.lambda > 0.0)) {
    const double mean = moment.base + moment.height * logistic(moment.line);
    parts_.push_back({1.0, mean, moment.sigma, mean});
    return;
  }
  // The smoothing of J stands for a part of the noise, which is taken off the rest: where the curve
  // is straight over tau that is exact.
  constexpr double kShareOfNoise = 0.25;
  constexpr double kWidestTau = 0.1;
  const double steepest = std::max(0.25 * std::abs(moment.height), 1e-300);
  const Grid grid =
      tabulate_jumps(line_error, h, std::min(kShareOfNoise * moment.sigma / steepest, kWidestTau));
  constexpr double kMostShare = 0.95;
  if (steepest * grid.tau > kMostShare * moment.sigma) {
    add_cells(moment, line_error, h);
    return;
  }
  constexpr double kNegligible = 1e-10;
  constexpr double kLeastShare = 0.3;
  const auto n = static_cast<std::ptrdiff_t>(grid.weights.size());
  for (std::ptrdiff_t i = -n / 2; i < n / 2; ++i) {
    const double weight = grid.weights[static_cast<std::size_t>(i < 0 ? i + n : i)];
    if (weight < kNegligible) continue;
    const double share = logistic(moment.line + static_cast<double>(i) * grid.step);
    const double smoothing = moment.height * share * (1.0 - share) * grid.tau;
    const double rest =
        std::sqrt(std::max(0.0, moment.sigma * moment.sigma - smoothing * smoothing));
    const double mean = moment.base + moment.height * share;
    parts_.push_back({weight, mean, std::max(rest, kLeastShare * moment.sigma), mean});
  }
}

void LogisticDistribution::add_cells(const LogisticMoment& moment,
                                     const ErrorDistribution& line_error, double h) {
  has_cells_ = true;
  const double jump = line_error.lambda * h;
  const double jumps = line_error.rate * h;
  const ContourInversion inversion(0.0, jumps);
  const auto y_at = [&](double x) {
    return moment.base + moment.height * logistic(moment.line + jump * x);
  };
  const auto add = [&](double weight, double from, double to) {
    parts_.push_back({weight, y_at(from), moment.sigma, y_at(to)});
  };
  const double atom = exp(-jumps);
  add(atom, 0.0, 0.0);
  // Over a cell the density is taken for even: its width is a small share of the distance from 0,
  // where the density has a logarithm's pole, and of the deviation.
  constexpr double kFirst = 1e-5;
  constexpr double kShareOfDistance = 0.15;
  constexpr double kShareOfDeviation = 0.07;
  constexpr double kNegligible = 1e-7;
  constexpr int kMostCells = 1000;
  const double widest = kShareOfDeviation * std::sqrt(2.0 / 3.0 * jumps);
  double from = kFirst;
  double beyond = inversion.at(from).exceedance;
  add(1.0 - atom - 2.0 * beyond, -from, from);
  for (int cell = 0; cell < kMostCells && beyond > kNegligible; ++cell) {
    const double to = from + std::max(std::min(kShareOfDistance * from, widest), kFirst);
    const double next = inversion.at(to).exceedance;
    add(beyond - next, from, to);
    add(beyond - next, -to, -from);
    from = to;
    beyond = next;
  }
  add(beyond, from, from);
  add(beyond, -from, -from);
}

LogisticDistribution::Point LogisticDistribution::at(const Part& part, double x) {
  constexpr double kNarrow = 0.02;  // beside the noise: as good as a point
  const double width = part.upto - part.mean;
  if (std::abs(width) <= kNarrow * part.sigma) {
    const StandardNormal normal = standard_normal((x - part.mean - 0.5 * width) / part.sigma);
    return {normal.cumulative, normal.density / part.sigma};
  }
  // The integral of the normal's distribution function is z Phi(z) + phi(z).
  const double from = (x - part.mean) / part.sigma;
  const double to = (x - part.upto) / part.sigma;
  const StandardNormal first = standard_normal(from);
  const StandardNormal last = standard_normal(to);
  const double integral =
      from * first.cumulative + first.density - to * last.cumulative - last.density;
  return {integral * part.sigma / width, (first.cumulative - last.cumulative) / width};
}

LogisticDistribution::Point LogisticDistribution::at(double x) const {
  Point point{0.0, 0.0};
  for (const Part& part : parts_) {
    const Point of_part = at(part, x);
    point.cumulative += part.weight * of_part.cumulative;
    point.density += part.weight * of_part.density;
  }
  return point;
}

double LogisticDistribution::quantile(double level) const {
  constexpr double kFarOut = 9.0;  // standard deviations
  double low = parts_.front().mean;
  double high = low;
  double widest = 0.0;
  for (const Part& part : parts_) {
    low = std::min(low, std::min(part.mean, part.upto) - kFarOut * part.sigma);
    high = std::max(high, std::max(part.mean, part.upto) + kFarOut * part.sigma);
    widest = std::max(widest, part.sigma);
  }
  // Newton's iteration kept inside a shrinking bracket.
  double x = 0.5 * (low + high);
  for (int iteration = 0; iteration < 200; ++iteration) {
    const Point point = at(x);
    const double excess = point.cumulative - level;
    (excess > 0.0 ? high : low) = x;
    double next = point.density > 0.0 ? x - excess / point.density : low;
    // A density of steps can lead Newton's iteration in circles: every third halves the bracket.
    const bool halve = has_cells_ && iteration % 3 == 2;
    if (halve || !(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - x) <= 1e-9 * widest) return next;
    x = next;
  }
  return x;
}

}  // namespace plimsoll
