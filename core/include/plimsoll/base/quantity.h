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

// `69m` for 0.0681 cores: rounded up to a whole millicore, after float noise (a relative 1e-9) is
// snapped away so that 0.25 cores stays `250m`. Always in m: two cores are `2000m`.
std::string format_cpu_quantity(double cores);

// `983Mi`: rounded up to a whole mebibyte (2^20 bytes) in the same way.
std::string format_memory_quantity(double bytes);

// To a whole number, upwards; float noise is snapped away first: 300.00000000000006 is 300.
std::int64_t whole_rounded_up(double amount);

// The whole millicores or mebibytes behind the two functions above.
std::int64_t cpu_millicores_rounded_up(double cores);
std::int64_t memory_mebibytes_rounded_up(double bytes);

}  // namespace plimsoll
