#include "host_limits.h"

#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.h"

namespace plimsoll::native {
namespace {

TEST(HostLimits, TakesTheContainersMemory) {
  const TemporaryFolder folder;
  EXPECT_EQ(memory_limit_bytes(folder.path().string()), kUnlimitedMemoryBytes);
  const auto write = [&folder](const char* file, const char* text) {
    const auto path = folder.path() / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  };
  write("sys/fs/cgroup/memory.max", "max\n");
  EXPECT_EQ(memory_limit_bytes(folder.path().string()), kUnlimitedMemoryBytes);
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(memory_limit_bytes(folder.path().string()), kUnlimitedMemoryBytes);
  write("sys/fs/cgroup/memory.max", "33554432\n");
  EXPECT_EQ(memory_limit_bytes(folder.path().string()), 33554432U);
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "16777216\n");
  EXPECT_EQ(memory_limit_bytes(folder.path().string()), 16777216U);
}

}  // namespace
}  // namespace plimsoll::native
