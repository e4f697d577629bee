#include "data/header_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "plimsoll/data/metrics.h"

namespace plimsoll {
namespace {

struct UnitEntry {
  std::string_view token;
  UnitScale scale;
};

constexpr UnitScale kCores{Unit::kCores, 1.0, 1.0};
constexpr UnitScale kMillicores{Unit::kCores, 1.0, 1000.0};
constexpr UnitScale kPercent{Unit::kPercent, 1.0, 1.0};
constexpr UnitScale kUnitless{Unit::kNone, 1.0, 1.0};
constexpr UnitScale kBytes{Unit::kBytes, 1.0, 1.0};
constexpr UnitScale kKibibytes{Unit::kBytes, 1024.0, 1.0};
constexpr UnitScale kMebibytes{Unit::kBytes, 1048576.0, 1.0};
constexpr UnitScale kGibibytes{Unit::kBytes, 1073741824.0, 1.0};
constexpr UnitScale kKilobytes{Unit::kBytes, 1e3, 1.0};
constexpr UnitScale kMegabytes{Unit::kBytes, 1e6, 1.0};
constexpr UnitScale kGigabytes{Unit::kBytes, 1e9, 1.0};

constexpr std::array kUnits = {
    UnitEntry{"cores", kCores},
    UnitEntry{"core", kCores},
    UnitEntry{"millicores", kMillicores},
    UnitEntry{"millicore", kMillicores},
    UnitEntry{"mcores", kMillicores},
    UnitEntry{"m", kMillicores},
    UnitEntry{"bytes", kBytes},
    UnitEntry{"byte", kBytes},
    UnitEntry{"b", kBytes},
    UnitEntry{"ki", kKibibytes},
    UnitEntry{"kib", kKibibytes},
    UnitEntry{"mi", kMebibytes},
    UnitEntry{"mib", kMebibytes},
    UnitEntry{"gi", kGibibytes},
    UnitEntry{"gib", kGibibytes},
    UnitEntry{"kb", kKilobytes},
    UnitEntry{"mb", kMegabytes},
    UnitEntry{"gb", kGigabytes},
    UnitEntry{"percent", kPercent},
    UnitEntry{"pct", kPercent},
};

constexpr std::array<std::string_view, 14> kTimestampNames = {
    "timestamp", "time",          "ds",     "date",         "datetime",  "ts",       "date_time",
    "time_utc",  "timestamp_utc", "ds_utc", "timestamp_ms", "unix_time", "epoch_ms", "epoch"};

struct NameEntry {
  std::string_view name;
  std::string_view role;
};

// After "container_" in front, a unit and a window ("5m") at the end have been taken away.
constexpr std::array kRoleNames = {
    NameEntry{"namespace", "namespace"},      NameEntry{"namespace_name", "namespace"},
    NameEntry{"workload", "workload"},        NameEntry{"workload_name", "workload"},
    NameEntry{"deployment", "workload"},      NameEntry{"container", "container"},
    NameEntry{"container_name", "container"},
};

// What may follow a metric in the name of its usage column.
constexpr std::array<std::string_view, 11> kUsageWords = {
    "",          "mean", "avg",         "average",     "usage",      "usage_mean",
    "usage_avg", "used", "utilization", "utilisation", "working_set"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view last_word(std::string_view text) {
  const std::size_t underscore = text.rfind('_');
  return underscore == std::string_view::npos ? std::string_view{} : text.substr(underscore + 1);
}

std::string_view without_last_word(std::string_view text) {
  return text.substr(0, text.rfind('_'));
}

// "5m", "1h", "30s": the window of an average.
bool is_window(std::string_view word) {
  if (word.size() < 2 || word.find_last_of("smhd") != word.size() - 1) return false;
  return std::all_of(word.begin(), word.end() - 1, is_digit);
}

const UnitEntry* find_unit(std::string_view token) {
  for (const UnitEntry& unit : kUnits) {
    if (unit.token == token) return &unit;
  }
  return nullptr;
}

// One that the metric of `role` can have: its own, or a share.
const UnitEntry* find_unit(std::string_view role, std::string_view token) {
  const MetricInfo* const metric = metric_of_role(role);
  const UnitEntry* const unit = find_unit(token);
  if (metric == nullptr || unit == nullptr) return nullptr;
  const Unit found = unit->scale.unit;
  return found == metric->unit || found == Unit::kPercent ? unit : nullptr;
}

// Whether `name` is a usage column of `resource`: "cpu", "cpu_usage", "avg_cpu".
bool is_usage_of(std::string_view resource, std::string_view name) {
  for (const std::string_view prefix : {"avg_", "mean_", "average_"}) {
    if (name.starts_with(prefix) && name.substr(prefix.size()) == resource) return true;
  }
  if (!name.starts_with(resource)) return false;
  std::string_view rest = name.substr(resource.size());
  if (!rest.empty() && rest[0] != '_') return false;
  if (!rest.empty()) rest.remove_prefix(1);
  return std::find(kUsageWords.begin(), kUsageWords.end(), rest) != kUsageWords.end();
}

// "cpu_request" of "cpu_request", "cpu_requests", "request_cpu" and "requests_cpu".
std::string_view setting_role(std::string_view name) {
  const std::size_t underscore = name.find('_');
  if (underscore == std::string_view::npos) return {};
  std::string_view metric = name.substr(0, underscore);
  std::string_view setting = name.substr(underscore + 1);
  if (metric.starts_with("request") || metric.starts_with("limit")) std::swap(metric, setting);
  if (setting.ends_with('s')) setting.remove_suffix(1);
  for (const MetricInfo& candidate : kMetrics) {
    if (metric.empty() || (metric != candidate.name && metric != candidate.other_name)) continue;
    if (setting == "request") return candidate.request_role;
    if (setting == "limit") return candidate.limit_role;
  }
  return {};
}

std::string_view role_by_name(std::string_view name) {
  for (const NameEntry& entry : kRoleNames) {
    if (entry.name == name) return entry.role;
  }
  constexpr std::string_view kPrometheusPrefix = "container_";
  if (name.starts_with(kPrometheusPrefix)) name.remove_prefix(kPrometheusPrefix.size());
  for (const MetricInfo& metric : kMetrics) {
    for (const std::string_view word : {metric.name, metric.other_name}) {
      if (!word.empty() && is_usage_of(word, name)) return metric.name;
    }
  }
  return setting_role(name);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::string normalise_header(std::string_view header) {
  std::string out;
  bool word_ended = false;
  const auto append = [&](std::string_view word) {
    if (word_ended && !out.empty()) out += '_';
    word_ended = false;
    out += word;
  };
  for (const char c : lower_case(header)) {
    const bool is_word = (c >= 'a' && c <= 'z') || is_digit(c) || static_cast<signed char>(c) < 0;
    if (is_word) {
      append({&c, 1});
    } else {
      word_ended = true;
      if (c == '%') append("percent");
    }
  }
  return out;
}

bool names_timestamp(std::string_view normalised) {
  return std::find(kTimestampNames.begin(), kTimestampNames.end(), normalised) !=
         kTimestampNames.end();
}

std::string_view usage_role_of(std::string_view normalised) {
  if (names_timestamp(normalised)) return "timestamp";
  std::string_view name = normalised;
  if (const std::string_view role = role_by_name(name); !role.empty()) return role;
  const std::string_view unit = last_word(name);
  const bool has_unit = find_unit(unit) != nullptr;
  if (has_unit) name = without_last_word(name);
  if (is_window(last_word(name))) name = without_last_word(name);
  const std::string_view role = role_by_name(name);
  const bool unit_fits =
      name.size() == normalised.size() || find_unit(role, unit) != nullptr || !has_unit;
  return unit_fits && metric_of_role(role) != nullptr ? role : std::string_view{};
}

std::optional<UnitScale> unit_of_header(std::string_view role, std::string_view normalised) {
  const UnitEntry* const unit = find_unit(role, last_word(normalised));
  if (unit == nullptr) return std::nullopt;
  return unit->scale;
}

std::optional<UnitScale> unit_by_name(std::string_view role, std::string_view name) {
  const std::string token = lower_case(name);
  if (token == "none") return kUnitless;
  const UnitEntry* const unit = find_unit(role, token);
  if (unit == nullptr) return std::nullopt;
  return unit->scale;
}

UnitScale default_unit(std::string_view role) {
  const MetricInfo* const metric = metric_of_role(role);
  return {metric != nullptr ? metric->unit : Unit::kNone, 1.0, 1.0};
}

}  // namespace plimsoll
