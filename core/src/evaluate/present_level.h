// Where a series stands now: since when it has kept its present level, and how far that reaches.
#pragma once

#include "plimsoll/evaluate/workload_model.h"

namespace plimsoll {

// The series in blocks of a day (of a week where a day holds fewer than eight samples), counted
// back from its last sample. The level has shifted where the latest blocks lie clear of all those
// of the week before them: by twice the usual step from block to block, by a twentieth of the
// level, and with six such steps between the middles. A single block
// must lie clear of all before it. A weekend is no shift, since the week before
// holds one; neither is steady growth, whose blocks follow each other by their usual step. Worked
// numbers: day means of 0.2 for 19 days, then 1.0 for two: shifted, since two days ago.
PresentLevel present_level(const Series& series, std::int64_t cadence_seconds);

}  // namespace plimsoll
