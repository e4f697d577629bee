#include "forecast/prophet/predict/interval.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

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

Tabulated tabulate(const ErrorDistribution& d, double h, double sd, double level) {
  // Below this share of the standard deviation the noise no longer shows beside the jumps, while
  // the sum would grow without bound.
  constexpr double kLeastNoise = 5e-4;
  const double noise = std::max(d.sigma / sd, kLeastNoise);
  const double reach = std::max(h, 0.0);
  const double jump = d.lambda * reach / sd;
  const ErrorDistribution standardised{noise, d.lambda / sd, d.rate};
  Tabulated table;
  // The midpoint rule repeats the distribution with this period: far enough out that the tails of
  // noise and jumps have died.
  const double period = 16.0 + (30.0 - 2.0 * log(1.0 - level)) * jump;
  table.step = 2.0 * kPi / period;
  constexpr double kNegligible = 1e-17;
  for (std::size_t j = 0;; ++j) {
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
  if (!(sd > 0.0) || !(distribution.sigma > 0.0)) return 0.0;
  return sd * invert(tabulate(distribution, h, sd, level), level);
}

QuantileCurve::QuantileCurve(const ErrorDistribution& distribution, double level, double h_max)
    : distribution_(distribution), level_(level) {
  const double at_start = exact_ratio(0.0);
  knots_.push_back(0.0);
  ratios_.push_back(at_start);
  if (h_max > 0.0 && distribution.lambda > 0.0) {
    refine(0.0, at_start, h_max, exact_ratio(h_max), 0);
  }
}

double QuantileCurve::exact_ratio(double h) const {
  const double sd = standard_deviation(distribution_, h);
  return sd > 0.0 ? error_quantile(distribution_, h, level_) / sd : 0.0;
}

void QuantileCurve::refine(double h0, double ratio0, double h1, double ratio1, int depth) {
  constexpr double kTolerance = 2e-5;
  constexpr int kLeastDepth = 2;  // a curve may cross its chord in the middle
  constexpr int kMostDepth = 10;
  const double middle = 0.5 * (h0 + h1);
  const double ratio = exact_ratio(middle);
  const bool smooth = std::abs(ratio - 0.5 * (ratio0 + ratio1)) <= kTolerance * ratio;
  if (depth < kMostDepth && (!smooth || depth < kLeastDepth)) {
    refine(h0, ratio0, middle, ratio, depth + 1);
    refine(middle, ratio, h1, ratio1, depth + 1);
    return;
  }
  knots_.push_back(middle);
  ratios_.push_back(ratio);
  knots_.push_back(h1);
  ratios_.push_back(ratio1);
}

double QuantileCurve::at(double h) const {
  const double sd = standard_deviation(distribution_, h);
  if (h <= 0.0 || knots_.size() == 1) return sd * ratios_.front();
  const auto above = std::lower_bound(knots_.begin(), knots_.end(), h);
  if (above == knots_.end()) return sd * ratios_.back();
  const auto i = static_cast<std::size_t>(above - knots_.begin());
  const double share = (h - knots_[i - 1]) / (knots_[i] - knots_[i - 1]);
  return sd * (ratios_[i - 1] + share * (ratios_[i] - ratios_[i - 1]));
}

}  // namespace plimsoll
