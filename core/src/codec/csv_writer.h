// CSV out. Where people open a file in a spreadsheet, names that would run as a formula get a
// leading apostrophe, as OWASP recommends against CSV injection.
#pragma once

#include <string>

namespace plimsoll {

// `text` with an apostrophe before a first character that begins a formula.
std::string neutralised(const std::string& text);

// A cell, in quotes where it needs them.
void append_text(std::string& out, const std::string& text);

// A comma and a number.
void append_column(std::string& out, double value);

}  // namespace plimsoll
