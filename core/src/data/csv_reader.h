// CSV bytes -> records of fields, one at a time and without a copy of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/base/status.h"

namespace plimsoll {

// Refuses what cannot be a CSV file at all: nothing, too much, or binary. 4 KiB of zeros and a PNG
// image renamed .csv are kNotText.
std::optional<Error> check_is_text(std::string_view bytes);

// What a file without a header is refused with; `found` says what is there instead.
Error empty_file(std::string_view found);

// Drops a UTF-8 byte order mark from the front; true when there was one.
bool take_byte_order_mark(std::string_view& bytes);

// The delimiter that occurs most in the first line that is not blank, outside quotes: comma,
// semicolon or tab; comma when there is none.
char detect_delimiter(std::string_view bytes);

// Reads RFC 4180 with any of the three line ends. A carriage return alone ends a line only in a
// file without a line feed. Quotes may hold delimiters, line ends and doubled quotes; a field that
// goes on after its closing quote is taken as written. Blank lines are skipped.
class CsvReader {
 public:
  // `bytes` must outlive the reader and hold no byte order mark.
  CsvReader(std::string_view bytes, char delimiter);

  enum class Outcome { kRecord, kEnd, kUnclosedQuote, kFieldTooLong, kTooManyFields };

  // Goes to the next record. After any outcome but kRecord the reader is at its end.
  Outcome next();

  // The fields of the record, unquoted, until the next call of next(); after kEnd there are none.
  [[nodiscard]] const std::vector<std::string_view>& fields() const { return fields_; }

  // The row a spreadsheet would show: the first line of the file is 1, and a line end in quotes
  // does not begin a row.
  [[nodiscard]] std::int64_t row() const { return row_; }

 private:
  void read_record();
  void read_unquoted(std::size_t begin);
  void read_quoted(std::size_t begin, std::size_t quote);
  std::string_view without_doubled_quotes(std::string_view text);
  void add_field(std::string_view field);
  [[nodiscard]] std::size_t find_field_end(std::size_t from) const;
  [[nodiscard]] std::string_view trim_line_end(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool is_blank_record() const;

  std::string_view bytes_;
  char delimiter_;
  char line_end_;
  std::size_t at_ = 0;
  std::int64_t row_ = 0;
  bool record_ended_ = false;
  Outcome outcome_ = Outcome::kRecord;
  std::vector<std::string_view> fields_;
  std::string unescaped_;  // fields of this record that held doubled quotes
};

}  // namespace plimsoll
