// Days since 1970-01-01 and dates of the proleptic Gregorian calendar.
#pragma once

#include <cstdint>

namespace plimsoll {

struct CivilDate {
  std::int64_t year;
  int month;  // 1 to 12
  int day;    // 1 to 31
};

// Rounds towards minus infinity; b > 0.
std::int64_t floor_divide(std::int64_t a, std::int64_t b);

int days_in_month(std::int64_t year, int month);
std::int64_t days_of_date(std::int64_t year, int month, int day);
CivilDate date_of_days(std::int64_t days);

}  // namespace plimsoll
