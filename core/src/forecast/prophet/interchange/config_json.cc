#include "forecast/prophet/interchange/config_json.h"

#include <array>
#include <cstddef>

#include "forecast/prophet/interchange/terms_json.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/forecast/prophet/interchange/config.h"

namespace plimsoll {
namespace {

// A setting of Prophet that is not here: what stands in its place, and the value that asks for what
// is done anyway, as JSON.
struct AbsentSetting {
  std::string_view name;
  std::string_view instead;
  std::string_view same_as = {};
};

constexpr std::array kAbsentSettings = {
    AbsentSetting{"mcmc_samples", "nothing or 0: the posterior's maximum is found, not sampled",
                  "0"},
    AbsentSetting{"uncertainty_samples",
                  "nothing: intervals and quantiles are in closed form, without samples"},
    AbsentSetting{"stan_backend", "nothing: there is no Stan to choose"},
    AbsentSetting{"scaling", "nothing or \"absmax\": y is scaled by its largest size",
                  "\"absmax\""},
    AbsentSetting{"country_holidays",
                  "nothing: give the days as the table `holidays`, a row an entry"},
    AbsentSetting{"interval_width",
                  "nothing: it is chosen when predicting, by --interval-width or interval_width="},
    AbsentSetting{"changepoints", "`explicit_changepoints`, which holds the same"},
    AbsentSetting{"seasonalities", "`custom_seasonalities`, an entry for each add_seasonality"},
    AbsentSetting{"regressors", "`extra_regressors`, an entry for each add_regressor"},
    AbsentSetting{"fit_kwargs", "nothing: the optimiser has nothing to set"},
    AbsentSetting{"algorithm", "nothing: the optimiser has nothing to set"},
    AbsentSetting{"seed", "nothing: there is nothing random"},
    AbsentSetting{"iter", "nothing: the optimum is certified, not stopped at"},
    AbsentSetting{"inits", "nothing: the optimum does not depend on where it begins"}};

void write_choice(Writer& out, const Style& /*style*/, const SeasonalityChoice& choice) {
  switch (choice.kind) {
    case SeasonalityChoice::Kind::kAuto:
      return out.value("auto");
    case SeasonalityChoice::Kind::kOff:
      return out.value(false);
    case SeasonalityChoice::Kind::kOn:
      return out.value(true);
    case SeasonalityChoice::Kind::kOrder:
      return out.value(choice.order);
  }
}

void write_changepoints(Writer& out, const Style& /*style*/,
                        const std::optional<std::vector<Timestamp>>& moments) {
  if (!moments) return out.null();
  out.begin_array();
  for (const Timestamp moment : *moments) out.value(format_iso8601(moment));
  out.end_array();
}

bool has_holidays_tz(const ModelConfig& config) { return config.holidays_utc_offset_seconds != 0; }
std::string holidays_tz(const ModelConfig& config) {
  return utc_offset_name(config.holidays_utc_offset_seconds);
}

constexpr Member kConfigMembers[] = {
    PLIMSOLL_MEMBER("growth", ModelConfig, growth).one_of(kGrowthNames),
    PLIMSOLL_MEMBER("seasonality_mode", ModelConfig, seasonality_mode).one_of(kModeNames),
    PLIMSOLL_MEMBER("yearly_seasonality", ModelConfig, yearly_seasonality)
        .by<write_choice>(Form::kAutoOrOrder),
    PLIMSOLL_MEMBER("weekly_seasonality", ModelConfig, weekly_seasonality)
        .by<write_choice>(Form::kAutoOrOrder),
    PLIMSOLL_MEMBER("daily_seasonality", ModelConfig, daily_seasonality)
        .by<write_choice>(Form::kAutoOrOrder),
    PLIMSOLL_MEMBER("n_changepoints", ModelConfig, n_changepoints).from(0),
    PLIMSOLL_MEMBER("changepoint_range", ModelConfig, changepoint_range),
    PLIMSOLL_MEMBER("changepoint_prior_scale", ModelConfig, changepoint_prior_scale),
    PLIMSOLL_MEMBER("seasonality_prior_scale", ModelConfig, seasonality_prior_scale),
    PLIMSOLL_MEMBER("holidays_prior_scale", ModelConfig, holidays_prior_scale),
    PLIMSOLL_MEMBER("holidays_mode", ModelConfig, holidays_mode)
        .one_of(kModeNames)
        .or_left_out()
        .says("Absent: that of seasonality_mode."),
    members::given<holidays_tz>("holidays_tz")
        .where<has_holidays_tz>()
        .or_left_out()
        .says("Whose midnights bound a holiday: an offset such as +01:00. Absent: UTC."),
    PLIMSOLL_MEMBER("explicit_changepoints", ModelConfig, explicit_changepoints)
        .by<write_changepoints>(Form::kMoment)
        .listed()
        .nullable(),
    PLIMSOLL_MEMBER("custom_seasonalities", ModelConfig, custom_seasonalities)
        .of(kCustomSeasonalityShape),
    PLIMSOLL_MEMBER("holidays", ModelConfig, holidays).of(kHolidayShape),
    PLIMSOLL_MEMBER("extra_regressors", ModelConfig, extra_regressors).of(kExtraRegressorShape),
};

// Reads one setting after another; what is wrong is left in the FieldReader.
class ConfigReader {
 public:
  ConfigReader(FieldReader& reader, const Json& json, const std::string& path)
      : reader_(reader), json_(json), path_(path) {}

  void read(const std::string& key, const Json& value, ModelConfig& config) {
    if (key == "growth") {
      config.growth = growth();
    } else if (key == "seasonality_mode") {
      config.seasonality_mode = read_mode(reader_, json_, path_, key);
    } else if (key == "yearly_seasonality") {
      config.yearly_seasonality = choice(key, value);
    } else if (key == "weekly_seasonality") {
      config.weekly_seasonality = choice(key, value);
    } else if (key == "daily_seasonality") {
      config.daily_seasonality = choice(key, value);
    } else if (key == "n_changepoints") {
      config.n_changepoints = changepoint_count();
    } else if (key == "changepoint_range") {
      config.changepoint_range = above_zero(key, value, 1.0, "a number above 0 and at most 1");
    } else if (key == "changepoint_prior_scale") {
      config.changepoint_prior_scale = scale(key, value);
    } else if (key == "seasonality_prior_scale") {
      config.seasonality_prior_scale = scale(key, value);
    } else if (key == "holidays_prior_scale") {
      config.holidays_prior_scale = scale(key, value);
    } else if (key == "holidays_mode") {
      config.holidays_mode = read_mode(reader_, json_, path_, key);
    } else if (key == "holidays_tz") {
      config.holidays_utc_offset_seconds = offset(key, value);
    } else {
      read_list(key, value, config);
    }
  }

 private:
  [[nodiscard]] std::string field(const std::string& key) const { return field_path(path_, key); }

  SeasonalityChoice choice(const std::string& key, const Json& value) {
    if (value.is_string() && value.as_text() == "auto") {
      return {SeasonalityChoice::Kind::kAuto, 0};
    }
    if (value.is_boolean()) {
      return {value.as_boolean() ? SeasonalityChoice::Kind::kOn : SeasonalityChoice::Kind::kOff, 0};
    }
    const std::int64_t order = value.is_number() ? reader_.integer(json_, path_, key) : -1;
    if (order >= 0 && order <= kLimits.max_fourier_order) {
      return {SeasonalityChoice::Kind::kOrder, static_cast<int>(order)};
    }
    reader_.fail(field(key), shown(value),
                 "\"auto\", true, false or a Fourier order of at most " +
                     std::to_string(kLimits.max_fourier_order));
    return {};
  }

  double above_zero(const std::string& key, const Json& value, double most, const char* expected) {
    const double number = reader_.number(json_, path_, key);
    reader_.require(number > 0.0 && number <= most, field(key), shown(value), expected);
    return number;
  }

  double scale(const std::string& key, const Json& value) {
    return above_zero(key, value, 1e6, "a number above 0 and at most 1000000");
  }

  std::int64_t offset(const std::string& key, const Json& value) {
    const auto seconds = parse_utc_offset(reader_.text(json_, path_, key));
    reader_.require(seconds.ok(), field(key), shown(value), "UTC or an offset such as +01:00");
    return seconds.ok() ? seconds.value() : 0;
  }

  Growth growth() {
    const std::string name = reader_.text(json_, path_, "growth");
    for (const Growth growth : {Growth::kLinear, Growth::kLogistic, Growth::kFlat}) {
      if (name == growth_name(growth)) return growth;
    }
    reader_.fail(field("growth"), json_text(name), "linear, logistic or flat");
    return Growth::kLinear;
  }

  int changepoint_count() {
    const std::int64_t count = reader_.integer(json_, path_, "n_changepoints");
    const bool within = count >= 0 && count <= kLimits.max_changepoints;
    reader_.require(within, field("n_changepoints"), std::to_string(count),
                    "0 to " + std::to_string(kLimits.max_changepoints));
    return within ? static_cast<int>(count) : 0;
  }

  void read_list(const std::string& key, const Json& value, ModelConfig& config) {
    if (key == "explicit_changepoints") {
      config.explicit_changepoints = changepoints(key, value);
    } else if (key == "custom_seasonalities") {
      config.custom_seasonalities = read_custom_seasonalities(reader_, value, field(key));
    } else if (key == "holidays") {
      config.holidays = read_holidays(reader_, value, field(key));
    } else if (key == "extra_regressors") {
      config.extra_regressors = read_extra_regressors(reader_, value, field(key));
    } else {
      refuse(key, value);
    }
  }

  // What Prophet knows and this does not is no misspelling.
  void refuse(const std::string& key, const Json& value) {
    for (const AbsentSetting& absent : kAbsentSettings) {
      if (key != absent.name) continue;
      if (!absent.same_as.empty() && dump(value) == absent.same_as) return;
      return reader_.fail(field(key), "a setting of Prophet that Plimsoll does not have",
                          std::string(absent.instead));
    }
    reader_.fail(field(key), "an unknown setting", "one of Prophet's parameter names");
  }

  std::vector<Timestamp> changepoints(const std::string& key, const Json& value) {
    const bool few =
        value.is_array() && value.size() <= static_cast<std::size_t>(kLimits.max_changepoints);
    reader_.require(few, field(key), shown(value),
                    "a list of at most " + std::to_string(kLimits.max_changepoints) + " moments");
    std::vector<Timestamp> moments;
    if (!few) return moments;
    for (const Json& item : value) moments.push_back(read_moment(reader_, item, field(key)));
    return moments;
  }

  FieldReader& reader_;
  const Json& json_;
  const std::string& path_;
};

}  // namespace

constinit const Shape kConfigShape(kConfigMembers, "ModelConfig");

ModelConfig read_config(FieldReader& reader, const Json& json, const std::string& path) {
  ModelConfig config;
  reader.require(json.is_object(), path, shown(json), "an object of settings");
  if (reader.failed()) return config;
  ConfigReader settings(reader, json, path);
  for (const auto& [key, value] : json.members()) {
    // What a reference case reports back beside the settings.
    if (value.is_null() || key == "n_changepoints_effective") continue;
    settings.read(key, value, config);
  }
  return config;
}

Result<ModelConfig> decode_config(std::string_view text) {
  auto json = parse_json(text, "config");
  if (!json) return json.error();
  FieldReader reader;
  const ModelConfig config = read_config(reader, json.value(), "config");
  if (!reader.failed()) return config;
  return reader.error(ErrorCode::kInvalidConfig, "Leave the setting out to get Prophet's default.");
}

}  // namespace plimsoll
