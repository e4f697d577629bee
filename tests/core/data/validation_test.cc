#include "plimsoll/data/validation.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "plimsoll/data/table.h"

namespace plimsoll {
namespace {

// Five-minute samples; `value` gives the cell of a row.
template <class Value>
std::string file_of(int rows, Value value) {
  std::string bytes = "timestamp,cpu\n";
  for (int i = 0; i < rows; ++i) {
    bytes += format_iso8601(1767225600 + i * 300) + ',' + value(i) + '\n';
  }
  return bytes;
}

std::string varying(int row) { return row % 3 == 0 ? "0.1" : row % 3 == 1 ? "0.2" : "0.4"; }

ValidationReport report_on(std::string_view bytes, const ValidationOptions& options = {}) {
  const Result<Table> table = parse_usage_csv(bytes, {});
  EXPECT_TRUE(table.ok());
  return table.ok() ? validate(table.value(), options) : ValidationReport{};
}

const Finding* finding(const ValidationReport& report, ErrorCode code) {
  for (const Finding& candidate : report.findings) {
    if (candidate.first.code == code) return &candidate;
  }
  return nullptr;
}

TEST(Validation, AGoodFilePasses) {
  const ValidationReport report = report_on(file_of(1000, varying));
  EXPECT_TRUE(report.passed);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.record_count, 1000);
  ASSERT_EQ(report.workloads.size(), 1U);
  EXPECT_EQ(report.workloads[0].cadence_seconds, 300);
  EXPECT_EQ(report.start, 1767225600);
  EXPECT_EQ(report.end, 1767225600 + 999 * 300);
  EXPECT_EQ(report.column_summaries[0].min, 0.1);
  EXPECT_EQ(report.column_summaries[0].max, 0.4);
  EXPECT_EQ(report.columns, (std::vector<std::string>{"timestamp", "cpu"}));
}

TEST(Validation, TooFewRowsFail) {
  const ValidationReport report = report_on(file_of(999, varying));
  EXPECT_FALSE(report.passed);
  ASSERT_NE(finding(report, ErrorCode::kNotEnoughData), nullptr);
  EXPECT_NE(finding(report, ErrorCode::kNotEnoughData)->first.found.find("999"), std::string::npos);
  EXPECT_TRUE(report_on(file_of(999, varying), {.min_records = 999}).passed);
}

TEST(Validation, MissingValuesFailUnlessTolerated) {
  const auto cell = [](int i) { return i == 7 ? std::string() : varying(i); };
  const std::string bytes = file_of(1000, cell);
  const ValidationReport report = report_on(bytes);
  EXPECT_FALSE(report.passed);
  EXPECT_EQ(report.column_summaries[0].missing_values, 1);
  EXPECT_EQ(report.column_summaries[0].values, 999);
  EXPECT_TRUE(report_on(bytes, {.tolerate_missing = true}).passed);
}

TEST(Validation, FindsUnsortedAndDuplicateMoments) {
  const ValidationReport report = report_on(
      "timestamp,cpu\n2026-01-01T00:05,1\n2026-01-01T00:00,2\n2026-01-01T00:10,3\n"
      "2026-01-01T00:10,4\n",
      {.min_records = 1});
  ASSERT_NE(finding(report, ErrorCode::kUnsorted), nullptr);
  EXPECT_EQ(finding(report, ErrorCode::kUnsorted)->first.where.row, 3);
  EXPECT_EQ(finding(report, ErrorCode::kUnsorted)->severity, Severity::kWarning);
  ASSERT_NE(finding(report, ErrorCode::kDuplicateTimestamp), nullptr);
  EXPECT_EQ(finding(report, ErrorCode::kDuplicateTimestamp)->first.where.row, 5);
  EXPECT_TRUE(report.passed);
}

TEST(Validation, CountsGapsAndTheSamplesTheyLack) {
  std::string bytes = file_of(100, varying);
  bytes += format_iso8601(1767225600 + 103 * 300) + ",0.1\n";
  const ValidationReport report = report_on(bytes, {.min_records = 1});
  ASSERT_NE(finding(report, ErrorCode::kGap), nullptr);
  EXPECT_EQ(finding(report, ErrorCode::kGap)->first.where.row, 102);
  EXPECT_EQ(report.workloads[0].gap_count, 1);
  EXPECT_EQ(report.workloads[0].missing_rows, 3);
  EXPECT_TRUE(report.passed);
}

// Steps of 300 seconds but for one of `step`.
TEST(Validation, AGapIsMoreThanOneAndAHalfSteps) {
  const auto gaps_and_missing = [](std::int64_t step) {
    std::string bytes = file_of(100, varying);
    bytes += format_iso8601(1767225600 + 99 * 300 + step) + ",0.1\n";
    const WorkloadSummary summary = report_on(bytes, {.min_records = 1}).workloads[0];
    return std::pair(summary.gap_count, summary.missing_rows);
  };
  EXPECT_EQ(gaps_and_missing(300), std::pair(std::int64_t{0}, std::int64_t{0}));
  EXPECT_EQ(gaps_and_missing(450), std::pair(std::int64_t{0}, std::int64_t{0}));
  EXPECT_EQ(gaps_and_missing(451), std::pair(std::int64_t{1}, std::int64_t{0}));
  EXPECT_EQ(gaps_and_missing(600), std::pair(std::int64_t{1}, std::int64_t{1}));
  EXPECT_EQ(gaps_and_missing(3000), std::pair(std::int64_t{1}, std::int64_t{9}));
}

// Eleven samples have ten steps.
TEST(Validation, NineStepsInTenAlikeAreRegular) {
  const auto is_irregular = [](int odd_steps) {
    std::string bytes = "ts,cpu\n";
    std::int64_t ds = 0;
    for (int i = 0; i < 11; ++i) {
      bytes += std::to_string(ds) + ',' + varying(i) + '\n';
      ds += i < odd_steps ? 310 + i : 300;
    }
    return finding(report_on(bytes, {.min_records = 1}), ErrorCode::kIrregularCadence) != nullptr;
  };
  EXPECT_FALSE(is_irregular(0));
  EXPECT_FALSE(is_irregular(1));
  EXPECT_TRUE(is_irregular(2));
}

TEST(Validation, EqualMomentsAreNotOutOfOrder) {
  const ValidationReport report =
      report_on("timestamp,cpu\n2026-01-01T00:00,1\n2026-01-01T00:00,2\n2026-01-01T00:05,3\n",
                {.min_records = 1});
  EXPECT_EQ(finding(report, ErrorCode::kUnsorted), nullptr);
  EXPECT_EQ(finding(report, ErrorCode::kDuplicateTimestamp)->count, 1);
}

TEST(Validation, ShowsTheFirstTwentyRowsOfEachKind) {
  const auto rows_shown = [](int duplicates) {
    std::string bytes = file_of(100, varying);
    for (int i = 0; i < duplicates; ++i) bytes += format_iso8601(1767225600 + 99 * 300) + ",0.1\n";
    const ValidationReport report = report_on(bytes, {.min_records = 1});
    const Finding* const found = finding(report, ErrorCode::kDuplicateTimestamp);
    EXPECT_EQ(found->count, duplicates);
    return found->rows.size();
  };
  EXPECT_EQ(rows_shown(20), 20U);
  EXPECT_EQ(rows_shown(21), 20U);
}

// 0.1, 0.2 and 0.4 in turn: the median is 0.2 and the median distance from it 0.1.
TEST(Validation, AnOutlierIsTwentyMedianDistancesAway) {
  const auto is_outlier = [](const std::string& cell) {
    const auto cells = [&cell](int i) { return i == 50 ? cell : varying(i); };
    return finding(report_on(file_of(100, cells), {.min_records = 1}), ErrorCode::kOutlier) !=
           nullptr;
  };
  EXPECT_FALSE(is_outlier("2.19"));
  EXPECT_TRUE(is_outlier("2.21"));
}

TEST(Validation, UnitsAreSuspectedBeyondTheirBounds) {
  const auto suspects = [](const std::string& header, const std::string& cell) {
    return finding(
               report_on("timestamp," + header + "\n2026-01-01," + cell + "\n", {.min_records = 1}),
               ErrorCode::kSuspiciousUnit) != nullptr;
  };
  EXPECT_TRUE(suspects("memory", "99999"));
  EXPECT_FALSE(suspects("memory", "100000"));
  EXPECT_FALSE(suspects("cpu", "1000"));
  EXPECT_TRUE(suspects("cpu", "1001"));
  EXPECT_FALSE(suspects("cpu", "0.001"));
}

TEST(Validation, RemarksOnIrregularSteps) {
  const ValidationReport report = report_on(
      "timestamp,cpu\n1970-01-01T00:00,1\n1970-01-01T00:05,2\n1970-01-01T00:09,1\n"
      "1970-01-01T00:14,2\n",
      {.min_records = 1});
  EXPECT_NE(finding(report, ErrorCode::kIrregularCadence), nullptr);
}

TEST(Validation, RemarksOnConstantAndZeroSeries) {
  const auto one = report_on(file_of(10, [](int) { return "1"; }), {.min_records = 1});
  ASSERT_NE(finding(one, ErrorCode::kConstantSeries), nullptr);
  EXPECT_EQ(finding(one, ErrorCode::kConstantSeries)->severity, Severity::kWarning);
  const auto zero = report_on(file_of(10, [](int) { return "0"; }), {.min_records = 1});
  ASSERT_NE(finding(zero, ErrorCode::kConstantSeries), nullptr);
  EXPECT_NE(finding(zero, ErrorCode::kConstantSeries)->first.found.find("zero"), std::string::npos);
  EXPECT_TRUE(zero.passed);
}

TEST(Validation, RemarksOnOutliers) {
  const auto cell = [](int i) { return i == 50 ? std::string("900") : varying(i); };
  const ValidationReport report = report_on(file_of(100, cell), {.min_records = 1});
  ASSERT_NE(finding(report, ErrorCode::kOutlier), nullptr);
  EXPECT_EQ(finding(report, ErrorCode::kOutlier)->severity, Severity::kInfo);
  EXPECT_EQ(finding(report, ErrorCode::kOutlier)->first.where.row, 52);
}

TEST(Validation, WarnsOfSuspiciousUnitsWhateverTheHeaderSays) {
  const auto memory = report_on("timestamp,memory\n2026-01-01,512\n", {.min_records = 1});
  ASSERT_NE(finding(memory, ErrorCode::kSuspiciousUnit), nullptr);
  EXPECT_NE(finding(memory, ErrorCode::kSuspiciousUnit)->first.fix.find("unit.memory=Mi"),
            std::string::npos);
  const auto cpu = report_on("timestamp,cpu\n2026-01-01,2500\n", {.min_records = 1});
  ASSERT_NE(finding(cpu, ErrorCode::kSuspiciousUnit), nullptr);
  const auto zero = report_on("timestamp,memory\n2026-01-01,0\n", {.min_records = 1});
  EXPECT_EQ(finding(zero, ErrorCode::kSuspiciousUnit), nullptr);
  const auto told = report_on("timestamp,memory_bytes\n2026-01-01,512\n", {.min_records = 1});
  EXPECT_NE(finding(told, ErrorCode::kSuspiciousUnit), nullptr);
}

TEST(Validation, ErrorsComeFirstAndFail) {
  const auto cell = [](int i) { return i == 90 ? std::string("abc") : varying(i); };
  const ValidationReport report = report_on(file_of(100, cell) + "2020-01-01,1\n",
                                            {.min_records = 1, .tolerate_missing = true});
  EXPECT_FALSE(report.passed);
  ASSERT_GE(report.findings.size(), 2U);
  for (std::size_t i = 1; i < report.findings.size(); ++i) {
    EXPECT_GE(report.findings[i - 1].severity, report.findings[i].severity);
  }
}

TEST(Validation, NamesTheWorkload) {
  const ValidationReport report =
      report_on("timestamp,workload,cpu\n2026-01-02,a,1\n2026-01-01,a,2\n2026-01-01,b,1\n",
                {.min_records = 1});
  ASSERT_EQ(report.workloads.size(), 2U);
  EXPECT_EQ(finding(report, ErrorCode::kUnsorted)->workload, "a");
  EXPECT_EQ(report.workloads[1].cadence_seconds, 0);
}

}  // namespace
}  // namespace plimsoll
