// Shapes of what every layer shows: failures and where they lie.
#pragma once

#include "codec/members.h"

namespace plimsoll {

extern const Shape kLocationShape;  // of Location
extern const Shape kProblemShape;   // of Error

}  // namespace plimsoll
