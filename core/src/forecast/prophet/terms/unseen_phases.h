// Hours of the day and days of the week that a history never showed.
#pragma once

#include <string>
#include <vector>

#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

inline constexpr int kHours = 24;
inline constexpr int kWeekdays = 7;

// Of the day, 0 to 23, in UTC.
int hour_of(Timestamp ds);

// Those without a sample among `ds`, without deviations.
UnseenPhases find_unseen(const std::vector<Timestamp>& ds, std::int64_t cadence_seconds);

// What the two together add to the variance of the error at a moment, scaled.
double unseen_variance(const UnseenPhases& unseen, Timestamp ds);

// In words, which of them the moments fall on; empty when none does.
std::vector<std::string> unseen_warnings(const UnseenPhases& unseen,
                                         const std::vector<Timestamp>& ds);

}  // namespace plimsoll
