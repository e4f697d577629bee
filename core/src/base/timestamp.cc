#include "plimsoll/base/timestamp.h"

#include <array>
#include <cstddef>

#include "base/civil_date.h"

namespace plimsoll {
namespace {

constexpr std::array<std::string_view, 12> kMonthNames = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

constexpr std::array<std::string_view, 7> kDayNames = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads text from the left; every function leaves it alone when it does not match.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_[0]; }

  bool take(char expected) {
    if (peek() != expected || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly `count` digits.
  bool digits(std::size_t count, int& value) {
    if (rest_.size() < count) return false;
    int sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(rest_[i])) return false;
      sum = sum * 10 + (rest_[i] - '0');
    }
    value = sum;
    rest_.remove_prefix(count);
    return true;
  }

  // At least one digit, dropped.
  bool skip_digits() {
    if (!is_digit(peek())) return false;
    while (is_digit(peek())) rest_.remove_prefix(1);
    return true;
  }

 private:
  std::string_view rest_;
};

bool read_date(Scanner& in, std::int64_t& days) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!in.digits(4, year) || !in.take('-') || !in.digits(2, month) || !in.take('-') ||
      !in.digits(2, day)) {
    return false;
  }
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
    return false;
  }
  days = days_of_date(year, month, day);
  return true;
}

bool read_time(Scanner& in, std::int64_t& seconds) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!in.digits(2, hour) || !in.take(':') || !in.digits(2, minute)) return false;
  if (in.take(':')) {
    if (!in.digits(2, second)) return false;
    if ((in.take('.') || in.take(',')) && !in.skip_digits()) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  seconds = hour * kSecondsPerHour + minute * kSecondsPerMinute + second;
  return true;
}

// `+01:00`, `-0530` or `+02`.
bool read_offset(Scanner& in, std::int64_t& seconds) {
  const bool is_west = in.peek() == '-';
  if (!in.take('+') && !in.take('-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!in.digits(2, hours)) return false;
  if (in.take(':')) {
    if (!in.digits(2, minutes)) return false;
  } else if (!in.done() && !in.digits(2, minutes)) {
    return false;
  }
  if (hours > 23 || minutes > 59) return false;
  const std::int64_t east = hours * kSecondsPerHour + minutes * kSecondsPerMinute;
  seconds = is_west ? -east : east;
  return true;
}

bool read_zone(Scanner& in, ParsedTimestamp& parsed) {
  parsed.has_zone = true;
  if (in.take('Z') || in.take('z')) return true;
  if (in.take('U')) return in.take('T') && in.take('C');
  return read_offset(in, parsed.offset_seconds);
}

// `value` in at least `width` digits.
void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value < 0 ? -value : value);
  if (value < 0) out += '-';
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

std::string format_date_and_time(Timestamp seconds, char separator) {
  const std::int64_t days = floor_divide(seconds, kSecondsPerDay);
  const std::int64_t of_day = seconds - days * kSecondsPerDay;
  std::string out = format_date(seconds);
  out += separator;
  append_padded(out, of_day / kSecondsPerHour, 2);
  out += ':';
  append_padded(out, of_day / kSecondsPerMinute % 60, 2);
  out += ':';
  append_padded(out, of_day % 60, 2);
  return out;
}

struct DurationUnit {
  std::string_view name;
  std::int64_t seconds;
};

// Single letters in upper case are pandas' frequency names. `M`, a month there, is not a duration.
constexpr std::array kDurationUnits = {
    DurationUnit{"s", 1},
    DurationUnit{"S", 1},
    DurationUnit{"sec", 1},
    DurationUnit{"second", 1},
    DurationUnit{"seconds", 1},
    DurationUnit{"m", kSecondsPerMinute},
    DurationUnit{"T", kSecondsPerMinute},
    DurationUnit{"min", kSecondsPerMinute},
    DurationUnit{"minute", kSecondsPerMinute},
    DurationUnit{"minutes", kSecondsPerMinute},
    DurationUnit{"h", kSecondsPerHour},
    DurationUnit{"H", kSecondsPerHour},
    DurationUnit{"hour", kSecondsPerHour},
    DurationUnit{"hours", kSecondsPerHour},
    DurationUnit{"d", kSecondsPerDay},
    DurationUnit{"D", kSecondsPerDay},
    DurationUnit{"day", kSecondsPerDay},
    DurationUnit{"days", kSecondsPerDay},
    DurationUnit{"w", kSecondsPerWeek},
    DurationUnit{"W", kSecondsPerWeek},
    DurationUnit{"week", kSecondsPerWeek},
    DurationUnit{"weeks", kSecondsPerWeek},
};

constexpr std::int64_t kLongestDuration = 1000 * 365 * kSecondsPerDay;

// 0 when there is no unit of that name.
std::int64_t seconds_of_unit(std::string_view name) {
  for (const DurationUnit& unit : kDurationUnits) {
    if (unit.name == name) return unit.seconds;
  }
  return 0;
}

// 0 when `text` is not a duration or is out of bounds.
std::int64_t seconds_of_duration(std::string_view text) {
  std::size_t digits = 0;
  std::int64_t amount = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    amount = amount * 10 + (text[digits] - '0');
    if (amount > kLongestDuration) return 0;
    ++digits;
  }
  if (text.empty()) return 0;
  if (digits == 0) return seconds_of_unit(text);
  if (digits == text.size()) return amount;
  std::string_view unit = text.substr(digits);
  if (unit[0] == ' ') unit.remove_prefix(1);
  const std::int64_t seconds = seconds_of_unit(unit);
  if (seconds == 0 || amount > kLongestDuration / seconds) return 0;
  return amount * seconds;
}

}  // namespace

std::optional<ParsedTimestamp> parse_iso8601(std::string_view text) {
  Scanner in(text);
  ParsedTimestamp parsed;
  std::int64_t days = 0;
  std::int64_t of_day = 0;
  if (!read_date(in, days)) return std::nullopt;
  if (!in.done()) {
    if (!in.take('T') && !in.take(' ') && !in.take('t')) return std::nullopt;
    if (!read_time(in, of_day)) return std::nullopt;
    if (!in.done()) {
      in.take(' ');
      if (!read_zone(in, parsed) || !in.done()) return std::nullopt;
    }
  }
  parsed.seconds = days * kSecondsPerDay + of_day - parsed.offset_seconds;
  if (parsed.seconds < kEarliest || parsed.seconds > kLatest) return std::nullopt;
  return parsed;
}

std::string format_iso8601(Timestamp seconds) { return format_date_and_time(seconds, 'T') + 'Z'; }

std::string format_iso8601(Timestamp seconds, std::int64_t offset_seconds) {
  if (offset_seconds == 0) return format_iso8601(seconds);
  std::string out = format_date_and_time(seconds + offset_seconds, 'T');
  const std::int64_t minutes =
      (offset_seconds < 0 ? -offset_seconds : offset_seconds) / kSecondsPerMinute;
  out += offset_seconds < 0 ? '-' : '+';
  append_padded(out, minutes / 60, 2);
  out += ':';
  append_padded(out, minutes % 60, 2);
  return out;
}

std::string format_ds(Timestamp seconds) { return format_date_and_time(seconds, ' '); }

std::string format_date(Timestamp seconds) {
  const CivilDate date = date_of_days(floor_divide(seconds, kSecondsPerDay));
  std::string out;
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  return out;
}

int day_of_week(Timestamp seconds) {
  // 1970-01-01 was a Thursday.
  const std::int64_t days = floor_divide(seconds, kSecondsPerDay) + 3;
  return static_cast<int>(days - floor_divide(days, 7) * 7);
}

std::string_view day_name(int day_of_week) {
  return kDayNames[static_cast<std::size_t>(day_of_week % 7)];
}

std::string month_name_and_year(Timestamp seconds) {
  const CivilDate date = date_of_days(floor_divide(seconds, kSecondsPerDay));
  std::string out(kMonthNames[static_cast<std::size_t>(date.month - 1)]);
  out += ' ';
  out += std::to_string(date.year);
  return out;
}

Result<std::int64_t> parse_utc_offset(std::string_view text) {
  if (text == "UTC" || text == "Z") return std::int64_t{0};
  Scanner in(text);
  std::int64_t seconds = 0;
  if (text.size() == 6 && read_offset(in, seconds) && in.done()) return seconds;
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {},
               .found = quote_excerpt(text),
               .expected = "UTC or an offset like +01:00",
               .fix = "Names of time zones like Europe/Berlin are not read yet: give the offset."};
}

Result<std::int64_t> parse_duration(std::string_view text) {
  const std::int64_t seconds = seconds_of_duration(text);
  if (seconds > 0) return seconds;
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {},
               .found = quote_excerpt(text),
               .expected = "a positive duration like 5min, 1h, 30s, 1d, 1W or 365 days",
               .fix = "Write a whole number and a unit from seconds to weeks."};
}

std::string utc_offset_name(std::int64_t utc_offset_seconds) {
  if (utc_offset_seconds == 0) return "UTC";
  return format_iso8601(0, utc_offset_seconds).substr(19);
}

}  // namespace plimsoll
