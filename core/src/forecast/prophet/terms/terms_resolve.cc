// From what is asked for (ModelConfig) to the terms of a model.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "plimsoll/base/limits.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

struct BuiltinSeasonality {
  const char* name;
  double period_days;
  int default_order;
  std::int64_t min_span_seconds;  // history from which "auto" switches it on
  std::int64_t max_step_seconds;  // the smallest step must be below this
  SeasonalityChoice ModelConfig::*choice;
};

// Prophet's rules, in Prophet's column order.
constexpr std::array<BuiltinSeasonality, 3> kBuiltins = {{
    {"yearly", 365.25, 10, 730 * kSecondsPerDay, std::numeric_limits<std::int64_t>::max(),
     &ModelConfig::yearly_seasonality},
    {"weekly", 7.0, 3, 14 * kSecondsPerDay, kSecondsPerWeek, &ModelConfig::weekly_seasonality},
    {"daily", 1.0, 4, 2 * kSecondsPerDay, kSecondsPerDay, &ModelConfig::daily_seasonality},
}};

Error contradiction(const std::string& field, std::string found, std::string expected,
                    std::string fix) {
  return Error{.code = ErrorCode::kInvalidConfig,
               .where = {.row = std::nullopt, .column = "", .field = field},
               .found = std::move(found),
               .expected = std::move(expected),
               .fix = std::move(fix)};
}

Error too_many_columns() {
  return contradiction("", "more columns of seasonalities, holidays and regressors",
                       "at most " + std::to_string(kLimits.max_features),
                       "Lower Fourier orders or narrow the windows of holidays.");
}

std::int64_t smallest_step(const std::vector<Timestamp>& ds) {
  std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 1; i < ds.size(); ++i) {
    const std::int64_t step = ds[i] - ds[i - 1];
    if (step > 0) smallest = std::min(smallest, step);
  }
  return smallest;
}

int resolved_order(const SeasonalityChoice& choice, int default_order, bool automatic) {
  switch (choice.kind) {
    case SeasonalityChoice::Kind::kAuto:
      return automatic ? default_order : 0;
    case SeasonalityChoice::Kind::kOff:
      return 0;
    case SeasonalityChoice::Kind::kOn:
      return default_order;
    case SeasonalityChoice::Kind::kOrder:
      return choice.order;
  }
  return 0;
}

// The caller's own first; one that bears a built-in name stands in its place.
std::vector<Seasonality> resolve_seasonalities(const Series& series, const ModelConfig& config) {
  std::vector<Seasonality> resolved;
  std::set<std::string, std::less<>> taken;
  for (const CustomSeasonality& custom : config.custom_seasonalities) {
    taken.insert(custom.name);
    resolved.push_back({custom.name, custom.period_days, custom.fourier_order,
                        custom.prior_scale.value_or(config.seasonality_prior_scale),
                        custom.mode.value_or(config.seasonality_mode), custom.condition_name});
  }
  const std::int64_t span = series.ds.back() - series.ds.front();
  const std::int64_t step = smallest_step(series.ds);
  for (const BuiltinSeasonality& builtin : kBuiltins) {
    if (taken.contains(builtin.name)) continue;
    const bool automatic = span >= builtin.min_span_seconds && step < builtin.max_step_seconds;
    const int order = resolved_order(config.*builtin.choice, builtin.default_order, automatic);
    if (order == 0) continue;
    resolved.push_back({builtin.name, builtin.period_days, order, config.seasonality_prior_scale,
                        config.seasonality_mode, ""});
  }
  return resolved;
}

// One effect for each offset of each holiday, in the order of their column names.
Result<std::vector<HolidayEffect>> resolve_holidays(const ModelConfig& config) {
  std::map<std::string, double, std::less<>> scales;
  std::map<std::string, HolidayEffect, std::less<>> effects;  // by column name
  std::int64_t days = 0;
  for (const Holiday& holiday : config.holidays) {
    days += holiday.upper_window - holiday.lower_window + 1;
    if (days > kLimits.max_holiday_days) {
      return contradiction("holidays", "more days of holidays with their windows",
                           "at most " + std::to_string(kLimits.max_holiday_days),
                           "Narrow the windows or give fewer dates.");
    }
    const double scale = holiday.prior_scale.value_or(config.holidays_prior_scale);
    const auto [known, is_new] = scales.emplace(holiday.name, scale);
    if (!is_new && known->second != scale) {
      return contradiction("holidays", "two prior scales of \"" + holiday.name + '"', "one",
                           "Give every row of a holiday the same prior_scale.");
    }
    for (int offset = holiday.lower_window; offset <= holiday.upper_window; ++offset) {
      HolidayEffect& effect = effects[holiday_column(holiday.name, offset)];
      if (effects.size() > kLimits.max_features) return too_many_columns();
      effect.holiday = holiday.name;
      effect.offset = offset;
      effect.prior_scale = scale;
      effect.days.push_back(holiday.day + offset);
    }
  }
  std::vector<HolidayEffect> resolved;
  for (auto& [column, effect] : effects) {
    std::sort(effect.days.begin(), effect.days.end());
    resolved.push_back(std::move(effect));
  }
  return resolved;
}

// Prophet's rule: never with a single value; with "auto" not when the values are exactly 0 and 1.
bool is_standardised(const Eigen::VectorXd& values, Standardize choice) {
  const auto is = [](double wanted) { return [wanted](double x) { return x == wanted; }; };
  if (std::all_of(values.begin(), values.end(), is(values[0]))) return false;
  if (choice != Standardize::kAuto) return choice == Standardize::kYes;
  return !std::all_of(values.begin(), values.end(), [](double x) { return x == 0.0 || x == 1.0; });
}

void standardise(const Eigen::VectorXd& values, Regressor& regressor) {
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  regressor.mean = sum / n;
  double squares = 0.0;
  for (const double value : values) {
    squares += (value - regressor.mean) * (value - regressor.mean);
  }
  regressor.deviation = std::sqrt(squares / (n - 1.0));
}

std::vector<Regressor> resolve_regressors(const Series& series, const ModelConfig& config) {
  std::vector<Regressor> resolved;
  for (const ExtraRegressor& extra : config.extra_regressors) {
    Regressor regressor{extra.name, extra.prior_scale.value_or(config.holidays_prior_scale),
                        extra.mode.value_or(config.seasonality_mode), 0.0, 1.0};
    const Eigen::VectorXd* const values = series.column(extra.name);
    if (values != nullptr && is_standardised(*values, extra.standardize)) {
      standardise(*values, regressor);
    }
    resolved.push_back(std::move(regressor));
  }
  return resolved;
}

// Names become columns of the forecast: each may stand for one term only, and for none of those.
std::optional<Error> find_name_clash(const Terms& terms) {
  std::set<std::string, std::less<>> taken = {
      "trend", "additive_terms", "multiplicative_terms", "holidays", "ds", "y", "cap", "floor",
      "yhat"};
  std::set<std::string, std::less<>> holidays;
  for (const HolidayEffect& effect : terms.holidays) holidays.insert(effect.holiday);
  std::vector<std::string> names(holidays.begin(), holidays.end());
  for (const Seasonality& seasonality : terms.seasonalities) names.push_back(seasonality.name);
  for (const Regressor& regressor : terms.regressors) names.push_back(regressor.name);
  for (const std::string& name : names) {
    if (taken.insert(name).second) continue;
    return contradiction("name",
                         '"' + name + "\" for two terms, or for one of Prophet's own columns",
                         "each name once", "Rename the term.");
  }
  return std::nullopt;
}

}  // namespace

Result<Terms> resolve_terms(const Series& series, const ModelConfig& config,
                            const std::vector<Seasonality>* seasonalities) {
  Terms terms;
  terms.seasonalities =
      seasonalities != nullptr ? *seasonalities : resolve_seasonalities(series, config);
  auto holidays = resolve_holidays(config);
  if (!holidays) return holidays.error();
  terms.holidays = std::move(holidays).value();
  terms.holidays_mode = config.holidays_mode.value_or(config.seasonality_mode);
  terms.holidays_utc_offset_seconds = config.holidays_utc_offset_seconds;
  terms.regressors = resolve_regressors(series, config);
  if (column_count(terms) > kLimits.max_features) return too_many_columns();
  if (auto error = find_name_clash(terms)) return *error;
  if (auto error = find_missing_column(terms, series)) return *error;
  return terms;
}

ColumnNames column_names(const ModelConfig& config) {
  ColumnNames names;
  if (config.growth == Growth::kLogistic) {
    names.needed.emplace_back("cap");
    names.optional.emplace_back("floor");
  }
  std::set<std::string, std::less<>> taken;
  for (const CustomSeasonality& custom : config.custom_seasonalities) {
    const std::string& name = custom.condition_name;
    if (!name.empty() && taken.insert(name).second) names.needed.push_back(name);
  }
  for (const ExtraRegressor& regressor : config.extra_regressors) {
    if (taken.insert(regressor.name).second) names.needed.push_back(regressor.name);
  }
  return names;
}

}  // namespace plimsoll
