#include "data/cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "plimsoll/base/decimal.h"
#include "plimsoll/base/quantity.h"

namespace plimsoll {
namespace {

// 1e11 seconds is the year 5138, 1e11 milliseconds is 1973.
constexpr double kFirstMilliseconds = 1e11;
// From the year 1019 in seconds to the year 9999 in milliseconds.
constexpr double kSmallestEpoch = -3.0e10;
constexpr double kLargestEpoch = 253'402'300'799'999.0;

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return equals_ignoring_case(text, word); });
}

// What exporters, spreadsheets and databases write where there is no value, in lower case. Errors
// of a formula (#VALUE!) are not among them: there something is wrong.
constexpr std::array<std::string_view, 36> kMarksOfNothing = {
    "na",        "n/a",     "#n/a",    "<na>",     "n.a.",   "#na",     "#n/a n/a",  "nan",
    "-nan",      "+nan",    "1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind", "null",      "(null)",
    "<null>",    "#null!",  "\\n",     "none",     "<none>", "nil",     "<nil>",     "-",
    "--",        "---",     "\u2013",  "\u2014",   "?",      ".",       "undefined", "unknown",
    "<unknown>", "missing", "no data", "#div/0!"};

bool is_mark_of_nothing(std::string_view text) {
  return std::any_of(kMarksOfNothing.begin(), kMarksOfNothing.end(),
                     [text](std::string_view mark) { return equals_ignoring_case(text, mark); });
}

bool begins_like_a_number(std::string_view text) {
  const char first = text[0];
  if (first >= '0' && first <= '9') return true;
  if (first != '-' && first != '.' && first != '+') return false;
  const char second = text.size() > 1 ? text[1] : '\0';
  return (second >= '0' && second <= '9') || (second == '.' && first != '.');
}

// The value of a number that is all of `text`; infinite when it is too large for a double.
std::optional<double> whole_number_text(std::string_view text) {
  if (text[0] == '+') text.remove_prefix(1);
  const ParsedDecimal parsed = parse_decimal(text);
  if (parsed.length == 0 || parsed.length != text.size()) return std::nullopt;
  return parsed.value;
}

NumberCell number_or_non_finite(double value, bool has_suffix) {
  if (!std::isfinite(value)) return {.kind = CellKind::kNonFinite};
  return {.kind = CellKind::kNumber, .value = value, .has_suffix = has_suffix};
}

NumberCell read_plain_number(std::string_view text, bool allow_suffix) {
  if (const auto value = whole_number_text(text)) return number_or_non_finite(*value, false);
  if (allow_suffix) {
    if (const auto quantity = parse_quantity(text)) {
      return number_or_non_finite(quantity->value, quantity->has_suffix);
    }
  }
  return {.kind = CellKind::kText};
}

// `0,25` as 0.25; with a point beside the comma it is unclear which one groups thousands.
NumberCell read_with_decimal_comma(std::string_view text, bool allow_suffix) {
  std::array<char, 64> buffer{};
  const std::size_t comma = text.find(',');
  if (text.size() > buffer.size() || text.find(',', comma + 1) != std::string_view::npos ||
      text.find('.') != std::string_view::npos) {
    return {.kind = CellKind::kText};
  }
  std::copy(text.begin(), text.end(), buffer.begin());
  buffer[comma] = '.';
  return read_plain_number({buffer.data(), text.size()}, allow_suffix);
}

NumberCell read_word(std::string_view text, const NumberRules& rules) {
  if (rules.allow_boolean && is_any_of(text, {"true", "false"})) {
    return {.kind = CellKind::kNumber, .value = is_any_of(text, {"true"}) ? 1.0 : 0.0};
  }
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  const bool is_infinite = is_any_of(text, {"inf", "infinity"});
  return {.kind = is_infinite ? CellKind::kNonFinite : CellKind::kText};
}

NumberCell read_cell(std::string_view text, const NumberRules& rules) {
  if (!begins_like_a_number(text)) return read_word(text, rules);
  if (rules.allow_decimal_comma && text.find(',') != std::string_view::npos) {
    return read_with_decimal_comma(text, rules.allow_suffix);
  }
  return read_plain_number(text, rules.allow_suffix);
}

}  // namespace

std::string_view trim_cell(std::string_view text) {
  constexpr auto kIsBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && kIsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && kIsBlank(text.back())) text.remove_suffix(1);
  return text;
}

NumberCell read_number(std::string_view text, const NumberRules& rules) {
  text = trim_cell(text);
  if (text.empty()) return {.kind = CellKind::kMissing};
  const NumberCell cell = read_cell(text, rules);
  if (cell.kind == CellKind::kText && is_mark_of_nothing(text)) return {.kind = CellKind::kMissing};
  return cell;
}

bool TimestampColumn::add(std::string_view text, std::int64_t row) {
  text = trim_cell(text);
  bool is_read = false;
  if (format_ != Format::kEpoch) is_read = add_iso8601(text, row);
  if (!is_read && format_ != Format::kIso8601) is_read = add_epoch(text);
  if (!is_read) report_unreadable(text, row);
  return is_read;
}

bool TimestampColumn::add_iso8601(std::string_view text, std::int64_t row) {
  const auto parsed = parse_iso8601(text);
  if (!parsed) return false;
  note_zone(*parsed, text, row);
  format_ = Format::kIso8601;
  moments_.push_back(parsed->seconds);
  return true;
}

bool TimestampColumn::add_epoch(std::string_view text) {
  if (text.empty() || !begins_like_a_number(text)) return false;
  const auto value = whole_number_text(text);
  if (!value || *value < kSmallestEpoch || *value > kLargestEpoch) return false;
  format_ = Format::kEpoch;
  largest_epoch_ = std::max(largest_epoch_, std::abs(*value));
  epochs_.push_back(*value);
  return true;
}

void TimestampColumn::note_zone(const ParsedTimestamp& parsed, std::string_view text,
                                std::int64_t row) {
  has_offset_ = has_offset_ || parsed.offset_seconds != 0;
  if (format_ == Format::kUndecided) {
    first_has_zone_ = parsed.has_zone;
    first_offset_seconds_ = parsed.offset_seconds;
    first_row_ = row;
    return;
  }
  if (parsed.has_zone == first_has_zone_) {
    if (parsed.offset_seconds != first_offset_seconds_) report_other_offset(text, row);
    return;
  }
  log_->add(Severity::kError, ErrorCode::kMixedTimezones, header_, row, [&] {
    Error error;
    const std::string_view is = parsed.has_zone ? " with a time zone" : " without a time zone";
    const std::string_view others = first_has_zone_ ? "one" : "none";
    error.found = quote_excerpt(text) + std::string(is);
    error.expected = std::string(others) + ", as in row " + std::to_string(first_row_);
    error.fix = "Write Z or an offset in every row; without one the time is read as UTC.";
    return error;
  });
}

// Unambiguous, and what local time looks like across a change of the clock; yet often an accident.
void TimestampColumn::report_other_offset(std::string_view text, std::int64_t row) {
  log_->add(Severity::kWarning, ErrorCode::kMixedTimezones, header_, row, [&] {
    Error error;
    error.found = quote_excerpt(text);
    error.expected = "the offset of row " + std::to_string(first_row_);
    error.fix = "Nothing has to be done if the offsets are meant: each is applied to its row.";
    return error;
  });
}

void TimestampColumn::report_unreadable(std::string_view text, std::int64_t row) {
  log_->add(Severity::kError, ErrorCode::kInvalidTimestamp, header_, row, [&] {
    Error error;
    error.found = text.empty() ? "an empty cell" : quote_excerpt(text);
    error.expected =
        format_ == Format::kEpoch     ? "a number of seconds or milliseconds since 1970, as above"
        : format_ == Format::kIso8601 ? "ISO-8601 like 2026-11-24T10:05:00Z, as above"
                                      : "ISO-8601 like 2026-11-24T10:05:00Z, or seconds since 1970";
    error.fix = "Correct the cell; its row was left out.";
    return error;
  });
}

std::vector<Timestamp> TimestampColumn::finish(Detection& detected) {
  detected.timestamp_header = header_;
  if (format_ != Format::kEpoch) {
    detected.timestamp_format = "iso8601";
    detected.timezone = has_offset_ ? "offset" : first_has_zone_ ? "UTC" : "assumed_utc";
    return std::move(moments_);
  }
  const bool is_milliseconds = largest_epoch_ >= kFirstMilliseconds;
  detected.timestamp_format = is_milliseconds ? "epoch_milliseconds" : "epoch_seconds";
  detected.timezone = "UTC";
  moments_.reserve(epochs_.size());
  for (const double epoch : epochs_) {
    moments_.push_back(
        static_cast<Timestamp>(std::floor(is_milliseconds ? epoch / 1000.0 : epoch)));
  }
  return std::move(moments_);
}

}  // namespace plimsoll
