// The validation report as JSON.
#pragma once

#include <string>

#include "plimsoll/data/validation.h"

namespace plimsoll {

std::string encode_report(const ValidationReport& report);

}  // namespace plimsoll
