// One writer of a model store at a time. Readers never wait: what they see is consistent at every
// moment.
#pragma once

#include <chrono>
#include <filesystem>

namespace plimsoll::native {

// Held from construction to destruction, and by the kernel: it ends with the process, however that
// ends.
class StoreLock {
 public:
  // Waits for another writer at most `patience`, then throws FileError that says who it is. Removes
  // what writers that were killed have left behind, and logs it. Creates the folder.
  StoreLock(const std::filesystem::path& root, std::chrono::milliseconds patience);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int file_;
};

}  // namespace plimsoll::native
