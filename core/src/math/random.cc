#include "math/random.h"

#include <cmath>

#include "math/portable_math.h"

namespace plimsoll {

std::uint64_t Random::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

double Random::uniform() { return (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52; }

double Random::normal() {
  const double radius = std::sqrt(2.0 * exponential());
  return radius * sin_cos_turns(uniform()).cos;
}

double Random::laplace(double scale) {
  const double magnitude = scale * exponential();
  return (next() >> 63) != 0 ? magnitude : -magnitude;
}

double Random::exponential() { return -log(uniform()); }

}  // namespace plimsoll
