#include "plimsoll/base/status.h"

#include <array>
#include <cstddef>

namespace plimsoll {
namespace {

constexpr std::size_t kExcerptBytes = 60;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct CodeEntry {
  ErrorCode code;
  std::string_view name;
  std::string_view title;
  int http_status;
};

// In the order of the enumeration, so that a code is its own index.
constexpr std::array kCodes = {
    CodeEntry{ErrorCode::kInvalidParameter, "invalid_parameter", "Invalid parameter", 400},
    CodeEntry{ErrorCode::kUnknownParameter, "unknown_parameter", "Unknown parameter", 400},
    CodeEntry{ErrorCode::kInvalidJson, "invalid_json", "Invalid JSON", 400},
    CodeEntry{ErrorCode::kInvalidConfig, "invalid_config", "Invalid configuration", 400},
    CodeEntry{ErrorCode::kInvalidModel, "invalid_model", "Invalid model", 400},
    CodeEntry{ErrorCode::kNotFound, "not_found", "Not found", 404},
    CodeEntry{ErrorCode::kMethodNotAllowed, "method_not_allowed", "Method not allowed", 405},
    CodeEntry{ErrorCode::kTooLarge, "too_large", "Too large", 413},
    CodeEntry{ErrorCode::kRequestTimeout, "request_timeout", "Request timeout", 408},
    CodeEntry{ErrorCode::kUnsupportedMediaType, "unsupported_media_type", "Unsupported media type",
              415},
    CodeEntry{ErrorCode::kUnknownWorkload, "unknown_workload", "Unknown workload", 404},
    CodeEntry{ErrorCode::kWorkloadRequired, "workload_required", "Workload required", 400},
    CodeEntry{ErrorCode::kNoModel, "no_model", "No model", 503},
    CodeEntry{ErrorCode::kUnavailable, "unavailable", "Unavailable", 503},
    CodeEntry{ErrorCode::kInternal, "internal", "Internal error", 500},
    CodeEntry{ErrorCode::kEmptyFile, "empty_file", "Empty file", 422},
    CodeEntry{ErrorCode::kNoRows, "no_rows", "No rows", 422},
    CodeEntry{ErrorCode::kNotText, "not_text", "Not a text file", 422},
    CodeEntry{ErrorCode::kNotCsv, "not_csv", "Not a CSV file", 422},
    CodeEntry{ErrorCode::kMissingColumn, "missing_column", "Missing column", 422},
    CodeEntry{ErrorCode::kDuplicateColumn, "duplicate_column", "Duplicate column", 422},
    CodeEntry{ErrorCode::kAmbiguousColumn, "ambiguous_column", "Ambiguous column", 422},
    CodeEntry{ErrorCode::kTooManyRows, "too_many_rows", "Too many rows", 422},
    CodeEntry{ErrorCode::kTooManyColumns, "too_many_columns", "Too many columns", 422},
    CodeEntry{ErrorCode::kTooManyWorkloads, "too_many_workloads", "Too many workloads", 422},
    CodeEntry{ErrorCode::kRaggedRow, "ragged_row", "Ragged row", 422},
    CodeEntry{ErrorCode::kUnclosedQuote, "unclosed_quote", "Unclosed quote", 422},
    CodeEntry{ErrorCode::kFieldTooLong, "field_too_long", "Field too long", 422},
    CodeEntry{ErrorCode::kInvalidTimestamp, "invalid_timestamp", "Invalid timestamp", 422},
    CodeEntry{ErrorCode::kMixedTimezones, "mixed_timezones", "Mixed time zones", 422},
    CodeEntry{ErrorCode::kInvalidNumber, "invalid_number", "Invalid number", 422},
    CodeEntry{ErrorCode::kNonFinite, "non_finite", "Not a finite number", 422},
    CodeEntry{ErrorCode::kNegativeUsage, "negative_usage", "Negative usage", 422},
    CodeEntry{ErrorCode::kMissingValue, "missing_value", "Missing value", 422},
    CodeEntry{ErrorCode::kUnsorted, "unsorted", "Rows out of order", 422},
    CodeEntry{ErrorCode::kDuplicateTimestamp, "duplicate_timestamp", "Duplicate timestamp", 422},
    CodeEntry{ErrorCode::kIrregularCadence, "irregular_cadence", "Irregular cadence", 422},
    CodeEntry{ErrorCode::kGap, "gap", "Gap", 422},
    CodeEntry{ErrorCode::kOutlier, "outlier", "Outlier", 422},
    CodeEntry{ErrorCode::kConstantSeries, "constant_series", "Constant series", 422},
    CodeEntry{ErrorCode::kSuspiciousUnit, "suspicious_unit", "Suspicious unit", 422},
    CodeEntry{ErrorCode::kUnreadableData, "unreadable_data", "Too much is unreadable", 422},
    CodeEntry{ErrorCode::kSeveralSeries, "several_series", "Several series as one", 422},
    CodeEntry{ErrorCode::kCounter, "counter", "A counter, not a rate", 422},
    CodeEntry{ErrorCode::kNotEnoughData, "not_enough_data", "Not enough data", 422},
    CodeEntry{ErrorCode::kIllPosedModel, "ill_posed_model", "Ill-posed model", 422},
    CodeEntry{ErrorCode::kFailedChecks, "failed_checks", "Forecast fails its checks", 422},
};

constexpr bool entries_stand_in_order() {
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    if (static_cast<std::size_t>(kCodes[i].code) != i) return false;
  }
  return kCodes.size() == static_cast<std::size_t>(ErrorCode::kFailedChecks) + 1;
}
static_assert(entries_stand_in_order());

const CodeEntry& entry(ErrorCode code) { return kCodes[static_cast<std::size_t>(code)]; }

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// The length of the valid UTF-8 sequence at the start of `text`, or 0. Refuses overlong forms,
// surrogates and code points past U+10FFFF.
std::size_t utf8_sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  if (lead == 0xE0 && second < 0xA0) return 0;
  if (lead == 0xED && second > 0x9F) return 0;
  if (lead == 0xF0 && second < 0x90) return 0;
  if (lead == 0xF4 && second > 0x8F) return 0;
  return length;
}

void append_escaped(std::string& out, char byte) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(byte);
  switch (byte) {
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '"':
    case '\\':
      out += '\\';
      out += byte;
      return;
    default:
      break;
  }
  if (code >= 0x20 && code != 0x7F) {
    out += byte;
    return;
  }
  out += "\\x";
  out += kHex[code >> 4U];
  out += kHex[code & 0xFU];
}

void append_place(std::string& out, std::string_view label, std::string_view name) {
  if (!out.empty()) out += ", ";
  out += label;
  out += name;
}

std::string place(const Location& where) {
  std::string out;
  if (where.row) append_place(out, "row ", std::to_string(*where.row));
  if (!where.column.empty()) append_place(out, "column ", where.column);
  if (!where.field.empty()) append_place(out, "", where.field);
  return out;
}

void capitalise(std::string& sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') {
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  }
}

}  // namespace

std::string_view code_name(ErrorCode code) { return entry(code).name; }
std::string_view code_title(ErrorCode code) { return entry(code).title; }
int http_status(ErrorCode code) { return entry(code).http_status; }

std::string message(const Error& error) {
  std::string what;
  if (!error.found.empty()) what = "found " + error.found;
  if (!error.expected.empty()) {
    if (!what.empty()) what += ", ";
    what += "expected " + error.expected;
  }
  if (what.empty()) what = code_title(error.code);

  std::string sentence = place(error.where);
  const bool begins_with_field = !sentence.empty() && sentence == error.where.field;
  if (!sentence.empty()) sentence += ": ";
  sentence += what + '.';
  // A field's name stays as the caller wrote it.
  if (!begins_with_field) capitalise(sentence);
  if (!error.fix.empty()) sentence += ' ' + error.fix;
  return sentence;
}

std::string quote_excerpt(std::string_view text) {
  std::string out = "\"";
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_sequence_length(text.substr(at));
    if (at + (length == 0 ? 1 : length) > kExcerptBytes) break;
    if (length == 0) {
      out += kReplacement;
    } else if (length == 1) {
      append_escaped(out, text[at]);
    } else {
      out += text.substr(at, length);
    }
    at += length == 0 ? 1 : length;
  }
  if (at < text.size()) out += "...";
  out += '"';
  return out;
}

std::string repair_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_sequence_length(text.substr(at));
    if (length == 0) {
      out += kReplacement;
      ++at;
    } else {
      out += text.substr(at, length);
      at += length;
    }
  }
  return out;
}

}  // namespace plimsoll
