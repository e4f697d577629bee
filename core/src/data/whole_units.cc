#include "data/whole_units.h"

#include "plimsoll/base/quantity.h"

namespace plimsoll {

bool has_quantities(Metric metric, Unit unit) {
  return metric == Metric::kCpu ? unit == Unit::kCores : unit == Unit::kBytes;
}

std::int64_t whole_units(double value, Metric metric) {
  return metric == Metric::kCpu ? cpu_millicores_rounded_up(value)
                                : memory_mebibytes_rounded_up(value);
}

double unit_size(Metric metric) { return metric == Metric::kCpu ? 0.001 : kBytesPerMebibyte; }

std::string units_text(std::int64_t units, Metric metric) {
  return std::to_string(units) + (metric == Metric::kCpu ? "m" : "Mi");
}

}  // namespace plimsoll
