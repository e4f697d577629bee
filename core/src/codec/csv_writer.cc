#include "codec/csv_writer.h"

#include <string_view>

#include "base/number_text.h"

namespace plimsoll {

std::string neutralised(const std::string& text) {
  constexpr std::string_view kStarts = "=+-@\t\r";
  const bool formula = !text.empty() && kStarts.find(text.front()) != std::string_view::npos;
  return formula ? '\'' + text : text;
}

void append_text(std::string& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_column(std::string& out, double value) {
  out += ',';
  append_number(out, value);
}

}  // namespace plimsoll
