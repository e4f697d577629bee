#include "plimsoll/base/timestamp.h"

#include <gtest/gtest.h>

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
