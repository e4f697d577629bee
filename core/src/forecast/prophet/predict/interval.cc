#include "forecast/prophet/predict/interval.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "math/contour_inversion.h"
#include "math/portable_math.h"

namespace plimsoll {
namespace {

constexpr double kPi = 3.14159265358979323846;

// 1 - atan(a) / a, by its series where the difference would cancel.
double one_minus_atan_ratio(double a) {
  const double a2 = a * a;
  if (a < 0.05) return a2 * (1.0 / 3 - a2 * (1.0 / 5 - a2 * (1.0 / 7 - a2 * (1.0 / 9))));
  return 1.0 - atan_positive(a) / a;
}

double standard_deviation(const ErrorDistribution& d, double h) {
  if (h <= 0.0) return d.sigma;
  return std::sqrt(d.sigma * d.sigma + 2.0 / 3.0 * d.lambda * d.lambda * d.rate * h * h * h);
}

// The distribution at one h in units of its standard deviation: its characteristic function
// tabulated at the midpoints (j + 1/2) step.
struct Tabulated {
  double step = 0.0;
  std::vector<double> phi;
};

constexpr double kNegligible = 1e-17;

// Nothing if the function has not died within kMostTerms of them: too little noise and too few
// jumps for even steps.
std::optional<Tabulated> tabulate(const ErrorDistribution& d, double h, double sd, double level) {
  constexpr std::size_t kMostTerms = 4096;
  const double reach = std::max(h, 0.0);
  const double jump = d.lambda * reach / sd;
  const ErrorDistribution standardised{d.sigma / sd, d.lambda / sd, d.rate};
  // The midpoint rule repeats the distribution with this period: far enough out that the tails of
  // noise and jumps have died.
  const double period = 16.0 + (30.0 - 2.0 * log(1.0 - level)) * jump;
  Tabulated table;
  table.step = 2.0 * kPi / period;
  const double last = (static_cast<double>(kMostTerms) + 0.5) * table.step;
  if (characteristic_function(standardised, reach, last) >= kNegligible) return std::nullopt;
  for (std::size_t j = 0; j < kMostTerms; ++j) {
    const double w = (static_cast<double>(j) + 0.5) * table.step;
    const double phi = characteristic_function(standardised, reach, w);
    if (phi < kNegligible) break;
    table.phi.push_back(phi);
  }
  return table;
}

struct DistributionAt {
  double cumulative = 0.0;
  double density = 0.0;
};

DistributionAt evaluate(const Tabulated& table, double x) {
  // sin and cos at (j + 1/2) step x by rotation: thousands of steps cost some 1e-13.
  const SinCos half = sin_cos(0.5 * table.step * x);
  const SinCos turn = sin_cos(table.step * x);
  SinCos current = half;
  double sine_sum = 0.0;
  double cosine_sum = 0.0;
  for (std::size_t j = 0; j < table.phi.size(); ++j) {
    sine_sum += current.sin * table.phi[j] / (static_cast<double>(j) + 0.5);
    cosine_sum += current.cos * table.phi[j];
    current = {current.sin * turn.cos + current.cos * turn.sin,
               current.cos * turn.cos - current.sin * turn.sin};
  }
  return {0.5 + sine_sum / kPi, cosine_sum * table.step / kPi};
}

// Newton's iteration kept inside a shrinking bracket.
double invert(const Tabulated& table, double level) {
  double low = 0.0;
  double high = kPi / table.step;  // half a period
  double x = std::min(1.0, 0.5 * high);
  for (int iteration = 0; iteration < 80; ++iteration) {
    const DistributionAt at = evaluate(table, x);
    const double excess = at.cumulative - level;
    (excess > 0.0 ? high : low) = x;
    double next = at.density > 0.0 ? x - excess / at.density : low;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - x) <= 1e-12 * (1.0 + x)) return next;
    x = next;
  }
  return x;
}

}  // namespace

double characteristic_function(const ErrorDistribution& distribution, double h, double w) {
  const double noise = distribution.sigma * w;
  return exp(-0.5 * noise * noise -
             distribution.rate * h * one_minus_atan_ratio(distribution.lambda * h * w));
}

double error_quantile(const ErrorDistribution& distribution, double h, double level) {
  const double sd = standard_deviation(distribution, h);
  if (!(sd > 0.0)) return 0.0;
  if (const auto table = tabulate(distribution, h, sd, level)) return sd * invert(*table, level);
  const double jump = distribution.lambda * h;
  const ContourInversion inversion(distribution.sigma / jump, distribution.rate * h);
  return jump * inversion.quantile(level);
}

QuantileCurve::QuantileCurve(const ErrorDistribution& distribution, double level, double h_max)
    : distribution_(distribution), level_(level), h_max_(std::max(h_max, 0.0)) {
  constexpr double kLittleNoise = 5e-4;
  const double widest = standard_deviation(distribution_, h_max_);
  has_little_noise_ = distribution_.sigma < kLittleNoise * widest;
}

double QuantileCurve::unit(double h) const {
  return has_little_noise_ ? 1.0 : standard_deviation(distribution_, h);
}

double QuantileCurve::ratio_at(double h) {
  const auto known = ratios_.find(h);
  if (known != ratios_.end()) return known->second;
  const double one = unit(h);
  const double ratio = one > 0.0 ? error_quantile(distribution_, h, level_) / one : 0.0;
  ratios_.emplace(h, ratio);
  return ratio;
}

double QuantileCurve::at(double h) {
  constexpr double kTolerance = 2e-5;
  constexpr int kLeastDepth = 2;  // a curve may cross its chord in the middle
  constexpr int kMostDepth = 10;
  if (!(h > 0.0) || !(h_max_ > 0.0) || !(distribution_.lambda > 0.0)) {
    return unit(h) * ratio_at(0.0);
  }
  double h0 = 0.0;
  double h1 = h_max_;
  double ratio0 = ratio_at(h0);
  double ratio1 = ratio_at(h1);
  for (int depth = 0;; ++depth) {
    const double middle = 0.5 * (h0 + h1);
    const double ratio = ratio_at(middle);
    const bool smooth = std::abs(ratio - 0.5 * (ratio0 + ratio1)) <= kTolerance * ratio;
    (h > middle ? h0 : h1) = middle;
    (h > middle ? ratio0 : ratio1) = ratio;
    if (smooth && depth >= kLeastDepth) break;
    if (depth == kMostDepth) return error_quantile(distribution_, h, level_);
  }
  const double share = (h - h0) / (h1 - h0);
  return unit(h) * (ratio0 + share * (ratio1 - ratio0));
}

}  // namespace plimsoll
