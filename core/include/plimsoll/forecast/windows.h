// The horizons of the service: which span of time "next week" is.
#pragma once

#include <array>
#include <string_view>

#include "plimsoll/base/status.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {

enum class Horizon { kDay, kWeek, kWeekend, kMonth };
inline constexpr std::array<Horizon, 4> kHorizons = {Horizon::kDay, Horizon::kWeek,
                                                     Horizon::kWeekend, Horizon::kMonth};
std::string_view horizon_name(Horizon horizon);  // "day", "week", "weekend", "month"
Result<Horizon> parse_horizon(std::string_view name);

// Half open: [start, end).
struct Window {
  Timestamp start = 0;
  Timestamp end = 0;
};

// Day: tomorrow, 00:00 to 24:00 local time. Week: the 7 days from tomorrow. Weekend: the first
// Saturday strictly after the date of `now`, to Monday 00:00. Month: 28 days from tomorrow.
// Worked number: now = Tuesday 2026-11-24T10:00Z, weekend = [2026-11-28T00:00Z, 2026-11-30T00:00Z).
Window horizon_window(Horizon horizon, Timestamp now, std::int64_t utc_offset_seconds);

// The moments of a window at the model's cadence, kept within [one minute, one day].
std::int64_t window_step_seconds(std::int64_t cadence_seconds);

}  // namespace plimsoll
