// Instants, and reading and writing them. Whole seconds of UTC since 1970-01-01, no leap seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plimsoll/base/status.h"

namespace plimsoll {

using Timestamp = std::int64_t;

inline constexpr std::int64_t kSecondsPerMinute = 60;
inline constexpr std::int64_t kSecondsPerHour = 3600;
inline constexpr std::int64_t kSecondsPerDay = 86400;
inline constexpr std::int64_t kSecondsPerWeek = 7 * kSecondsPerDay;

// The moments that can be written and read: the years 1000 to 9999.
inline constexpr Timestamp kEarliest = -30'610'224'000;
inline constexpr Timestamp kLatest = 253'402'300'799;

struct ParsedTimestamp {
  Timestamp seconds = 0;
  bool has_zone = false;            // a `Z` or an offset was written
  std::int64_t offset_seconds = 0;  // east of UTC, as written
};

// Reads ISO-8601 (`2026-11-24`, `2026-11-24T10:05:00Z`, `2026-11-24 10:05:00.250+01:00`, also
// `T10:05` without seconds; without a zone it is UTC). Fractions of a second are dropped.
// Calendar dates are checked: `2026-02-30` is nothing. Years 1000 to 9999.
std::optional<ParsedTimestamp> parse_iso8601(std::string_view text);

// `2026-11-24T10:05:00Z`.
std::string format_iso8601(Timestamp seconds);

// `2026-11-24T11:05:00+01:00` for an offset of 3600 seconds; `Z` when the offset is 0.
std::string format_iso8601(Timestamp seconds, std::int64_t offset_seconds);

// `2026-11-24 10:05:00`, as Prophet prints `ds`.
std::string format_ds(Timestamp seconds);

// `2026-11-24`.
std::string format_date(Timestamp seconds);

// 0 is Monday, 6 is Sunday.
int day_of_week(Timestamp seconds);

// "Tuesday" for 1.
std::string_view day_name(int day_of_week);

// "November 2026".
std::string month_name_and_year(Timestamp seconds);

// `UTC`, `Z` or `±HH:MM` to seconds east of UTC; IANA names are not read yet.
Result<std::int64_t> parse_utc_offset(std::string_view text);

// The way back: "UTC" or "+01:00".
std::string utc_offset_name(std::int64_t utc_offset_seconds);

// `5min`, `1h`, `30s`, `1d`, `1W`, `365 days` or a bare number of seconds, to seconds; a unit alone
// (`D`) is one of it. Always positive, at most 1000 years of 365 days.
Result<std::int64_t> parse_duration(std::string_view text);

}  // namespace plimsoll
