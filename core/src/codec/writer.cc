#include "codec/writer.h"

#include "base/number_text.h"

namespace plimsoll {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Sequence {
  std::size_t length = 0;  // bytes, at least 1
  bool whole = false;      // a character; otherwise the start of one that breaks off after `length`
};

// The character of two to four bytes at the start of `text`: Unicode 15, table 3-7.
Sequence sequence_at(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t length = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4);
  unsigned least = 0x80;
  unsigned most = 0xBF;
  if (lead == 0xE0) least = 0xA0;
  if (lead == 0xED) most = 0x9F;
  if (lead == 0xF0) least = 0x90;
  if (lead == 0xF4) most = 0x8F;
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || byte(i) < least || byte(i) > most) return {i, false};
    least = 0x80;
    most = 0xBF;
  }
  return {length, true};
}

// ASCII that stands for itself.
bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kNamed = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (std::size_t i = 0; i < kNamed.size(); i += 2) {
    if (kNamed[i] != c) continue;
    out += '\\';
    out += kNamed[i + 1];
    return;
  }
  out += {'\\', 'u', '0', '0', c < 0x10 ? '0' : '1', "0123456789abcdef"[c & 0xF]};
}

void append_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    out.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      append_escaped(out, text.front());
      text.remove_prefix(1);
      continue;
    }
    const Sequence sequence = sequence_at(text);
    out += sequence.whole ? text.substr(0, sequence.length) : kReplacement;
    text.remove_prefix(sequence.length);
  }
  out += '"';
}

}  // namespace

void Writer::separate() {
  if (text_.empty()) return;
  const char last = text_.back();  // a text ends in its quote, so these can only be structure
  if (last != '{' && last != '[' && last != ':') text_ += ',';
}

void Writer::begin(char bracket) {
  separate();
  text_ += bracket;
}

void Writer::key(std::string_view name) {
  value(name);
  text_ += ':';
}

void Writer::value(std::string_view text) {
  separate();
  append_text(text_, text);
}

void Writer::value(double number) {
  separate();
  append_number(text_, number);
}

void Writer::value(bool truth) {
  separate();
  text_ += truth ? "true" : "false";
}

void Writer::null() {
  separate();
  text_ += "null";
}

void Writer::integer(std::int64_t number) {
  separate();
  text_ += std::to_string(number);
}

void Writer::natural(std::uint64_t number) {
  separate();
  text_ += std::to_string(number);
}

std::string json_text(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

}  // namespace plimsoll
