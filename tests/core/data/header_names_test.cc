#include "data/header_names.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

std::string role_of(std::string_view header) {
  return std::string(usage_role_of(normalise_header(header)));
}

struct Named {
  const char* role;
  std::vector<const char*> headers;
};

TEST(HeaderNames, EveryNameHasItsRole) {
  const Named table[] = {
      {"timestamp",
       {"timestamp", "time", "ds", "date", "datetime", "ts", "date_time", "time_utc",
        "timestamp_utc", "ds_utc", "timestamp_ms", "unix_time", "epoch_ms", "epoch", "Timestamp",
        "Date Time", "Time (UTC)"}},
      {"namespace", {"namespace", "namespace_name", "Namespace"}},
      {"workload", {"workload", "workload_name", "deployment"}},
      {"container", {"container", "container_name"}},
      {"cpu_request",
       {"cpu_request", "cpu_requests", "request_cpu", "requests_cpu", "CPU Request",
        "cpu_request_cores", "cpu_requests_millicores", "requests_cpu_m"}},
      {"cpu_limit",
       {"cpu_limit", "cpu_limits", "limit_cpu", "limits_cpu", "cpu-limit", "cpu_limit_m"}},
      {"memory_request",
       {"memory_request", "memory_requests", "request_memory", "requests_memory", "mem_request",
        "mem_requests", "request_mem", "memory_request_bytes", "mem_request_mi"}},
      {"memory_limit",
       {"memory_limit", "memory_limits", "limit_memory", "limits_memory", "mem_limit", "limits_mem",
        "memory_limit_mib", "mem_limit_gb"}},
  };
  for (const Named& row : table) {
    for (const char* const header : row.headers) EXPECT_EQ(role_of(header), row.role) << header;
  }
}

TEST(HeaderNames, UsageIsKnownByItsWords) {
  for (const std::string word :
       {"", "_mean", "_avg", "_average", "_usage", "_usage_mean", "_usage_avg", "_used",
        "_utilization", "_utilisation", "_working_set"}) {
    for (const std::string window : {"", "_5m", "_1h", "_30s", "_7d", "_15m"}) {
      EXPECT_EQ(role_of("cpu" + word + window), "cpu") << word << window;
      EXPECT_EQ(role_of("mem" + word + window), "memory") << word << window;
      EXPECT_EQ(role_of("memory" + word + window), "memory") << word << window;
      EXPECT_EQ(role_of("container_memory" + word + window), "memory") << word << window;
      EXPECT_EQ(role_of("CPU" + word + window + "_cores"), "cpu") << word << window;
    }
  }
  for (const std::string prefix : {"avg_", "mean_", "average_"}) {
    EXPECT_EQ(role_of(prefix + "cpu"), "cpu");
    EXPECT_EQ(role_of(prefix + "memory"), "memory");
    EXPECT_EQ(role_of(prefix + "mem"), "memory");
    EXPECT_EQ(role_of(prefix + "cpu_usage"), "");
  }
}

TEST(HeaderNames, OtherColumnsHaveNoRole) {
  for (const char* const header : {"",
                                   "load",
                                   "cpus",
                                   "cpu_throttled",
                                   "cpu_max",
                                   "memory_cache",
                                   "memo",
                                   "node",
                                   "pod",
                                   "disk",
                                   "cpux",
                                   "cpu_usage_p99",
                                   "max_cpu",
                                   "network_usage",
                                   "timestamps",
                                   "updated",
                                   "namespace_m",
                                   "workload_cores",
                                   "container_bytes",
                                   "cpu_5x",
                                   "cpu_m5",
                                   "cpu_xm",
                                   "namespace_5m",
                                   "workload_1h",
                                   "container_name_5m",
                                   "cpu_5",
                                   "request",
                                   "limit",
                                   "cpu_request_limit",
                                   "container id"}) {
    EXPECT_EQ(role_of(header), "") << header;
  }
}

TEST(HeaderNames, AUnitMustFitItsRole) {
  for (const char* const header : {"cpu_bytes", "cpu_mib", "memory_cores", "memory_millicores",
                                   "memory_m", "cpu_request_gi", "mem_limit_cores"}) {
    EXPECT_EQ(role_of(header), "") << header;
  }
}

struct UnitOf {
  const char* header;
  Unit unit;
  double multiplier;
  double divisor;
};

TEST(HeaderNames, EveryUnitHasItsSize) {
  const UnitOf table[] = {
      {"cpu_cores", Unit::kCores, 1.0, 1.0},
      {"cpu_core", Unit::kCores, 1.0, 1.0},
      {"cpu_millicores", Unit::kCores, 1.0, 1000.0},
      {"cpu_millicore", Unit::kCores, 1.0, 1000.0},
      {"cpu_mcores", Unit::kCores, 1.0, 1000.0},
      {"cpu_m", Unit::kCores, 1.0, 1000.0},
      {"cpu_limit_m", Unit::kCores, 1.0, 1000.0},
      {"cpu_percent", Unit::kPercent, 1.0, 1.0},
      {"cpu_pct", Unit::kPercent, 1.0, 1.0},
      {"CPU %", Unit::kPercent, 1.0, 1.0},
      {"cpu%", Unit::kPercent, 1.0, 1.0},
      {"CPU (millicores)", Unit::kCores, 1.0, 1000.0},
      {"memory_bytes", Unit::kBytes, 1.0, 1.0},
      {"memory_byte", Unit::kBytes, 1.0, 1.0},
      {"memory_b", Unit::kBytes, 1.0, 1.0},
      {"memory_ki", Unit::kBytes, 1024.0, 1.0},
      {"memory_kib", Unit::kBytes, 1024.0, 1.0},
      {"memory_mi", Unit::kBytes, 1048576.0, 1.0},
      {"memory_mib", Unit::kBytes, 1048576.0, 1.0},
      {"Memory [MiB]", Unit::kBytes, 1048576.0, 1.0},
      {"memory_gi", Unit::kBytes, 1073741824.0, 1.0},
      {"memory_gib", Unit::kBytes, 1073741824.0, 1.0},
      {"memory_kb", Unit::kBytes, 1000.0, 1.0},
      {"memory_mb", Unit::kBytes, 1000000.0, 1.0},
      {"memory_gb", Unit::kBytes, 1000000000.0, 1.0},
      {"memory_request_gb", Unit::kBytes, 1000000000.0, 1.0},
      {"memory_percent", Unit::kPercent, 1.0, 1.0},
      {"memory_pct", Unit::kPercent, 1.0, 1.0},
  };
  for (const UnitOf& row : table) {
    const std::string name = normalise_header(row.header);
    const auto scale = unit_of_header(usage_role_of(name), name);
    ASSERT_TRUE(scale.has_value()) << row.header;
    EXPECT_EQ(scale->unit, row.unit) << row.header;
    EXPECT_EQ(scale->multiplier, row.multiplier) << row.header;
    EXPECT_EQ(scale->divisor, row.divisor) << row.header;
    const auto declared = unit_by_name(usage_role_of(name), name.substr(name.rfind('_') + 1));
    ASSERT_TRUE(declared.has_value()) << row.header;
    EXPECT_EQ(declared->unit, row.unit) << row.header;
    EXPECT_EQ(declared->multiplier, row.multiplier) << row.header;
    EXPECT_EQ(declared->divisor, row.divisor) << row.header;
  }
  EXPECT_FALSE(unit_of_header("cpu", "cpu_mean_5m").has_value());
  EXPECT_FALSE(unit_of_header("cpu", "cpu").has_value());
  EXPECT_FALSE(unit_of_header("memory", "memory_m").has_value());
  EXPECT_FALSE(unit_of_header("timestamp", "timestamp_m").has_value());
}

TEST(HeaderNames, UnitsAreDeclaredByName) {
  EXPECT_EQ(unit_by_name("cpu", "Cores")->unit, Unit::kCores);
  EXPECT_EQ(unit_by_name("memory", "MiB")->multiplier, 1048576.0);
  EXPECT_EQ(unit_by_name("memory", "kB")->multiplier, 1000.0);
  EXPECT_EQ(unit_by_name("cpu", "none")->unit, Unit::kNone);
  EXPECT_EQ(unit_by_name("memory", "none")->unit, Unit::kNone);
  EXPECT_FALSE(unit_by_name("cpu", "Mi").has_value());
  EXPECT_FALSE(unit_by_name("memory", "cores").has_value());
  EXPECT_FALSE(unit_by_name("cpu", "").has_value());
}

TEST(HeaderNames, WithoutAUnitItIsTheCanonicalOne) {
  for (const char* const role : {"cpu", "cpu_request", "cpu_limit"}) {
    EXPECT_EQ(default_unit(role).unit, Unit::kCores) << role;
  }
  for (const char* const role : {"memory", "memory_request", "memory_limit"}) {
    EXPECT_EQ(default_unit(role).unit, Unit::kBytes) << role;
  }
  EXPECT_EQ(default_unit("y").unit, Unit::kNone);
}

TEST(HeaderNames, AreComparedByTheirWords) {
  EXPECT_EQ(normalise_header("  CPU-Mean  (5m) "), "cpu_mean_5m");
  EXPECT_EQ(normalise_header("a..b"), "a_b");
  EXPECT_EQ(normalise_header("__a__"), "a");
  EXPECT_EQ(normalise_header("%"), "percent");
  EXPECT_EQ(normalise_header("Speicher-\u00DCbersicht"), "speicher_\u00DCbersicht");
  EXPECT_EQ(normalise_header("AZ az 09 @[`{/:"), "az_az_09");
}

}  // namespace
}  // namespace plimsoll
