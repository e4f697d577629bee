#include "host_metrics.h"

namespace plimsoll::native {
namespace {

std::string described(const std::string& name, const char* type, const char* help) {
  return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

}  // namespace

void HostMetrics::count_response(int status) {
  const std::lock_guard lock(mutex_);
  ++responses_[status];
}

std::string HostMetrics::text(int in_flight, std::size_t queued, std::size_t problems) const {
  std::string out = described("plimsoll_http_responses_total", "counter", "Responses by status.");
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [status, count] : responses_) {
      out += "plimsoll_http_responses_total{status=\"" + std::to_string(status) + "\"} " +
             std::to_string(count) + "\n";
    }
  }
  out += described("plimsoll_http_requests_in_flight", "gauge", "Requests being answered.");
  out += "plimsoll_http_requests_in_flight " + std::to_string(in_flight) + "\n";
  out += described("plimsoll_training_queue_length", "gauge", "Requests waiting for a worker.");
  out += "plimsoll_training_queue_length " + std::to_string(queued) + "\n";
  out += described("plimsoll_model_problems", "gauge",
                   "Models of the store that cannot be served as they should be.");
  out += "plimsoll_model_problems " + std::to_string(problems) + "\n";
  return out;
}

}  // namespace plimsoll::native
