// What this host may use: memory as its container has it, descriptors as its shell has them.
#pragma once

#include <cstddef>
#include <string>

namespace plimsoll::native {

// Without a container's limit the server plans with what its pod is given (k8s/).
inline constexpr std::size_t kUnlimitedMemoryBytes = 512UL * 1024 * 1024;

// Bytes of memory that the process may use: its cgroup's limit (v2 or v1) or its address space's,
// whichever is tighter; kUnlimitedMemoryBytes where there is none. `root` is where /sys is found.
std::size_t memory_limit_bytes(const std::string& root = "");

// Raises the soft limit of open descriptors to the hard one, at most `wanted`, and returns it.
std::size_t raise_descriptor_limit(std::size_t wanted);

}  // namespace plimsoll::native
