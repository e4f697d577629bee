#include "plimsoll/forecast/prophet/terms/terms.h"

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "math/portable_math.h"

namespace plimsoll {
namespace {

// The position of `ds` within a period, as a fraction of a turn. Whole-second periods are reduced
// in integers; std::fmod is exact and so the same everywhere.
double phase_turns(Timestamp ds, double period_days) {
  const double period_seconds = period_days * static_cast<double>(kSecondsPerDay);
  if (period_seconds == std::floor(period_seconds) && period_seconds < 0x1p53) {
    const auto period = static_cast<std::int64_t>(period_seconds);
    return static_cast<double>(ds % period) / period_seconds;
  }
  return std::fmod(static_cast<double>(ds), period_seconds) / period_seconds;
}

double* write_fourier(const Seasonality& seasonality, Timestamp ds, double* out) {
  // Higher orders by the addition theorem: their error grows by a rounding an order.
  const SinCos first = sin_cos_turns(phase_turns(ds, seasonality.period_days));
  SinCos current = first;
  for (int order = 1; order <= seasonality.fourier_order; ++order) {
    *out++ = current.sin;
    *out++ = current.cos;
    current = {current.sin * first.cos + current.cos * first.sin,
               current.cos * first.cos - current.sin * first.sin};
  }
  return out;
}

std::int64_t day_of(Timestamp ds) {
  return ds / kSecondsPerDay - (ds % kSecondsPerDay < 0 ? 1 : 0);
}

// The one column of a model without terms; always 0.
constexpr const char* kPlaceholder = "zeros";

// Gathers the columns of one mode as Prophet names them.
class ComponentList {
 public:
  explicit ComponentList(const Terms& terms) : terms_(terms) {}

  std::vector<ComponentColumns> gather() {
    const bool none =
        terms_.seasonalities.empty() && terms_.holidays.empty() && terms_.regressors.empty();
    if (none)
      list_.push_back({kPlaceholder, TermMode::kAdditive, {0}, ComponentKind::kPlaceholder});
    for (const TermMode mode : {TermMode::kAdditive, TermMode::kMultiplicative}) {
      list_.push_back({std::string(mode_name(mode)) + "_terms", mode, {}, ComponentKind::kSum});
      add_terms(mode);
    }
    return std::move(list_);
  }

 private:
  void add_terms(TermMode mode) {
    all_ = list_.size() - 1;
    Eigen::Index column = 0;
    for (const Seasonality& seasonality : terms_.seasonalities) {
      const Eigen::Index width = 2 * seasonality.fourier_order;
      if (seasonality.mode == mode) {
        for (Eigen::Index i = 0; i < width; ++i) add(seasonality.name, mode, column + i);
      }
      column += width;
    }
    for (const HolidayEffect& effect : terms_.holidays) {
      if (terms_.holidays_mode == mode) {
        group(column, "holidays", mode, ComponentKind::kSum);
        add(effect.holiday, mode, column);
      }
      ++column;
    }
    for (const Regressor& regressor : terms_.regressors) {
      if (regressor.mode == mode) {
        group(column, "extra_regressors_" + std::string(mode_name(mode)), mode,
              ComponentKind::kSum);
        add(regressor.name, mode, column);
      }
      ++column;
    }
  }

  // A column of a term counts among the mode's all as well.
  void add(const std::string& name, TermMode mode, Eigen::Index column) {
    list_[all_].columns.push_back(column);
    group(column, name, mode, ComponentKind::kTerm);
  }

  void group(Eigen::Index column, const std::string& name, TermMode mode, ComponentKind kind) {
    const auto known =
        std::find_if(list_.begin(), list_.end(), [&](const ComponentColumns& component) {
          return component.name == name && component.mode == mode;
        });
    if (known != list_.end()) {
      known->columns.push_back(column);
    } else {
      list_.push_back({name, mode, {column}, kind});
    }
  }

  const Terms& terms_;
  std::vector<ComponentColumns> list_;
  std::size_t all_ = 0;
};

}  // namespace

std::string holiday_column(const std::string& holiday, int offset) {
  return holiday + "_delim_" + (offset < 0 ? '-' : '+') + std::to_string(std::abs(offset));
}

std::size_t column_count(const Terms& terms) {
  std::size_t columns = terms.holidays.size() + terms.regressors.size();
  for (const Seasonality& seasonality : terms.seasonalities) {
    columns += 2 * static_cast<std::size_t>(seasonality.fourier_order);
  }
  return std::max<std::size_t>(columns, 1);  // `zeros`
}

std::vector<Feature> features_of(const Terms& terms) {
  std::vector<Feature> features;
  for (const Seasonality& seasonality : terms.seasonalities) {
    for (int column = 1; column <= 2 * seasonality.fourier_order; ++column) {
      features.push_back({seasonality.name + "_delim_" + std::to_string(column),
                          seasonality.prior_scale, seasonality.mode});
    }
  }
  for (const HolidayEffect& effect : terms.holidays) {
    features.push_back(
        {holiday_column(effect.holiday, effect.offset), effect.prior_scale, terms.holidays_mode});
  }
  for (const Regressor& regressor : terms.regressors) {
    features.push_back({regressor.name, regressor.prior_scale, regressor.mode});
  }
  if (features.empty()) features.push_back({kPlaceholder, 1.0, TermMode::kAdditive});
  return features;
}

std::vector<ComponentColumns> components_of(const Terms& terms) {
  return ComponentList(terms).gather();
}

std::optional<Error> find_missing_column(const std::string& name, const char* purpose,
                                         const Frame& frame) {
  const Eigen::VectorXd* const values = frame.column(name);
  std::string found = "no such column";
  if (values != nullptr) {
    const auto gap =
        std::find_if(values->begin(), values->end(), [](double x) { return !std::isfinite(x); });
    if (gap == values->end()) return std::nullopt;
    found = "no finite number at " +
            format_iso8601(frame.ds[static_cast<std::size_t>(gap - values->begin())]);
  }
  return Error{.code = ErrorCode::kMissingColumn,
               .where = {.row = std::nullopt, .column = name, .field = ""},
               .found = std::move(found),
               .expected = std::string("a number in every row, for ") + purpose,
               .fix = "Give the column, or take what needs it out of the configuration."};
}

std::optional<Error> find_missing_column(const Terms& terms, const Frame& frame) {
  for (const Seasonality& seasonality : terms.seasonalities) {
    const std::string& name = seasonality.condition_name;
    if (name.empty()) continue;
    if (auto error = find_missing_column(name, "a seasonality's condition", frame)) return error;
  }
  for (const Regressor& regressor : terms.regressors) {
    if (auto error = find_missing_column(regressor.name, "an extra regressor", frame)) return error;
  }
  return std::nullopt;
}

Error cap_below_floor(double cap, double floor, Timestamp ds) {
  return Error{.code = ErrorCode::kInvalidConfig,
               .where = {.row = std::nullopt, .column = "cap", .field = ""},
               .found = number_text(cap) + " over a floor of " + number_text(floor) + " at " +
                        format_iso8601(ds),
               .expected = "a capacity above the floor",
               .fix = "Raise cap or lower floor."};
}

FeatureRows::FeatureRows(const Terms& terms, const Frame& frame)
    : terms_(&terms), frame_(&frame), columns_(static_cast<Eigen::Index>(column_count(terms))) {
  for (const Seasonality& seasonality : terms.seasonalities) {
    const std::string& name = seasonality.condition_name;
    conditions_.push_back(name.empty() ? nullptr : frame.column(name));
  }
  for (const Regressor& regressor : terms.regressors) {
    regressors_.push_back(frame.column(regressor.name));
  }
}

void FeatureRows::row(std::size_t row, double* out) const {
  const Timestamp ds = frame_->ds[row];
  const auto at = static_cast<Eigen::Index>(row);
  out[0] = 0.0;  // stays where there is no term
  for (std::size_t s = 0; s < conditions_.size(); ++s) {
    const Seasonality& seasonality = terms_->seasonalities[s];
    if (conditions_[s] == nullptr || (*conditions_[s])[at] != 0.0) {
      out = write_fourier(seasonality, ds, out);
    } else {
      out = std::fill_n(out, 2 * seasonality.fourier_order, 0.0);
    }
  }
  if (!terms_->holidays.empty()) {
    const std::int64_t day = day_of(ds + terms_->holidays_utc_offset_seconds);
    for (const HolidayEffect& effect : terms_->holidays) {
      *out++ = std::binary_search(effect.days.begin(), effect.days.end(), day) ? 1.0 : 0.0;
    }
  }
  for (std::size_t r = 0; r < regressors_.size(); ++r) {
    const Regressor& regressor = terms_->regressors[r];
    *out++ = ((*regressors_[r])[at] - regressor.mean) / regressor.deviation;
  }
}

void derive_coefficients(FittedModel& model) {
  std::vector<Regressor>& regressors = model.terms.regressors;
  Eigen::Index column = model.params.beta.size() - static_cast<Eigen::Index>(regressors.size());
  for (Regressor& regressor : regressors) {
    const double unit = regressor.mode == TermMode::kAdditive ? model.scaling.y_scale : 1.0;
    regressor.coefficient = model.params.beta[column++] * unit / regressor.deviation;
  }
}

}  // namespace plimsoll
