// Stage "feature engineering", the columns: seasonalities, holidays and extra regressors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plimsoll/data/series.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

// Every term that `config` asks for on this series, by Prophet's rules: yearly from 730 days of
// history, weekly from 14 days with steps under a week, daily from 2 days with steps under a day; a
// holiday's offsets are columns of their own; a regressor is standardised by its mean and sample
// standard deviation. `seasonalities`, when given, replaces the first rule: what backtest folds
// use, since Prophet does not detect them anew at each cutoff. Fails with kInvalidConfig where a
// column is missing or two terms contradict each other.
Result<Terms> resolve_terms(const Series& series, const ModelConfig& config,
                            const std::vector<Seasonality>* seasonalities);

// What the prior needs to know of one column.
struct Feature {
  std::string name;  // "weekly_delim_1", "playoff_delim_+0", "x1"
  double prior_scale = 10.0;
  TermMode mode = TermMode::kAdditive;
};

// One entry a column; Prophet's placeholder `zeros` when there is no term.
std::vector<Feature> features_of(const Terms& terms);

// How many columns that is, without making their names.
std::size_t column_count(const Terms& terms);

// "playoff_delim_+0": the column of a holiday's offset.
std::string holiday_column(const std::string& holiday, int offset);

// Whether a component is a term of its own, a sum of terms, or stands where there is none.
enum class ComponentKind { kTerm, kSum, kPlaceholder };

// A term as people know it, with its columns: "weekly", "playoff", "holidays" (all of them).
struct ComponentColumns {
  std::string name;
  TermMode mode = TermMode::kAdditive;
  std::vector<Eigen::Index> columns;
  ComponentKind kind = ComponentKind::kTerm;
};

// Prophet's components: additive_terms, each seasonality, holidays and each of them,
// extra_regressors_additive and each regressor, multiplicative_terms and theirs; the two sums
// always, and `zeros` when there is no term.
std::vector<ComponentColumns> components_of(const Terms& terms);

// The columns beside ds and y that a configuration reads: those it needs, and those it takes where
// they are given.
struct ColumnNames {
  std::vector<std::string> needed;
  std::vector<std::string> optional;
};
ColumnNames column_names(const ModelConfig& config);

// Fails unless `frame` holds every column that the terms need, with a value in each row.
std::optional<Error> find_missing_column(const Terms& terms, const Frame& frame);
std::optional<Error> find_missing_column(const std::string& name, const char* purpose,
                                         const Frame& frame);

// What logistic growth says of a capacity that is not above its floor.
Error cap_below_floor(double cap, double floor, Timestamp ds);

// The rows of the columns at the moments of a frame, made when asked for. Keeps references to both.
class FeatureRows {
 public:
  FeatureRows(const Terms& terms, const Frame& frame);

  [[nodiscard]] Eigen::Index columns() const { return columns_; }

  // Writes columns() values: for each seasonality sine, then cosine of 2 pi i t / period, t in days
  // since 1970-01-01, for each order i; then holidays, then regressors.
  void row(std::size_t row, double* out) const;

 private:
  const Terms* terms_;
  const Frame* frame_;
  std::vector<const Eigen::VectorXd*> conditions_;  // one a seasonality, nullptr without
  std::vector<const Eigen::VectorXd*> regressors_;
  Eigen::Index columns_;
};

// Fills in what the fit says of each regressor.
void derive_coefficients(FittedModel& model);

}  // namespace plimsoll
