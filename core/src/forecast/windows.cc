#include "plimsoll/forecast/windows.h"

#include <algorithm>
#include <string>

namespace plimsoll {
namespace {

// The local midnight at or before `now`, as an instant.
Timestamp local_midnight(Timestamp now, std::int64_t utc_offset_seconds) {
  const std::int64_t local = now + utc_offset_seconds;
  std::int64_t into_day = local % kSecondsPerDay;
  if (into_day < 0) into_day += kSecondsPerDay;
  return now - into_day;
}

}  // namespace

std::string_view horizon_name(Horizon horizon) {
  switch (horizon) {
    case Horizon::kDay:
      return "day";
    case Horizon::kWeek:
      return "week";
    case Horizon::kWeekend:
      return "weekend";
    case Horizon::kMonth:
      return "month";
  }
  return "day";
}

Result<Horizon> parse_horizon(std::string_view name) {
  for (const Horizon horizon : kHorizons) {
    if (name == horizon_name(horizon)) return horizon;
  }
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {.row = std::nullopt, .column = "", .field = "horizon"},
               .found = '"' + std::string(name) + '"',
               .expected = "day, week, weekend or month",
               .fix = "Leave the horizon out to get all four."};
}

Window horizon_window(Horizon horizon, Timestamp now, std::int64_t utc_offset_seconds) {
  const Timestamp today = local_midnight(now, utc_offset_seconds);
  const Timestamp tomorrow = today + kSecondsPerDay;
  switch (horizon) {
    case Horizon::kDay:
      return {tomorrow, tomorrow + kSecondsPerDay};
    case Horizon::kWeek:
      return {tomorrow, tomorrow + kSecondsPerWeek};
    case Horizon::kWeekend: {
      constexpr int kSaturday = 5;
      int days = kSaturday - day_of_week(today + utc_offset_seconds);
      if (days <= 0) days += 7;
      const Timestamp saturday = today + days * kSecondsPerDay;
      return {saturday, saturday + 2 * kSecondsPerDay};
    }
    case Horizon::kMonth:
      return {tomorrow, tomorrow + 4 * kSecondsPerWeek};
  }
  return {tomorrow, tomorrow + kSecondsPerDay};
}

std::int64_t window_step_seconds(std::int64_t cadence_seconds) {
  return std::clamp(cadence_seconds, kSecondsPerMinute, kSecondsPerDay);
}

}  // namespace plimsoll
