// Names for content, and numbers in hexadecimal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

inline constexpr std::string_view kHexDigits = "0123456789abcdef";
inline constexpr std::string_view kUpperHexDigits = "0123456789ABCDEF";

// FNV-1a, 64 bits (Fowler, Noll & Vo): a name for content, not a defence against forgery.
// Worked number: fnv1a("") = 0xCBF29CE484222325.
std::uint64_t fnv1a(std::string_view text);

// Sixteen digits.
std::string hexadecimal(std::uint64_t value, std::string_view digits = kHexDigits);

}  // namespace plimsoll
