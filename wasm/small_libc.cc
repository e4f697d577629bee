// Two functions of the C library, written small: the library's own bring arithmetic on 128-bit
// floats into the module, a tenth of its size. A linker takes these before it looks into the
// library.
#include <fast_float/fast_float.h>

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstring>

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
  double value = 0.0;
  const auto result = fast_float::from_chars(text, text + std::strlen(text), value);
  if (end != nullptr) *end = const_cast<char*>(result.ptr);
  return value;
}

// Declared with strtod in the library; nothing calls them, and the linker drops them.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }
}
