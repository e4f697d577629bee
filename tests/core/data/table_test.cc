#include "plimsoll/data/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

Table usage(std::string_view bytes, const ParseOptions& options = {}) {
  Result<Table> table = parse_usage_csv(bytes, options);
  EXPECT_TRUE(table.ok()) << (table.ok() ? "" : message(table.error()));
  return table.ok() ? std::move(table).value() : Table{};
}

Error refusal(std::string_view bytes, const ParseOptions& options = {}) {
  const Result<Table> table = parse_usage_csv(bytes, options);
  EXPECT_FALSE(table.ok()) << bytes.substr(0, 80);
  return table.ok() ? Error{} : table.error();
}

const Finding* finding(const Table& table, ErrorCode code) {
  for (const Finding& candidate : table.findings) {
    if (candidate.first.code == code) return &candidate;
  }
  return nullptr;
}

double cpu(std::string_view bytes, const ParseOptions& options = {}) {
  const Table table = usage(bytes, options);
  return table.column("cpu") == nullptr ? -1.0 : table.column("cpu")->values.at(0);
}

TEST(Table, ReadsTheDefaultFile) {
  const Table table = usage(
      "timestamp,cpu_mean_5m,mem_mean_5m\n2026-11-24T10:00:00Z,0.25,536870912\n"
      "2026-11-24T10:05:00Z,0.5,1e9\n");
  EXPECT_EQ(table.ds, (std::vector<Timestamp>{1795514400, 1795514700}));
  EXPECT_EQ(table.source_rows, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(table.column("cpu")->values, (std::vector<double>{0.25, 0.5}));
  EXPECT_EQ(table.column("cpu")->unit, Unit::kCores);
  EXPECT_EQ(table.column("cpu")->unit_source, "default");
  EXPECT_EQ(table.column("cpu")->header, "cpu_mean_5m");
  EXPECT_EQ(table.column("memory")->values, (std::vector<double>{536870912.0, 1e9}));
  EXPECT_EQ(table.workloads, (std::vector<WorkloadKey>{{"", "default", ""}}));
  EXPECT_EQ(table.detected.timestamp_format, "iso8601");
  EXPECT_EQ(table.detected.timezone, "UTC");
  EXPECT_EQ(table.record_count, 2);
  EXPECT_TRUE(table.findings.empty());
  EXPECT_TRUE(table.missing_columns.empty());
}

TEST(Table, RefusesEmptyFilesAndHeadersAlone) {
  EXPECT_EQ(refusal("").code, ErrorCode::kEmptyFile);
  EXPECT_EQ(refusal("\xEF\xBB\xBF \n").code, ErrorCode::kEmptyFile);
  EXPECT_EQ(refusal("timestamp,cpu\n").code, ErrorCode::kNoRows);
}

TEST(Table, ReadsOneRow) { EXPECT_EQ(cpu("timestamp,cpu\n2026-01-01,1.5"), 1.5); }

TEST(Table, RefusesImages) { EXPECT_EQ(refusal("\x89PNG\r\n\x1A\n...").code, ErrorCode::kNotText); }

TEST(Table, SaysWhichColumnIsMissing) {
  const Error no_time = refusal("moment,cpu\n2026-01-01,1\n");
  EXPECT_EQ(no_time.code, ErrorCode::kMissingColumn);
  EXPECT_NE(no_time.found.find("moment"), std::string::npos);
  EXPECT_NE(no_time.fix.find("map.timestamp="), std::string::npos);
  const Error no_usage = refusal("timestamp,load\n2026-01-01,1\n");
  EXPECT_EQ(no_usage.code, ErrorCode::kMissingColumn);
  EXPECT_NE(no_usage.fix.find("map.cpu="), std::string::npos);
  ParseOptions mapped;
  mapped.columns["cpu"] = "load5";
  const Error wrong = refusal("timestamp,load\n2026-01-01,1\n", mapped);
  EXPECT_EQ(wrong.code, ErrorCode::kMissingColumn);
  EXPECT_EQ(wrong.where.field, "map.cpu");
  EXPECT_EQ(usage("timestamp,cpu\n2026-01-01,1\n").missing_columns,
            (std::vector<std::string>{"memory"}));
}

TEST(Table, NeverChoosesBetweenTwoColumns) {
  const Error two = refusal("timestamp,cpu_usage,cpu_mean_5m\n2026-01-01,1,2\n");
  EXPECT_EQ(two.code, ErrorCode::kAmbiguousColumn);
  EXPECT_NE(two.found.find("cpu_usage"), std::string::npos);
  EXPECT_NE(two.found.find("cpu_mean_5m"), std::string::npos);
  EXPECT_NE(two.fix.find("map.cpu="), std::string::npos);
  ParseOptions mapped;
  mapped.columns["cpu"] = " CPU_mean_5m";
  EXPECT_EQ(cpu("timestamp,cpu_usage,cpu_mean_5m\n2026-01-01,1,2\n", mapped), 2.0);
  const Error twice = refusal("timestamp,cpu,CPU\n2026-01-01,1,2\n");
  EXPECT_EQ(twice.code, ErrorCode::kDuplicateColumn);
  EXPECT_EQ(usage("timestamp,cpu,note,note\n2026-01-01,1,a,b\n").record_count, 1);
}

TEST(Table, RaggedRowsAreLeftOutAndLocated) {
  const Table table = usage("timestamp,cpu\n2026-01-01,1,\n2026-01-02\n2026-01-03,1,9\n");
  const Finding* const ragged = finding(table, ErrorCode::kRaggedRow);
  ASSERT_NE(ragged, nullptr);
  EXPECT_EQ(ragged->severity, Severity::kError);
  EXPECT_EQ(ragged->count, 2);
  EXPECT_EQ(ragged->rows, (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(table.ds.size(), 1U);
  EXPECT_EQ(table.record_count, 3);
}

TEST(Table, TextInANumberIsMissingAndQuoted) {
  const Table table = usage("timestamp,cpu\n2026-01-01,1\n2026-01-02,abc\n2026-01-03,0x10\n");
  const Finding* const text = finding(table, ErrorCode::kInvalidNumber);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->first.where.row, 3);
  EXPECT_EQ(text->first.where.column, "cpu");
  EXPECT_EQ(text->first.found, "\"abc\"");
  EXPECT_EQ(text->count, 2);
  EXPECT_TRUE(std::isnan(table.column("cpu")->values[1]));
  EXPECT_EQ(table.ds.size(), 3U);
}

TEST(Table, MissingInfiniteAndNegativeValues) {
  const Table table = usage(
      "timestamp,cpu\n2026-01-01,\n2026-01-02,NaN\n2026-01-03,null\n2026-01-04,-inf\n"
      "2026-01-05,1e999\n2026-01-06,-0.5\n2026-01-07,1\n");
  EXPECT_EQ(finding(table, ErrorCode::kMissingValue)->count, 3);
  EXPECT_EQ(finding(table, ErrorCode::kMissingValue)->severity, Severity::kWarning);
  EXPECT_EQ(finding(table, ErrorCode::kNonFinite)->count, 2);
  EXPECT_EQ(finding(table, ErrorCode::kNonFinite)->severity, Severity::kError);
  EXPECT_EQ(finding(table, ErrorCode::kNegativeUsage)->first.where.row, 7);
  EXPECT_EQ(finding(table, ErrorCode::kNegativeUsage)->first.found, "\"-0.5\"");
  for (std::size_t row = 0; row < 6; ++row) {
    EXPECT_TRUE(std::isnan(table.column("cpu")->values[row])) << row;
  }
  ParseOptions none;
  none.units["cpu"] = "none";
  EXPECT_EQ(cpu("timestamp,cpu\n2026-01-01,-3\n", none), -3.0);
}

TEST(Table, MarksOfNothingAreMissingValues) {
  for (const std::string mark :
       {"",     "NA",     "N/A",    "#N/A", "n.a.",    "NaN",     "-NaN", "1.#QNAN",
        "null", "NULL",   "(null)", "\\N",  "None",    "<none>",  "nil",  "-",
        "--",   "\u2013", "?",      ".",    "unknown", "#DIV/0!", " - "}) {
    const Table table = usage("timestamp,cpu\n2026-01-01," + mark + "\n2026-01-02,1\n");
    ASSERT_EQ(table.findings.size(), 1U) << mark;
    EXPECT_EQ(table.findings[0].first.code, ErrorCode::kMissingValue) << mark;
    EXPECT_TRUE(table.column("cpu")->unreadable.empty()) << mark;
  }
  for (const std::string text : {"#VALUE!", "#REF!", "-x", "no", "1-", "..", "nothing at all"}) {
    const Table table = usage("timestamp,cpu\n2026-01-01," + text + "\n2026-01-02,1\n");
    ASSERT_EQ(table.findings.size(), 1U) << text;
    EXPECT_EQ(table.findings[0].first.code, ErrorCode::kInvalidNumber) << text;
    EXPECT_EQ(table.column("cpu")->unreadable, std::vector<std::int64_t>{1}) << text;
  }
}

TEST(Table, NoiseBelowZeroIsZero) {
  const Table table =
      usage("timestamp,cpu\n2026-01-01,-2.2e-14\n2026-01-02,0.4\n2026-01-03,-3.9e-7\n");
  EXPECT_EQ(table.column("cpu")->values, (std::vector<double>{0.0, 0.4, 0.0}));
  ASSERT_EQ(table.findings.size(), 1U);
  EXPECT_EQ(table.findings[0].severity, Severity::kInfo);
  EXPECT_EQ(table.findings[0].first.code, ErrorCode::kNegativeUsage);
  EXPECT_EQ(table.findings[0].count, 2);
  // Above a millionth of the largest, and -1 of "unknown", however large the rest.
  for (const char* cells : {"-4.1e-7,0.4", "-1,5000000000", "-0.5,0"}) {
    const std::string text = cells;
    const std::size_t comma = text.find(',');
    ParseOptions bytes;
    bytes.columns["memory"] = "m";
    const Table other = usage("timestamp,m\n2026-01-01," + text.substr(0, comma) + "\n2026-01-02," +
                                  text.substr(comma + 1) + '\n',
                              bytes);
    EXPECT_TRUE(std::isnan(other.column("memory")->values[0])) << cells;
    ASSERT_NE(finding(other, ErrorCode::kNegativeUsage), nullptr) << cells;
    EXPECT_EQ(finding(other, ErrorCode::kNegativeUsage)->severity, Severity::kError) << cells;
  }
}

TEST(Table, LostLineEndsAreNamed) {
  std::string one_line = "timestamp,cpu";
  for (int i = 0; i < 3; ++i) one_line += format_iso8601(1767225600 + i * 300) + ",0.5";
  std::string long_line = one_line;
  for (int i = 0; i < 600; ++i) long_line += format_iso8601(1767225600 + i * 300) + ",0.5";
  for (const std::string& bytes :
       {one_line + ',' + format_iso8601(1767225600) + ",0.5", long_line}) {
    const Result<Table> table = parse_usage_csv(bytes, {});
    ASSERT_FALSE(table.ok());
    EXPECT_EQ(table.error().code, ErrorCode::kNotCsv);
    EXPECT_NE(table.error().fix.find("--data-binary"), std::string::npos);
  }
}

TEST(Table, UnitsAreDeclaredOrReadNeverGuessed) {
  ParseOptions milli;
  milli.units["cpu"] = "millicores";
  EXPECT_EQ(cpu("timestamp,cpu\n2026-01-01,250\n", milli), 0.25);
  EXPECT_EQ(cpu("timestamp,cpu_millicores\n2026-01-01,250\n"), 0.25);
  EXPECT_EQ(cpu("timestamp,cpu_m\n2026-01-01,250\n"), 0.25);
  EXPECT_EQ(cpu("timestamp,cpu\n2026-01-01,250m\n"), 0.25);
  EXPECT_EQ(cpu("timestamp,cpu\n2026-01-01,2.0\n"), 2.0);
  EXPECT_EQ(usage("timestamp,cpu\n2026-01-01,250m\n").column("cpu")->unit_source, "suffix");
  EXPECT_EQ(usage("timestamp,cpu_m\n2026-01-01,250\n").column("cpu")->unit_source, "header");
  EXPECT_EQ(usage("timestamp,cpu_percent\n2026-01-01,45\n").column("cpu")->unit, Unit::kPercent);
  const Table memory = usage("timestamp,memory_mib\n2026-01-01,512\n");
  EXPECT_EQ(memory.column("memory")->values[0], 536870912.0);
  EXPECT_EQ(usage("timestamp,mem_bytes\n2026-01-01,512Mi\n").column("memory")->values[0],
            536870912.0);
  milli.units["cpu"] = "parsecs";
  const Error wrong = refusal("timestamp,cpu\n2026-01-01,250\n", milli);
  EXPECT_EQ(wrong.code, ErrorCode::kInvalidParameter);
  EXPECT_EQ(wrong.where.field, "unit.cpu");
}

TEST(Table, DelimitersMarksAndDecimalCommas) {
  const Table table = usage("\xEF\xBB\xBFtimestamp;cpu\r\n2026-01-01;0,25\r\n");
  EXPECT_EQ(table.detected.delimiter, ';');
  EXPECT_TRUE(table.detected.byte_order_mark);
  EXPECT_EQ(table.column("cpu")->values[0], 0.25);
  EXPECT_EQ(cpu("timestamp\tcpu\n2026-01-01\t0,5\n"), 0.5);
  EXPECT_TRUE(std::isnan(cpu("timestamp,cpu\n2026-01-01,\"0,25\"\n")));
  EXPECT_TRUE(std::isnan(cpu("timestamp;cpu\n2026-01-01;1.234,5\n")));
}

TEST(Table, EpochsAreDecidedOverTheWholeColumn) {
  const Table seconds = usage("ts,cpu\n1795514400,1\n1795514700.5,1\n");
  EXPECT_EQ(seconds.ds, (std::vector<Timestamp>{1795514400, 1795514700}));
  EXPECT_EQ(seconds.detected.timestamp_format, "epoch_seconds");
  const Table milliseconds = usage("ts,cpu\n0,1\n1795514400000,1\n");
  EXPECT_EQ(milliseconds.ds, (std::vector<Timestamp>{0, 1795514400}));
  EXPECT_EQ(milliseconds.detected.timestamp_format, "epoch_milliseconds");
  const Table mixed = usage("ts,cpu\n2026-01-01,1\n1795514400,1\n");
  ASSERT_NE(finding(mixed, ErrorCode::kInvalidTimestamp), nullptr);
  EXPECT_EQ(finding(mixed, ErrorCode::kInvalidTimestamp)->first.where.row, 3);
}

// 1e11 seconds is the year 5138, 1e11 milliseconds 1973.
TEST(Table, EpochsHaveBounds) {
  EXPECT_EQ(usage("ts,cpu\n99999999999,1\n").detected.timestamp_format, "epoch_seconds");
  EXPECT_EQ(usage("ts,cpu\n100000000000,1\n").ds, (std::vector<Timestamp>{100000000}));
  EXPECT_EQ(usage("ts,cpu\n253402300799999,1\n").ds, (std::vector<Timestamp>{kLatest}));
  EXPECT_EQ(refusal("ts,cpu\n253402300800000,1\n").code, ErrorCode::kInvalidTimestamp);
  EXPECT_EQ(usage("ts,cpu\n-30000000000,1\n").ds, (std::vector<Timestamp>{-30000000000}));
  EXPECT_EQ(refusal("ts,cpu\n-30000000001,1\n").code, ErrorCode::kInvalidTimestamp);
  EXPECT_EQ(usage("ts,cpu\n-0.5,1\n").ds, (std::vector<Timestamp>{-1}));
  EXPECT_EQ(usage("ts,cpu\n-1,1\n1795514400001,1\n").ds, (std::vector<Timestamp>{-1, 1795514400}));
}

TEST(Table, MixedZonesAreOneFinding) {
  const Table table = usage(
      "timestamp,cpu\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00,1\n2026-01-01T00:10:00,1\n");
  const Finding* const mixed = finding(table, ErrorCode::kMixedTimezones);
  ASSERT_NE(mixed, nullptr);
  EXPECT_EQ(mixed->severity, Severity::kError);
  EXPECT_EQ(mixed->first.where.row, 3);
  EXPECT_EQ(table.ds.size(), 3U);
  EXPECT_EQ(usage("timestamp,cpu\n2026-01-01 00:00,1\n").detected.timezone, "assumed_utc");
  EXPECT_EQ(usage("timestamp,cpu\n2026-01-01T00:00+02:00,1\n").detected.timezone, "offset");
}

TEST(Table, DifferentOffsetsAreToldAndApplied) {
  const Table table = usage(
      "timestamp,cpu\n2026-01-01T00:00:00Z,1\n2026-01-01T01:05:00+01:00,1\n"
      "2026-01-01T00:10:00,1\n");
  EXPECT_EQ(table.ds, (std::vector<Timestamp>{1767225600, 1767225900, 1767226200}));
  ASSERT_EQ(table.findings.size(), 2U);
  EXPECT_EQ(table.findings[0].severity, Severity::kWarning);
  EXPECT_EQ(table.findings[0].first.code, ErrorCode::kMixedTimezones);
  EXPECT_EQ(table.findings[0].first.where.row, 3);
  EXPECT_EQ(table.findings[1].severity, Severity::kError);
  EXPECT_EQ(table.findings[1].first.where.row, 4);
}

TEST(Table, AnEarlierOffsetIsToldLikeALaterOne) {
  for (const char* const offset : {"+02:00", "-02:00"}) {
    const Table table = usage("timestamp,cpu\n2026-01-01T00:00:00Z,1\n2026-01-01T00:05:00" +
                              std::string(offset) + ",1\n");
    ASSERT_NE(finding(table, ErrorCode::kMixedTimezones), nullptr) << offset;
    EXPECT_EQ(finding(table, ErrorCode::kMixedTimezones)->severity, Severity::kWarning);
  }
}

TEST(Table, InfinityHasManySpellings) {
  for (const char* const cell : {"inf", "-inf", "+Inf", "Infinity", "-INFINITY", "1e400"}) {
    const Table table =
        usage("timestamp,cpu\n2026-01-01,1\n2026-01-02," + std::string(cell) + '\n');
    ASSERT_NE(finding(table, ErrorCode::kNonFinite), nullptr) << cell;
  }
}

TEST(Table, UnreadableTimestampsDropTheirRows) {
  const Table table = usage("timestamp,cpu\n2026-02-30,1\n2026-03-01,2\n");
  EXPECT_EQ(finding(table, ErrorCode::kInvalidTimestamp)->first.found, "\"2026-02-30\"");
  EXPECT_EQ(table.source_rows, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(refusal("timestamp,cpu\nyesterday,1\n").code, ErrorCode::kInvalidTimestamp);
}

TEST(Table, UnclosedQuoteKeepsTheRowsBefore) {
  const Table table = usage("timestamp,cpu\n2026-01-01,1\n2026-01-02,\"2\n2026-01-03,3\n");
  EXPECT_EQ(finding(table, ErrorCode::kUnclosedQuote)->first.where.row, 3);
  EXPECT_EQ(table.ds.size(), 1U);
  EXPECT_EQ(refusal("timestamp,cpu\n\"2026-01-01,1\n").code, ErrorCode::kUnclosedQuote);
}

TEST(Table, WorkloadsAndCurrentSettings) {
  const Table table = usage(
      "timestamp,namespace,workload,container,cpu,cpu_request,memory_limit\n"
      "2026-01-01,shop,cart,app,1,250m,512Mi\n2026-01-01,shop,pay,app,1,,\n"
      "2026-01-02,shop,cart,app,1,0.5,1Gi\n");
  ASSERT_EQ(table.workloads.size(), 2U);
  EXPECT_EQ(display_name(table.workloads[0]), "shop/cart/app");
  EXPECT_EQ(table.workload_of, (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(table.column("cpu_request")->values[0], 0.25);
  EXPECT_EQ(table.column("memory_limit")->values[2], 1073741824.0);
  EXPECT_EQ(finding(table, ErrorCode::kMissingValue), nullptr);  // unset is not missing
}

TEST(Table, FindingsStaySmallHoweverManyThereAre) {
  std::string bytes = "timestamp,cpu\n";
  for (int i = 0; i < 500; ++i) bytes += "2026-01-01,abc\n";
  const Table table = usage(bytes);
  EXPECT_EQ(finding(table, ErrorCode::kInvalidNumber)->count, 500);
  EXPECT_EQ(finding(table, ErrorCode::kInvalidNumber)->rows.size(), 20U);
}

TEST(Table, LimitsAreErrors) {
  std::string many = "timestamp,cpu";
  for (std::size_t i = 0; i < kLimits.max_columns; ++i) many += ",c" + std::to_string(i);
  EXPECT_EQ(refusal(many + "\n").code, ErrorCode::kTooManyColumns);
  EXPECT_EQ(refusal("timestamp,cpu\n2026-01-01," + std::string(5000, '1')).code,
            ErrorCode::kFieldTooLong);
  std::string workloads = "timestamp,workload,cpu\n";
  for (std::size_t i = 0; i <= kLimits.max_workloads; ++i) {
    workloads += "2026-01-01,w" + std::to_string(i) + ",1\n";
  }
  EXPECT_EQ(refusal(workloads).code, ErrorCode::kTooManyWorkloads);
  std::string rows = "ts,cpu\n";
  for (std::int64_t i = 0; i <= kLimits.max_rows; ++i) rows += "1,1\n";
  EXPECT_EQ(refusal(rows).code, ErrorCode::kTooManyRows);
}

TEST(Table, WhatReachesALimitIsRead) {
  std::string workloads = "timestamp,workload,cpu\n";
  for (std::size_t i = 0; i < kLimits.max_workloads; ++i) {
    workloads += "2026-01-01,w" + std::to_string(i) + ",1\n";
  }
  EXPECT_EQ(usage(workloads).workloads.size(), kLimits.max_workloads);
  std::string rows = "ts,cpu\n";
  for (std::int64_t i = 0; i < kLimits.max_rows; ++i) rows += "1,1\n";
  EXPECT_EQ(usage(rows).record_count, kLimits.max_rows);
  std::string columns = "timestamp,cpu";
  for (std::size_t i = 2; i < kLimits.max_columns; ++i) columns += ",c" + std::to_string(i);
  std::string cells = "2026-01-01,1";
  for (std::size_t i = 2; i < kLimits.max_columns; ++i) cells += ",";
  EXPECT_EQ(usage(columns + '\n' + cells + '\n').record_count, 1);
  const std::string longest(kLimits.max_field_bytes, '0');
  EXPECT_EQ(cpu("timestamp,cpu\n2026-01-01," + longest + '\n'), 0.0);
  EXPECT_EQ(refusal("timestamp,cpu\n2026-01-01,0" + longest + '\n').code, ErrorCode::kFieldTooLong);
}

// The only column of numbers is y; one that also holds text is none.
TEST(Table, TrainingTakesTheOnlyColumnOfNumbers) {
  const auto table = parse_training_csv("ds,note,load\n2026-01-01,5,1\n2026-01-02,x,2\n", {});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table.value().column("y")->header, "load");
  EXPECT_FALSE(parse_training_csv("ds,note\n2026-01-01,x\n", {}).ok());
}

TEST(Table, TrainingFilesAreReadStrictly) {
  const Result<Table> good = parse_training_csv("ds,y\n2026-01-02,-1\n2026-01-01,\n", {});
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good.value().column("y")->values[0], -1.0);
  EXPECT_EQ(good.value().column("y")->unit, Unit::kNone);
  EXPECT_TRUE(std::isnan(good.value().column("y")->values[1]));
  EXPECT_TRUE(parse_training_csv("timestamp,value\n2026-01-01,1\n", {}).ok());
  EXPECT_TRUE(parse_training_csv("ds,count\n2026-01-01,1\n", {}).ok());
  const auto code = [](std::string_view bytes) {
    const Result<Table> table = parse_training_csv(bytes, {});
    return table.ok() ? ErrorCode::kInternal : table.error().code;
  };
  EXPECT_EQ(code("ds,y\n2026-01-01,abc\n"), ErrorCode::kInvalidNumber);
  EXPECT_EQ(code("ds,y\n2026-01-01,inf\n"), ErrorCode::kNonFinite);
  EXPECT_EQ(code("ds,y\nnever,1\n2026-01-01,1\n"), ErrorCode::kInvalidTimestamp);
  EXPECT_EQ(code("ds,y\n2026-01-01,1,2\n2026-01-01,1\n"), ErrorCode::kRaggedRow);
  EXPECT_EQ(code("ds,a,b\n2026-01-01,1,2\n"), ErrorCode::kMissingColumn);
}

TEST(Table, MomentsKeepTheirOrder) {
  const auto moments = parse_moments_csv("ds\n1970-01-02\n1970-01-01\n1970-01-02\n", {});
  ASSERT_TRUE(moments.ok());
  EXPECT_EQ(moments.value().ds, (std::vector<Timestamp>{86400, 0, 86400}));
  EXPECT_FALSE(parse_moments_csv("ds\n1970-01-02\nsoon\n", {}).ok());
}

}  // namespace
}  // namespace plimsoll
