#include "codec_config.h"

#include <array>

#include "plimsoll/codec.h"
#include "plimsoll/limits.h"

namespace plimsoll {
namespace {

// Prophet's parameters that this version takes only at the value named.
struct Unsupported {
  const char* key;
  const char* only;
};
constexpr std::array<Unsupported, 4> kUnsupportedLists = {{
    {"explicit_changepoints", "null: changepoints are placed automatically in this version"},
    {"custom_seasonalities", "an empty list: only yearly, weekly and daily in this version"},
    {"extra_regressors", "an empty list: this version has no extra regressors"},
    {"holidays", "null: this version has no holidays"},
}};

Json json_choice(const SeasonalityChoice& choice) {
  switch (choice.kind) {
    case SeasonalityChoice::Kind::kAuto:
      return "auto";
    case SeasonalityChoice::Kind::kOff:
      return false;
    case SeasonalityChoice::Kind::kOn:
      return true;
    case SeasonalityChoice::Kind::kOrder:
      return choice.order;
  }
  return "auto";
}

SeasonalityChoice read_choice(const Json& json, const std::string& path, const std::string& key) {
  const Json& value = json.at(key);
  if (value == "auto") return {SeasonalityChoice::Kind::kAuto, 0};
  if (value.is_boolean()) {
    return {value.get<bool>() ? SeasonalityChoice::Kind::kOn : SeasonalityChoice::Kind::kOff, 0};
  }
  if (value.is_number()) {
    const std::int64_t order = read_integer(json, path, key);
    if (order >= 0 && order <= kLimits.max_fourier_order) {
      return {SeasonalityChoice::Kind::kOrder, static_cast<int>(order)};
    }
  }
  throw FieldError{field_path(path, key), shown(value),
                   "\"auto\", true, false or a Fourier order of at most " +
                       std::to_string(kLimits.max_fourier_order)};
}

double read_between(const Json& json, const std::string& path, const std::string& key, double low,
                    double high, const char* expected) {
  const double value = read_number(json, path, key);
  if (!(value > low && value <= high)) {
    throw FieldError{field_path(path, key), shown(json.at(key)), expected};
  }
  return value;
}

Growth read_growth(const Json& json, const std::string& path) {
  const std::string name = read_string(json, path, "growth");
  if (name == "linear") return Growth::kLinear;
  if (name == "flat") return Growth::kFlat;
  throw FieldError{path + ".growth", '"' + name + '"', "linear or flat in this version"};
}

int read_changepoint_count(const Json& json, const std::string& path) {
  const std::int64_t count = read_integer(json, path, "n_changepoints");
  if (count < 0 || count > kLimits.max_changepoints) {
    throw FieldError{path + ".n_changepoints", std::to_string(count),
                     "0 to " + std::to_string(kLimits.max_changepoints)};
  }
  return static_cast<int>(count);
}

// True when `key` is one that this version refuses, and holds nothing.
bool is_empty_unsupported(const std::string& key, const Json& value, const std::string& path) {
  for (const Unsupported& unsupported : kUnsupportedLists) {
    if (key != unsupported.key) continue;
    if (value.is_array() && value.empty()) return true;
    throw FieldError{field_path(path, key), shown(value), unsupported.only};
  }
  return false;
}

void read_setting(const Json& json, const std::string& path, const std::string& key,
                  ModelConfig& config) {
  constexpr double kLargestScale = 1e6;
  constexpr const char* kScaleExpected = "a number above 0 and at most 1000000";
  if (key == "growth") {
    config.growth = read_growth(json, path);
  } else if (key == "seasonality_mode") {
    const std::string mode = read_string(json, path, key);
    if (mode != "additive") {
      throw FieldError{field_path(path, key), '"' + mode + '"', "additive in this version"};
    }
  } else if (key == "yearly_seasonality") {
    config.yearly_seasonality = read_choice(json, path, key);
  } else if (key == "weekly_seasonality") {
    config.weekly_seasonality = read_choice(json, path, key);
  } else if (key == "daily_seasonality") {
    config.daily_seasonality = read_choice(json, path, key);
  } else if (key == "n_changepoints") {
    config.n_changepoints = read_changepoint_count(json, path);
  } else if (key == "changepoint_range") {
    config.changepoint_range =
        read_between(json, path, key, 0.0, 1.0, "a number above 0 and at most 1");
  } else if (key == "changepoint_prior_scale") {
    config.changepoint_prior_scale =
        read_between(json, path, key, 0.0, kLargestScale, kScaleExpected);
  } else if (key == "seasonality_prior_scale") {
    config.seasonality_prior_scale =
        read_between(json, path, key, 0.0, kLargestScale, kScaleExpected);
  } else if (key == "holidays_prior_scale") {
    config.holidays_prior_scale = read_between(json, path, key, 0.0, kLargestScale, kScaleExpected);
  } else if (!is_empty_unsupported(key, json.at(key), path)) {
    throw FieldError{field_path(path, key), "an unknown setting",
                     "one of Prophet's parameter names"};
  }
}

}  // namespace

Json json_config(const ModelConfig& config) {
  Json json;
  json["growth"] = growth_name(config.growth);
  json["seasonality_mode"] = "additive";
  json["yearly_seasonality"] = json_choice(config.yearly_seasonality);
  json["weekly_seasonality"] = json_choice(config.weekly_seasonality);
  json["daily_seasonality"] = json_choice(config.daily_seasonality);
  json["n_changepoints"] = config.n_changepoints;
  json["changepoint_range"] = config.changepoint_range;
  json["changepoint_prior_scale"] = config.changepoint_prior_scale;
  json["seasonality_prior_scale"] = config.seasonality_prior_scale;
  json["holidays_prior_scale"] = config.holidays_prior_scale;
  return json;
}

ModelConfig read_config(const Json& json, const std::string& path) {
  if (!json.is_object()) throw FieldError{path, shown(json), "an object of settings"};
  ModelConfig config;
  for (const auto& [key, value] : json.items()) {
    // What a reference case reports back beside the settings.
    if (value.is_null() || key == "n_changepoints_effective") continue;
    read_setting(json, path, key, config);
  }
  return config;
}

Result<ModelConfig> decode_config(std::string_view text) {
  auto json = parse_json(text, "config");
  if (!json) return json.error();
  try {
    return read_config(json.value(), "config");
  } catch (const FieldError& error) {
    return Error{.code = ErrorCode::kInvalidConfig,
                 .where = {.row = std::nullopt, .column = "", .field = error.field},
                 .found = error.found,
                 .expected = error.expected,
                 .fix = "Leave the setting out to get Prophet's default."};
  }
}

}  // namespace plimsoll
