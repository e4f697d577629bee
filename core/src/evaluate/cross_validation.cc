#include "plimsoll/evaluate/cross_validation.h"

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "evaluate/folds.h"
#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

Error unusable(const char* field, std::string found, std::string expected, const char* fix) {
  return Error{.code = ErrorCode::kNotEnoughData,
               .where = {.row = std::nullopt, .column = "", .field = field},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix = fix};
}

// Three horizons, or the longest seasonal period if that is more.
std::int64_t default_initial(const TrainingSet& set, std::int64_t horizon_seconds) {
  double longest_days = 0.0;
  for (const Seasonality& seasonality : set.terms.seasonalities) {
    longest_days = std::max(longest_days, seasonality.period_days);
  }
  const double period_seconds = longest_days * static_cast<double>(kSecondsPerDay);
  return std::max(3 * horizon_seconds, static_cast<std::int64_t>(std::ceil(period_seconds)));
}

// Back to where the horizon of `cutoff` holds a sample.
Timestamp past_a_gap(const Series& series, Timestamp cutoff, std::int64_t horizon_seconds) {
  const std::int64_t known = rows_until(series, cutoff);
  const bool holds_samples = rows_until(series, cutoff + horizon_seconds) > known;
  if (holds_samples || known == 0 || cutoff <= series.ds.front()) return cutoff;
  return series.ds[static_cast<std::size_t>(known - 1)] - horizon_seconds;
}

std::string span_text(const Series& series) {
  return format_iso8601(series.ds.front()) + " to " + format_iso8601(series.ds.back());
}

Result<std::vector<Timestamp>> check_cutoffs(const Series& series, std::vector<Timestamp> cutoffs,
                                             std::int64_t horizon_seconds) {
  std::sort(cutoffs.begin(), cutoffs.end());
  cutoffs.erase(std::unique(cutoffs.begin(), cutoffs.end()), cutoffs.end());
  for (const Timestamp cutoff : cutoffs) {
    if (cutoff > series.ds.front() && cutoff + horizon_seconds <= series.ds.back()) continue;
    return unusable("cutoffs", format_iso8601(cutoff),
                    "moments within " + span_text(series) + ", a horizon before its end",
                    "Leave this cutoff out or shorten the horizon.");
  }
  return cutoffs;
}

}  // namespace

std::int64_t horizon_of(const TrainingSet& set, const CrossValidationOptions& options) {
  if (options.horizon_seconds > 0 || options.cutoffs.empty()) return options.horizon_seconds;
  const Timestamp last = *std::max_element(options.cutoffs.begin(), options.cutoffs.end());
  return std::max<std::int64_t>(set.series.ds.back() - last, 1);
}

Result<std::vector<Timestamp>> generate_cutoffs(const TrainingSet& set,
                                                const CrossValidationOptions& options) {
  const Series& series = set.series;
  const std::int64_t horizon = horizon_of(set, options);
  if (!options.cutoffs.empty()) return check_cutoffs(series, options.cutoffs, horizon);
  const std::int64_t period =
      options.period_seconds.value_or(std::max<std::int64_t>(horizon / 2, 1));
  const std::int64_t initial = options.initial_seconds.value_or(default_initial(set, horizon));
  Timestamp cutoff = series.ds.back() - horizon;
  if (horizon <= 0 || cutoff < series.ds.front()) {
    return unusable("horizon", "a history of " + span_text(series), "more history than one horizon",
                    "Shorten the horizon.");
  }
  std::vector<Timestamp> cutoffs;
  // One more than the limit is enough to be refused (folds.h).
  while (cutoff >= series.ds.front() + initial && cutoffs.size() <= kLimits.max_cutoffs) {
    cutoffs.push_back(cutoff);
    cutoff = past_a_gap(series, cutoff - period, horizon);
  }
  if (cutoffs.empty()) {
    return unusable("initial", "a history of " + span_text(series),
                    "a horizon after the initial " +
                        format_fixed(static_cast<double>(initial) / kSecondsPerDay, 2) + " days",
                    "Shorten initial or the horizon.");
  }
  std::reverse(cutoffs.begin(), cutoffs.end());
  return cutoffs;
}

Result<CrossValidation> cross_validate(const TrainingSet& set,
                                       const CrossValidationOptions& options) {
  const auto cutoffs = generate_cutoffs(set, options);
  if (!cutoffs) return cutoffs.error();
  const TrainingSet base = with_standardised_columns(set);
  const auto folds = make_folds(base, cutoffs.value(), horizon_of(set, options));
  if (!folds) return folds.error();
  return score_folds(folds.value(), train_folds(base, folds.value()), horizon_of(set, options),
                     options.interval_width);
}

Result<std::vector<Timestamp>> parse_cutoffs(std::string_view text) {
  std::vector<Timestamp> cutoffs;
  std::int64_t row = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",\r\n"), text.size());
    const std::string_view cell = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (cell.empty()) continue;
    ++row;
    const auto moment = parse_iso8601(cell);
    if (moment) {
      cutoffs.push_back(moment->seconds);
    } else if (row > 1 || (cell != "cutoff" && cell != "ds")) {
      return Error{.code = ErrorCode::kInvalidParameter,
                   .where = {.row = row, .column = "", .field = "cutoffs"},
                   .found = quote_excerpt(cell),
                   .expected = "a moment like 2026-11-24 or 2026-11-24T10:05:00Z",
                   .fix = "Write one moment a line."};
    }
  }
  if (!cutoffs.empty()) return cutoffs;
  return unusable("cutoffs", "no moment", "at least one", "Write one moment a line.");
}

}  // namespace plimsoll
