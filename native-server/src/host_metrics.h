// What the host itself counts, in Prometheus text format.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace plimsoll::native {

class HostMetrics {
 public:
  void count_response(int status);

  // `in_flight` requests, `queued` training jobs and `problems` of models at this moment.
  [[nodiscard]] std::string text(int in_flight, std::size_t queued, std::size_t problems) const;

 private:
  mutable std::mutex mutex_;
  std::map<int, std::uint64_t> responses_;
};

}  // namespace plimsoll::native
