// The validation report as JSON.
#pragma once

#include "codec/json.h"
#include "plimsoll/data/validation.h"

namespace plimsoll {

Json json_report(const ValidationReport& report);

// {"start", "end"}.
Json json_span(Timestamp start, Timestamp end);

}  // namespace plimsoll
