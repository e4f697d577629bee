#include "log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace plimsoll::native {
namespace {

std::shared_ptr<spdlog::logger> make_logger() {
  auto logger = std::make_shared<spdlog::logger>("plimsoll",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                      spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  return logger;
}

// How many lines of one event were written in this second, and how many were not.
struct Rate {
  std::chrono::steady_clock::time_point second;
  int written = 0;
  std::uint64_t left_out = 0;
};

// How many lines of the event were left out before this one; nothing when it is left out too.
std::optional<std::uint64_t> admit(std::string_view event) {
  static std::mutex mutex;
  static std::map<std::string, Rate, std::less<>> rates;
  const std::lock_guard lock(mutex);
  const auto known = rates.find(event);
  Rate& rate = known == rates.end() ? rates[std::string(event)] : known->second;
  const auto now = std::chrono::steady_clock::now();
  if (now - rate.second >= std::chrono::seconds(1)) {
    rate.second = now;
    rate.written = 0;
  }
  if (rate.written >= kLinesPerSecond) {
    ++rate.left_out;
    return std::nullopt;
  }
  ++rate.written;
  return std::exchange(rate.left_out, 0);
}

}  // namespace

void log_event(std::string_view level, std::string_view event, const LogFields& fields) {
  try {
    static const std::shared_ptr<spdlog::logger> logger = make_logger();
    const auto left_out = admit(event);
    if (!left_out) return;
    nlohmann::ordered_json line;
    line["event"] = event;
    for (const auto& [name, value] : fields) line[name] = value;
    if (*left_out > 0) line["left_out"] = *left_out;
    // The pattern adds the braces, with time and level inside them.
    const std::string text =
        line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    logger->log(spdlog::level::from_str(std::string(level)), "{}",
                std::string_view(text).substr(1, text.size() - 2));
  } catch (const std::exception&) {
    // A line that cannot be logged must not fail the request it tells of.
    return;
  }
}

}  // namespace plimsoll::native
