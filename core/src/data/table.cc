#include "plimsoll/data/table.h"

#include <algorithm>
#include <utility>

#include "data/cells.h"
#include "data/column_reader.h"
#include "data/columns.h"
#include "data/csv_reader.h"
#include "data/findings.h"
#include "data/unread_columns.h"
#include "data/workload_index.h"
#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

Error file_error(ErrorCode code, std::int64_t row, std::string found, std::string expected,
                 std::string fix) {
  return Error{.code = code,
               .where = {.row = row, .column = {}, .field = {}},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix = std::move(fix)};
}

Error unclosed_quote(std::int64_t row) {
  return file_error(ErrorCode::kUnclosedQuote, row, "a quote that is never closed",
                    "a second quote at the end of the field",
                    "Close the quote; the file was read up to this row.");
}

// A record that breaks a limit.
Error over_limit(const CsvReader& reader, CsvReader::Outcome outcome) {
  if (outcome == CsvReader::Outcome::kTooManyFields) {
    return file_error(ErrorCode::kTooManyColumns, reader.row(),
                      "more than " + std::to_string(kLimits.max_columns) + " fields",
                      "at most " + std::to_string(kLimits.max_columns),
                      "Keep the columns of the timestamp, CPU, memory and names.");
  }
  return file_error(ErrorCode::kFieldTooLong, reader.row(),
                    "a field of " + std::to_string(reader.fields().back().size()) + " bytes",
                    "at most " + std::to_string(kLimits.max_field_bytes),
                    "Look for a quote that is not closed.");
}

bool has_line_end(std::string_view bytes) {
  return bytes.find_first_of("\r\n") != std::string_view::npos;
}

// A header that goes on into moments, and nothing below it.
bool has_lost_line_ends(std::string_view bytes, const std::vector<std::string>& headers) {
  return !has_line_end(bytes) &&
         std::any_of(headers.begin(), headers.end(),
                     [](const std::string& header) { return parse_iso8601(header).has_value(); });
}

Error lost_line_ends() {
  return file_error(
      ErrorCode::kNotCsv, 1, "one line that holds header and samples",
      "a line of names, then a line a sample",
      "Send the file as it is: `curl --data-binary @FILE`; `-d` drops the line ends.");
}

// A file whose header has been read.
struct OpenFile {
  CsvReader reader;
  std::string_view body;  // without the byte order mark
  Detection detected;
};

Result<OpenFile> open_file(std::string_view bytes) {
  if (auto error = check_is_text(bytes)) return *error;
  Detection detected;
  detected.byte_order_mark = take_byte_order_mark(bytes);
  detected.delimiter = detect_delimiter(bytes);
  CsvReader reader(bytes, detected.delimiter);
  const CsvReader::Outcome outcome = reader.next();
  if (outcome == CsvReader::Outcome::kUnclosedQuote) return unclosed_quote(reader.row());
  if (outcome == CsvReader::Outcome::kEnd) return empty_file("only empty fields");
  if (outcome == CsvReader::Outcome::kTooManyFields && !has_line_end(bytes)) {
    return lost_line_ends();
  }
  if (outcome != CsvReader::Outcome::kRecord) return over_limit(reader, outcome);
  detected.headers = clean_headers(reader.fields());
  if (has_lost_line_ends(bytes, detected.headers)) return lost_line_ends();
  return OpenFile{.reader = std::move(reader), .body = bytes, .detected = std::move(detected)};
}

// Reads the rows of a file into a table.
class TableReader {
 public:
  TableReader(OpenFile& file, const ColumnBindings& bindings)
      : file_(&file),
        bindings_(&bindings),
        timestamps_(bindings.timestamp.header, log_),
        workloads_(bindings.names),
        unread_(file.detected.headers, bindings) {
    const NumberRules rules{.allow_suffix = false,
                            .allow_decimal_comma = file.detected.delimiter != ','};
    for (const ColumnBinding& column : bindings.numeric) columns_.emplace_back(column, rules, log_);
  }

  Result<Table> read() {
    CsvReader& reader = file_->reader;
    CsvReader::Outcome outcome = reader.next();
    for (; outcome == CsvReader::Outcome::kRecord; outcome = reader.next()) {
      if (++table_.record_count > kLimits.max_rows) return too_many_rows();
      add_record(reader.fields(), reader.row());
      if (workloads_.size() > kLimits.max_workloads) return too_many_workloads();
    }
    if (outcome == CsvReader::Outcome::kUnclosedQuote) {
      ++table_.record_count;
      log_.add(Severity::kError, ErrorCode::kUnclosedQuote, {}, reader.row(),
               [&] { return unclosed_quote(reader.row()); });
    } else if (outcome != CsvReader::Outcome::kEnd) {
      return over_limit(reader, outcome);
    }
    return finish();
  }

 private:
  void add_record(const std::vector<std::string_view>& fields, std::int64_t row) {
    if (!has_expected_width(fields)) {
      report_ragged(fields.size(), row);
      return;
    }
    if (!timestamps_.add(fields[bindings_->timestamp.index], row)) return;
    table_.source_rows.push_back(row);
    table_.workload_of.push_back(workloads_.index_of(fields));
    for (ColumnReader& column : columns_) {
      column.add(fields, row, table_.workload_of.back());
    }
    unread_.add(fields);
  }

  // A delimiter at the end of the line, in the rows only, adds nothing.
  [[nodiscard]] bool has_expected_width(const std::vector<std::string_view>& fields) const {
    const std::size_t expected = file_->detected.headers.size();
    if (fields.size() == expected) return true;
    return fields.size() == expected + 1 && trim_cell(fields.back()).empty();
  }

  void report_ragged(std::size_t count, std::int64_t row) {
    log_.add(Severity::kError, ErrorCode::kRaggedRow, {}, row, [&] {
      Error error;
      error.found = std::to_string(count) + (count == 1 ? " field" : " fields");
      error.expected = std::to_string(file_->detected.headers.size()) + ", as in the header";
      error.fix = "Put quotes around a value that holds the delimiter; the row was left out.";
      return error;
    });
  }

  [[nodiscard]] Error too_many_rows() const {
    return file_error(ErrorCode::kTooManyRows, file_->reader.row(),
                      "more than " + std::to_string(kLimits.max_rows) + " rows",
                      "at most " + std::to_string(kLimits.max_rows),
                      "Split the file by workload, or sample it less often.");
  }

  [[nodiscard]] Error too_many_workloads() const {
    return file_error(ErrorCode::kTooManyWorkloads, file_->reader.row(),
                      "more than " + std::to_string(kLimits.max_workloads) + " workloads",
                      "at most " + std::to_string(kLimits.max_workloads),
                      "Split the file by namespace.");
  }

  Result<Table> finish() {
    if (table_.record_count == 0) {
      return file_error(ErrorCode::kNoRows, 1, "a header without rows", "rows below the header",
                        "Check the export that wrote the file.");
    }
    if (table_.source_rows.empty()) return *log_.first_error();
    table_.detected = std::move(file_->detected);
    table_.ds = timestamps_.finish(table_.detected);
    table_.workloads = workloads_.take();
    for (ColumnReader& column : columns_) {
      table_.columns.push_back(column.finish());
    }
    table_.missing_columns = bindings_->missing;
    table_.telling_columns = unread_.telling();
    table_.findings = log_.take();
    return std::move(table_);
  }

  OpenFile* file_;
  const ColumnBindings* bindings_;
  FindingLog log_;
  TimestampColumn timestamps_;
  WorkloadIndex workloads_;
  std::vector<ColumnReader> columns_;
  UnreadColumns unread_;
  Table table_;
};

// Reads a file of which every row must be readable.
Result<Table> read_strictly(OpenFile& file, const ColumnBindings& bindings) {
  Result<Table> table = TableReader(file, bindings).read();
  if (!table.ok()) return table;
  for (const Finding& finding : table.value().findings) {
    if (finding.severity == Severity::kError) return finding.first;
  }
  return table;
}

// The columns whose first rows hold numbers, and at least one.
std::vector<std::size_t> find_numeric_columns(const OpenFile& file) {
  constexpr int kRowsRead = 100;
  const NumberRules rules{.allow_suffix = false,
                          .allow_decimal_comma = file.detected.delimiter != ','};
  CsvReader reader(file.body, file.detected.delimiter);
  reader.next();
  const std::size_t width = file.detected.headers.size();
  std::vector<int> numbers(width);
  std::vector<int> texts(width);
  for (int i = 0; i < kRowsRead && reader.next() == CsvReader::Outcome::kRecord; ++i) {
    for (std::size_t c = 0; c < std::min(width, reader.fields().size()); ++c) {
      const CellKind kind = read_number(reader.fields()[c], rules).kind;
      numbers[c] += kind == CellKind::kNumber ? 1 : 0;
      texts[c] += kind == CellKind::kText ? 1 : 0;
    }
  }
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < width; ++c) {
    if (numbers[c] > 0 && texts[c] == 0) found.push_back(c);
  }
  return found;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  constexpr std::string_view kNames[] = {"info", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string display_name(const WorkloadKey& key) {
  std::string out;
  for (const std::string* part : {&key.namespace_name, &key.workload, &key.container}) {
    if (!part->empty() && !out.empty()) out += '/';
    out += *part;
  }
  return out;
}

const NumericColumn* Table::column(std::string_view role) const {
  for (const NumericColumn& candidate : columns) {
    if (candidate.role == role) return &candidate;
  }
  return nullptr;
}

Result<Table> parse_usage_csv(std::string_view bytes, const ParseOptions& options) {
  Result<OpenFile> file = open_file(bytes);
  if (!file.ok()) return file.error();
  const auto bindings = bind_usage_columns(file.value().detected.headers, options);
  if (!bindings.ok()) return bindings.error();
  return TableReader(file.value(), bindings.value()).read();
}

Result<Table> parse_training_csv(std::string_view bytes, const ParseOptions& options) {
  Result<OpenFile> file = open_file(bytes);
  if (!file.ok()) return file.error();
  const auto bindings = bind_training_columns(file.value().detected.headers,
                                              find_numeric_columns(file.value()), options);
  if (!bindings.ok()) return bindings.error();
  return read_strictly(file.value(), bindings.value());
}

Result<Table> parse_moments_csv(std::string_view bytes, const ParseOptions& options) {
  Result<OpenFile> file = open_file(bytes);
  if (!file.ok()) return file.error();
  const auto bindings = bind_moment_columns(file.value().detected.headers, options);
  if (!bindings.ok()) return bindings.error();
  return read_strictly(file.value(), bindings.value());
}

}  // namespace plimsoll
