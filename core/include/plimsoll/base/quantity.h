// Kubernetes resource quantities: `250m`, `512Mi`.
// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

inline constexpr double kBytesPerMebibyte = 1048576.0;
inline constexpr double kBytesPerGigabyte = 1e9;

struct ParsedQuantity {
  double value = 0.0;       // `250m` is 0.25, `512Mi` is 536870912
  bool has_suffix = false;  // a unit suffix was written
};

// Reads a decimal number with an optional Kubernetes suffix (n u m k M G T P E, Ki Mi Gi Ti Pi Ei).
// `nan`, `inf` and hexadecimal are not quantities.
std::optional<ParsedQuantity> parse_quantity(std::string_view text);

// To a whole number, upwards; float noise (a relative 1e-9) is snapped away first, so that
// 300.00000000000006 millicores are 300. Nothing below zero, and no more than an int64 holds.
std::int64_t whole_rounded_up(double amount);

}  // namespace plimsoll
