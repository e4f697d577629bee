// What every subcommand of `plimsoll` shares.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "plimsoll/api/options.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll::native {

// Exit codes of the command line.
inline constexpr int kExitOk = 0;
inline constexpr int kExitNo = 1;     // the data says no
inline constexpr int kExitUsage = 2;  // bad usage or unreadable input

// Bad usage that the option parser cannot see; what() says how to mend it.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// As typed. A command has those of these flags that it uses.
struct CommonFlags {
  bool timings = false;
  std::string now;
  std::string tz;
  std::vector<std::string> map;            // "timestamp=COL,cpu=COL"
  std::vector<std::string> unit;           // "cpu=percent"
  std::span<const Option* const> columns;  // what `map` may name
};

// As understood.
struct CommonOptions {
  ParseOptions parse;
  std::optional<Timestamp> now;
  std::optional<std::int64_t> utc_offset_seconds;
};

// Throws UsageError on a `now`, `tz`, `map` or `unit` that cannot be read.
CommonOptions read_common(const CommonFlags& flags);

// The value, or its error as a UsageError that names the option.
template <class T>
T require_option(const char* option, Result<T> result) {
  if (!result) throw UsageError(std::string(option) + ": " + message(result.error()));
  return std::move(result).value();
}

// Measures stages between the moments at which they begin, and prints the sums when it ends:
// one JSON line on standard error, {"parse":0.01,...,"total":0.2}. Silent unless enabled.
class Timings {
 public:
  explicit Timings(bool enabled);
  ~Timings();
  Timings(const Timings&) = delete;
  Timings& operator=(const Timings&) = delete;

  // Valid as long as this object.
  StageObserver observer();
  void begin(std::string_view stage);

 private:
  using Clock = std::chrono::steady_clock;
  void end_stage();

  bool enabled_;
  Clock::time_point started_;
  Clock::time_point stage_started_;
  std::string stage_;
  std::vector<std::pair<std::string, double>> seconds_;
};

// "plimsoll: FILE: message" on standard error; returns kExitUsage.
int report_unreadable(const std::string& path, const Error& error);

}  // namespace plimsoll::native
