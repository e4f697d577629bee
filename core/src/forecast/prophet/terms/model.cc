#include "plimsoll/forecast/prophet/terms/model.h"

#include <string>

namespace plimsoll {

std::string_view growth_name(Growth growth) {
  constexpr std::string_view kNames[] = {"linear", "logistic", "flat"};
  return kNames[static_cast<std::size_t>(growth)];
}

std::string_view mode_name(TermMode mode) {
  return mode == TermMode::kAdditive ? "additive" : "multiplicative";
}

std::string_view preset_name(Preset preset) {
  switch (preset) {
    case Preset::kProphet:
      return "prophet";
    case Preset::kSeed:
      return "seed";
    case Preset::kAuto:
      return "auto";
  }
  return "auto";
}

Result<Preset> parse_preset(std::string_view name) {
  for (const Preset preset : {Preset::kProphet, Preset::kSeed, Preset::kAuto}) {
    if (name == preset_name(preset)) return preset;
  }
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {.row = std::nullopt, .column = "", .field = "preset"},
               .found = '"' + std::string(name) + '"',
               .expected = "auto, prophet or seed",
               .fix = "Leave the preset out to have it chosen on the series' own past."};
}

ModelConfig preset_config(Preset preset) {
  ModelConfig config;
  if (preset == Preset::kSeed) {
    config.yearly_seasonality.kind = SeasonalityChoice::Kind::kOn;
    config.daily_seasonality.kind = SeasonalityChoice::Kind::kOn;
  }
  return config;
}

}  // namespace plimsoll
