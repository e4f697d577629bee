#include "finding_log.h"

namespace plimsoll {

void FindingLog::add(Severity severity, Error error) {
  constexpr std::size_t kMostRows = 20;
  const auto [entry, fresh] =
      index_.try_emplace({error.code, error.where.column}, findings_.size());
  const std::optional<std::int64_t> row = error.where.row;
  if (fresh) {
    findings_.push_back({severity, std::move(error), 0, {}, ""});
  }
  Finding& finding = findings_[entry->second];
  ++finding.count;
  if (row && finding.rows.size() < kMostRows) finding.rows.push_back(*row);
}

std::string shown_cell(std::string_view cell) {
  constexpr std::size_t kLongest = 60;
  const bool cut = cell.size() > kLongest;
  std::string text = "\"";
  for (const char c : cell.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    // Anything but plain text is shown as an escape, so that a message is always valid UTF-8.
    if (byte < 0x20 || byte > 0x7E) {
      text += "\\x";
      text += "0123456789ABCDEF"[byte >> 4];
      text += "0123456789ABCDEF"[byte & 15U];
    } else {
      text += c;
    }
  }
  return text + (cut ? "...\"" : "\"");
}

}  // namespace plimsoll
