#include "escaping.h"

#include <cstdint>

namespace plimsoll::native {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";
// File systems allow 255 bytes a name; temporary names next to it need a few.
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kKeptOfLongName = 160;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// FNV-1a, 64 bits.
std::string hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += kHexDigits[(hash >> shift) & 15U];
  return digits;
}

bool is_unnamed(const WorkloadKey& key) {
  return key.namespace_name.empty() && key.container.empty() &&
         (key.workload.empty() || key.workload == "default");
}

}  // namespace

std::string escape_name(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (is_plain(c)) {
      escaped += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    escaped += '_';
    escaped += kHexDigits[byte >> 4U];
    escaped += kHexDigits[byte & 15U];
  }
  return escaped;
}

std::string model_folder_name(const WorkloadKey& key, Metric metric) {
  std::string name = "modular-" + std::string(metric_name(metric)) + "_prophet_model";
  if (is_unnamed(key)) return name;
  name += '.' + escape_name(key.namespace_name) + '.' + escape_name(key.workload) + '.' +
          escape_name(key.container);
  if (name.size() <= kLongestName) return name;
  // `_H` is never written by escape_name, so a cut name cannot meet a whole one.
  return name.substr(0, kKeptOfLongName) + "_H" + hash_of(name);
}

}  // namespace plimsoll::native
