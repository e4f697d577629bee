#include "forecast/prophet/terms/unseen_phases.h"

#include <algorithm>

#include "base/civil_date.h"

namespace plimsoll {
namespace {

std::vector<UnseenPhase> absent(const std::vector<bool>& seen) {
  std::vector<UnseenPhase> phases;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) phases.push_back({static_cast<int>(i), std::nullopt});
  }
  return phases;
}

const UnseenPhase* find(const std::vector<UnseenPhase>& phases, int index) {
  const auto found = std::find_if(phases.begin(), phases.end(), [index](const UnseenPhase& phase) {
    return phase.index == index;
  });
  return found == phases.end() ? nullptr : &*found;
}

}  // namespace

int hour_of(Timestamp ds) {
  const std::int64_t hours = floor_divide(ds, kSecondsPerHour);
  return static_cast<int>(hours - floor_divide(hours, kHours) * kHours);
}

UnseenPhases find_unseen(const std::vector<Timestamp>& ds, std::int64_t cadence_seconds) {
  std::vector<bool> hours(kHours, false);
  std::vector<bool> weekdays(kWeekdays, false);
  for (const Timestamp at : ds) {
    hours[static_cast<std::size_t>(hour_of(at))] = true;
    weekdays[static_cast<std::size_t>(day_of_week(at))] = true;
  }
  UnseenPhases unseen;
  if (cadence_seconds < kSecondsPerDay) unseen.hours = absent(hours);
  if (cadence_seconds <= kSecondsPerDay) unseen.weekdays = absent(weekdays);
  return unseen;
}

double unseen_variance(const UnseenPhases& unseen, Timestamp ds) {
  double variance = 0.0;
  for (const UnseenPhase* const phase :
       {find(unseen.hours, hour_of(ds)), find(unseen.weekdays, day_of_week(ds))}) {
    if (phase == nullptr || !phase->deviation) continue;
    variance += *phase->deviation * *phase->deviation;
  }
  return variance;
}

namespace {

// "00:00 to 07:59", "Saturday, Sunday".
std::string hours_in_words(const std::vector<bool>& asked) {
  std::string text;
  for (int hour = 0; hour < kHours;) {
    if (!asked[static_cast<std::size_t>(hour)]) {
      ++hour;
      continue;
    }
    int end = hour;
    while (end < kHours && asked[static_cast<std::size_t>(end)]) ++end;
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    text += (text.empty() ? "" : ", ") + two(hour) + ":00 to " + two(end - 1) + ":59";
    hour = end;
  }
  return text;
}

std::string weekdays_in_words(const std::vector<bool>& asked) {
  std::string text;
  for (int day = 0; day < kWeekdays; ++day) {
    if (!asked[static_cast<std::size_t>(day)]) continue;
    text += (text.empty() ? "" : ", ") + std::string(day_name(day));
  }
  return text;
}

std::string warning(const std::string& phases, bool widened) {
  return "The history has no sample on " + phases + " (UTC). " +
         (widened ? "What is forecast there is extrapolated from other times; the interval is "
                    "widened by what the model does not know of it."
                  : "No term of the model follows that; its interval does not cover what is "
                    "different there.");
}

}  // namespace

std::vector<std::string> unseen_warnings(const UnseenPhases& unseen,
                                         const std::vector<Timestamp>& ds) {
  std::vector<bool> hours(kHours, false);
  std::vector<bool> weekdays(kWeekdays, false);
  bool any_hour = false;
  bool any_weekday = false;
  for (const Timestamp at : ds) {
    if (find(unseen.hours, hour_of(at)) != nullptr) {
      any_hour = hours[static_cast<std::size_t>(hour_of(at))] = true;
    }
    if (find(unseen.weekdays, day_of_week(at)) != nullptr) {
      any_weekday = weekdays[static_cast<std::size_t>(day_of_week(at))] = true;
    }
  }
  std::vector<std::string> warnings;
  if (any_weekday) {
    const bool widened = unseen.weekdays.front().deviation.has_value();
    warnings.push_back(warning(weekdays_in_words(weekdays), widened));
  }
  if (any_hour) {
    const bool widened = unseen.hours.front().deviation.has_value();
    warnings.push_back(warning("the hours " + hours_in_words(hours), widened));
  }
  return warnings;
}

}  // namespace plimsoll
