#include "data/csv_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

using Record = std::vector<std::string>;

struct ReadRecord {
  std::int64_t row;
  Record fields;
};

std::vector<ReadRecord> read_all(std::string_view bytes, char delimiter = ',') {
  CsvReader reader(bytes, delimiter);
  std::vector<ReadRecord> records;
  while (reader.next() == CsvReader::Outcome::kRecord) {
    records.push_back({reader.row(), Record(reader.fields().begin(), reader.fields().end())});
  }
  return records;
}

TEST(CsvReader, EveryLineEndGivesTheSameRecords) {
  for (const std::string_view bytes : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2"}) {
    const auto records = read_all(bytes);
    ASSERT_EQ(records.size(), 2U) << bytes;
    EXPECT_EQ(records[0].fields, (Record{"a", "b"}));
    EXPECT_EQ(records[1].fields, (Record{"1", "2"}));
    EXPECT_EQ(records[1].row, 2);
  }
}

TEST(CsvReader, QuotesHoldDelimitersLineEndsAndQuotes) {
  const auto records = read_all("\"a,\"\"b\"\"\",\"x\ny\"\r\n \"1\" ,\"\"\n3,4\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].fields, (Record{"a,\"b\"", "x\ny"}));
  EXPECT_EQ(records[1].fields, (Record{"1", ""}));
  EXPECT_EQ(records[1].row, 2);  // the line end in quotes did not begin a row
  EXPECT_EQ(records[2].row, 3);
}

TEST(CsvReader, SeveralUnescapedFieldsOfARecordLiveTogether) {
  const auto records = read_all("\"a\"\"\",\"\"\"b\",\"c\"\"d\"\n");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].fields, (Record{"a\"", "\"b", "c\"d"}));
}

TEST(CsvReader, TextAfterAClosingQuoteStaysAsWritten) {
  EXPECT_EQ(read_all("\"1\"x,2\n")[0].fields, (Record{"\"1\"x", "2"}));
  EXPECT_EQ(read_all("1\"2,3\n")[0].fields, (Record{"1\"2", "3"}));
}

TEST(CsvReader, BlankLinesAreSkippedButCounted) {
  const auto records = read_all("a,b\n\n  \n1,2\n,\n\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[1].row, 4);
  EXPECT_EQ(records[2].fields, (Record{"", ""}));
}

TEST(CsvReader, ATrailingDelimiterIsAnEmptyField) {
  EXPECT_EQ(read_all("1,2,")[0].fields, (Record{"1", "2", ""}));
}

TEST(CsvReader, AnUnclosedQuoteIsLocatedWhereItOpened) {
  CsvReader reader("a,b\n1,2\n3,\"4\n5,6\n", ',');
  EXPECT_EQ(reader.next(), CsvReader::Outcome::kRecord);
  EXPECT_EQ(reader.next(), CsvReader::Outcome::kRecord);
  EXPECT_EQ(reader.next(), CsvReader::Outcome::kUnclosedQuote);
  EXPECT_EQ(reader.row(), 3);
  EXPECT_EQ(reader.next(), CsvReader::Outcome::kUnclosedQuote);
}

TEST(CsvReader, LimitsStopTheReader) {
  const std::string wide(kLimits.max_columns, ',');
  CsvReader columns(wide, ',');
  EXPECT_EQ(columns.next(), CsvReader::Outcome::kTooManyFields);
  const std::string fits = std::string(kLimits.max_field_bytes, 'x');
  CsvReader allowed(fits, ',');
  EXPECT_EQ(allowed.next(), CsvReader::Outcome::kRecord);
  const std::string longer = fits + 'x';
  CsvReader field(longer, ',');
  EXPECT_EQ(field.next(), CsvReader::Outcome::kFieldTooLong);
  const std::string quoted = "\"\"\"" + longer + '"';
  CsvReader quoted_field(quoted, ',');
  EXPECT_EQ(quoted_field.next(), CsvReader::Outcome::kFieldTooLong);
}

TEST(CsvReader, DetectsDelimitersOutsideQuotes) {
  EXPECT_EQ(detect_delimiter("a,b\n1;2;3"), ',');
  EXPECT_EQ(detect_delimiter("a;b\n"), ';');
  EXPECT_EQ(detect_delimiter("\n\na\tb\n"), '\t');
  EXPECT_EQ(detect_delimiter("\"a,b,c\";d\n"), ';');
  EXPECT_EQ(detect_delimiter("a,b;c\n"), ';');  // the rarer one on a tie
  EXPECT_EQ(detect_delimiter("a;b\tc\n"), '\t');
  EXPECT_EQ(detect_delimiter("  \n\r\na;b\n1,2,3\n"), ';');
  EXPECT_EQ(detect_delimiter("ds\n2026-01-01\n"), ',');
}

TEST(CsvReader, RefusesWhatIsNotText) {
  const auto code = [](std::string_view bytes) { return check_is_text(bytes)->code; };
  EXPECT_EQ(code(""), ErrorCode::kEmptyFile);
  EXPECT_EQ(code(" \r\n\t"), ErrorCode::kEmptyFile);
  EXPECT_EQ(code("\xEF\xBB\xBF"), ErrorCode::kEmptyFile);
  EXPECT_EQ(code("\x89PNG\r\n\x1A\n"), ErrorCode::kNotText);
  EXPECT_EQ(code(std::string(4096, '\0')), ErrorCode::kNotText);
  EXPECT_EQ(code("a,b\n1,\x02\n"), ErrorCode::kNotText);
  for (const char* other : {" {\"status\": \"success\"}", "[[1, 2]]", "[ {\"a\": 1}]", "[]", "{}",
                            "<!doctype html>", "<?xml version=\"1.0\"?>", "<html>"}) {
    EXPECT_EQ(code(other), ErrorCode::kNotCsv) << other;
  }
  for (const char* csv : {"<DATE>,<TIME>\n", "[time],cpu\n", "{pod},cpu\n", "<", "{", "["}) {
    EXPECT_FALSE(check_is_text(csv)) << csv;
  }
  EXPECT_EQ(code("a,b\n1,\x7F\n"), ErrorCode::kNotText);
  // The beginning is looked at: 1024 bytes of it.
  EXPECT_EQ(code(std::string(1023, 'a') + '\x02'), ErrorCode::kNotText);
  EXPECT_FALSE(check_is_text(std::string(1024, 'a') + '\x02').has_value());
  EXPECT_FALSE(check_is_text("a\tb\f\r\n").has_value());
  EXPECT_NE(check_is_text("\x1F\x8B\x08")->fix.find("gunzip"), std::string::npos);
  EXPECT_FALSE(check_is_text("a,b\n1,2\n").has_value());
  EXPECT_EQ(code(std::string(kLimits.max_body_bytes + 1, 'a')), ErrorCode::kTooLarge);
}

TEST(CsvReader, AnyBytesEndTheReading) {
  unsigned state = 1;
  for (int file = 0; file < 3000; ++file) {
    std::string bytes;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525U + 1013904223U;
      bytes += "\"\",,;\n\r \t1a\xFF"[(state >> 16U) % 12U];
    }
    CsvReader reader(bytes, detect_delimiter(bytes));
    int records = 0;
    while (reader.next() == CsvReader::Outcome::kRecord) ++records;
    EXPECT_LE(records, 41);
  }
}

}  // namespace
}  // namespace plimsoll
