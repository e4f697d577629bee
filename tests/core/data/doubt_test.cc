#include "plimsoll/data/doubt.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "plimsoll/data/series.h"
#include "plimsoll/data/table.h"

namespace plimsoll {
namespace {

using Cell = std::function<std::string(int)>;

// `rows` samples of five minutes, the cells below `header` as given.
std::string file_of(const std::string& header, int rows, const Cell& cell) {
  std::string bytes = "timestamp," + header + '\n';
  for (int i = 0; i < rows; ++i) {
    bytes += format_iso8601(1767225600 + i * 300) + ',' + cell(i) + '\n';
  }
  return bytes;
}

Table read(const std::string& bytes, const ParseOptions& options = {}) {
  Result<Table> table = parse_usage_csv(bytes, options);
  EXPECT_TRUE(table.ok()) << bytes.substr(0, 80);
  return table.ok() ? std::move(table).value() : Table{};
}

// The codes of all doubts, with a minus before those that forbid nothing.
std::string codes(const Table& table) {
  std::string out;
  for (const Doubt& doubt : doubts_about(table)) {
    out += (out.empty() ? "" : " ") + std::string(doubt.forbids ? "" : "-") +
           std::string(code_name(doubt.finding.first.code));
  }
  return out;
}

std::string codes_of(const std::string& header, const Cell& cell) {
  return codes(read(file_of(header, 100, cell)));
}

Cell cycle(double low, double step) {
  return [=](int i) { return std::to_string(low + step * (i % 7)); };
}

TEST(Doubt, HasNoneOfOrdinaryUsage) {
  EXPECT_EQ(codes_of("cpu_cores", cycle(0.1, 0.01)), "");
  EXPECT_EQ(codes_of("cpu", cycle(0.0, 0.5)), "");
  EXPECT_EQ(codes_of("cpu_millicores", [](int i) { return std::to_string(100 + i % 9); }), "");
  EXPECT_EQ(codes_of("memory_bytes", [](int i) { return std::to_string(200'000'000 + i % 9); }),
            "");
  EXPECT_EQ(codes_of("memory_percent", cycle(80.0, 1.0)), "");
  EXPECT_EQ(codes_of("cpu_percent", cycle(180.0, 1.0)), "");
}

TEST(Doubt, OfAUnitThatTheValuesContradict) {
  const Cell whole = [](int i) { return std::to_string(15 + i % 7); };
  EXPECT_EQ(codes_of("CPU(cores)", whole), "suspicious_unit");
  EXPECT_EQ(codes_of("cpu", whole), "suspicious_unit");
  EXPECT_EQ(codes_of("cpu", [](int i) { return std::to_string(13 + i % 7); }), "");  // at most 19
  EXPECT_EQ(codes_of("cpu", cycle(15.5, 1.0)), "");
  EXPECT_EQ(codes_of("cpu", cycle(994.5, 1.0)), "suspicious_unit");
  EXPECT_EQ(codes_of("cpu", cycle(993.5, 1.0)), "");
  EXPECT_EQ(codes_of("cpu_millicores", cycle(0.1, 0.1)), "suspicious_unit");
  EXPECT_EQ(codes_of("cpu_millicores", cycle(0.4, 0.1)), "");
  EXPECT_EQ(codes_of("MEMORY(bytes)", cycle(560.0, 1.0)), "suspicious_unit");
  EXPECT_EQ(codes_of("memory_mib", cycle(2e7, 1.0)), "suspicious_unit");
  EXPECT_EQ(codes_of("memory_percent", cycle(100.0, 1.0)), "suspicious_unit");
  EXPECT_EQ(codes_of("memory", [](int) { return std::string("512Mi"); }), "");
  EXPECT_EQ(codes_of("memory", [](int) { return std::string("0"); }), "");

  // One glitch is told and forbids nothing.
  const auto glitches = [](int few) {
    return [few](int i) { return std::string(i < few ? "2500.5" : i % 2 == 0 ? "0.5" : "0.6"); };
  };
  EXPECT_EQ(codes_of("cpu", glitches(5)), "-suspicious_unit");
  EXPECT_EQ(codes_of("cpu", glitches(6)), "suspicious_unit");

  ParseOptions declared;
  declared.units["cpu"] = "cores";
  EXPECT_EQ(codes(read(file_of("cpu", 100, whole), declared)), "");
}

TEST(Doubt, OfAColumnThatIsLargelyUnreadable) {
  const auto with_bad = [](int bad) {
    return
        [bad](int i) { return i < bad ? std::string("\"1,121\"") : std::to_string(0.1 * (i % 5)); };
  };
  EXPECT_EQ(codes_of("cpu", with_bad(5)), "");
  EXPECT_EQ(codes_of("cpu", with_bad(6)), "unreadable_data");
  EXPECT_EQ(
      codes_of("cpu", [](int i) { return std::string(i < 6   ? "-0.5"
                                                     : i % 2 ? "0.5"
                                                             : "1.5"); }),
      "unreadable_data");
  // A missing value is no unreadable one.
  EXPECT_EQ(codes_of("cpu", [](int i) { return std::string(i < 60  ? "NA"
                                                           : i % 2 ? "0.5"
                                                                   : "1"); }),
            "");
}

TEST(Doubt, OfAFileWhoseRowsAreLargelyLeftOut) {
  const auto with_bad = [](int bad) {
    return [bad](int i) { return std::string(i < bad ? "1,121,5" : i % 2 ? "0.5" : "1.5"); };
  };
  EXPECT_EQ(codes_of("cpu", with_bad(5)), "");
  EXPECT_EQ(codes_of("cpu", with_bad(6)), "unreadable_data");
}

TEST(Doubt, CountsEachWorkloadByItself) {
  std::string bytes = "timestamp,workload,cpu\n";
  for (int i = 0; i < 100; ++i) {
    const std::string ds = format_iso8601(1767225600 + i * 300);
    bytes += ds + ",good," + (i % 2 == 0 ? "0.5" : "0.6") + '\n';
    bytes += ds + ",bad," + (i % 10 == 0 ? "?!" : "0.6") + '\n';
  }
  const Table table = read(bytes);
  const auto doubts = doubts_about(table);
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_EQ(doubts[0].finding.workload, "bad");
  EXPECT_EQ(doubts[0].finding.first.found, "10 of 100 cells unreadable");
  EXPECT_FALSE(doubt_about(doubts, 0, "cpu"));
  EXPECT_TRUE(doubt_about(doubts, 1, "cpu"));
  EXPECT_FALSE(doubt_about(doubts, 1, "memory"));

  const auto workloads = prepare_usage(table);
  EXPECT_FALSE(workloads[0].metrics[0].doubt);
  EXPECT_EQ(workloads[1].metrics[0].doubt, doubt_about(doubts, 1, "cpu"));
}

std::string two_series(const std::string& header, const std::string& a, const std::string& b,
                       const std::string& other_value) {
  std::string bytes = header + '\n';
  for (int i = 0; i < 50; ++i) {
    const std::string ds = format_iso8601(1767225600 + i * 300);
    bytes += ds + ',' + a + (i % 2 == 0 ? ",0.25\n" : ",0.3\n");
    bytes += ds + ',' + b + ',' + other_value + '\n';
  }
  return bytes;
}

TEST(Doubt, OfSeveralSeriesTakenForOne) {
  const Table table = read(two_series("timestamp,series,cpu", "a", "b", "0.75"));
  const auto doubts = doubts_about(table);
  ASSERT_EQ(codes(table), "several_series");
  EXPECT_NE(doubts[0].finding.first.found.find("\"series\""), std::string::npos);
  EXPECT_NE(doubts[0].finding.first.fix.find("map.workload=series"), std::string::npos);
  // Two collectors that agree, and a note that changes nothing.
  EXPECT_EQ(codes(read(two_series("timestamp,series,cpu", "a", "b", "0.27"))), "");
  EXPECT_EQ(codes(read(two_series("timestamp,workload,cpu", "a", "b", "0.75"))), "");
}

// A column that never changes, or never repeats itself, tells nothing apart.
TEST(Doubt, NamesOnlyColumnsThatCanTellSeriesApart) {
  EXPECT_EQ(read(two_series("timestamp,cluster,cpu", "one", "one", "0.75")).telling_columns,
            std::vector<std::string>{});
  const Table notes =
      read(file_of("note,cpu", 40, [](int i) { return "n" + std::to_string(i) + ",0.5"; }));
  EXPECT_EQ(notes.telling_columns, std::vector<std::string>{});
  EXPECT_EQ(read(two_series("timestamp,series,cpu", "a", "b", "0.75")).telling_columns,
            std::vector<std::string>{"series"});
}

TEST(Doubt, TheMeanOfAWorkloadsPodsIsMeant) {
  const auto table =
      read(two_series("timestamp,workload,pod,cpu", "cart,cart-1", "cart,cart-2", "0.75"));
  EXPECT_EQ(codes(table), "-several_series");
  EXPECT_FALSE(doubt_about(doubts_about(table), 0, "cpu"));
  EXPECT_EQ(codes(read(two_series("timestamp,workload,metric,cpu", "cart,a", "cart,b", "0.75"))),
            "several_series");
}

TEST(Doubt, OfACounter) {
  const auto rising = [](double step) {
    return [step](int i) { return std::to_string(5.5 + step * (i % 60)); };  // one restart
  };
  ParseOptions named;
  named.columns["cpu"] = "container_cpu_usage_seconds_total";
  const std::string header = named.columns["cpu"];
  EXPECT_EQ(codes(read(file_of(header, 100, rising(0.01)), named)), "counter");
  EXPECT_EQ(codes(read(file_of(header, 100, rising(75.0)), named)), "counter suspicious_unit");
  EXPECT_EQ(codes(read(file_of(header, 100, cycle(0.1, 0.1)), named)), "");  // a rate, so headed
  EXPECT_EQ(codes_of("cpu", rising(2.0)), "counter");
  EXPECT_EQ(codes_of("cpu", rising(0.01)), "");  // growth
  EXPECT_EQ(codes_of("memory", [](int i) { return std::to_string(1e9 + 1e6 * i); }), "");
}

}  // namespace
}  // namespace plimsoll
