#include "data/csv_reader.h"

#include <algorithm>
#include <array>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

constexpr std::size_t kInspectedBytes = 1024;

// The bytes by which a format that is not CSV begins, and how to get CSV from it.
struct Signature {
  std::string_view magic;
  std::string_view format;
  std::string_view fix;
};

constexpr std::string_view kExportAsCsv = "Export the data as CSV text.";

constexpr std::array kSignatures = {
    Signature{"\x1F\x8B", "gzip data", "Decompress it first: gunzip FILE.csv.gz."},
    Signature{"\x89PNG", "a PNG image", kExportAsCsv},
    Signature{"\xFF\xD8\xFF", "a JPEG image", kExportAsCsv},
    Signature{"GIF8", "a GIF image", kExportAsCsv},
    Signature{"%PDF-", "a PDF document", kExportAsCsv},
    Signature{"PK\x03\x04", "a zip archive or a spreadsheet (.xlsx)",
              "Unpack it, or save the sheet as CSV."},
    Signature{"\x28\xB5\x2F\xFD", "zstd data", "Decompress it first: zstd -d FILE.csv.zst."},
    Signature{"BZh", "bzip2 data", "Decompress it first: bunzip2 FILE.csv.bz2."},
    Signature{"\xFD"
              "7zXZ",
              "xz data", "Decompress it first: unxz FILE.csv.xz."},
    Signature{"PAR1", "a Parquet file", kExportAsCsv},
    Signature{"\xFF\xFE", "UTF-16 text", "Save the file as UTF-8."},
    Signature{"\xFE\xFF", "UTF-16 text", "Save the file as UTF-8."},
};

Error not_text(std::string_view found, std::string_view fix, std::optional<std::int64_t> row) {
  return Error{.code = ErrorCode::kNotText,
               .where = {.row = row, .column = {}, .field = {}},
               .found = std::string(found),
               .expected = "CSV text in UTF-8",
               .fix = std::string(fix)};
}

bool is_control(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  const bool is_space = byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
  return (code < 0x20 && !is_space) || code == 0x7F;
}

bool is_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

// The language of a text that is no CSV: an answer of an API, a page that says that one must log
// in.
std::string_view other_language(std::string_view text) {
  const auto next_from = [&](std::size_t at) {
    while (at < text.size() && is_space(text[at])) ++at;
    return std::min(at, text.size());
  };
  text.remove_prefix(next_from(0));
  const std::size_t second = next_from(1);
  const char after = second < text.size() ? text[second] : '\0';
  if (text[0] == '{' && (after == '"' || after == '}')) return "JSON";
  if (text[0] == '[' && (after == '{' || after == '[' || after == '"' || after == ']'))
    return "JSON";
  if (text[0] == '<' && (after == '!' || after == '?')) return "HTML or XML";
  return text.starts_with("<html") || text.starts_with("<HTML") ? "HTML or XML" : "";
}

bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

}  // namespace

Error empty_file(std::string_view found) {
  return Error{.code = ErrorCode::kEmptyFile,
               .where = {},
               .found = std::string(found),
               .expected = "a header line and rows, like timestamp,cpu_mean_5m,mem_mean_5m",
               .fix = "Check the export that wrote the file."};
}

std::optional<Error> check_is_text(std::string_view bytes) {
  if (bytes.size() > kLimits.max_body_bytes) {
    return Error{.code = ErrorCode::kTooLarge,
                 .where = {},
                 .found = std::to_string(bytes.size()) + " bytes",
                 .expected = "at most " + std::to_string(kLimits.max_body_bytes) + " bytes",
                 .fix = "Split the file, or sample it less often."};
  }
  for (const Signature& signature : kSignatures) {
    if (bytes.starts_with(signature.magic)) {
      return not_text(signature.format, signature.fix, std::nullopt);
    }
  }
  std::string_view text = bytes;
  take_byte_order_mark(text);
  if (std::all_of(text.begin(), text.end(), is_space)) {
    return empty_file(bytes.empty() ? "no bytes" : "only blanks");
  }
  if (const std::string_view language = other_language(text); !language.empty()) {
    return Error{.code = ErrorCode::kNotCsv,
                 .where = {.row = 1, .column = {}, .field = {}},
                 .found = std::string(language),
                 .expected = "a line of names, then a line a sample",
                 .fix = std::string(kExportAsCsv)};
  }
  const std::string_view head = text.substr(0, kInspectedBytes);
  const auto control = std::find_if(head.begin(), head.end(), is_control);
  if (control != head.end()) {
    const auto row = 1 + std::count(head.begin(), control, '\n');
    return not_text("the control character " + quote_excerpt({&*control, 1}), kExportAsCsv, row);
  }
  return std::nullopt;
}

bool take_byte_order_mark(std::string_view& bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (!bytes.starts_with(kMark)) return false;
  bytes.remove_prefix(kMark.size());
  return true;
}

char detect_delimiter(std::string_view bytes) {
  struct Candidate {
    char delimiter;
    int count = 0;
  };
  // The rarest in ordinary text comes first, and wins a tie.
  std::array candidates = {Candidate{'\t'}, Candidate{';'}, Candidate{','}};
  bool in_quotes = false;
  bool is_blank = true;
  for (const char byte : bytes) {
    if (is_line_end(byte) && !in_quotes) {
      if (!is_blank) break;
      continue;
    }
    is_blank = is_blank && byte == ' ';
    if (byte == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    for (Candidate& candidate : candidates) candidate.count += candidate.delimiter == byte ? 1 : 0;
  }
  const auto most =
      std::max_element(candidates.begin(), candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.count < b.count; });
  return most->count == 0 ? ',' : most->delimiter;
}

CsvReader::CsvReader(std::string_view bytes, char delimiter)
    : bytes_(bytes),
      delimiter_(delimiter),
      line_end_(bytes.find('\n') == std::string_view::npos ? '\r' : '\n') {}

CsvReader::Outcome CsvReader::next() {
  if (outcome_ != Outcome::kRecord) return outcome_;
  do {
    if (at_ >= bytes_.size()) {
      fields_.clear();
      return outcome_ = Outcome::kEnd;
    }
    read_record();
  } while (outcome_ == Outcome::kRecord && is_blank_record());
  return outcome_;
}

bool CsvReader::is_blank_record() const {
  return fields_.size() == 1 && fields_[0].find_first_not_of(" \t") == std::string_view::npos;
}

void CsvReader::read_record() {
  ++row_;
  fields_.clear();
  unescaped_.clear();
  record_ended_ = false;
  while (!record_ended_ && outcome_ == Outcome::kRecord) {
    const std::size_t begin = at_;
    std::size_t first = begin;
    while (first < bytes_.size() && bytes_[first] == ' ') ++first;
    if (first < bytes_.size() && bytes_[first] == '"') {
      read_quoted(begin, first);
    } else {
      read_unquoted(begin);
    }
  }
}

std::size_t CsvReader::find_field_end(std::size_t from) const {
  const char* const data = bytes_.data();
  const std::size_t size = bytes_.size();
  while (from < size && data[from] != delimiter_ && data[from] != line_end_) ++from;
  return from;
}

// The carriage return of a CRLF belongs to the line end.
std::string_view CsvReader::trim_line_end(std::size_t begin, std::size_t end) const {
  const bool ends_line = end >= bytes_.size() || bytes_[end] == line_end_;
  if (ends_line && end > begin && bytes_[end - 1] == '\r') --end;
  return bytes_.substr(begin, end - begin);
}

void CsvReader::read_unquoted(std::size_t begin) {
  const std::size_t end = find_field_end(begin);
  add_field(trim_line_end(begin, end));
  record_ended_ = end >= bytes_.size() || bytes_[end] == line_end_;
  at_ = end + 1;
}

void CsvReader::read_quoted(std::size_t begin, std::size_t quote) {
  const std::size_t first = quote + 1;
  bool has_doubled = false;
  std::size_t close = bytes_.find('"', first);
  while (close != std::string_view::npos && close + 1 < bytes_.size() && bytes_[close + 1] == '"') {
    has_doubled = true;
    close = bytes_.find('"', close + 2);
  }
  if (close == std::string_view::npos) {
    outcome_ = Outcome::kUnclosedQuote;
    return;
  }
  const std::size_t end = find_field_end(close + 1);
  const std::string_view after = trim_line_end(close + 1, end);
  if (after.find_first_not_of(' ') != std::string_view::npos) {
    add_field(trim_line_end(begin, end));
  } else {
    const std::string_view inside = bytes_.substr(first, close - first);
    const bool must_copy = has_doubled && inside.size() <= kLimits.max_field_bytes;
    add_field(must_copy ? without_doubled_quotes(inside) : inside);
  }
  record_ended_ = end >= bytes_.size() || bytes_[end] == line_end_;
  at_ = end + 1;
}

// The copy stays where it is until the next record: the reserve covers the largest record allowed.
std::string_view CsvReader::without_doubled_quotes(std::string_view text) {
  if (unescaped_.capacity() < kLimits.max_columns * kLimits.max_field_bytes) {
    unescaped_.reserve(kLimits.max_columns * kLimits.max_field_bytes);
  }
  const std::size_t begin = unescaped_.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    unescaped_ += text[i];
    if (text[i] == '"') ++i;
  }
  return std::string_view(unescaped_).substr(begin);
}

void CsvReader::add_field(std::string_view field) {
  if (field.size() > kLimits.max_field_bytes) {
    outcome_ = Outcome::kFieldTooLong;
  } else if (fields_.size() >= kLimits.max_columns) {
    outcome_ = Outcome::kTooManyFields;
  }
  fields_.push_back(field);
}

}  // namespace plimsoll
