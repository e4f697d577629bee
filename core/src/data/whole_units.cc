#include "data/whole_units.h"

#include "plimsoll/base/quantity.h"

namespace plimsoll {

bool has_quantities(Metric metric, Unit unit) {
  return unit == info_of(metric).unit && info_of(metric).multiplier > 0.0;
}

std::int64_t whole_units(double value, Metric metric) {
  return whole_rounded_up(value * info_of(metric).multiplier / info_of(metric).divisor);
}

double unit_size(Metric metric) { return info_of(metric).divisor / info_of(metric).multiplier; }

std::string units_text(std::int64_t units, Metric metric) {
  return std::to_string(units) + std::string(info_of(metric).suffix);
}

}  // namespace plimsoll
