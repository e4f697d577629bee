#include "data/columns.h"

#include <algorithm>
#include <array>
#include <optional>

#include "data/header_names.h"
#include "plimsoll/data/metrics.h"

namespace plimsoll {
namespace {

// Usage of every metric, then their settings.
constexpr auto kNumericRoles = [] {
  std::array<std::string_view, 3 * kMetrics.size()> roles{};
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    roles[i] = kMetrics[i].name;
    roles[kMetrics.size() + 2 * i] = kMetrics[i].request_role;
    roles[kMetrics.size() + 2 * i + 1] = kMetrics[i].limit_role;
  }
  return roles;
}();
constexpr std::array<std::string_view, 3> kNameRoles = {"namespace", "workload", "container"};

using Headers = std::vector<std::string>;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool same_header(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

// The columns of the file as an error shows them, as many as stay readable.
std::string list_of(const Headers& headers) {
  constexpr std::size_t kShown = 12;
  std::string out = headers.size() == 1 ? "the column " : "the columns ";
  for (std::size_t i = 0; i < headers.size() && i < kShown; ++i) {
    if (i > 0) out += ", ";
    out += quote_excerpt(headers[i]);
  }
  if (headers.size() > kShown) {
    out += " and " + std::to_string(headers.size() - kShown) + " more";
  }
  return out;
}

Error column_error(ErrorCode code, std::string field, std::string found, std::string expected,
                   std::string fix) {
  return Error{.code = code,
               .where = {.row = 1, .column = {}, .field = std::move(field)},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix = std::move(fix)};
}

Error missing_column(const Headers& headers, std::string expected, std::string fix) {
  const bool begins_with_data =
      std::any_of(headers.begin(), headers.end(),
                  [](const std::string& header) { return parse_iso8601(header).has_value(); });
  if (begins_with_data) fix = "Put the names of the columns in the first line.";
  return column_error(ErrorCode::kMissingColumn, {}, list_of(headers), std::move(expected),
                      std::move(fix));
}

Error duplicate_column(std::string_view header, std::size_t first, std::size_t second) {
  Error error = column_error(ErrorCode::kDuplicateColumn, {},
                             quote_excerpt(header) + " as column " + std::to_string(first + 1) +
                                 " and as column " + std::to_string(second + 1),
                             "each name once", "Rename or remove one of the two columns.");
  error.where.column = std::string(header);
  return error;
}

Error ambiguous_column(std::string_view role, const std::string& a, const std::string& b) {
  return column_error(ErrorCode::kAmbiguousColumn, {},
                      quote_excerpt(a) + " and " + quote_excerpt(b),
                      "one column for " + std::string(role),
                      "Say which one is meant: map." + std::string(role) + '=' + a + '.');
}

using Candidate = std::optional<std::size_t>;

// The column the caller named for `role`; nothing when the caller named none.
Result<Candidate> mapped_column(const Headers& headers, std::string_view role,
                                const ParseOptions& options) {
  const auto mapped = options.columns.find(role);
  if (mapped == options.columns.end()) return Candidate{};
  const std::string_view wanted = trim(mapped->second);
  Candidate found;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!same_header(headers[i], wanted)) continue;
    if (found) return duplicate_column(headers[i], *found, i);
    found = i;
  }
  if (found) return found;
  return column_error(ErrorCode::kMissingColumn, "map." + std::string(role), list_of(headers),
                      "a column " + quote_excerpt(wanted), "Name a column of the file.");
}

bool is_mapped_to_another_role(const std::string& header, std::string_view role,
                               const ParseOptions& options) {
  return std::any_of(options.columns.begin(), options.columns.end(), [&](const auto& mapped) {
    return mapped.first != role && same_header(trim(mapped.second), header);
  });
}

// The one column for which `is_candidate` holds, unless the caller named it.
template <class Predicate>
Result<Candidate> find_column(const Headers& headers, std::string_view role,
                              const ParseOptions& options, Predicate is_candidate) {
  Result<Candidate> mapped = mapped_column(headers, role, options);
  if (!mapped.ok() || mapped.value()) return mapped;
  Candidate found;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!is_candidate(headers[i]) || is_mapped_to_another_role(headers[i], role, options)) continue;
    if (found && same_header(headers[*found], headers[i])) {
      return duplicate_column(headers[i], *found, i);
    }
    if (found) return ambiguous_column(role, headers[*found], headers[i]);
    found = i;
  }
  return found;
}

Result<Candidate> find_usage_column(const Headers& headers, std::string_view role,
                                    const ParseOptions& options) {
  return find_column(headers, role, options, [role](const std::string& header) {
    return usage_role_of(normalise_header(header)) == role;
  });
}

ColumnBinding bind_column(const Headers& headers, std::string_view role, std::size_t index) {
  return {.role = std::string(role),
          .header = headers[index],
          .index = index,
          .scale = {},
          .unit_source = "default"};
}

std::optional<Error> choose_unit(ColumnBinding& column, const ParseOptions& options) {
  const auto declared = options.units.find(column.role);
  if (declared != options.units.end()) {
    const auto scale = unit_by_name(column.role, trim(declared->second));
    if (!scale) {
      const MetricInfo* const metric = metric_of_role(column.role);
      return Error{.code = ErrorCode::kInvalidParameter,
                   .where = {.row = {}, .column = {}, .field = "unit." + column.role},
                   .found = quote_excerpt(declared->second),
                   .expected = std::string(metric != nullptr ? metric->unit_names : "none"),
                   .fix = "Leave it out to have the unit read from the header and the cells."};
    }
    column.scale = *scale;
    column.unit_source = "declared";
    return std::nullopt;
  }
  const auto from_header = unit_of_header(column.role, normalise_header(column.header));
  column.scale = from_header ? *from_header : default_unit(column.role);
  column.unit_source = from_header ? "header" : "default";
  return std::nullopt;
}

std::optional<Error> bind_numeric(const Headers& headers, const ParseOptions& options,
                                  ColumnBindings& bindings) {
  for (const std::string_view role : kNumericRoles) {
    const Result<Candidate> found = find_usage_column(headers, role, options);
    if (!found.ok()) return found.error();
    if (found.value()) {
      bindings.numeric.push_back(bind_column(headers, role, *found.value()));
      if (auto error = choose_unit(bindings.numeric.back(), options)) return error;
    } else if (is_usage_role(role)) {
      bindings.missing.emplace_back(role);
    }
  }
  return std::nullopt;
}

std::optional<Error> bind_names(const Headers& headers, const ParseOptions& options,
                                ColumnBindings& bindings) {
  for (const std::string_view role : kNameRoles) {
    const Result<Candidate> found = find_usage_column(headers, role, options);
    if (!found.ok()) return found.error();
    if (found.value()) bindings.names.push_back(bind_column(headers, role, *found.value()));
  }
  return std::nullopt;
}

// A column of exactly this name, unless the caller named another one.
Result<Candidate> find_exact(const Headers& headers, std::string_view role, std::string_view name,
                             const ParseOptions& options) {
  return find_column(headers, role, options,
                     [name](const std::string& header) { return same_header(header, name); });
}

// In Prophet's files `ds` is the timestamp whatever else there is.
Result<Candidate> find_ds(const Headers& headers, const ParseOptions& options) {
  Result<Candidate> exact = find_exact(headers, "timestamp", "ds", options);
  if (!exact.ok() || exact.value()) return exact;
  return find_usage_column(headers, "timestamp", options);
}

Result<Candidate> find_y(const Headers& headers, const std::vector<std::size_t>& numeric_columns,
                         std::size_t timestamp, const ParseOptions& options) {
  for (const std::string_view name : {"y", "value"}) {
    Result<Candidate> exact = find_exact(headers, "y", name, options);
    if (!exact.ok() || exact.value()) return exact;
  }
  Candidate only;
  for (const std::size_t index : numeric_columns) {
    if (index == timestamp) continue;
    if (only) return Candidate{};
    only = index;
  }
  return only;
}

// Columns whose role is their own name.
std::optional<Error> bind_named(const Headers& headers, const std::vector<std::string>& names,
                                bool needed, ColumnBindings& bindings) {
  for (const std::string& name : names) {
    const auto found = std::find(headers.begin(), headers.end(), name);
    if (found == headers.end()) {
      if (!needed) continue;
      return missing_column(headers, "a column " + quote_excerpt(name),
                            "The configuration asks for it: give it, or take that out.");
    }
    const auto again = std::find(found + 1, headers.end(), name);
    if (again != headers.end()) {
      return duplicate_column(name, static_cast<std::size_t>(found - headers.begin()),
                              static_cast<std::size_t>(again - headers.begin()));
    }
    bindings.numeric.push_back(
        bind_column(headers, name, static_cast<std::size_t>(found - headers.begin())));
    bindings.numeric.back().unit_source = kNoUnitSource;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> clean_headers(const std::vector<std::string_view>& fields) {
  Headers headers;
  headers.reserve(fields.size());
  for (const std::string_view field : fields) headers.push_back(repair_utf8(trim(field)));
  return headers;
}

Result<ColumnBindings> bind_usage_columns(const Headers& headers, const ParseOptions& options) {
  const Result<Candidate> timestamp = find_usage_column(headers, "timestamp", options);
  if (!timestamp.ok()) return timestamp.error();
  if (!timestamp.value()) {
    return missing_column(headers, "a timestamp column",
                          "Head it `timestamp`, or name it by map.timestamp=COLUMN.");
  }
  ColumnBindings bindings;
  bindings.timestamp = bind_column(headers, "timestamp", *timestamp.value());
  if (auto error = bind_numeric(headers, options, bindings)) return *error;
  if (auto error = bind_names(headers, options, bindings)) return *error;
  if (bindings.missing.size() == kMetrics.size()) {
    return missing_column(headers, "a cpu or a memory column",
                          "Head it `cpu_cores` or `memory_bytes`, or name it by map.cpu=COLUMN or "
                          "map.memory=COLUMN.");
  }
  return bindings;
}

Result<ColumnBindings> bind_moment_columns(const Headers& headers, const ParseOptions& options) {
  const Result<Candidate> timestamp = find_ds(headers, options);
  if (!timestamp.ok()) return timestamp.error();
  if (!timestamp.value()) {
    return missing_column(headers, "a column ds", "Name it: map.timestamp=COLUMN.");
  }
  ColumnBindings bindings;
  bindings.timestamp = bind_column(headers, "timestamp", *timestamp.value());
  if (auto error = bind_named(headers, options.needed_columns, true, bindings)) return *error;
  if (auto error = bind_named(headers, options.optional_columns, false, bindings)) return *error;
  return bindings;
}

Result<ColumnBindings> bind_training_columns(const Headers& headers,
                                             const std::vector<std::size_t>& numeric_columns,
                                             const ParseOptions& options) {
  Result<ColumnBindings> bindings = bind_moment_columns(headers, options);
  if (!bindings.ok()) return bindings;
  const Result<Candidate> y =
      find_y(headers, numeric_columns, bindings.value().timestamp.index, options);
  if (!y.ok()) return y.error();
  if (!y.value()) return missing_column(headers, "a column y", "Name it: map.y=COLUMN.");
  bindings.value().numeric.push_back(bind_column(headers, "y", *y.value()));
  return bindings;
}

}  // namespace plimsoll
