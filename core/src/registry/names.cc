#include "plimsoll/registry/names.h"

#include "plimsoll/base/hash.h"

namespace plimsoll {
namespace {

// File systems allow 255 bytes a name; temporary names next to it need a few.
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kKeptOfLongName = 160;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
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
    escaped += kUpperHexDigits[byte >> 4U];
    escaped += kUpperHexDigits[byte & 15U];
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
  return name.substr(0, kKeptOfLongName) + "_H" + hexadecimal(fnv1a(name), kUpperHexDigits);
}

}  // namespace plimsoll
