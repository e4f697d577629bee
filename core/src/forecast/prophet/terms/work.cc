#include "plimsoll/forecast/prophet/terms/work.h"

#include <string>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

// Measured on fits of 1,500 to 200,000 rows, 26 to 560 columns and 25 to 500 changepoints.
constexpr double kProductsInVectors = 8.0;  // of the sums, at a time
constexpr double kSolutions = 4.0;
constexpr double kPasses = 9.0;
constexpr double kEquations = 3.0;

Error too_much(std::string found, std::string expected) {
  return Error{.code = ErrorCode::kTooLarge,
               .where = {},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix =
                   "Give fewer rows (a coarser step), columns (lower Fourier orders, fewer "
                   "holidays and regressors), changepoints or cutoffs."};
}

}  // namespace

double fit_work(const FitSize& size) {
  const auto rows = static_cast<double>(size.rows);
  const auto columns = static_cast<double>(size.columns);
  const double parameters = columns + static_cast<double>(size.changepoints);
  if (!size.linear) {
    return kPasses * (rows + kEquations * parameters) * parameters * parameters;
  }
  return rows * columns * columns / kProductsInVectors +
         kSolutions * parameters * parameters * parameters;
}

std::int64_t fit_sums(const FitSize& size) {
  return (size.changepoints + 1) * size.columns * size.columns;
}

std::optional<Error> refuse_work(double work) {
  if (work <= static_cast<double>(kLimits.max_fit_work)) return std::nullopt;
  return too_much(
      "work of some " + std::to_string(static_cast<std::int64_t>(work / 1e6)) + " million products",
      "at most " + std::to_string(kLimits.max_fit_work / 1'000'000) + " million");
}

std::optional<Error> refuse_sums(std::int64_t sums, std::int64_t most) {
  if (sums <= most) return std::nullopt;
  return too_much(
      std::to_string(sums) + " sums (the square of the columns, times the changepoints)",
      "at most " + std::to_string(most));
}

std::optional<Error> refuse_fit(const FitSize& size) {
  if (auto error = refuse_sums(fit_sums(size), kLimits.max_fit_sums)) return error;
  return refuse_work(fit_work(size));
}

}  // namespace plimsoll
