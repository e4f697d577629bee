#include "column_binding.h"

#include <algorithm>
#include <array>
#include <span>

namespace plimsoll {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 6> kTimestampNames = {"timestamp", "time",     "ds",
                                                             "date",      "datetime", "ts"};
constexpr std::array<std::string_view, 13> kCpuNames = {"cpu",
                                                        "cpu_mean_5m",
                                                        "cpu_cores",
                                                        "cpu_usage",
                                                        "cpu_usage_cores",
                                                        "cpu_millicores",
                                                        "cpu_m",
                                                        "cpu_percent",
                                                        "cpu_utilization",
                                                        "cpu_usage_percent",
                                                        "cpu_usage_millicores",
                                                        "cpu_mean",
                                                        "avg_cpu"};
constexpr std::array<std::string_view, 19> kMemoryNames = {"memory",
                                                           "mem",
                                                           "mem_mean_5m",
                                                           "memory_bytes",
                                                           "mem_bytes",
                                                           "memory_mib",
                                                           "memory_mi",
                                                           "memory_mb",
                                                           "memory_gib",
                                                           "memory_gi",
                                                           "memory_gb",
                                                           "memory_usage",
                                                           "mem_mib",
                                                           "mem_mb",
                                                           "memory_mean",
                                                           "memory_usage_bytes",
                                                           "memory_working_set",
                                                           "memory_working_set_bytes",
                                                           "mem_gib"};
constexpr std::array<std::string_view, 1> kNamespaceNames = {"namespace"};
constexpr std::array<std::string_view, 2> kWorkloadNames = {"workload", "deployment"};
constexpr std::array<std::string_view, 1> kContainerNames = {"container"};
constexpr std::array<std::string_view, 1> kCpuRequestNames = {"cpu_request"};
constexpr std::array<std::string_view, 1> kCpuLimitNames = {"cpu_limit"};
constexpr std::array<std::string_view, 2> kMemoryRequestNames = {"memory_request", "mem_request"};
constexpr std::array<std::string_view, 2> kMemoryLimitNames = {"memory_limit", "mem_limit"};
constexpr std::array<std::string_view, 2> kYNames = {"y", "value"};

struct UnitName {
  std::string_view name;
  Unit unit;
  double factor;
};

// What a caller may declare, in the spelling of the contract.
constexpr std::array<UnitName, 4> kCpuUnits = {{{"cores", Unit::kCores, 1.0},
                                                {"millicores", Unit::kCores, 0.001},
                                                {"percent", Unit::kPercent, 1.0},
                                                {"none", Unit::kNone, 1.0}}};
constexpr std::array<UnitName, 8> kMemoryUnits = {{{"bytes", Unit::kBytes, 1.0},
                                                   {"Ki", Unit::kBytes, 1024.0},
                                                   {"Mi", Unit::kBytes, 1048576.0},
                                                   {"Gi", Unit::kBytes, 1073741824.0},
                                                   {"kB", Unit::kBytes, 1e3},
                                                   {"MB", Unit::kBytes, 1e6},
                                                   {"GB", Unit::kBytes, 1e9},
                                                   {"none", Unit::kNone, 1.0}}};

// What the end of a header says.
constexpr std::array<UnitName, 6> kCpuSuffixes = {{{"_millicores", Unit::kCores, 0.001},
                                                   {"_m", Unit::kCores, 0.001},
                                                   {"_cores", Unit::kCores, 1.0},
                                                   {"_percent", Unit::kPercent, 1.0},
                                                   {"_pct", Unit::kPercent, 1.0},
                                                   {"_utilization", Unit::kPercent, 1.0}}};
constexpr std::array<UnitName, 9> kMemorySuffixes = {{{"_bytes", Unit::kBytes, 1.0},
                                                      {"_kib", Unit::kBytes, 1024.0},
                                                      {"_kb", Unit::kBytes, 1e3},
                                                      {"_mib", Unit::kBytes, 1048576.0},
                                                      {"_mi", Unit::kBytes, 1048576.0},
                                                      {"_mb", Unit::kBytes, 1e6},
                                                      {"_gib", Unit::kBytes, 1073741824.0},
                                                      {"_gi", Unit::kBytes, 1073741824.0},
                                                      {"_gb", Unit::kBytes, 1e9}}};

std::string normalised(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ') c = '_';
  }
  return out;
}

// Finds the columns of one file.
class Binder {
 public:
  Binder(const std::vector<std::string>& headers, const ParseOptions& options)
      : headers_(headers), options_(options) {}

  // The column of a role, nothing when there is none.
  Result<std::optional<std::size_t>> find(std::string_view role, Names names) const {
    const auto told = options_.columns.find(role);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      const std::string header = normalised(headers_[i]);
      const bool match = told != options_.columns.end()
                             ? header == normalised(told->second)
                             : std::find(names.begin(), names.end(), header) != names.end();
      if (match) found.push_back(i);
    }
    if (found.empty()) {
      if (told != options_.columns.end()) return absent(role, told->second);
      return std::optional<std::size_t>();
    }
    if (found.size() > 1) return several(role, found);
    return std::optional<std::size_t>(found.front());
  }

 private:
  [[nodiscard]] Error absent(std::string_view role, const std::string& header) const {
    return Error{.code = ErrorCode::kMissingColumn,
                 .where = {.row = 1, .column = header, .field = "map." + std::string(role)},
                 .found = "the columns " + list_of(headers_),
                 .expected = "a column \"" + header + "\"",
                 .fix = "Name a column that the file has."};
  }

  [[nodiscard]] Error several(std::string_view role, const std::vector<std::size_t>& found) const {
    std::vector<std::string> names;
    for (const std::size_t i : found) names.push_back(headers_[i]);
    const bool same = normalised(names[0]) == normalised(names[1]);
    return Error{.code = same ? ErrorCode::kDuplicateColumn : ErrorCode::kAmbiguousColumn,
                 .where = {.row = 1, .column = names[1], .field = "map." + std::string(role)},
                 .found = "the columns " + list_of(names),
                 .expected = "one column of " + std::string(role),
                 .fix = same ? "Rename or remove one of them."
                             : "Say which: map." + std::string(role) + "=" + names[0] + "."};
  }

  const std::vector<std::string>& headers_;
  const ParseOptions& options_;
};

Result<NumericBinding> bind_unit(NumericBinding binding, bool cpu, const ParseOptions& options) {
  const std::span<const UnitName> units =
      cpu ? std::span<const UnitName>(kCpuUnits) : std::span<const UnitName>(kMemoryUnits);
  const std::span<const UnitName> suffixes =
      cpu ? std::span<const UnitName>(kCpuSuffixes) : std::span<const UnitName>(kMemorySuffixes);
  binding.unit = cpu ? Unit::kCores : Unit::kBytes;
  const auto told = options.units.find(binding.role);
  if (told != options.units.end()) {
    std::vector<std::string> known;
    for (const UnitName& unit : units) {
      known.emplace_back(unit.name);
      if (unit.name != told->second) continue;
      binding.unit = unit.unit;
      binding.factor = unit.factor;
      binding.unit_source = "declared";
      return binding;
    }
    return Error{.code = ErrorCode::kInvalidParameter,
                 .where = {.row = std::nullopt, .column = "", .field = "unit." + binding.role},
                 .found = '"' + told->second + '"',
                 .expected = "one of " + list_of(known),
                 .fix = "Declare the unit that the column is written in."};
  }
  const std::string header = normalised(binding.header);
  for (const UnitName& suffix : suffixes) {
    if (!header.ends_with(suffix.name)) continue;
    binding.unit = suffix.unit;
    binding.factor = suffix.factor;
    binding.unit_source = "header";
    break;
  }
  return binding;
}

struct UsageRole {
  std::string_view role;
  Names names;
  bool cpu;
};

std::optional<Error> bind_usage(const std::vector<std::string>& headers, const Binder& binder,
                                const ParseOptions& options, ColumnBindings& bindings) {
  const UsageRole roles[] = {{"cpu", kCpuNames, true},
                             {"memory", kMemoryNames, false},
                             {"cpu_request", kCpuRequestNames, true},
                             {"cpu_limit", kCpuLimitNames, true},
                             {"memory_request", kMemoryRequestNames, false},
                             {"memory_limit", kMemoryLimitNames, false}};
  for (const UsageRole& role : roles) {
    const auto index = binder.find(role.role, role.names);
    if (!index) return index.error();
    if (!index.value()) {
      if (role.role == "cpu" || role.role == "memory") bindings.missing.emplace_back(role.role);
      continue;
    }
    NumericBinding binding;
    binding.role = role.role;
    binding.header = headers[*index.value()];
    binding.index = *index.value();
    auto bound = bind_unit(std::move(binding), role.cpu, options);
    if (!bound) return bound.error();
    bindings.numbers.push_back(std::move(bound).value());
  }
  const struct {
    std::string_view role;
    Names names;
    std::optional<std::size_t> ColumnBindings::*place;
  } keys[] = {{"namespace", kNamespaceNames, &ColumnBindings::namespace_name},
              {"workload", kWorkloadNames, &ColumnBindings::workload},
              {"container", kContainerNames, &ColumnBindings::container}};
  for (const auto& key : keys) {
    const auto index = binder.find(key.role, key.names);
    if (!index) return index.error();
    bindings.*key.place = index.value();
  }
  if (bindings.missing.size() == 2) {
    return Error{.code = ErrorCode::kMissingColumn,
                 .where = {.row = 1, .column = "cpu", .field = "map.cpu"},
                 .found = "the columns " + list_of(headers),
                 .expected = "a column of CPU or of memory, such as cpu_mean_5m or mem_mean_5m",
                 .fix = "Say which it is: map.cpu=COLUMN or map.memory=COLUMN."};
  }
  return std::nullopt;
}

std::optional<Error> bind_training(const std::vector<std::string>& headers, const Binder& binder,
                                   ColumnBindings& bindings) {
  const auto found = binder.find("y", kYNames);
  if (!found) return found.error();
  std::optional<std::size_t> index = found.value();
  // A file of two columns has only one that can be y.
  if (!index && headers.size() == 2) index = 1 - bindings.timestamp;
  if (!index) {
    return Error{.code = ErrorCode::kMissingColumn,
                 .where = {.row = 1, .column = "y", .field = "map.y"},
                 .found = "the columns " + list_of(headers),
                 .expected = "a column y",
                 .fix = "Say which it is: map.y=COLUMN."};
  }
  NumericBinding binding;
  binding.role = "y";
  binding.header = headers[*index];
  binding.index = *index;
  bindings.numbers.push_back(std::move(binding));
  return std::nullopt;
}

}  // namespace

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 20;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    text += (i > 0 ? ", " : "") + names[i].substr(0, 60);
  }
  if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
  return text;
}

Result<ColumnBindings> bind_columns(const std::vector<std::string>& headers, FileKind kind,
                                    const ParseOptions& options) {
  const Binder binder(headers, options);
  ColumnBindings bindings;
  const auto timestamp = binder.find("timestamp", kTimestampNames);
  if (!timestamp) return timestamp.error();
  if (!timestamp.value()) {
    return Error{.code = ErrorCode::kMissingColumn,
                 .where = {.row = 1, .column = "timestamp", .field = "map.timestamp"},
                 .found = "the columns " + list_of(headers),
                 .expected = "a column of timestamps",
                 .fix = "Say which it is: map.timestamp=COLUMN."};
  }
  bindings.timestamp = *timestamp.value();
  bindings.timestamp_header = headers[bindings.timestamp];
  std::optional<Error> error;
  if (kind == FileKind::kUsage) error = bind_usage(headers, binder, options, bindings);
  if (kind == FileKind::kTraining) error = bind_training(headers, binder, bindings);
  if (error) return *error;
  return bindings;
}

}  // namespace plimsoll
