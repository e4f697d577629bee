#include "host_limits.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <optional>

namespace plimsoll::native {
namespace {

// The number in a file that holds one; nothing for "max" or no file.
std::optional<std::uint64_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (file >> number) return number;
  return std::nullopt;
}

}  // namespace

std::size_t memory_limit_bytes(const std::string& root) {
  // cgroup v1 writes "no limit" as a number next to 2^63.
  constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 60U;
  std::uint64_t limit = kNoLimit;
  for (const char* file :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    if (const auto number = number_in(root + file)) limit = std::min(limit, *number);
  }
  rlimit address_space{};
  if (::getrlimit(RLIMIT_AS, &address_space) == 0) {
    limit = std::min<std::uint64_t>(limit, address_space.rlim_cur);
  }
  return limit == kNoLimit ? kUnlimitedMemoryBytes : static_cast<std::size_t>(limit);
}

std::size_t raise_descriptor_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t raised = std::min<rlim_t>(limit.rlim_max, wanted);
  if (raised > limit.rlim_cur) {
    limit.rlim_cur = raised;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  return static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, wanted));
}

}  // namespace plimsoll::native
