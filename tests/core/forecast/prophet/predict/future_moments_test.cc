#include "plimsoll/forecast/prophet/predict/future_moments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plimsoll {
namespace {

Timestamp moment(const std::string& text) { return parse_iso8601(text)->seconds; }

std::vector<std::string> after(const std::string& step, const std::string& last, int count) {
  std::vector<std::string> days;
  const auto moments = moments_after(parse_step(step).value(), moment(last), count);
  for (const Timestamp at : moments.value()) {
    const std::string text = format_ds(at);
    days.push_back(text.substr(11) == "00:00:00" ? text.substr(0, 10) : text);
  }
  return days;
}

using Days = std::vector<std::string>;

// Each as pandas' date_range(start=last, freq=step) gives it once `last` itself is dropped.
TEST(Steps, AreThoseOfPandasDateRange) {
  EXPECT_EQ(after("MS", "2024-12-01", 3), (Days{"2025-01-01", "2025-02-01", "2025-03-01"}));
  EXPECT_EQ(after("MS", "2024-12-15", 2), (Days{"2025-01-01", "2025-02-01"}));
  EXPECT_EQ(after("2MS", "2024-12-15", 2), (Days{"2025-01-01", "2025-03-01"}));
  EXPECT_EQ(after("ME", "2023-12-31", 3), (Days{"2024-01-31", "2024-02-29", "2024-03-31"}));
  EXPECT_EQ(after("ME", "2024-02-01", 1), (Days{"2024-02-29"}));
  EXPECT_EQ(after("M", "2024-02-29", 1), (Days{"2024-03-31"}));
  EXPECT_EQ(after("QS", "2024-01-01", 3), (Days{"2024-04-01", "2024-07-01", "2024-10-01"}));
  EXPECT_EQ(after("QS", "2024-02-03", 2), (Days{"2024-04-01", "2024-07-01"}));
  EXPECT_EQ(after("QS-FEB", "2024-02-01", 2), (Days{"2024-05-01", "2024-08-01"}));
  EXPECT_EQ(after("QE", "2024-03-31", 2), (Days{"2024-06-30", "2024-09-30"}));
  EXPECT_EQ(after("QE-JAN", "2024-01-31", 2), (Days{"2024-04-30", "2024-07-31"}));
  EXPECT_EQ(after("YS", "2024-01-01", 2), (Days{"2025-01-01", "2026-01-01"}));
  EXPECT_EQ(after("YS-APR", "2024-01-01", 2), (Days{"2024-04-01", "2025-04-01"}));
  EXPECT_EQ(after("YE", "2023-12-31", 2), (Days{"2024-12-31", "2025-12-31"}));
  EXPECT_EQ(after("B", "2024-11-28", 3), (Days{"2024-11-29", "2024-12-02", "2024-12-03"}));
  EXPECT_EQ(after("B", "2024-11-30", 2), (Days{"2024-12-02", "2024-12-03"}));
  EXPECT_EQ(after("3B", "2024-11-27", 3), (Days{"2024-12-02", "2024-12-05", "2024-12-10"}));
  EXPECT_EQ(after("5B", "2024-11-27", 2), (Days{"2024-12-04", "2024-12-11"}));
  EXPECT_EQ(after("W-MON", "2024-11-25", 2), (Days{"2024-12-02", "2024-12-09"}));
  EXPECT_EQ(after("W-MON", "2024-11-26", 2), (Days{"2024-12-02", "2024-12-09"}));
  EXPECT_EQ(after("2W-SUN", "2024-11-26", 2), (Days{"2024-12-01", "2024-12-15"}));
}

TEST(Steps, KeepTheTimeOfDayAndTheLocalDay) {
  EXPECT_EQ(after("MS", "2024-12-31T22:30:00Z", 1), (Days{"2025-01-01 22:30:00"}));
  const auto local =
      moments_after(parse_step("MS").value(), moment("2024-12-31T23:00:00Z"), 1, 3600);
  EXPECT_EQ(local.value().front(), moment("2025-01-31T23:00:00Z"));  // 1 January and February there
}

TEST(Steps, OfAFixedLengthAreAddedToTheLastMoment) {
  EXPECT_EQ(after("1d", "2024-02-28T07:00:00Z", 2),
            (Days{"2024-02-29 07:00:00", "2024-03-01 07:00:00"}));
  EXPECT_EQ(after("1W", "2024-02-28", 1), (Days{"2024-03-06"}));
  EXPECT_EQ(after("90s", "1969-12-31T23:59:00Z", 1), (Days{"1970-01-01 00:00:30"}));
}

TEST(Steps, UnknownOnesAreRefusedWithTheKnown) {
  for (const char* const text : {"", "X", "MON", "W-XYZ", "MS-JAN", "QS-", "0MS", "-1MS", "BMS",
                                 "ms", "99999999999999999999MS", "1.5MS", "W-MON-TUE"}) {
    const auto step = parse_step(text);
    ASSERT_FALSE(step) << text;
    EXPECT_NE(step.error().expected.find("W-MON"), std::string::npos);
  }
  EXPECT_FALSE(moments_after(parse_step("12000MS").value(), moment("2024-01-01"), 100));
  EXPECT_FALSE(moments_after(parse_step("365000d").value(), moment("2024-01-01"), 100));
}

TEST(Steps, BetweenTwoMomentsTheEndIsLeftOut) {
  const Step monthly = parse_step("MS").value();
  EXPECT_EQ(moments_between(monthly, moment("2024-01-02"), moment("2024-04-01"), 9).value().size(),
            2U);
  EXPECT_FALSE(moments_between(monthly, moment("2024-01-02"), moment("2024-01-31"), 9));
  EXPECT_FALSE(moments_between(monthly, moment("2024-01-01"), moment("2024-05-01"), 3));
  EXPECT_FALSE(moments_between(monthly, moment("2024-05-01"), moment("2024-01-01"), 3));
}

std::string own_step(const std::string& step, const std::string& first, int samples) {
  FittedModel model;
  model.history_start = moment(first);
  const auto rest = moments_after(parse_step(step).value(), model.history_start, samples - 1);
  model.history_end = rest.value().back();
  model.training_records = samples;
  model.cadence_seconds = rest.value()[1] - rest.value()[0];
  const Step found = step_of_history(model);
  EXPECT_EQ(moments_of_history(model, samples).value().size(), static_cast<std::size_t>(samples));
  return step_text(found);
}

TEST(Steps, AreReadOffTheHistory) {
  EXPECT_EQ(own_step("5min", "2024-01-01", 100), "5min");
  EXPECT_EQ(own_step("1d", "2024-01-01", 100), "1d");
  EXPECT_EQ(own_step("1W", "2024-01-01", 100), "7d");
  EXPECT_EQ(own_step("90s", "2024-01-01", 100), "90s");
  EXPECT_EQ(own_step("MS", "2015-01-01", 120), "MS");
  EXPECT_EQ(own_step("ME", "2015-01-31", 120), "ME");
  EXPECT_EQ(own_step("QS-FEB", "2015-02-01", 20), "QS-NOV");  // the same months
  EXPECT_EQ(own_step("YE", "2000-12-31", 20), "YE");
  EXPECT_EQ(own_step("B", "2024-01-01", 50), "B");
  EXPECT_EQ(own_step("30 days", "2024-01-01", 20), "30d");
}

TEST(Steps, InWordsAreReadBack) {
  for (const char* const text :
       {"MS", "2MS", "ME", "QS-FEB", "QE", "YS-APR", "3B", "W-SUN", "45min", "1d"}) {
    EXPECT_EQ(step_text(parse_step(text).value()), text);
  }
}

}  // namespace
}  // namespace plimsoll
