// What the header of a column says: the role it names and the unit it ends with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "data/units.h"

namespace plimsoll {

// "Memory Usage [MiB]" and "memory_usage_mib" are the same header: lower case, words joined by
// underscores, `%` in words.
std::string normalise_header(std::string_view header);

// The usage role ("cpu", "memory_limit", "timestamp", ...) that a normalised header names; empty
// when it names none.
std::string_view usage_role_of(std::string_view normalised);

// Whether a normalised header names the moment of a row.
bool names_timestamp(std::string_view normalised);

// The unit that a normalised header of `role` ends with: millicores for "cpu_request_m".
std::optional<UnitScale> unit_of_header(std::string_view role, std::string_view normalised);

// The unit a caller may declare for `role`, in any case: "millicores", "Mi"; see ParseOptions.
std::optional<UnitScale> unit_by_name(std::string_view role, std::string_view name);

// Cores for cpu roles, bytes for memory roles.
UnitScale default_unit(std::string_view role);

}  // namespace plimsoll
