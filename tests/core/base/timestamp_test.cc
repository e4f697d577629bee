#include "plimsoll/base/timestamp.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace plimsoll {
namespace {

Timestamp seconds_of(std::string_view text) {
  const auto parsed = parse_iso8601(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed ? parsed->seconds : -1;
}

TEST(Timestamp, ReadsEverySpelling) {
  EXPECT_EQ(seconds_of("1970-01-01"), 0);
  EXPECT_EQ(seconds_of("1970-01-01T00:00:01Z"), 1);
  EXPECT_EQ(seconds_of("1970-01-01 01:00"), 3600);
  EXPECT_EQ(seconds_of("1970-01-01T01:00:00+01:00"), 0);
  EXPECT_EQ(seconds_of("1970-01-01 00:00:00.999-0130"), 5400);
  EXPECT_EQ(seconds_of("1970-01-01 00:00:00+00"), 0);
  EXPECT_EQ(seconds_of("1970-01-01 00:00:05 UTC"), 5);
  EXPECT_EQ(seconds_of("2026-11-24T10:05:00Z"), 1795514700);
  EXPECT_EQ(seconds_of("1969-12-31T23:59:59Z"), -1);
}

TEST(Timestamp, SaysWhetherAZoneWasWritten) {
  EXPECT_FALSE(parse_iso8601("2026-11-24T10:05:00")->has_zone);
  EXPECT_TRUE(parse_iso8601("2026-11-24T10:05:00Z")->has_zone);
  EXPECT_EQ(parse_iso8601("2026-11-24T10:05:00-02:00")->offset_seconds, -7200);
}

TEST(Timestamp, RefusesWhatIsNoMoment) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-02-30",
                                      "2026-13-01",
                                      "2026-00-10",
                                      "2026-01-00",
                                      "2025-02-29",
                                      "1900-02-29",
                                      "0999-01-01",
                                      "2026-01-01T",
                                      "2026-01-01T24:00",
                                      "2026-01-01T10:60",
                                      "2026-01-01T10:05:60",
                                      "2026-01-01T10:05:00.",
                                      "2026-01-01T10:05:00+1",
                                      "2026/01/01",
                                      "2026-01-01T10:05:00Zx",
                                      "2026-01-01x10:05",
                                      "9999-12-31T23:59:59-01:00",
                                      "-026-01-01"}) {
    EXPECT_FALSE(parse_iso8601(text).has_value()) << text;
  }
}

TEST(Timestamp, RoundTripsEveryDayOfFourCenturies) {
  for (Timestamp day = -11'676'096'000; day <= 946'684'800; day += kSecondsPerDay) {
    ASSERT_EQ(seconds_of(format_iso8601(day + 86399)), day + 86399);
  }
  EXPECT_EQ(format_date(seconds_of("2024-02-28") + kSecondsPerDay), "2024-02-29");
  EXPECT_EQ(format_date(seconds_of("2000-02-28") + kSecondsPerDay), "2000-02-29");
  EXPECT_EQ(format_date(seconds_of("2100-02-28") + kSecondsPerDay), "2100-03-01");
}

TEST(Timestamp, ReadsTheFirstAndTheLastMoment) {
  EXPECT_EQ(seconds_of("1000-01-01T00:00:00Z"), kEarliest);
  EXPECT_EQ(seconds_of("9999-12-31T23:59:59Z"), kLatest);
  EXPECT_FALSE(parse_iso8601("1000-01-01T00:00:00+00:01").has_value());
  EXPECT_FALSE(parse_iso8601("9999-12-31T23:59:59-00:01").has_value());
}

TEST(Timestamp, ReadsFractionsAndOffsetsOfEitherKind) {
  EXPECT_EQ(seconds_of("1970-01-01T00:00:01,5Z"), 1);
  EXPECT_EQ(seconds_of("1970-01-01t00:00:01z"), 1);
  EXPECT_EQ(seconds_of("1970-01-01T00:00:00+23:59"), -86340);
  EXPECT_EQ(seconds_of("1970-01-01T23:59:59Z"), 86399);
  for (const char* const text :
       {"1970-01-01T00:00:00+01:60", "1970-01-01T00:00:00+24:00", "1970-01-01T00:00:00+0160",
        "1970-01-01T00:00:00U", "1970-01-01T00:00:00UT", "1970-01-01T00:00:00,Z"}) {
    EXPECT_FALSE(parse_iso8601(text).has_value()) << text;
  }
}

TEST(Timestamp, KnowsTheMonthsAndTheirLengths) {
  const std::pair<const char*, int> months[] = {
      {"January", 31},   {"February", 28}, {"March", 31},    {"April", 30},
      {"May", 31},       {"June", 30},     {"July", 31},     {"August", 31},
      {"September", 30}, {"October", 31},  {"November", 30}, {"December", 31}};
  int month = 0;
  for (const auto& [name, days] : months) {
    ++month;
    const std::string start = (month < 10 ? "2026-0" : "2026-") + std::to_string(month) + '-';
    EXPECT_EQ(month_name_and_year(seconds_of(start + "01")), std::string(name) + " 2026");
    EXPECT_TRUE(parse_iso8601(start + std::to_string(days)).has_value()) << name;
    EXPECT_FALSE(parse_iso8601(start + std::to_string(days + 1)).has_value()) << name;
  }
}

TEST(Timestamp, KnowsTheDaysOfTheWeek) {
  const char* const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                               "Friday", "Saturday", "Sunday"};
  for (int day = 0; day < 7; ++day) {
    EXPECT_EQ(day_of_week(seconds_of("2026-01-05") + day * kSecondsPerDay), day);
    EXPECT_EQ(day_name(day), names[day]);
  }
}

TEST(Timestamp, FormatsWithOffsetsAndNames) {
  const Timestamp moment = seconds_of("2026-11-24T10:05:00Z");
  EXPECT_EQ(format_iso8601(moment), "2026-11-24T10:05:00Z");
  EXPECT_EQ(format_iso8601(moment, 3600), "2026-11-24T11:05:00+01:00");
  EXPECT_EQ(format_iso8601(moment, -12600), "2026-11-24T06:35:00-03:30");
  EXPECT_EQ(format_iso8601(moment, 0), "2026-11-24T10:05:00Z");
  EXPECT_EQ(format_ds(moment), "2026-11-24 10:05:00");
  EXPECT_EQ(format_date(-1), "1969-12-31");
  EXPECT_EQ(day_name(day_of_week(moment)), "Tuesday");
  EXPECT_EQ(day_of_week(0), 3);
  EXPECT_EQ(day_of_week(-1), 2);
  EXPECT_EQ(month_name_and_year(moment), "November 2026");
}

TEST(Timestamp, ReadsOffsets) {
  EXPECT_EQ(parse_utc_offset("UTC").value(), 0);
  EXPECT_EQ(parse_utc_offset("Z").value(), 0);
  EXPECT_EQ(parse_utc_offset("+05:30").value(), 19800);
  EXPECT_EQ(parse_utc_offset("-01:00").value(), -3600);
  for (const std::string_view text : {"", "Europe/Berlin", "+1:00", "01:00", "+24:00", "+01:00x"}) {
    ASSERT_FALSE(parse_utc_offset(text).ok()) << text;
    EXPECT_EQ(parse_utc_offset(text).error().code, ErrorCode::kInvalidParameter);
  }
}

TEST(Timestamp, EveryUnitOfADurationHasItsLength) {
  const std::pair<std::int64_t, std::vector<const char*>> table[] = {
      {1, {"s", "S", "sec", "second", "seconds"}},
      {60, {"m", "T", "min", "minute", "minutes"}},
      {3600, {"h", "H", "hour", "hours"}},
      {86400, {"d", "D", "day", "days"}},
      {604800, {"w", "W", "week", "weeks"}}};
  for (const auto& [seconds, units] : table) {
    for (const std::string unit : units) {
      EXPECT_EQ(parse_duration(unit).value(), seconds) << unit;
      EXPECT_EQ(parse_duration("2" + unit).value(), 2 * seconds) << unit;
      EXPECT_EQ(parse_duration("2 " + unit).value(), 2 * seconds) << unit;
    }
  }
  EXPECT_EQ(parse_duration("365000 days").value(), 365'000 * kSecondsPerDay);
  EXPECT_FALSE(parse_duration("365001 days").ok());
  EXPECT_FALSE(parse_duration("2  days").ok());
}

TEST(Timestamp, ReadsDurations) {
  EXPECT_EQ(parse_duration("5min").value(), 300);
  EXPECT_EQ(parse_duration("1h").value(), 3600);
  EXPECT_EQ(parse_duration("30s").value(), 30);
  EXPECT_EQ(parse_duration("1d").value(), 86400);
  EXPECT_EQ(parse_duration("1W").value(), 604800);
  EXPECT_EQ(parse_duration("365 days").value(), 365 * kSecondsPerDay);
  EXPECT_EQ(parse_duration("12 hours").value(), 43200);
  EXPECT_EQ(parse_duration("D").value(), 86400);
  EXPECT_EQ(parse_duration("300").value(), 300);
  for (const std::string_view text :
       {"", "0", "0h", "-5min", "5 parsecs", "1M", "99999999999999999999", "1.5h", "5min ", "h5",
        "1000000 days"}) {
    EXPECT_FALSE(parse_duration(text).ok()) << text;
  }
}

}  // namespace
}  // namespace plimsoll
