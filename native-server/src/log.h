// Structured log lines on standard error, one JSON object each.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plimsoll::native {

inline constexpr int kLinesPerSecond = 20;

using LogFields = std::vector<std::pair<std::string, std::string>>;

// `level` is "info", "warning" or "error"; `event` a short name, "model_promoted".
// Safe from any thread; never throws. Of one event at most kLinesPerSecond are written; how many
// more there were is told in the line after them ("left_out").
void log_event(std::string_view level, std::string_view event, const LogFields& fields = {});

}  // namespace plimsoll::native
