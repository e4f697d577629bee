// Reading and writing whole files.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plimsoll::native {

// A file that cannot be read or written; what() names the path and the reason.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The bytes of a file, or of standard input when `path` is "-". Reads at most `limit` bytes and
// throws FileError beyond it.
std::string read_file(const std::string& path, std::size_t limit);

// Puts `bytes` at `path` so that a reader sees the old file or the new one and nothing between,
// also after a power cut: temporary file beside it, fsync, rename, fsync of the folder. The
// temporary name is random: no other writer has it, whatever its process id.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// Whether a file's name is one of those temporary ones, of this version or an earlier one.
bool is_temporary_name(std::string_view name);

}  // namespace plimsoll::native
