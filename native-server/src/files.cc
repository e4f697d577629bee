#include "files.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "plimsoll/base/hash.h"

namespace plimsoll::native {
namespace {

[[noreturn]] void fail(std::string_view action, const std::string& path, int error) {
  throw FileError("cannot " + std::string(action) + " '" + path + "': " + std::strerror(error));
}

// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(int fd, bool owned) : fd_(fd), owned_(owned) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (owned_ && fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

void write_all(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(fd) != 0) fail("sync", path, errno);
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), true);
  if (descriptor.get() >= 0) ::fsync(descriptor.get());
}

constexpr std::string_view kTemporary = ".tmp";
constexpr std::string_view kDigits = kHexDigits.substr(0, 10);

// Creates a file beside `path` under a name that no other has; sets `name` once it is ours.
int create_temporary(const std::string& path, std::string& name) {
  for (int tries = 0; tries < 100; ++tries) {
    std::uint64_t random = 0;
    if (::getrandom(&random, sizeof(random), 0) != static_cast<ssize_t>(sizeof(random))) {
      fail("write", path, errno);
    }
    const std::string candidate = path + std::string(kTemporary) + "-" + hexadecimal(random);
    const int file = ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file >= 0) {
      name = candidate;
      return file;
    }
    if (errno != EEXIST) break;
  }
  fail("write", path, errno);
}

}  // namespace

std::string read_file(const std::string& path, std::size_t limit) {
  const bool standard_input = path == "-";
  const Descriptor file(standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC),
                        !standard_input);
  if (file.get() < 0) fail("read", path, errno);
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path, errno);
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (bytes.size() > limit) {
      throw FileError("cannot read '" + path + "': it is larger than " + std::to_string(limit) +
                      " bytes");
    }
  }
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  std::string temporary;
  try {
    const Descriptor file(create_temporary(path.string(), temporary), true);
    write_all(file.get(), bytes, path.string());
  } catch (const FileError&) {
    ::unlink(temporary.c_str());
    throw;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    fail("replace", path.string(), error);
  }
  sync_folder(path.parent_path().empty() ? "." : path.parent_path());
}

bool is_temporary_name(std::string_view name) {
  const auto mark = name.rfind(kTemporary);
  if (mark == std::string_view::npos || mark == 0) return false;
  std::string_view rest = name.substr(mark + kTemporary.size());
  const auto consists_of = [](std::string_view text, std::string_view characters) {
    return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
  };
  if (rest.starts_with('-')) return consists_of(rest.substr(1), kHexDigits);
  const auto dash = rest.find('-');  // version 0.1.0: process id and counter
  return dash != std::string_view::npos && consists_of(rest.substr(0, dash), kDigits) &&
         consists_of(rest.substr(dash + 1), kDigits);
}

}  // namespace plimsoll::native
