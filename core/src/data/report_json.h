// The validation report as a document.
#pragma once

#include "codec/members.h"

namespace plimsoll {

extern const Shape kReportShape;  // of ValidationReport

}  // namespace plimsoll
