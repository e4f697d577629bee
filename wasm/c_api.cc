#include "c_api.h"

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plimsoll/api/request.h"
#include "plimsoll/base/version.h"
#include "plimsoll/evaluate/record.h"

#ifdef __EMSCRIPTEN__
#define PLIMSOLL_HOST_FUNCTION(name) __attribute__((import_module("env"), import_name(#name)))
#else
#define PLIMSOLL_HOST_FUNCTION(name)
#endif

// The host's: hears the name of each stage as it begins.
extern "C" PLIMSOLL_HOST_FUNCTION(plimsoll_stage) void plimsoll_stage(const char* name,
                                                                      std::size_t length);

namespace {

// A response with the strings that its C part points into.
struct OwnedResponse : plimsoll_response {
  std::string headers_text;
  std::string body_text;
};

plimsoll::Snapshot& snapshot() {
  static plimsoll::Snapshot models;
  return models;
}

std::vector<plimsoll::Header> read_headers(std::string_view lines) {
  std::vector<plimsoll::Header> headers;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return headers;
}

plimsoll_response* own(plimsoll::Response&& response) {
  auto owned = std::make_unique<OwnedResponse>();
  for (const auto& [name, value] : response.headers) {
    owned->headers_text += name + ": " + value + "\n";
  }
  owned->body_text = std::move(response.body);
  owned->status = response.status;
  owned->headers = owned->headers_text.data();
  owned->headers_length = owned->headers_text.size();
  owned->body = owned->body_text.data();
  owned->body_length = owned->body_text.size();
  return owned.release();
}

}  // namespace

void* plimsoll_alloc(std::size_t size) { return std::malloc(size == 0 ? 1 : size); }

void plimsoll_free(void* pointer) { std::free(pointer); }

void plimsoll_snapshot_clear(const char* source, std::size_t source_length) {
  snapshot() = plimsoll::Snapshot{{}, std::string(source, source_length), {}};
}

plimsoll_response* plimsoll_snapshot_add(const char* model, std::size_t model_length) {
  auto decoded = plimsoll::decode_model({model, model_length});
  if (!decoded) return own(plimsoll::problem_response(decoded.error()));
  snapshot().models.push_back(
      std::make_shared<const plimsoll::WorkloadModel>(std::move(decoded).value()));
  return nullptr;
}

plimsoll_response* plimsoll_request(const char* method, std::size_t method_length,
                                    const char* target, std::size_t target_length,
                                    const char* headers, std::size_t headers_length,
                                    const char* body, std::size_t body_length, std::int64_t now,
                                    std::int32_t has_now) {
  const plimsoll::Request request{{method, method_length},
                                  {target, target_length},
                                  read_headers({headers, headers_length}),
                                  {body, body_length}};
  const auto clock = has_now != 0 ? std::optional<plimsoll::Timestamp>(now) : std::nullopt;
  return own(plimsoll::handle_request(request, clock, snapshot(), [](std::string_view stage) {
    plimsoll_stage(stage.data(), stage.size());
  }));
}

void plimsoll_response_free(plimsoll_response* response) {
  delete static_cast<OwnedResponse*>(response);
}

const char* plimsoll_version() { return plimsoll::kVersion; }
