// Parts of a plan that the window endpoints show too.
#pragma once

#include "codec/json.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {

Json json_chain(const std::vector<ChainStep>& chain);
Json json_confidence(const Confidence& confidence);

// "UTC" or "+01:00".
std::string offset_name(std::int64_t utc_offset_seconds);

// A moment in the zone asked for.
Json json_moment(Timestamp moment, std::int64_t utc_offset_seconds);

}  // namespace plimsoll
