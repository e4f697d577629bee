// The narrow waist: one pure function answers every endpoint in every host.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plimsoll/plan.h"

namespace plimsoll {

using Header = std::pair<std::string, std::string>;

struct Request {
  std::string method;  // "GET"
  std::string target;  // "/next_week?policy=seed"
  std::vector<Header> headers;
  std::string_view body;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;  // Content-Type always; Allow, Cache-Control where they apply
  std::string body;
};

// The models a host has in production, read-only and shared. The host swaps in a new snapshot when
// the store changes; a request sees one snapshot from beginning to end.
struct Snapshot {
  std::vector<std::shared_ptr<const WorkloadModel>> models;
  std::string source;  // "models" directory or the like, shown by /health
};

// `now` is the host's clock, used for answers from stored models; absent, as in the command line,
// it is the model's last timestamp plus one cadence. Stateless endpoints take `now` from the query
// alone. Every failure is a problem document (RFC 9457); nothing is thrown but std::bad_alloc.
Response handle_request(const Request& request, std::optional<Timestamp> now,
                        const Snapshot& snapshot, const StageObserver& observer = {});

// The problem document of a failure that the host itself found (body too large, no workers left).
Response problem_response(const Error& error);

}  // namespace plimsoll
