#include "plimsoll/table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "column_binding.h"
#include "csv_reader.h"
#include "finding_log.h"
#include "plimsoll/limits.h"
#include "plimsoll/quantity.h"

namespace plimsoll {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool equals_ignoring_case(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
         });
}

bool means_missing(std::string_view cell) {
  for (const std::string_view word : {"", "na", "nan", "null", "-nan", "n/a"}) {
    if (equals_ignoring_case(cell, word)) return true;
  }
  return false;
}

bool means_infinite(std::string_view cell) {
  if (!cell.empty() && (cell.front() == '-' || cell.front() == '+')) cell.remove_prefix(1);
  return equals_ignoring_case(cell, "inf") || equals_ignoring_case(cell, "infinity");
}

// Reads one file into a Table. The steps are in the order they happen.
class TableReader {
 public:
  TableReader(std::string_view bytes, FileKind kind, const ParseOptions& options)
      : bytes_(bytes), kind_(kind), options_(options) {}

  Result<Table> read() {
    if (const auto error = check_is_text(bytes_)) return *error;
    table_.detected.byte_order_mark = take_byte_order_mark(bytes_);
    table_.detected.delimiter = detect_delimiter(bytes_);
    CsvReader reader(bytes_, table_.detected.delimiter);
    if (const auto error = read_header(reader)) return *error;
    if (const auto error = read_rows(reader)) return *error;
    if (table_.record_count == 0) return no_rows();
    if (table_.ds.empty()) return findings_.all().front().first;
    finish();
    return std::move(table_);
  }

 private:
  using Outcome = CsvReader::Outcome;

  [[nodiscard]] static Error no_rows() {
    return Error{.code = ErrorCode::kNoRows,
                 .where = {.row = 1, .column = "", .field = ""},
                 .found = "a header and nothing below it",
                 .expected = "a row for each sample",
                 .fix = "Export the data again, with its rows."};
  }

  std::optional<Error> read_header(CsvReader& reader) {
    const Outcome outcome = reader.next();
    if (outcome == Outcome::kEnd) {
      return Error{.code = ErrorCode::kEmptyFile,
                   .where = {},
                   .found = "a file without any text",
                   .expected = "a header line and a row for each sample",
                   .fix = "Export the data again."};
    }
    if (outcome != Outcome::kRecord) return structural_error(outcome, reader.row());
    for (const std::string_view field : reader.fields()) {
      table_.detected.headers.emplace_back(trimmed(field));
    }
    while (table_.detected.headers.size() > 1 && table_.detected.headers.back().empty()) {
      table_.detected.headers.pop_back();
    }
    auto bindings = bind_columns(table_.detected.headers, kind_, options_);
    if (!bindings) return bindings.error();
    bindings_ = std::move(bindings).value();
    table_.detected.timestamp_header = bindings_.timestamp_header;
    table_.missing_columns = bindings_.missing;
    for (const NumericBinding& binding : bindings_.numbers) {
      table_.columns.push_back(
          {binding.role, binding.header, binding.unit, binding.unit_source, {}});
    }
    has_suffix_.assign(bindings_.numbers.size(), false);
    return std::nullopt;
  }

  std::optional<Error> read_rows(CsvReader& reader) {
    for (;;) {
      const Outcome outcome = reader.next();
      if (outcome == Outcome::kEnd) return std::nullopt;
      if (outcome != Outcome::kRecord) {
        // What came before is whole; what follows cannot be told apart.
        findings_.add(Severity::kError, structural_error(outcome, reader.row()));
        return kind_ == FileKind::kUsage ? std::nullopt
                                         : std::optional(findings_.all().front().first);
      }
      if (table_.record_count == kLimits.max_rows) return too_many_rows();
      ++table_.record_count;
      read_row(reader);
      if (too_many_workloads_) return too_many_workloads();
      if (kind_ != FileKind::kUsage && has_error_) return findings_.all()[*has_error_].first;
    }
  }

  void read_row(const CsvReader& reader) {
    const auto& fields = reader.fields();
    const std::size_t expected = table_.detected.headers.size();
    std::size_t count = fields.size();
    while (count > expected && trimmed(fields[count - 1]).empty()) --count;
    if (count != expected) {
      note({.code = ErrorCode::kRaggedRow,
            .where = {.row = reader.row(), .column = "", .field = ""},
            .found = std::to_string(count) + " fields",
            .expected = std::to_string(expected) + ", as the header has",
            .fix = "Quote fields that hold the delimiter, or complete the row."});
      return;
    }
    const auto ds = read_timestamp(trimmed(fields[bindings_.timestamp]), reader.row());
    if (!ds) return;
    table_.ds.push_back(*ds);
    table_.source_rows.push_back(reader.row());
    table_.workload_of.push_back(workload_index(fields));
    for (std::size_t i = 0; i < bindings_.numbers.size(); ++i) {
      const std::string_view cell = trimmed(fields[bindings_.numbers[i].index]);
      table_.columns[i].values.push_back(read_number(i, cell, reader.row()));
    }
  }

  // The first readable cell decides whether the column is ISO-8601 or epoch.
  std::optional<Timestamp> read_timestamp(std::string_view cell, std::int64_t row) {
    if (const auto parsed = parse_iso8601(cell); parsed && format_ != Format::kEpoch) {
      format_ = Format::kIso8601;
      check_zone(parsed->has_zone, cell, row);
      return parsed->seconds;
    }
    if (const auto number = parse_quantity(cell); number && !number->has_suffix &&
                                                  format_ != Format::kIso8601 &&
                                                  std::abs(number->value) < 1e15) {
      format_ = Format::kEpoch;
      largest_epoch_ = std::max(largest_epoch_, std::abs(number->value));
      return static_cast<Timestamp>(std::floor(number->value));
    }
    note({.code = ErrorCode::kInvalidTimestamp,
          .where = {.row = row, .column = bindings_.timestamp_header, .field = ""},
          .found = shown_cell(cell),
          .expected = format_ == Format::kEpoch ? "a number of seconds or milliseconds, as above it"
                                                : "a moment like 2026-11-24T10:05:00Z",
          .fix = "Write ISO-8601, or seconds or milliseconds since 1970 throughout."});
    return std::nullopt;
  }

  void check_zone(bool has_zone, std::string_view cell, std::int64_t row) {
    if (!first_has_zone_) first_has_zone_ = has_zone;
    if (*first_has_zone_ == has_zone) return;
    note({.code = ErrorCode::kMixedTimezones,
          .where = {.row = row, .column = bindings_.timestamp_header, .field = ""},
          .found = shown_cell(cell) + (has_zone ? " with a zone" : " without a zone"),
          .expected =
              *first_has_zone_ ? "a zone, as in the rows above" : "no zone, as in the rows above",
          .fix = "Write a zone on every timestamp; those without are read as UTC."});
  }

  std::uint32_t workload_index(const std::vector<std::string_view>& fields) {
    const auto part = [&fields](const std::optional<std::size_t>& index) {
      return index ? std::string(trimmed(fields[*index])) : std::string();
    };
    WorkloadKey key{part(bindings_.namespace_name), part(bindings_.workload),
                    part(bindings_.container)};
    if (key.workload.empty()) key.workload = "default";
    if (!table_.workloads.empty() && table_.workloads[last_workload_] == key) {
      return last_workload_;
    }
    const auto next = static_cast<std::uint32_t>(table_.workloads.size());
    const auto [entry, fresh] = workload_indices_.try_emplace(std::move(key), next);
    if (fresh) table_.workloads.push_back(entry->first);
    too_many_workloads_ = table_.workloads.size() > kLimits.max_workloads;
    last_workload_ = entry->second;
    return last_workload_;
  }

  double read_number(std::size_t i, std::string_view cell, std::int64_t row) {
    const NumericBinding& binding = bindings_.numbers[i];
    if (means_missing(cell)) {
      if (kind_ == FileKind::kUsage && is_usage(binding)) note_missing(binding, row);
      return kMissing;
    }
    auto parsed = parse_quantity(cell);
    if (!parsed) parsed = parse_decimal_comma(cell);
    const bool physical = binding.unit == Unit::kCores || binding.unit == Unit::kBytes;
    if (!parsed || (parsed->has_suffix && !physical) || !std::isfinite(parsed->value)) {
      const bool infinite = means_infinite(cell) || (parsed && !std::isfinite(parsed->value));
      note(cell_error(infinite ? ErrorCode::kNonFinite : ErrorCode::kInvalidNumber, binding, cell,
                      row, infinite ? "a finite number" : "a number"));
      return kMissing;
    }
    const bool may_be_negative = binding.unit == Unit::kNone;
    if (parsed->value < 0.0 && !may_be_negative) {
      note(cell_error(ErrorCode::kNegativeUsage, binding, cell, row, "a number of at least 0"));
      return kMissing;
    }
    if (parsed->has_suffix) has_suffix_[i] = true;
    return parsed->has_suffix ? parsed->value : parsed->value * binding.factor;
  }

  // `0,25` where the comma is not the delimiter.
  [[nodiscard]] std::optional<ParsedQuantity> parse_decimal_comma(std::string_view cell) const {
    constexpr std::size_t kLongestNumber = 64;
    const std::size_t comma = cell.find(',');
    if (table_.detected.delimiter == ',' || comma == std::string_view::npos ||
        cell.size() > kLongestNumber || cell.find('.') != std::string_view::npos) {
      return std::nullopt;
    }
    std::string text(cell);
    text[comma] = '.';
    return parse_quantity(text);
  }

  static bool is_usage(const NumericBinding& binding) {
    return binding.role == "cpu" || binding.role == "memory";
  }

  void note_missing(const NumericBinding& binding, std::int64_t row) {
    findings_.add(Severity::kWarning,
                  {.code = ErrorCode::kMissingValue,
                   .where = {.row = row, .column = binding.header, .field = ""},
                   .found = "no value",
                   .expected = "a number",
                   .fix = "Nothing has to be done if the sample was never taken."});
  }

  [[nodiscard]] static Error cell_error(ErrorCode code, const NumericBinding& binding,
                                        std::string_view cell, std::int64_t row,
                                        const char* expected) {
    return {.code = code,
            .where = {.row = row, .column = binding.header, .field = ""},
            .found = shown_cell(cell),
            .expected = expected,
            .fix = "Correct the cell, or leave it empty if the value is unknown."};
  }

  void note(Error error) {
    if (!has_error_) has_error_ = findings_.all().size();
    findings_.add(Severity::kError, std::move(error));
  }

  [[nodiscard]] static Error structural_error(Outcome outcome, std::int64_t row) {
    const Location where{.row = row, .column = "", .field = ""};
    if (outcome == Outcome::kUnclosedQuote) {
      return {ErrorCode::kUnclosedQuote, where, "a quote that is never closed", "a closing quote",
              "Close the quote; a quote within a field is written twice."};
    }
    if (outcome == Outcome::kFieldTooLong) {
      return {ErrorCode::kFieldTooLong, where, "a field over the limit",
              "at most " + std::to_string(kLimits.max_field_bytes) + " bytes",
              "Check the quotes before this row."};
    }
    return {ErrorCode::kTooManyColumns, where, "more columns than the limit",
            "at most " + std::to_string(kLimits.max_columns), "Remove columns that are not used."};
  }

  [[nodiscard]] static Error too_many_rows() {
    return {ErrorCode::kTooManyRows,
            {.row = kLimits.max_rows + 2, .column = "", .field = ""},
            "more rows than the limit",
            "at most " + std::to_string(kLimits.max_rows),
            "Split the file by workload, or export a coarser step."};
  }

  [[nodiscard]] Error too_many_workloads() const {
    return {ErrorCode::kTooManyWorkloads,
            {.row = table_.source_rows.back(), .column = "", .field = ""},
            "more workloads than the limit",
            "at most " + std::to_string(kLimits.max_workloads),
            "Split the file by namespace."};
  }

  // What only the whole column tells.
  void finish() {
    Detection& detected = table_.detected;
    if (format_ == Format::kEpoch) {
      constexpr double kLeastMilliseconds = 1e11;  // as seconds that would be the year 5138
      const bool milliseconds = largest_epoch_ >= kLeastMilliseconds;
      if (milliseconds) {
        for (Timestamp& ds : table_.ds) ds = (ds - (ds < 0 ? 999 : 0)) / 1000;
      }
      detected.timestamp_format = milliseconds ? "epoch_milliseconds" : "epoch_seconds";
      detected.timezone = "UTC";
    } else {
      detected.timestamp_format = "iso8601";
      detected.timezone = first_has_zone_.value_or(false) ? "offset" : "assumed_utc";
    }
    for (std::size_t i = 0; i < has_suffix_.size(); ++i) {
      if (has_suffix_[i] && table_.columns[i].unit_source == "default") {
        table_.columns[i].unit_source = "suffix";
      }
    }
    table_.findings = findings_.take();
  }

  enum class Format { kUnknown, kIso8601, kEpoch };

  std::string_view bytes_;
  FileKind kind_;
  const ParseOptions& options_;
  Table table_;
  ColumnBindings bindings_;
  FindingLog findings_;
  std::vector<bool> has_suffix_;  // by numeric column
  std::map<WorkloadKey, std::uint32_t> workload_indices_;
  std::uint32_t last_workload_ = 0;
  bool too_many_workloads_ = false;
  Format format_ = Format::kUnknown;
  double largest_epoch_ = 0.0;
  std::optional<bool> first_has_zone_;
  std::optional<std::size_t> has_error_;  // index of the first error among the findings
};

}  // namespace

std::string_view unit_name(Unit unit) {
  switch (unit) {
    case Unit::kCores:
      return "cores";
    case Unit::kBytes:
      return "bytes";
    case Unit::kPercent:
      return "percent";
    case Unit::kNone:
      return "none";
  }
  return "none";
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

std::string display_name(const WorkloadKey& key) {
  std::string name;
  for (const std::string* part : {&key.namespace_name, &key.workload, &key.container}) {
    if (!part->empty()) name += (name.empty() ? "" : "/") + *part;
  }
  return name;
}

const NumericColumn* Table::column(std::string_view role) const {
  for (const NumericColumn& candidate : columns) {
    if (candidate.role == role) return &candidate;
  }
  return nullptr;
}

Result<Table> parse_usage_csv(std::string_view bytes, const ParseOptions& options) {
  return TableReader(bytes, FileKind::kUsage, options).read();
}

Result<Table> parse_training_csv(std::string_view bytes, const ParseOptions& options) {
  return TableReader(bytes, FileKind::kTraining, options).read();
}

Result<std::vector<Timestamp>> parse_times_csv(std::string_view bytes,
                                               const ParseOptions& options) {
  auto table = TableReader(bytes, FileKind::kTimes, options).read();
  if (!table) return table.error();
  return std::move(table).value().ds;
}

}  // namespace plimsoll
