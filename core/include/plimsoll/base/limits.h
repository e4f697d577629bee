// Every bound on input, in one place. Hosts check the byte limits before they buffer; the core
// checks them again.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plimsoll {

struct Limits {
  // A CSV file or a request body.
  std::size_t max_body_bytes = 64UL * 1024 * 1024;
  // Rows below the header: 2,000,000 is nearly four years of one-minute samples.
  std::int64_t max_rows = 2'000'000;
  std::size_t max_columns = 256;
  std::size_t max_field_bytes = 4096;
  std::size_t max_workloads = 10'000;
  // Arrays and objects within each other in a JSON text.
  int max_json_depth = 64;
  // Values of a JSON text, and members of one of its objects.
  std::int64_t max_json_values = 1'000'000;
  std::int64_t max_json_members = 1000;
  // A request target (path and query).
  std::size_t max_target_bytes = 8192;
  // Points of one forecast: four weeks at one minute is 40,320.
  std::int64_t max_forecast_points = 100'000;
  // Numbers that the charts of one plan hold, past and forecast: 128 MB.
  std::int64_t max_chart_numbers = 16'000'000;
  // Quantiles of one forecast beside its interval.
  std::size_t max_quantiles = 100;
  // Cutoffs of one cross-validation, and the rows that its folds train on and score together.
  std::size_t max_cutoffs = 1000;
  std::int64_t max_fold_rows = 20'000'000;
  // Fourier order and changepoints a configuration may ask for.
  int max_fourier_order = 100;
  int max_changepoints = 500;
  // Entries of a configuration's lists, days around a holiday, and columns of all terms.
  std::size_t max_terms = 10'000;
  int max_holiday_window = 366;
  std::size_t max_features = 1000;
  // Days of all holidays with their windows.
  std::int64_t max_holiday_days = 100'000;
  // Products of numbers that a fit, or the folds of a cross-validation together, may cost (about
  // two seconds), and sums of them that a fit keeps at once (64 MB).
  std::int64_t max_fit_work = 2'000'000'000;
  std::int64_t max_fit_sums = 8'000'000;
};

inline constexpr Limits kLimits{};

}  // namespace plimsoll
