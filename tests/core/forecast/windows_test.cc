#include "plimsoll/forecast/windows.h"

#include <gtest/gtest.h>

#include <utility>

namespace plimsoll {
namespace {

Timestamp at(std::string_view text) { return parse_iso8601(text)->seconds; }

std::string shown(Horizon horizon, std::string_view now, std::int64_t offset = 0) {
  const Window window = horizon_window(horizon, at(now), offset);
  return format_iso8601(window.start, offset) + " " + format_iso8601(window.end, offset);
}

TEST(Windows, DayIsTomorrow) {
  EXPECT_EQ(shown(Horizon::kDay, "2026-11-24T10:00:00Z"),
            "2026-11-25T00:00:00Z 2026-11-26T00:00:00Z");
  EXPECT_EQ(shown(Horizon::kDay, "2026-11-24T00:00:00Z"),
            "2026-11-25T00:00:00Z 2026-11-26T00:00:00Z");
}

TEST(Windows, WeekAndMonthBeginTomorrow) {
  EXPECT_EQ(shown(Horizon::kWeek, "2026-12-31T23:59:59Z"),
            "2027-01-01T00:00:00Z 2027-01-08T00:00:00Z");
  EXPECT_EQ(shown(Horizon::kMonth, "2026-11-24T10:00:00Z"),
            "2026-11-25T00:00:00Z 2026-12-23T00:00:00Z");
}

TEST(Windows, WeekendIsStrictlyAfterToday) {
  const char* const kNext = "2026-11-28T00:00:00Z 2026-11-30T00:00:00Z";
  const char* const kAfter = "2026-12-05T00:00:00Z 2026-12-07T00:00:00Z";
  EXPECT_EQ(shown(Horizon::kWeekend, "2026-11-24T10:00:00Z"), kNext);   // Tuesday
  EXPECT_EQ(shown(Horizon::kWeekend, "2026-11-27T23:59:00Z"), kNext);   // Friday
  EXPECT_EQ(shown(Horizon::kWeekend, "2026-11-28T00:00:00Z"), kAfter);  // Saturday
  EXPECT_EQ(shown(Horizon::kWeekend, "2026-11-29T12:00:00Z"), kAfter);  // Sunday
}

TEST(Windows, FollowTheOffset) {
  // 23:30 UTC is already the next day at +01:00.
  EXPECT_EQ(shown(Horizon::kDay, "2026-11-24T23:30:00Z", 3600),
            "2026-11-26T00:00:00+01:00 2026-11-27T00:00:00+01:00");
}

TEST(Windows, TheWeekendIsTheOneThere) {
  // Friday 23:30 UTC is Saturday at +01:00, and Saturday 00:30 UTC is Friday at -01:00.
  EXPECT_EQ(shown(Horizon::kWeekend, "2026-11-27T23:30:00Z", 3600),
            "2026-12-05T00:00:00+01:00 2026-12-07T00:00:00+01:00");
  EXPECT_EQ(shown(Horizon::kWeekend, "2026-11-28T00:30:00Z", -3600),
            "2026-11-28T00:00:00-01:00 2026-11-30T00:00:00-01:00");
}

TEST(Windows, StepsAreFromAMinuteToADay) {
  const std::pair<std::int64_t, std::int64_t> expected[] = {
      {0, 60}, {1, 60}, {60, 60}, {61, 61}, {300, 300}, {86400, 86400}, {86401, 86400}};
  for (const auto& [cadence, step] : expected) EXPECT_EQ(window_step_seconds(cadence), step);
}

TEST(Windows, HorizonsAreKnownByTheirNames) {
  for (const Horizon horizon : kHorizons) {
    EXPECT_EQ(parse_horizon(horizon_name(horizon)).value(), horizon);
  }
  EXPECT_EQ(horizon_name(Horizon::kWeekend), "weekend");
  EXPECT_EQ(parse_horizon("year").error().where.field, "horizon");
}

TEST(Windows, WorkBeforeTheEpoch) {
  EXPECT_EQ(shown(Horizon::kDay, "1969-12-30T12:00:00Z"),
            "1969-12-31T00:00:00Z 1970-01-01T00:00:00Z");
}

}  // namespace
}  // namespace plimsoll
