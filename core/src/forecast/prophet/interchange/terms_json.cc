#include "forecast/prophet/interchange/terms_json.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/number_text.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

constexpr Member kCustomMembers[] = {
    PLIMSOLL_MEMBER("name", CustomSeasonality, name),
    PLIMSOLL_MEMBER("period", CustomSeasonality, period_days).from(0).exclusive().says("Days."),
    PLIMSOLL_MEMBER("fourier_order", CustomSeasonality, fourier_order).from(1),
    PLIMSOLL_MEMBER("prior_scale", CustomSeasonality, prior_scale)
        .says("null: the model's own seasonality_prior_scale."),
    PLIMSOLL_MEMBER("mode", CustomSeasonality, mode).one_of(kModeNames),
    PLIMSOLL_MEMBER("condition_name", CustomSeasonality, condition_name)
        .or_null()
        .says("A column of the data; the term is 0 where it is."),
};

constexpr Member kHolidayMembers[] = {
    PLIMSOLL_MEMBER("holiday", Holiday, name),
    PLIMSOLL_MEMBER("ds", Holiday, day).as(Form::kDay),
    PLIMSOLL_MEMBER("lower_window", Holiday, lower_window).to(0).says("-1 affects the day before."),
    PLIMSOLL_MEMBER("upper_window", Holiday, upper_window).from(0),
    PLIMSOLL_MEMBER("prior_scale", Holiday, prior_scale),
};

constexpr Member kExtraMembers[] = {
    PLIMSOLL_MEMBER("name", ExtraRegressor, name).says("A column of the data."),
    PLIMSOLL_MEMBER("prior_scale", ExtraRegressor, prior_scale),
    PLIMSOLL_MEMBER("standardize", ExtraRegressor, standardize)
        .by<write_standardize>(Form::kAutoOrBoolean),
    PLIMSOLL_MEMBER("mode", ExtraRegressor, mode).one_of(kModeNames),
};

constexpr Member kSeasonalityMembers[] = {
    PLIMSOLL_MEMBER("name", Seasonality, name),
    PLIMSOLL_MEMBER("period", Seasonality, period_days).from(0).exclusive().says("Days."),
    PLIMSOLL_MEMBER("fourier_order", Seasonality, fourier_order).from(1),
    PLIMSOLL_MEMBER("prior_scale", Seasonality, prior_scale),
    PLIMSOLL_MEMBER("mode", Seasonality, mode).one_of(kModeNames),
    PLIMSOLL_MEMBER("condition_name", Seasonality, condition_name).or_null(),
};

constexpr Member kEffectMembers[] = {
    PLIMSOLL_MEMBER("holiday", HolidayEffect, holiday),
    PLIMSOLL_MEMBER("offset", HolidayEffect, offset).says("Days after the holiday."),
    PLIMSOLL_MEMBER("prior_scale", HolidayEffect, prior_scale),
    PLIMSOLL_MEMBER("days", HolidayEffect, days).as(Form::kDay),
};
constexpr Shape kEffectShape(kEffectMembers, "HolidayEffect");

constexpr Member kRegressorMembers[] = {
    PLIMSOLL_MEMBER("name", Regressor, name),
    PLIMSOLL_MEMBER("prior_scale", Regressor, prior_scale),
    PLIMSOLL_MEMBER("mode", Regressor, mode).one_of(kModeNames),
    PLIMSOLL_MEMBER("mean", Regressor, mean),
    PLIMSOLL_MEMBER("deviation", Regressor, deviation).from(0).exclusive(),
    PLIMSOLL_MEMBER("coefficient", Regressor, coefficient)
        .or_left_out()
        .says("What a unit more of the column adds: to y, or to the factor of the trend."),
};
constexpr Shape kRegressorShape(kRegressorMembers, "Regressor");

constexpr Member kTermsMembers[] = {
    PLIMSOLL_MEMBER("seasonalities", Terms, seasonalities).of(kSeasonalityShape),
    PLIMSOLL_MEMBER("holidays", Terms, holidays)
        .of(kEffectShape)
        .says("One column each: the days of a holiday, moved by offset."),
    PLIMSOLL_MEMBER("holidays_mode", Terms, holidays_mode).one_of(kModeNames),
    PLIMSOLL_MEMBER("regressors", Terms, regressors)
        .of(kRegressorShape)
        .says("One column each: (x - mean) / deviation."),
};

std::int64_t read_day(FieldReader& reader, const Json& value, const std::string& field) {
  const Timestamp moment = read_moment(reader, value, field);
  return moment / kSecondsPerDay - (moment % kSecondsPerDay < 0 ? 1 : 0);
}

double read_scale(FieldReader& reader, const Json& object, const std::string& path,
                  const std::string& key) {
  const double scale = reader.number(object, path, key);
  reader.require(scale > 0.0 && scale <= 1e6, field_path(path, key), number_text(scale),
                 "a number above 0 and at most 1000000");
  return scale;
}

std::optional<double> read_optional_scale(FieldReader& reader, const Json& object,
                                          const std::string& path) {
  if (!is_set(object, "prior_scale")) return std::nullopt;
  return read_scale(reader, object, path, "prior_scale");
}

std::optional<TermMode> read_optional_mode(FieldReader& reader, const Json& object,
                                           const std::string& path) {
  if (!is_set(object, "mode")) return std::nullopt;
  return read_mode(reader, object, path, "mode");
}

std::string read_name(FieldReader& reader, const Json& object, const std::string& path,
                      const std::string& key) {
  std::string name = reader.text(object, path, key);
  reader.require(!name.empty() && name.find("_delim_") == std::string::npos, field_path(path, key),
                 json_text(name), "a name, without \"_delim_\"");
  return name;
}

std::string read_condition(FieldReader& reader, const Json& object, const std::string& path) {
  if (!is_set(object, "condition_name")) return "";
  return reader.text(object, path, "condition_name");
}

int read_order(FieldReader& reader, const Json& object, const std::string& path) {
  const std::int64_t order = reader.integer(object, path, "fourier_order");
  const bool within = order >= 1 && order <= kLimits.max_fourier_order;
  reader.require(within, field_path(path, "fourier_order"), std::to_string(order),
                 "1 to " + std::to_string(kLimits.max_fourier_order));
  return within ? static_cast<int>(order) : 1;
}

double read_period(FieldReader& reader, const Json& object, const std::string& path) {
  const double period = reader.number(object, path, "period");
  reader.require(period > 0.0 && period < 1e6, field_path(path, "period"), number_text(period),
                 "days, above 0");
  return period;
}

int read_window(FieldReader& reader, const Json& object, const std::string& path, const char* key,
                int least, int most) {
  if (!is_set(object, key)) return 0;
  const std::int64_t days = reader.integer(object, path, key);
  const bool within = days >= least && days <= most;
  reader.require(within, field_path(path, key), std::to_string(days),
                 "whole days from " + std::to_string(least) + " to " + std::to_string(most));
  return within ? static_cast<int>(days) : 0;
}

Standardize read_standardize(FieldReader& reader, const Json& object, const std::string& path) {
  if (!is_set(object, "standardize")) return Standardize::kAuto;
  const Json& value = object.at("standardize");
  if (value.is_boolean()) return value.as_boolean() ? Standardize::kYes : Standardize::kNo;
  reader.require(value.is_string() && value.as_text() == "auto", field_path(path, "standardize"),
                 shown(value), "\"auto\", true or false");
  return Standardize::kAuto;
}

// A misspelt setting must not pass for one that was left out.
void require_known(FieldReader& reader, const Json& item, const std::string& path,
                   std::initializer_list<std::string_view> known) {
  reader.require(item.is_object(), path, shown(item), "objects of settings");
  if (!item.is_object()) return;
  std::string expected;
  for (const std::string_view name : known) {
    expected += (expected.empty() ? "" : ", ") + std::string(name);
  }
  for (const auto& [key, value] : item.members()) {
    const bool is_known = std::find(known.begin(), known.end(), key) != known.end();
    reader.require(is_known, field_path(path, key), "an unknown setting", "only " + expected);
  }
}

void require_few(FieldReader& reader, const Json& list, const std::string& path) {
  reader.require(list.is_array(), path, shown(list), "a list");
  reader.require(list.size() <= kLimits.max_terms, path, std::to_string(list.size()) + " entries",
                 "at most " + std::to_string(kLimits.max_terms));
}

// Features are named and evaluated one by one.
void require_few_columns(FieldReader& reader, const Terms& terms) {
  const std::size_t columns = column_count(terms);
  reader.require(columns <= kLimits.max_features, "seasonalities",
                 std::to_string(columns) + " columns with holidays and regressors",
                 "at most " + std::to_string(kLimits.max_features));
}

HolidayEffect read_effect(FieldReader& reader, const Json& item) {
  const std::string path = "holidays";
  HolidayEffect effect;
  effect.holiday = read_name(reader, item, path, "holiday");
  effect.offset = static_cast<int>(std::clamp<std::int64_t>(reader.integer(item, path, "offset"),
                                                            -kLimits.max_holiday_window,
                                                            kLimits.max_holiday_window));
  effect.prior_scale = read_scale(reader, item, path, "prior_scale");
  for (const Json& day : reader.array(item, path, "days")) {
    effect.days.push_back(read_day(reader, day, "holidays.days"));
  }
  reader.require(std::is_sorted(effect.days.begin(), effect.days.end()), "holidays.days",
                 "days out of order", "ascending days");
  return effect;
}

Regressor read_regressor(FieldReader& reader, const Json& item) {
  const std::string path = "regressors";
  Regressor regressor;
  regressor.name = read_name(reader, item, path, "name");
  regressor.prior_scale = read_scale(reader, item, path, "prior_scale");
  regressor.mode = read_mode(reader, item, path, "mode");
  regressor.mean = reader.number(item, path, "mean");
  regressor.deviation = reader.number(item, path, "deviation");
  if (is_set(item, "coefficient")) regressor.coefficient = reader.number(item, path, "coefficient");
  reader.require(regressor.deviation > 0.0, "regressors.deviation",
                 number_text(regressor.deviation), "a number above 0");
  return regressor;
}

}  // namespace

constinit const Shape kCustomSeasonalityShape(kCustomMembers, "CustomSeasonality");
constinit const Shape kHolidayShape(kHolidayMembers, "Holiday");
constinit const Shape kExtraRegressorShape(kExtraMembers, "ExtraRegressor");
constinit const Shape kSeasonalityShape(kSeasonalityMembers, "Seasonality");
constinit const Shape kTermsShape(kTermsMembers, "Terms");

void write_standardize(Writer& out, const Style& /*style*/, const Standardize& choice) {
  if (choice == Standardize::kAuto) return out.value("auto");
  out.value(choice == Standardize::kYes);
}

Timestamp read_moment(FieldReader& reader, const Json& value, const std::string& field) {
  if (value.is_string()) {
    const auto parsed = parse_iso8601(value.as_text());
    if (parsed) return parsed->seconds;
  }
  reader.fail(field, shown(value), "a moment like 2026-11-24 or 2026-11-24T10:05:00Z");
  return 0;
}

TermMode read_mode(FieldReader& reader, const Json& object, const std::string& path,
                   const std::string& key) {
  const std::string mode = reader.text(object, path, key);
  if (mode == mode_name(TermMode::kMultiplicative)) return TermMode::kMultiplicative;
  reader.require(mode == mode_name(TermMode::kAdditive), field_path(path, key), json_text(mode),
                 "additive or multiplicative");
  return TermMode::kAdditive;
}

std::vector<CustomSeasonality> read_custom_seasonalities(FieldReader& reader, const Json& list,
                                                         const std::string& path) {
  require_few(reader, list, path);
  std::vector<CustomSeasonality> seasonalities;
  for (const Json& item : list) {
    require_known(reader, item, path,
                  {"name", "period", "fourier_order", "prior_scale", "mode", "condition_name"});
    CustomSeasonality custom;
    custom.name = read_name(reader, item, path, "name");
    custom.period_days = read_period(reader, item, path);
    custom.fourier_order = read_order(reader, item, path);
    custom.prior_scale = read_optional_scale(reader, item, path);
    custom.mode = read_optional_mode(reader, item, path);
    custom.condition_name = read_condition(reader, item, path);
    seasonalities.push_back(std::move(custom));
  }
  return seasonalities;
}

std::vector<Holiday> read_holidays(FieldReader& reader, const Json& list, const std::string& path) {
  require_few(reader, list, path);
  std::vector<Holiday> holidays;
  for (const Json& item : list) {
    require_known(reader, item, path,
                  {"holiday", "ds", "lower_window", "upper_window", "prior_scale"});
    Holiday holiday;
    holiday.name = read_name(reader, item, path, "holiday");
    const bool has_day = is_set(item, "ds");
    reader.require(has_day, field_path(path, "ds"), "nothing", "a day like 2026-11-24");
    if (has_day) holiday.day = read_day(reader, item.at("ds"), field_path(path, "ds"));
    holiday.lower_window =
        read_window(reader, item, path, "lower_window", -kLimits.max_holiday_window, 0);
    holiday.upper_window =
        read_window(reader, item, path, "upper_window", 0, kLimits.max_holiday_window);
    holiday.prior_scale = read_optional_scale(reader, item, path);
    holidays.push_back(std::move(holiday));
  }
  return holidays;
}

std::vector<ExtraRegressor> read_extra_regressors(FieldReader& reader, const Json& list,
                                                  const std::string& path) {
  require_few(reader, list, path);
  std::vector<ExtraRegressor> regressors;
  for (const Json& item : list) {
    require_known(reader, item, path, {"name", "prior_scale", "standardize", "mode"});
    ExtraRegressor regressor;
    regressor.name = read_name(reader, item, path, "name");
    regressor.prior_scale = read_optional_scale(reader, item, path);
    regressor.standardize = read_standardize(reader, item, path);
    regressor.mode = read_optional_mode(reader, item, path);
    regressors.push_back(std::move(regressor));
  }
  return regressors;
}

Terms read_terms(FieldReader& reader, const Json& json, std::int64_t schema_version) {
  Terms terms;
  for (const Json& item : reader.array(json, "", "seasonalities")) {
    const std::string path = "seasonalities";
    Seasonality seasonality;
    seasonality.name = read_name(reader, item, path, "name");
    seasonality.period_days = read_period(reader, item, path);
    seasonality.fourier_order = read_order(reader, item, path);
    seasonality.prior_scale = read_scale(reader, item, path, "prior_scale");
    seasonality.mode = read_mode(reader, item, path, "mode");
    seasonality.condition_name = read_condition(reader, item, path);
    terms.seasonalities.push_back(std::move(seasonality));
  }
  require_few_columns(reader, terms);
  if (schema_version == 1) return terms;
  for (const Json& item : reader.array(json, "", "holidays")) {
    terms.holidays.push_back(read_effect(reader, item));
  }
  terms.holidays_mode = read_mode(reader, json, "", "holidays_mode");
  for (const Json& item : reader.array(json, "", "regressors")) {
    terms.regressors.push_back(read_regressor(reader, item));
  }
  require_few_columns(reader, terms);
  return terms;
}

}  // namespace plimsoll
