#include "api/query.h"

#include <algorithm>

#include "base/number_text.h"
#include "plimsoll/base/decimal.h"
#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

Result<std::int64_t> read_count(const Query& query, const Option& option, std::int64_t fallback) {
  const std::string* const text = query.find(option.name);
  if (text == nullptr) return fallback;
  std::int64_t value = 0;
  const bool digits = !text->empty() && text->size() <= 12 &&
                      text->find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return invalid_parameter(option.name, *text, "a whole number", "Give digits only.");
  for (const char c : *text) value = value * 10 + (c - '0');
  return value;
}

std::optional<double> number_within(const Option& option, std::string_view text) {
  const ParsedDecimal parsed = parse_decimal(text);
  const bool is_number = parsed.length > 0 && parsed.length == text.size();
  if (!is_number || !(parsed.value >= option.least && parsed.value <= option.most)) {
    return std::nullopt;
  }
  return parsed.value;
}

std::string bounds_text(const Option& option) {
  if (option.most >= 1e308) return "";
  return " from " + number_text(option.least) + " to " + number_text(option.most);
}

std::string fallback_text(const Option& option) {
  return "Without it: " + std::string(option.fallback) + '.';
}

}  // namespace

Error invalid_parameter(std::string_view name, const std::string& value, std::string expected,
                        std::string fix) {
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {.row = std::nullopt, .column = "", .field = std::string(name)},
               .found = '"' + value + '"',
               .expected = std::move(expected),
               .fix = std::move(fix)};
}

void Query::add(std::string name, std::string value) {
  parameters_.emplace_back(std::move(name), std::move(value));
}

const std::string* Query::find(std::string_view name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return &value;
  }
  return nullptr;
}

Result<Target> parse_target(std::string_view text) {
  if (text.size() > kLimits.max_target_bytes) {
    return Error{.code = ErrorCode::kTooLarge,
                 .where = {.row = std::nullopt, .column = "", .field = "target"},
                 .found = std::to_string(text.size()) + " bytes",
                 .expected = "at most " + std::to_string(kLimits.max_target_bytes),
                 .fix = "Shorten the query."};
  }
  const std::size_t mark = text.find('?');
  Target target;
  target.path = std::string(text.substr(0, mark));
  std::string_view rest = mark == std::string_view::npos ? "" : text.substr(mark + 1);
  while (!rest.empty()) {
    const std::size_t end = rest.find('&');
    const std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals));
    auto value = percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (!name || !value) {
      return invalid_parameter("query", std::string(pair), "percent escapes like %20",
                               "Encode the query as URLs are.");
    }
    if (target.query.find(*name) != nullptr) {
      return invalid_parameter(*name, *value, "each parameter once", "Remove one of the two.");
    }
    target.query.add(std::move(*name), std::move(*value));
  }
  return target;
}

Result<std::optional<Timestamp>> read_moment(const Query& query, const Option& option) {
  const std::string* const text = query.find(option.name);
  if (text == nullptr) return std::optional<Timestamp>();
  const auto parsed = parse_iso8601(*text);
  if (!parsed) {
    return invalid_parameter(option.name, *text, "a moment like 2026-11-24T10:05:00Z",
                             "Write ISO-8601; a + in an offset is %2B in a URL.");
  }
  return std::optional<Timestamp>(parsed->seconds);
}

Result<std::optional<std::int64_t>> read_tz(const Query& query) {
  const std::string* const text = query.find(option::kTz.name);
  if (text == nullptr) return std::optional<std::int64_t>();
  // A bare + in a URL reads as a space: `tz=+01:00` is what people type.
  std::string zone = *text;
  if (!zone.empty() && zone.front() == ' ') zone.front() = '+';
  const auto offset = parse_utc_offset(zone);
  if (offset) return std::optional(offset.value());
  Error error = offset.error();
  error.where.field = option::kTz.name;
  return error;
}

Result<ParseOptions> read_parse_options(const Query& query) {
  ParseOptions options;
  for (const auto& [name, value] : query.all()) {
    if (name.starts_with("map.")) options.columns[name.substr(4)] = value;
    if (name.starts_with("unit.")) options.units[name.substr(5)] = value;
  }
  return options;
}

Result<bool> read_switch(const Query& query, const Option& option) {
  const std::string* const text = query.find(option.name);
  if (text == nullptr) return option.fallback == "1";
  if (*text == "1" || *text == "true") return true;
  if (*text == "0" || *text == "false") return false;
  return invalid_parameter(option.name, *text, "1 or 0", fallback_text(option));
}

Result<std::string> read_choice(const Query& query, const Option& option) {
  const std::string* const text = query.find(option.name);
  if (text == nullptr) return std::string(option.fallback);
  std::string expected;
  for (std::string_view rest = option.choices; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (*text == rest.substr(0, end)) return *text;
    expected += (expected.empty() ? "" : ", ") + std::string(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return invalid_parameter(option.name, *text, "one of " + expected, fallback_text(option));
}

Result<std::optional<double>> read_number(const Query& query, const Option& option) {
  const std::string* const text = query.find(option.name);
  if (text == nullptr) return std::optional<double>();
  if (const auto number = number_within(option, *text)) return number;
  return invalid_parameter(option.name, *text, "a number" + bounds_text(option),
                           fallback_text(option));
}

Result<std::vector<double>> read_numbers(const Query& query, const Option& option,
                                         std::size_t most) {
  std::vector<double> numbers;
  const std::string* const text = query.find(option.name);
  if (text == nullptr) return numbers;
  for (std::size_t start = 0; start <= text->size();) {
    const std::size_t end = std::min(text->find(',', start), text->size());
    const auto number = number_within(option, std::string_view(*text).substr(start, end - start));
    if (!number || numbers.size() == most) {
      return invalid_parameter(option.name, *text,
                               "at most " + std::to_string(most) + " numbers" + bounds_text(option),
                               "Separate them by commas: 0.5,0.99.");
    }
    numbers.push_back(*number);
    start = end + 1;
  }
  return numbers;
}

Result<ValidationOptions> read_validation_options(const Query& query) {
  ValidationOptions options;
  const auto records = read_count(query, option::kMinRecords, options.min_records);
  if (!records) return records.error();
  options.min_records = records.value();
  const auto tolerate = read_switch(query, option::kTolerateMissing);
  if (!tolerate) return tolerate.error();
  options.tolerate_missing = tolerate.value();
  return options;
}

Result<PlanOptions> read_plan_options(const Query& query) {
  PlanOptions options;
  auto parse = read_parse_options(query);
  if (!parse) return parse.error();
  options.parse = std::move(parse).value();
  const auto now = read_moment(query, option::kNow);
  if (!now) return now.error();
  options.now = now.value();
  const auto tz = read_tz(query);
  if (!tz) return tz.error();
  options.utc_offset_seconds = tz.value().value_or(0);
  if (const std::string* const name = query.find(option::kPreset.name)) {
    const auto preset = parse_preset(*name);
    if (!preset) return preset.error();
    options.preset = preset.value();
  }
  if (const std::string* const name = query.find(option::kPolicy.name)) {
    const auto policy = find_policy(*name);
    if (!policy) return policy.error();
    options.policy = policy.value();
  }
  if (const std::string* const name = query.find(option::kHorizon.name)) {
    const auto horizon = parse_horizon(*name);
    if (!horizon) return horizon.error();
    options.horizon = horizon.value();
  }
  const auto validation = read_validation_options(query);
  if (!validation) return validation.error();
  options.validation = validation.value();
  return options;
}

}  // namespace plimsoll
