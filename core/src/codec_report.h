// The validation report as JSON.
#pragma once

#include "json.h"
#include "plimsoll/validation.h"

namespace plimsoll {

Json json_report(const ValidationReport& report);

// {"start", "end"}.
Json json_span(Timestamp start, Timestamp end);

}  // namespace plimsoll
