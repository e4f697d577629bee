#include "store_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "files.h"
#include "log.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll::native {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockFile = ".lock";
constexpr std::chrono::milliseconds kTryEvery{50};

// For whoever waits: "process 7 on forecaster-0 since 2026-06-15T00:00:00Z".
std::string holder() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return "process " + std::to_string(::getpid()) + " on " + host.data() + " since " +
         format_iso8601(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

// What a writer leaves that is killed between writing a file and giving it its name. The store is
// two folders deep.
void remove_leftovers(const fs::path& folder, int depth) {
  std::vector<fs::path> leftovers;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_symlink(ignored)) continue;
    if (depth > 0 && entry->is_directory(ignored)) {
      remove_leftovers(entry->path(), depth - 1);
    } else if (is_temporary_name(entry->path().filename().string())) {
      leftovers.push_back(entry->path());
    }
  }
  for (const fs::path& path : leftovers) {
    std::error_code failed;
    fs::remove(path, failed);
    log_event(failed ? "warning" : "info", "leftover_removed",
              {{"file", path.string()}, {"reason", failed ? failed.message() : ""}});
  }
}

}  // namespace

StoreLock::StoreLock(const fs::path& root, std::chrono::milliseconds patience) {
  std::error_code error;
  fs::create_directories(root, error);
  if (error) throw FileError("cannot create '" + root.string() + "': " + error.message());
  const fs::path path = root / kLockFile;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) {
    throw FileError("cannot lock '" + path.string() + "': " + std::strerror(errno));
  }
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    if (reason == EINTR) continue;
    if (reason != EWOULDBLOCK || std::chrono::steady_clock::now() >= deadline) {
      std::array<char, 512> text{};
      const ssize_t size = ::pread(file_, text.data(), text.size() - 1, 0);
      ::close(file_);
      if (reason != EWOULDBLOCK) {
        throw FileError("cannot lock '" + path.string() + "': " + std::strerror(reason));
      }
      throw FileError("the store '" + root.string() + "' is being written by " +
                      (size > 0 ? text.data() : "another process") + ": waited " +
                      std::to_string(patience.count() / 1000) + " seconds");
    }
    std::this_thread::sleep_for(kTryEvery);
  }
  const std::string who = holder();
  if (::ftruncate(file_, 0) != 0 ||
      ::pwrite(file_, who.data(), who.size(), 0) != static_cast<ssize_t>(who.size())) {
    // A full disk: the lock holds all the same, without a name.
    log_event("warning", "lock_without_name", {{"file", path.string()}});
  }
  remove_leftovers(root, 2);
}

StoreLock::~StoreLock() {
  // The name goes with the lock; where it cannot, nobody reads it who does not wait for the lock.
  if (::ftruncate(file_, 0) != 0) log_event("warning", "lock_keeps_a_name");
  ::close(file_);
}

}  // namespace plimsoll::native
