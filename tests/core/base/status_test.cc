#include "plimsoll/base/status.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace plimsoll {
namespace {

TEST(Status, NamesAndHttpStatusesAreStable) {
  EXPECT_EQ(code_name(ErrorCode::kInvalidNumber), "invalid_number");
  EXPECT_EQ(code_name(ErrorCode::kInvalidJson), "invalid_json");
  EXPECT_EQ(code_name(ErrorCode::kIllPosedModel), "ill_posed_model");
  EXPECT_EQ(code_title(ErrorCode::kInvalidNumber), "Invalid number");
  EXPECT_EQ(http_status(ErrorCode::kInvalidParameter), 400);
  EXPECT_EQ(http_status(ErrorCode::kWorkloadRequired), 400);
  EXPECT_EQ(http_status(ErrorCode::kUnknownWorkload), 404);
  EXPECT_EQ(http_status(ErrorCode::kMethodNotAllowed), 405);
  EXPECT_EQ(http_status(ErrorCode::kTooLarge), 413);
  EXPECT_EQ(http_status(ErrorCode::kUnsupportedMediaType), 415);
  EXPECT_EQ(http_status(ErrorCode::kNegativeUsage), 422);
  EXPECT_EQ(http_status(ErrorCode::kInternal), 500);
  EXPECT_EQ(http_status(ErrorCode::kNoModel), 503);
}

TEST(Status, EveryCodeHasItsHttpStatus) {
  const std::pair<int, std::vector<ErrorCode>> table[] = {
      {400,
       {ErrorCode::kInvalidParameter, ErrorCode::kUnknownParameter, ErrorCode::kInvalidJson,
        ErrorCode::kInvalidConfig, ErrorCode::kInvalidModel, ErrorCode::kWorkloadRequired}},
      {404, {ErrorCode::kNotFound, ErrorCode::kUnknownWorkload}},
      {405, {ErrorCode::kMethodNotAllowed}},
      {413, {ErrorCode::kTooLarge}},
      {415, {ErrorCode::kUnsupportedMediaType}},
      {422,
       {ErrorCode::kEmptyFile,        ErrorCode::kNoRows,          ErrorCode::kNotText,
        ErrorCode::kMissingColumn,    ErrorCode::kDuplicateColumn, ErrorCode::kAmbiguousColumn,
        ErrorCode::kTooManyRows,      ErrorCode::kTooManyColumns,  ErrorCode::kTooManyWorkloads,
        ErrorCode::kRaggedRow,        ErrorCode::kUnclosedQuote,   ErrorCode::kFieldTooLong,
        ErrorCode::kInvalidTimestamp, ErrorCode::kMixedTimezones,  ErrorCode::kInvalidNumber,
        ErrorCode::kNonFinite,        ErrorCode::kNegativeUsage,   ErrorCode::kMissingValue,
        ErrorCode::kNotEnoughData,    ErrorCode::kIllPosedModel}},
      {500, {ErrorCode::kInternal}},
      {503, {ErrorCode::kNoModel, ErrorCode::kUnavailable}}};
  for (const auto& [status, codes] : table) {
    for (const ErrorCode code : codes) EXPECT_EQ(http_status(code), status) << code_name(code);
  }
}

TEST(Status, MessageSaysWhereWhatAndHow) {
  const Error cell{ErrorCode::kInvalidNumber, {1043, "cpu", ""}, "\"abc\"", "a number", "Mend it."};
  EXPECT_EQ(message(cell), "Row 1043, column cpu: found \"abc\", expected a number. Mend it.");
  const Error field{ErrorCode::kInvalidParameter, {{}, "", "unit.cpu"}, "\"x\"", "cores", ""};
  EXPECT_EQ(message(field), "unit.cpu: found \"x\", expected cores.");
  const Error whole{ErrorCode::kEmptyFile, {}, "no bytes", "a header", ""};
  EXPECT_EQ(message(whole), "Found no bytes, expected a header.");
  const Error bare{ErrorCode::kNoModel, {}, "", "", "Train one."};
  EXPECT_EQ(message(bare), "No model. Train one.");
}

TEST(Status, ExcerptsAreShortValidAndEscaped) {
  EXPECT_EQ(quote_excerpt("abc"), "\"abc\"");
  EXPECT_EQ(quote_excerpt("a\tb\n\"\x01"), "\"a\\tb\\n\\\"\\x01\"");
  EXPECT_EQ(quote_excerpt(std::string(61, 'x')), '"' + std::string(60, 'x') + "...\"");
  EXPECT_EQ(quote_excerpt(std::string(60, 'x')), '"' + std::string(60, 'x') + '"');
  EXPECT_EQ(quote_excerpt("\xFFok"), "\"\xEF\xBF\xBDok\"");
  // A sequence that crosses the limit is left out whole.
  EXPECT_EQ(quote_excerpt(std::string(59, 'x') + "\xC3\xA9"), '"' + std::string(59, 'x') + "...\"");
}

TEST(Status, RepairReplacesOnlyInvalidBytes) {
  EXPECT_EQ(repair_utf8("caf\xC3\xA9 \xF0\x9F\x98\x80"), "caf\xC3\xA9 \xF0\x9F\x98\x80");
  EXPECT_EQ(repair_utf8("\xE9"), "\xEF\xBF\xBD");                  // Latin-1
  EXPECT_EQ(repair_utf8("\xC0\x80").size(), 6U);                   // overlong
  EXPECT_EQ(repair_utf8("\xED\xA0\x80").size(), 9U);               // a surrogate
  EXPECT_EQ(repair_utf8("\xF4\x90\x80\x80").size(), 12U);          // past U+10FFFF
  EXPECT_EQ(repair_utf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");  // cut short
  EXPECT_EQ(repair_utf8("\xE0\x9F\xBF").size(), 9U);               // overlong
  EXPECT_EQ(repair_utf8("\xF0\x8F\xBF\xBF").size(), 12U);          // overlong
  for (const char* const good :
       {"\xE0\xA0\x80", "\xED\x9F\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\xC2\x80"}) {
    EXPECT_EQ(repair_utf8(good), good);
  }
}

}  // namespace
}  // namespace plimsoll
