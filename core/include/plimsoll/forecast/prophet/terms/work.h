// What a fit will cost, told before it begins.
#pragma once

#include <cstdint>
#include <optional>

#include "plimsoll/base/status.h"

namespace plimsoll {

struct FitSize {
  std::int64_t rows = 0;
  std::int64_t columns = 0;  // of all terms
  std::int64_t changepoints = 0;
  bool linear = true;  // in its parameters: additive, no logistic growth
};

// In products of two numbers, about a nanosecond each: an order of magnitude, not a clock. With n
// rows, c columns, s changepoints and p = c + s parameters, a model that is linear in its
// parameters costs one pass over the rows for sums of c^2 products and some solutions of p
// equations; any other costs several passes of p^2. Worked number: 1,500 rows, 560 columns, 25
// changepoints, multiplicative: 1.0e10 (15 s).
double fit_work(const FitSize& size);

// Sums of products that a fit keeps at once: of each pair of columns, up to each changepoint and
// after.
std::int64_t fit_sums(const FitSize& size);

// kTooLarge when so much work is more than Limits::max_fit_work, or so many sums are more than
// `most`.
std::optional<Error> refuse_work(double work);
std::optional<Error> refuse_sums(std::int64_t sums, std::int64_t most);

// kTooLarge when such a fit would be more than Limits allows.
std::optional<Error> refuse_fit(const FitSize& size);

}  // namespace plimsoll
