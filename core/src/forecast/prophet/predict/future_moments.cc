#include "plimsoll/forecast/prophet/predict/future_moments.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/civil_date.h"

namespace plimsoll {
namespace {

using Unit = Step::Unit;

constexpr std::array<std::string_view, 7> kWeekdays = {"MON", "TUE", "WED", "THU",
                                                       "FRI", "SAT", "SUN"};
constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

// pandas' names of steps of months, the newest first.
struct MonthStep {
  std::string_view name;
  Unit unit;
  int months;
  int anchor;  // without a suffix: quarters begin in January and end in December
};

constexpr std::array kMonthSteps = {
    MonthStep{"MS", Unit::kMonthStart, 1, 1},  MonthStep{"ME", Unit::kMonthEnd, 1, 1},
    MonthStep{"QS", Unit::kMonthStart, 3, 1},  MonthStep{"QE", Unit::kMonthEnd, 3, 12},
    MonthStep{"YS", Unit::kMonthStart, 12, 1}, MonthStep{"YE", Unit::kMonthEnd, 12, 12},
    MonthStep{"M", Unit::kMonthEnd, 1, 1},     MonthStep{"Q", Unit::kMonthEnd, 3, 12},
    MonthStep{"Y", Unit::kMonthEnd, 12, 12},   MonthStep{"A", Unit::kMonthEnd, 12, 12},
    MonthStep{"AS", Unit::kMonthStart, 12, 1}};

template <std::size_t n>
int index_of(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

constexpr std::int64_t kMostCount = 12'000;  // a thousand years of months

std::optional<Step> calendar_step(std::string_view text) {
  std::int64_t count = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    count = std::min(count * 10 + (text[digits] - '0'), kMostCount + 1);
    ++digits;
  }
  if (digits == 0) count = 1;
  if (count < 1 || count > kMostCount) return std::nullopt;
  const std::string_view name = text.substr(digits);
  const std::size_t dash = std::min(name.find('-'), name.size());
  const std::string_view base = name.substr(0, dash);
  const bool has_suffix = dash < name.size();
  const std::string_view suffix = has_suffix ? name.substr(dash + 1) : std::string_view();
  if (name == "B") return Step{Unit::kBusinessDay, count};
  if (base == "W") {
    const int weekday = index_of(kWeekdays, suffix);
    if (weekday < 0) return std::nullopt;
    return Step{Unit::kWeekday, count, weekday};
  }
  for (const MonthStep& month : kMonthSteps) {
    if (month.name != base) continue;
    Step step{month.unit, count * month.months, 0, month.months, month.anchor};
    if (!has_suffix) return step;
    step.anchor = index_of(kMonths, suffix) + 1;
    if (step.anchor < 1 || step.every == 1) return std::nullopt;
    return step;
  }
  return std::nullopt;
}

// A moment as a local day and the time of day within it.
struct LocalDay {
  std::int64_t day;
  std::int64_t second;
};

// The calendar steps from one moment on, each on a day that the step names.
class Walk {
 public:
  Walk(const Step& step, Timestamp from, std::int64_t utc_offset_seconds)
      : step_(step), offset_(utc_offset_seconds) {
    const Timestamp local = from + offset_;
    day_ = floor_divide(local, kSecondsPerDay);
    second_ = local - day_ * kSecondsPerDay;
    if (step_.unit == Unit::kSeconds) return;
    // Forwards to the first day that is one of the step's.
    if (is_monthly()) {
      const CivilDate date = date_of_days(day_);
      month_ = date.year * 12 + date.month - 1;
      while (!is_anchored(month_) || day_of_month(month_) < day_) ++month_;
      day_ = day_of_month(month_);
    } else {
      while (!is_on_weekday()) ++day_;
    }
  }

  [[nodiscard]] Timestamp at() const { return day_ * kSecondsPerDay + second_ - offset_; }

  void advance() {
    switch (step_.unit) {
      case Unit::kSeconds: {
        const Timestamp next = day_ * kSecondsPerDay + second_ + step_.count;
        day_ = floor_divide(next, kSecondsPerDay);
        second_ = next - day_ * kSecondsPerDay;
        break;
      }
      case Unit::kBusinessDay: {
        day_ += step_.count / 5 * 7;
        for (std::int64_t left = step_.count % 5; left > 0; --left) {
          do ++day_;
          while (!is_on_weekday());
        }
        break;
      }
      case Unit::kWeekday:
        day_ += 7 * step_.count;
        break;
      case Unit::kMonthStart:
      case Unit::kMonthEnd:
        month_ += step_.count;
        day_ = day_of_month(month_);
        break;
    }
  }

 private:
  [[nodiscard]] bool is_monthly() const {
    return step_.unit == Unit::kMonthStart || step_.unit == Unit::kMonthEnd;
  }

  [[nodiscard]] bool is_anchored(std::int64_t month) const {
    return floor_divide(month - (step_.anchor - 1), step_.every) * step_.every ==
           month - (step_.anchor - 1);
  }

  [[nodiscard]] std::int64_t day_of_month(std::int64_t month) const {
    const std::int64_t year = floor_divide(month, 12);
    const int of_year = static_cast<int>(month - year * 12) + 1;
    return days_of_date(year, of_year,
                        step_.unit == Unit::kMonthStart ? 1 : days_in_month(year, of_year));
  }

  [[nodiscard]] bool is_on_weekday() const {
    const int weekday = day_of_week(day_ * kSecondsPerDay);
    return step_.unit == Unit::kBusinessDay ? weekday < 5 : weekday == step_.weekday;
  }

  const Step& step_;
  std::int64_t offset_;
  std::int64_t day_ = 0;
  std::int64_t second_ = 0;
  std::int64_t month_ = 0;  // since the year 0
};

Error out_of_years(std::string_view field) {
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {.row = std::nullopt, .column = "", .field = std::string(field)},
               .found = "moments after the year 9999",
               .expected = "moments in the years 1000 to 9999",
               .fix = "Choose a shorter step or a shorter span."};
}

// Whether a calendar step lands on the history's first and last sample and on as many between.
bool counts_as(const Step& step, const FittedModel& model) {
  if (Walk(step, model.history_start, 0).at() != model.history_start) return false;
  Walk walk(step, model.history_start, 0);
  for (std::int64_t i = 1; i < model.training_records; ++i) {
    walk.advance();
    if (walk.at() > model.history_end) return false;
  }
  return walk.at() == model.history_end;
}

}  // namespace

Result<Step> parse_step(std::string_view text) {
  if (const auto step = calendar_step(text)) return *step;
  const auto seconds = parse_duration(text);
  if (seconds) return Step{Unit::kSeconds, seconds.value()};
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {},
               .found = quote_excerpt(text),
               .expected =
                   "a duration like 5min, 1h, 1d or 365 days, or a step of the calendar: MS, "
                   "ME, QS, QE, YS, YE, B or W-MON, with a count before it like 2MS",
               .fix = "The names are those of pandas' date_range."};
}

Result<std::vector<Timestamp>> moments_after(const Step& step, Timestamp last, std::int64_t count,
                                             std::int64_t utc_offset_seconds) {
  std::vector<Timestamp> moments;
  Walk walk(step, last, utc_offset_seconds);
  if (walk.at() == last) walk.advance();
  for (; static_cast<std::int64_t>(moments.size()) < count; walk.advance()) {
    if (walk.at() > kLatest) return out_of_years("periods");
    moments.push_back(walk.at());
  }
  return moments;
}

Result<std::vector<Timestamp>> moments_between(const Step& step, Timestamp start, Timestamp end,
                                               std::int64_t most, std::int64_t utc_offset_seconds) {
  std::vector<Timestamp> moments;
  for (Walk walk(step, start, utc_offset_seconds); walk.at() < end; walk.advance()) {
    if (static_cast<std::int64_t>(moments.size()) == most) {
      moments.clear();
      break;
    }
    moments.push_back(walk.at());
  }
  if (!moments.empty()) return moments;
  return Error{
      .code = ErrorCode::kInvalidParameter,
      .where = {.row = std::nullopt, .column = "", .field = "end"},
      .found = format_iso8601(end),
      .expected = "a moment after start, with 1 to " + std::to_string(most) + " steps between them",
      .fix = "Choose another step or another span."};
}

Step step_of_history(const FittedModel& model) {
  const std::int64_t cadence = std::max<std::int64_t>(model.cadence_seconds, 1);
  const auto is_about = [cadence](std::int64_t least_days, std::int64_t most_days) {
    return cadence >= least_days * kSecondsPerDay && cadence <= most_days * kSecondsPerDay;
  };
  std::vector<Step> candidates;
  const bool every_day =
      (model.history_end - model.history_start) / cadence == model.training_records - 1;
  if (is_about(1, 1) && !every_day) candidates = {Step{Unit::kBusinessDay, 1}};
  for (const Unit unit : {Unit::kMonthStart, Unit::kMonthEnd}) {
    const CivilDate last = date_of_days(floor_divide(model.history_end, kSecondsPerDay));
    if (is_about(28, 31)) candidates.push_back({unit, 1});
    if (is_about(90, 92)) candidates.push_back({unit, 3, 0, 3, last.month});
    if (is_about(365, 366)) candidates.push_back({unit, 12, 0, 12, last.month});
  }
  for (const Step& candidate : candidates) {
    if (model.training_records > 1 && counts_as(candidate, model)) return candidate;
  }
  return Step{Unit::kSeconds, cadence};
}

Result<std::vector<Timestamp>> moments_of_history(const FittedModel& model, std::int64_t most) {
  return moments_between(step_of_history(model), model.history_start, model.history_end + 1, most);
}

std::string step_text(const Step& step) {
  const auto counted = [](std::int64_t count, std::string_view name) {
    return (count == 1 ? "" : std::to_string(count)) + std::string(name);
  };
  switch (step.unit) {
    case Unit::kSeconds:
      for (const auto& [seconds, name] :
           {std::pair{kSecondsPerDay, "d"}, {kSecondsPerHour, "h"}, {kSecondsPerMinute, "min"}}) {
        if (step.count % seconds == 0) return std::to_string(step.count / seconds) + name;
      }
      return std::to_string(step.count) + "s";
    case Unit::kBusinessDay:
      return counted(step.count, "B");
    case Unit::kWeekday:
      return counted(step.count, "W-") +
             std::string(kWeekdays[static_cast<std::size_t>(step.weekday)]);
    case Unit::kMonthStart:
    case Unit::kMonthEnd:
      break;
  }
  for (const MonthStep& month : kMonthSteps) {
    if (month.unit != step.unit || month.months != step.every) continue;
    std::string text = counted(step.count / step.every, month.name);
    if (step.every == 1 || step.anchor == month.anchor) return text;
    return text + "-" + std::string(kMonths[static_cast<std::size_t>(step.anchor - 1)]);
  }
  return "";
}

}  // namespace plimsoll
