// What hosts and the core say to each other: a request, its answer, and the models at hand.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plimsoll/evaluate/workload_model.h"

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

// A model of the store that cannot be served as it should be.
struct ModelProblem {
  std::string model;    // its folder
  std::string reason;   // what is wrong, with the file
  std::string serving;  // the version that is served instead; empty when there is none
};

// The models a host has in production, read-only and shared. The host swaps in a new snapshot when
// the store changes; a request sees one snapshot from beginning to end.
struct Snapshot {
  std::vector<std::shared_ptr<const WorkloadModel>> models;
  std::string source;  // "models" directory or the like, shown by /health
  std::vector<ModelProblem> problems;
};

}  // namespace plimsoll
