// plimsoll request: the request function, bare.
#include <iostream>
#include <utility>

#include "commands.h"
#include "files.h"
#include "http_message.h"
#include "model_store.h"
#include "plimsoll/api/request.h"
#include "plimsoll/base/limits.h"

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

// The moment as a query value.
std::string query_value(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string value;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      value += c;
    } else {
      value += '%';
      value += kHex[byte >> 4U];
      value += kHex[byte & 0xFU];
    }
  }
  return value;
}

std::vector<Header> content_type(const std::optional<std::string>& type) {
  if (!type) return {};
  Header header("Content-Type", *type);
  for (char& c : header.second) {
    if (c == '\r' || c == '\n') c = ' ';
  }
  return {header};
}

Snapshot load_models(const std::string& folder) {
  if (folder.empty()) return {};
  LoadedModels loaded;
  try {
    loaded = ModelStore(folder).load_production();
  } catch (const FileError&) {  // what cannot be listed is an empty store here
    loaded.snapshot.source = folder;
  }
  // Told here and not in the answer: the command in Node, whose module knows no store, does the
  // same.
  for (const ModelProblem& problem : std::exchange(loaded.snapshot.problems, {})) {
    std::cerr << "plimsoll: " << problem.model << ": " << problem.reason
              << (problem.serving.empty() ? "" : "; serving ") << problem.serving << '\n';
  }
  return std::move(loaded.snapshot);
}

}  // namespace

int run_request_command(const RequestFlags& flags) {
  std::string target = flags.path;
  if (flags.now && !has_now(target)) {
    target += target.find('?') == std::string::npos ? '?' : '&';
    target += "now=" + query_value(*flags.now);
  }
  const std::string body =
      flags.body.empty() ? "" : read_file(flags.body, kLimits.max_body_bytes + 1);
  const Snapshot snapshot = load_models(flags.models);
  Timings timings(flags.timings);
  const Response response =
      handle_request({flags.method, target, content_type(flags.content_type), body}, std::nullopt,
                     snapshot, timings.observer());
  const std::string* type = find_header(response.headers, "content-type");
  std::cerr << response.status << ' ' << (type == nullptr ? "" : *type) << '\n';
  std::cout << response.body;
  return response.status < 400 ? kExitOk : kExitNo;
}

}  // namespace plimsoll::native
