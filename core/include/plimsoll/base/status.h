// Errors as values: what went wrong, where, what was expected, and how to mend it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace plimsoll {

// Every way in which input can be refused or remarked upon. `code_name` gives the stable, public
// spelling ("invalid_number") that problem documents and validation reports carry.
enum class ErrorCode {
  // The request.
  kInvalidParameter,
  kUnknownParameter,
  kInvalidJson,
  kInvalidConfig,
  kInvalidModel,
  kNotFound,
  kMethodNotAllowed,
  kTooLarge,
  kRequestTimeout,
  kUnsupportedMediaType,
  kUnknownWorkload,
  kWorkloadRequired,
  kNoModel,
  kUnavailable,
  kInternal,
  // The file as a whole.
  kEmptyFile,
  kNoRows,
  kNotText,
  kNotCsv,
  kMissingColumn,
  kDuplicateColumn,
  kAmbiguousColumn,
  kTooManyRows,
  kTooManyColumns,
  kTooManyWorkloads,
  // A row or a cell.
  kRaggedRow,
  kUnclosedQuote,
  kFieldTooLong,
  kInvalidTimestamp,
  kMixedTimezones,
  kInvalidNumber,
  kNonFinite,
  kNegativeUsage,
  kMissingValue,
  // The series.
  kUnsorted,
  kDuplicateTimestamp,
  kIrregularCadence,
  kGap,
  kOutlier,
  kConstantSeries,
  kSuspiciousUnit,
  kUnreadableData,
  kSeveralSeries,
  kCounter,
  kNotEnoughData,
  kIllPosedModel,
  kFailedChecks,
};

// "invalid_number" for kInvalidNumber: stable across versions.
std::string_view code_name(ErrorCode code);

// A short English title, "Invalid number".
std::string_view code_title(ErrorCode code);

// The HTTP status of a response that fails with `code`: 422 for kInvalidNumber, 404 for kNotFound.
int http_status(ErrorCode code);

// Where in the input. `row` is the row a spreadsheet shows: the header is row 1. `field` names a
// query parameter or a JSON path ("config.n_changepoints").
struct Location {
  std::optional<std::int64_t> row;
  std::string column;
  std::string field;
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  Location where;
  std::string found;
  std::string expected;
  std::string fix;
};

// One sentence: `Row 1043, column cpu: found "abc", expected a number. <fix>`.
std::string message(const Error& error);

// Text of the input as errors show it: in double quotes, cut after 60 bytes, valid UTF-8, control
// characters and quotes escaped. A tab becomes `\t`.
std::string quote_excerpt(std::string_view text);

// `text` with every byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string repair_utf8(std::string_view text);

// A value or the error that kept it from being made.
template <class T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  // Requires ok().
  T& value() & { return std::get<T>(state_); }
  const T& value() const& { return std::get<T>(state_); }
  T&& value() && { return std::get<T>(std::move(state_)); }

  // Requires !ok().
  [[nodiscard]] const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace plimsoll
