// Seeded random numbers, the same in every host: the standard's distributions differ between
// C++ libraries, so the sampling is ours.
#pragma once

#include <cstdint>

namespace plimsoll {

// SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();

  // In (0, 1), never an end point.
  double uniform();

  // Standard normal, by Box and Muller's transform (1958).
  double normal();

  // Laplace with location 0.
  double laplace(double scale);

  // Exponential with mean 1: the gaps of a Poisson process.
  double exponential();

 private:
  std::uint64_t state_;
};

}  // namespace plimsoll
