// The error's distribution where few changes of slope are expected and little noise is beside them.
//
// Then most of the probability stands in a narrow peak, an atom of mass exp(-r) where there is no
// noise at all, and the characteristic function decays over so many decades that a
// sum over even steps has no end. Here the inversion integral is moved off the imaginary axis, to a
// branch of a hyperbola between the pole at 0 and the branch point at 1, where the integrand is
// smooth in the logarithm of the frequency: each decade of noise costs some thirty nodes.
// docs/model.md derives it.
#pragma once

#include <complex>
#include <vector>

namespace plimsoll {

// X = noise Z + J, Z standard normal, J a sum of Poisson(jumps) many terms of U Laplace(0, 1) with
// U uniform in (0, 1). Requires jumps > 0 and noise >= 0. Symmetric; probabilities to 1e-12.
class ContourInversion {
 public:
  ContourInversion(double noise, double jumps);

  struct Point {
    double exceedance = 0.0;  // P(X > x)
    double density = 0.0;
  };
  [[nodiscard]] Point at(double x) const;  // x > 0

  // At a level in (0.5, 1). Without noise it is exactly 0 where the atom holds the level.
  [[nodiscard]] double quantile(double level) const;

 private:
  struct Node {
    std::complex<double> z;
    std::complex<double> exceedance;  // what multiplies exp(-z x) in either sum
    std::complex<double> density;
  };
  double noise_;
  double deviation_;
  std::vector<Node> nodes_;  // outwards from the real axis; fewer than 1100
};

}  // namespace plimsoll
