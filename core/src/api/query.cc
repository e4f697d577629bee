#include "api/query.h"

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

Result<std::int64_t> read_count(const Query& query, std::string_view name, std::int64_t fallback) {
  const std::string* const text = query.find(name);
  if (text == nullptr) return fallback;
  std::int64_t value = 0;
  const bool digits = !text->empty() && text->size() <= 12 &&
                      text->find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return invalid_parameter(name, *text, "a whole number", "Give digits only.");
  for (const char c : *text) value = value * 10 + (c - '0');
  return value;
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

Result<std::optional<Timestamp>> read_moment(const Query& query, std::string_view name) {
  const std::string* const text = query.find(name);
  if (text == nullptr) return std::optional<Timestamp>();
  const auto parsed = parse_iso8601(*text);
  if (!parsed) {
    return invalid_parameter(name, *text, "a moment like 2026-11-24T10:05:00Z",
                             "Write ISO-8601; a + in an offset is %2B in a URL.");
  }
  return std::optional<Timestamp>(parsed->seconds);
}

Result<std::int64_t> read_tz(const Query& query) {
  const std::string* const text = query.find("tz");
  if (text == nullptr) return std::int64_t{0};
  // A bare + in a URL reads as a space: `tz=+01:00` is what people type.
  std::string zone = *text;
  if (!zone.empty() && zone.front() == ' ') zone.front() = '+';
  auto offset = parse_utc_offset(zone);
  if (offset) return offset;
  Error error = offset.error();
  error.where.field = "tz";
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

Result<bool> read_switch(const Query& query, std::string_view name, bool fallback) {
  const std::string* const text = query.find(name);
  if (text == nullptr) return fallback;
  if (*text == "1" || *text == "true") return true;
  if (*text == "0" || *text == "false") return false;
  return invalid_parameter(name, *text, "1 or 0", "Leave it out to get the default.");
}

Result<std::string> read_format(const Query& query, std::initializer_list<std::string_view> known) {
  const std::string* const text = query.find("format");
  if (text == nullptr) return std::string("json");
  if (std::find(known.begin(), known.end(), *text) != known.end()) return *text;
  std::string expected;
  for (const std::string_view name : known) {
    expected += (expected.empty() ? "" : ", ") + std::string(name);
  }
  return invalid_parameter("format", *text, "one of " + expected, "json is the default.");
}

Result<PlanOptions> read_plan_options(const Query& query) {
  PlanOptions options;
  auto parse = read_parse_options(query);
  if (!parse) return parse.error();
  options.parse = std::move(parse).value();
  const auto now = read_moment(query, "now");
  if (!now) return now.error();
  options.now = now.value();
  const auto tz = read_tz(query);
  if (!tz) return tz.error();
  options.utc_offset_seconds = tz.value();
  if (const std::string* const name = query.find("preset")) {
    const auto preset = parse_preset(*name);
    if (!preset) return preset.error();
    options.preset = preset.value();
  }
  if (const std::string* const name = query.find("policy")) {
    const auto policy = parse_policy(*name);
    if (!policy) return policy.error();
    options.policy = policy.value();
  }
  if (const std::string* const name = query.find("horizon")) {
    const auto horizon = parse_horizon(*name);
    if (!horizon) return horizon.error();
    options.horizon = horizon.value();
  }
  const auto records = read_count(query, "min_records", options.validation.min_records);
  if (!records) return records.error();
  options.validation.min_records = records.value();
  const auto tolerate = read_switch(query, "tolerate_missing", false);
  if (!tolerate) return tolerate.error();
  options.validation.tolerate_missing = tolerate.value();
  return options;
}

}  // namespace plimsoll
