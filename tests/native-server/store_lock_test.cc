#include "store_lock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "files.h"
#include "temporary_folder.h"

namespace plimsoll::native {
namespace {

using std::chrono::milliseconds;
namespace fs = std::filesystem;

TEST(StoreLock, TheSecondWriterLearnsWhoIsTheFirst) {
  const TemporaryFolder folder;
  const StoreLock first(folder.path() / "models", milliseconds(0));
  try {
    const StoreLock second(folder.path() / "models", milliseconds(100));
    FAIL();
  } catch (const FileError& error) {
    const std::string said = error.what();
    EXPECT_NE(said.find("process " + std::to_string(::getpid()) + " on "), std::string::npos)
        << said;
    EXPECT_NE(said.find(" since 20"), std::string::npos) << said;
  }
}

TEST(StoreLock, TheSecondWriterWaitsForTheFirst) {
  const TemporaryFolder folder;
  std::jthread first([lock = std::make_unique<StoreLock>(folder.path(), milliseconds(0))] {
    std::this_thread::sleep_for(milliseconds(150));
  });
  EXPECT_NO_THROW(StoreLock(folder.path(), std::chrono::seconds(20)));
}

TEST(StoreLock, RemovesWhatKilledWritersLeave) {
  const TemporaryFolder folder;
  const fs::path versions = folder.path() / "model" / "versions";
  fs::create_directories(versions);
  const auto write = [](const fs::path& path) { std::ofstream(path) << "x"; };
  write(folder.path() / "report.json.tmp-00000000000000aa");
  write(folder.path() / "model" / "stages.json.tmp1-0");
  write(versions / "abc.json.tmp-00000000000000ab");
  write(versions / "abc.json");
  fs::create_symlink("loop", folder.path() / "loop");
  const StoreLock lock(folder.path(), milliseconds(0));
  EXPECT_FALSE(fs::exists(folder.path() / "report.json.tmp-00000000000000aa"));
  EXPECT_FALSE(fs::exists(folder.path() / "model" / "stages.json.tmp1-0"));
  EXPECT_FALSE(fs::exists(versions / "abc.json.tmp-00000000000000ab"));
  EXPECT_TRUE(fs::exists(versions / "abc.json"));
  EXPECT_TRUE(fs::is_symlink(folder.path() / "loop"));
}

}  // namespace
}  // namespace plimsoll::native
