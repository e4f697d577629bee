// JSON out: values are appended to one text as they come, without a document in memory.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace plimsoll {

// Writes what it is told, in that order; commas are its own. The caller keeps keys to objects and
// closes what it opens. Text that is not UTF-8 comes out with U+FFFD in place of what is broken;
// numbers are those of number_text.h.
class Writer {
 public:
  void begin_object() { begin('{'); }
  void end_object() { text_ += '}'; }
  void begin_array() { begin('['); }
  void end_array() { text_ += ']'; }
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(double number);
  void value(bool truth);
  void null();
  template <std::integral Integer>
  void value(Integer number) {
    if constexpr (std::is_same_v<Integer, std::uint64_t>) {
      natural(number);
    } else {
      integer(static_cast<std::int64_t>(number));
    }
  }
  template <class T>
  void value(const std::optional<T>& value_or_null) {
    if (value_or_null) return value(*value_or_null);
    null();
  }

  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }

  // What was written; nothing is written after it.
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void begin(char bracket);
  void integer(std::int64_t number);
  void natural(std::uint64_t number);
  // Writes the comma that stands before every value and key but an object's or array's first.
  void separate();

  std::string text_;
};

// `text` as a JSON string, in its double quotes.
std::string json_text(std::string_view text);

}  // namespace plimsoll
