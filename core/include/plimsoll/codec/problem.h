// A failure as a problem document (RFC 9457): what every host answers with.
#pragma once

#include <string>

#include "plimsoll/base/status.h"

namespace plimsoll {

std::string encode_problem(const Error& error);

}  // namespace plimsoll
