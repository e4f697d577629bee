#include "log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <exception>
#include <memory>
#include <nlohmann/json.hpp>

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

}  // namespace

void log_event(std::string_view level, std::string_view event, const LogFields& fields) {
  try {
    static const std::shared_ptr<spdlog::logger> logger = make_logger();
    nlohmann::ordered_json line;
    line["event"] = event;
    for (const auto& [name, value] : fields) line[name] = value;
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
