// plimsoll request: the request function, bare.
#include <iostream>

#include "commands.h"
#include "files.h"
#include "http_message.h"
#include "model_store.h"
#include "plimsoll/limits.h"
#include "plimsoll/request.h"

namespace plimsoll::native {
namespace {

bool has_now(std::string_view target) {
  auto mark = target.find('?');
  while (mark != std::string_view::npos) {
    target.remove_prefix(mark + 1);
    if (target.starts_with("now=")) return true;
    mark = target.find('&');
  }
  return false;
}

// The moment as a query value: a `+` there would be read as a space.
std::string query_value(const std::string& text) {
  std::string value;
  for (const char c : text) {
    if (c == '+') {
      value += "%2B";
    } else {
      value += c;
    }
  }
  return value;
}

Snapshot load_models(const std::string& folder) {
  if (folder.empty()) return {};
  LoadedModels loaded = ModelStore(folder).load_production();
  for (const std::string& problem : loaded.problems) std::cerr << "plimsoll: " << problem << '\n';
  return std::move(loaded.snapshot);
}

}  // namespace

int run_request_command(const RequestFlags& flags) {
  read_common(flags.common);
  std::string target = flags.path;
  if (!flags.common.now.empty() && !has_now(target)) {
    target += target.find('?') == std::string::npos ? '?' : '&';
    target += "now=" + query_value(flags.common.now);
  }
  const std::string body =
      flags.body.empty() ? "" : read_file(flags.body, kLimits.max_body_bytes + 1);
  const Snapshot snapshot = load_models(flags.models);
  Timings timings(flags.common.timings);
  const Response response =
      handle_request({flags.method, target, {}, body}, std::nullopt, snapshot, timings.observer());
  const std::string* type = find_header(response.headers, "content-type");
  std::cerr << response.status << ' ' << (type == nullptr ? "" : *type) << '\n';
  std::cout << response.body;
  return response.status < 400 ? kExitOk : kExitNo;
}

}  // namespace plimsoll::native
