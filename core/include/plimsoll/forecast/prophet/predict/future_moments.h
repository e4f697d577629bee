// The moments of a forecast: a step on from the history, fixed or by the calendar.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// Steps as pandas.date_range takes them.
struct Step {
  enum class Unit {
    kSeconds,
    kBusinessDay,  // `B`: Monday to Friday
    kWeekday,      // `W-MON`: every Monday
    kMonthStart,   // `MS`, `QS`, `YS`
    kMonthEnd      // `ME`, `QE`, `YE`
  };
  Unit unit = Unit::kSeconds;
  std::int64_t count = 1;  // seconds, business days, weeks or months
  int weekday = 0;         // of kWeekday; 0 is Monday
  // Of a quarter or year: it begins, or ends, in months m with (m - anchor) % every == 0.
  int every = 1;
  int anchor = 1;
};

// A duration (`5min`, `1d`, `365 days`, `1W`: seven days) or a calendar step, each with a count
// before it if need be: `MS`, `2MS`, `ME`, `QS`, `QS-FEB`, `QE`, `YS`, `YE`, `B`, `W-MON`; the
// older `M`, `Q`, `A`, `Y` are month ends.
Result<Step> parse_step(std::string_view text);

// The first `count` moments after `last`. A calendar step keeps the time of day, in a zone east of
// UTC by the offset. Fails when they leave the years that can be written.
// Worked number: after 2024-12-01, 3 of `MS`: 2025-01-01, 2025-02-01, 2025-03-01.
Result<std::vector<Timestamp>> moments_after(const Step& step, Timestamp last, std::int64_t count,
                                             std::int64_t utc_offset_seconds = 0);

// The moments in [start, end); fails when there are more than `most`.
Result<std::vector<Timestamp>> moments_between(const Step& step, Timestamp start, Timestamp end,
                                               std::int64_t most,
                                               std::int64_t utc_offset_seconds = 0);

// The step of a model's own history: that of the calendar which begins, ends and counts as the
// history does, else its cadence.
Step step_of_history(const FittedModel& model);

// The history's moments by that step; the samples themselves are not in a model.
Result<std::vector<Timestamp>> moments_of_history(const FittedModel& model, std::int64_t most);

// The step in words, as parse_step reads it.
std::string step_text(const Step& step);

}  // namespace plimsoll
