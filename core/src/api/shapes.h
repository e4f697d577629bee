// Shapes of what the service says of itself (endpoints/service.cc).
#pragma once

#include "codec/members.h"

namespace plimsoll {

extern const Shape kHealthShape;
extern const Shape kModelsInfoShape;

}  // namespace plimsoll
