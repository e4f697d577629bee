// The narrow waist: one pure function answers every endpoint in every host.
#pragma once

#include <optional>

#include "plimsoll/api/message.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {

// `now` is the host's clock, used for answers from stored models; absent, as in the command line,
// it is the model's last timestamp plus one cadence. Stateless endpoints take `now` from the query
// alone. Every failure is a problem document (RFC 9457); nothing is thrown but std::bad_alloc.
Response handle_request(const Request& request, std::optional<Timestamp> now,
                        const Snapshot& snapshot, const StageObserver& observer = {});

// The problem document of a failure that the host itself found (body too large, no workers left).
Response problem_response(const Error& error);

}  // namespace plimsoll
