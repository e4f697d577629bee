// Every option of a request, said once: queries are read by it, OpenAPI, /docs and docs/api.md are
// printed from it, and the command line's flags take their help and bounds from it.
#pragma once

#include <span>
#include <string_view>

#include "plimsoll/data/metrics.h"

namespace plimsoll {

enum class OptionKind {
  kText,
  kCount,     // a natural number
  kNumber,    // within `least` and `most`
  kNumbers,   // several such, separated by commas
  kMoment,    // ISO-8601
  kDuration,  // `365 days`
  kZone,      // UTC or +01:00
  kSwitch,    // 1 or 0
  kChoice,    // one of `choices`
};

// A flag of the command line has the same name with hyphens for underscores.
struct Option {
  std::string_view name;
  std::string_view summary;
  OptionKind kind = OptionKind::kText;
  std::string_view fallback = {};  // without it: the value, or what is taken, in words
  std::string_view choices = {};   // of kChoice, separated by blanks
  double least = 0.0;
  double most = 0.0;
};

// A share that can be neither nothing nor all.
inline constexpr double kLeastShare = 1e-6;
inline constexpr double kMostShare = 1.0 - 1e-6;

namespace option {

// Which part of the data, and how it is read.
inline constexpr Option kWorkload{"workload", "the workload asked for"};
inline constexpr Option kNamespace{"namespace", "its namespace"};
inline constexpr Option kContainer{"container", "its container"};
inline constexpr Option kMapTimestamp{"map.timestamp", "the column of moments"};
inline constexpr Option kMapCpu{"map.cpu", "the column of CPU usage"};
inline constexpr Option kMapMemory{"map.memory", "the column of memory usage"};
inline constexpr Option kMapNamespace{"map.namespace", "the column of namespaces"};
inline constexpr Option kMapWorkload{"map.workload", "the column of workloads"};
inline constexpr Option kMapContainer{"map.container", "the column of containers"};
inline constexpr Option kMapCpuRequest{"map.cpu_request", "the column of CPU requests"};
inline constexpr Option kMapCpuLimit{"map.cpu_limit", "the column of CPU limits"};
inline constexpr Option kMapMemoryRequest{"map.memory_request", "the column of memory requests"};
inline constexpr Option kMapMemoryLimit{"map.memory_limit", "the column of memory limits"};
inline constexpr Option kMapY{"map.y", "the column to fit"};
inline constexpr Option kUnitCpu{"unit.cpu", info_of(Metric::kCpu).unit_names};
inline constexpr Option kUnitMemory{"unit.memory", info_of(Metric::kMemory).unit_names};
inline constexpr Option kMinRecords{"min_records", "rows that a PASSED file has at least",
                                    OptionKind::kCount, "1000"};
inline constexpr Option kTolerateMissing{"tolerate_missing", "missing values only warn",
                                         OptionKind::kSwitch, "0"};

// When.
inline constexpr Option kNow{"now", "the present", OptionKind::kMoment,
                             "the end of the data; the server's clock for stored models"};
inline constexpr Option kTz{"tz", "whose midnights bound days, weeks and holidays",
                            OptionKind::kZone, "UTC"};
inline constexpr Option kMoment{"datetime_str", "the moment to forecast", OptionKind::kMoment};
inline constexpr Option kHorizon{"horizon", "the window to plan for", OptionKind::kChoice,
                                 "all of them", "day week weekend month"};
inline constexpr Option kForecastHorizon{"horizon", "the window to forecast", OptionKind::kChoice,
                                         "week", "day week weekend month"};
inline constexpr Option kStart{"start", "the first moment", OptionKind::kMoment,
                               "that of the horizon"};
inline constexpr Option kEnd{"end", "the end, itself left out", OptionKind::kMoment,
                             "that of the horizon"};
inline constexpr Option kStep{"step", "seconds, 5min, 1h, MS, W-MON, ...", OptionKind::kText,
                              "the history's"};

// How.
inline constexpr Option kPolicy{"policy", "how requests and limits are sized", OptionKind::kChoice,
                                "seed", "seed"};
inline constexpr Option kPreset{"preset", "the model", OptionKind::kChoice, "auto",
                                "auto prophet seed"};
inline constexpr Option kFitPreset{"preset", "the model", OptionKind::kChoice, "prophet",
                                   "auto prophet seed"};
inline constexpr Option kIntervalWidth{"interval_width",
                                       "share of samples meant to lie inside",
                                       OptionKind::kNumber,
                                       "0.8",
                                       {},
                                       kLeastShare,
                                       kMostShare};
inline constexpr Option kQuantiles{
    "quantiles", "further levels, such as 0.5,0.99", OptionKind::kNumbers, "none", {}, kLeastShare,
    kMostShare};
inline constexpr Option kNonNegative{"non_negative", "the forecast is clipped at 0",
                                     OptionKind::kSwitch, "0"};
inline constexpr Option kAtMost{
    "at_most", "the forecast is clipped at this value", OptionKind::kNumber, "no bound", {}, -1e308,
    1e308};
inline constexpr Option kAhead{"horizon", "how far each fold forecasts, such as 365 days",
                               OptionKind::kDuration, "what cutoffs leave"};
inline constexpr Option kInitial{"initial", "history before the first cutoff",
                                 OptionKind::kDuration, "3 horizons"};
inline constexpr Option kPeriod{"period", "between two cutoffs", OptionKind::kDuration,
                                "half a horizon"};
inline constexpr Option kRollingWindow{
    "rolling_window", "share of the rows in each metric", OptionKind::kNumber, "0.1", {}, 0.0, 1.0};

// What comes back.
inline constexpr Option kPlanFormat{"format", "the answer's", OptionKind::kChoice, "json",
                                    "json yaml csv"};
inline constexpr Option kFormat{"format", "the answer's", OptionKind::kChoice, "json", "json csv"};
inline constexpr Option kPoints{"points", "0 leaves the series of the chart out",
                                OptionKind::kSwitch, "1"};

// The columns that may be named, by what is read.
using OptionList = const Option* const;
inline constexpr OptionList kUsageColumns[] = {
    &kMapTimestamp, &kMapCpu,        &kMapMemory,   &kMapNamespace,     &kMapWorkload,
    &kMapContainer, &kMapCpuRequest, &kMapCpuLimit, &kMapMemoryRequest, &kMapMemoryLimit};
inline constexpr OptionList kTrainingColumns[] = {&kMapTimestamp, &kMapY};
inline constexpr OptionList kMomentColumns[] = {&kMapTimestamp};
inline constexpr OptionList kUnits[] = {&kUnitCpu, &kUnitMemory};

}  // namespace option
}  // namespace plimsoll
