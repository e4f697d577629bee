#include "service.h"

#include <chrono>
#include <exception>
#include <memory>
#include <utility>

#include "log.h"
#include "plimsoll/api/request.h"

namespace plimsoll::native {
namespace {

Timestamp clock_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool may_train(const HttpRequest& request) {
  return request.method == "POST" && request.target.starts_with("/v1/");
}

// Reading that went well is counted in the metrics; a line for each would fill a disk.
bool is_worth_a_line(const HttpRequest& request, const Response& response) {
  return request.method == "POST" || response.status >= 400;
}

Response overloaded() {
  Response response = problem_response({ErrorCode::kUnavailable,
                                        {},
                                        "a full queue of requests",
                                        "a free worker",
                                        "Try again in a few seconds."});
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

}  // namespace

Service::Service(const ModelWatcher& models, const StaticFiles& files, TrainingPool& pool,
                 std::function<int()> in_flight)
    : models_(models), files_(files), pool_(pool), in_flight_(std::move(in_flight)) {}

void Service::handle(HttpRequest request, const Respond& respond) {
  const auto shared = std::make_shared<const HttpRequest>(std::move(request));
  const auto run = [this, shared, respond] {
    const auto begin = std::chrono::steady_clock::now();
    Response response = answer(*shared);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    metrics_.count_response(response.status);
    if (is_worth_a_line(*shared, response)) {
      log_event("info", "request",
                {{"method", shared->method},
                 {"path", shared->target.substr(0, shared->target.find('?'))},
                 {"status", std::to_string(response.status)},
                 {"milliseconds", std::to_string(took.count())}});
    }
    respond(std::move(response));
  };
  if (!may_train(*shared)) {
    run();
  } else if (!pool_.submit({run, shared->client, shared->abandoned})) {
    metrics_.count_response(503);
    respond(overloaded());
  }
}

Response Service::answer(const HttpRequest& request) const {
  try {
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (reads) {
      if (auto file = files_.answer(request.target, request.headers)) return *std::move(file);
    }
    const Request asked{request.method, request.target, request.headers, request.body};
    const auto snapshot = models_.snapshot();
    Response response = handle_request(asked, clock_now(), *snapshot);
    const std::string path = request.target.substr(0, request.target.find('?'));
    if (reads && path == "/metrics" && response.status == 200) {
      response.body += metrics_.text(in_flight_(), pool_.queued(), snapshot->problems.size());
    }
    return response;
  } catch (const std::exception& error) {
    log_event("error", "request_failed", {{"reason", error.what()}});
    return problem_response({ErrorCode::kInternal, {}, "", "", ""});
  }
}

}  // namespace plimsoll::native
