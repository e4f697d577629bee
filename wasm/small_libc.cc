// Two functions of the C library, written small: the library's own bring arithmetic on 128-bit
// floats into the module, a tenth of its size. A linker takes these before it looks into the
// library.
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include "plimsoll/base/decimal.h"

extern "C" {

// musl's: vsnprintf without the floating-point conversions.
int vsniprintf(char* out, std::size_t size, const char* format, std::va_list arguments);

// nlohmann/json prints code points and bytes with it, never a floating-point number.
int snprintf(char* out, std::size_t size, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  const int length = vsniprintf(out, size, format, arguments);
  va_end(arguments);
  return length;
}

// nlohmann/json reads the numbers of a document with it; they have JSON's syntax already. Exactly
// rounded, as in every host, by the parser that reads CSV.
double strtod(const char* text, char** end) {
  const auto parsed = plimsoll::parse_decimal({text, std::strlen(text)});
  if (end != nullptr) *end = const_cast<char*>(text) + parsed.length;
  return parsed.value;
}

// Declared with strtod in the library; nothing calls them, and the linker drops them.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }
}
