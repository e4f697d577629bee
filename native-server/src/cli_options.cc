#include "cli_options.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace plimsoll::native {
namespace {

using Pairs = std::map<std::string, std::string, std::less<>>;

// The role behind the point of an option's name: "cpu" of map.cpu.
std::string_view role_of(const Option& option) {
  return option.name.substr(option.name.find('.') + 1);
}

void require_role(const char* option, const std::string& role,
                  std::span<const Option* const> known) {
  std::string expected;
  for (const Option* const candidate : known) {
    if (role_of(*candidate) == role) return;
    expected += (expected.empty() ? "" : ", ") + std::string(role_of(*candidate));
  }
  throw UsageError(std::string(option) + ": found \"" + role + "\", expected one of " + expected);
}

// "timestamp=ts,cpu=CPU used" to role -> text.
Pairs read_pairs(const char* option, const std::vector<std::string>& arguments,
                 std::span<const Option* const> known) {
  Pairs pairs;
  for (const std::string& argument : arguments) {
    std::size_t start = 0;
    while (start <= argument.size()) {
      const auto comma = std::min(argument.find(',', start), argument.size());
      const std::string pair = argument.substr(start, comma - start);
      const auto equals = pair.find('=');
      if (equals == 0 || equals == std::string::npos || equals + 1 == pair.size()) {
        throw UsageError(std::string(option) + ": found \"" + pair + "\", expected ROLE=VALUE");
      }
      require_role(option, pair.substr(0, equals), known);
      pairs[pair.substr(0, equals)] = pair.substr(equals + 1);
      start = comma + 1;
    }
  }
  return pairs;
}

}  // namespace

CommonOptions read_common(const CommonFlags& flags) {
  CommonOptions options;
  options.parse.columns = read_pairs("--map", flags.map, flags.columns);
  options.parse.units = read_pairs("--unit", flags.unit, option::kUnits);
  if (!flags.tz.empty()) {
    options.utc_offset_seconds = require_option("--tz", parse_utc_offset(flags.tz));
  }
  if (!flags.now.empty()) {
    const auto now = parse_iso8601(flags.now);
    if (!now) {
      throw UsageError("--now: found \"" + flags.now + "\", expected a moment such as " +
                       "2026-11-24T10:05:00Z");
    }
    options.now = now->seconds;
  }
  return options;
}

Timings::Timings(bool enabled) : enabled_(enabled), started_(Clock::now()) {}

Timings::~Timings() {
  if (!enabled_) return;
  end_stage();
  nlohmann::ordered_json line = nlohmann::ordered_json::object();
  for (const auto& [stage, seconds] : seconds_) line[stage] = seconds;
  line["total"] = std::chrono::duration<double>(Clock::now() - started_).count();
  std::cerr << line.dump() << '\n';
}

StageObserver Timings::observer() {
  if (!enabled_) return {};
  return [this](std::string_view stage) { begin(stage); };
}

void Timings::begin(std::string_view stage) {
  end_stage();
  stage_ = stage;
  stage_started_ = Clock::now();
}

void Timings::end_stage() {
  if (stage_.empty()) return;
  const double took = std::chrono::duration<double>(Clock::now() - stage_started_).count();
  const auto known = std::find_if(seconds_.begin(), seconds_.end(),
                                  [this](const auto& entry) { return entry.first == stage_; });
  if (known == seconds_.end()) {
    seconds_.emplace_back(stage_, took);
  } else {
    known->second += took;
  }
  stage_.clear();
}

int report_unreadable(const std::string& path, const Error& error) {
  std::cerr << "plimsoll: " << path << ": " << message(error) << '\n';
  return kExitUsage;
}

}  // namespace plimsoll::native
