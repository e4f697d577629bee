// The folds of a backtest, a cross-validation or a search: models of the first rows of one series.
#pragma once

#include <vector>

#include "forecast/prophet/fit/statistics.h"
#include "plimsoll/evaluate/types.h"
#include "plimsoll/forecast/prophet/terms/features.h"
#include "plimsoll/forecast/prophet/terms/model.h"

namespace plimsoll {

struct FoldSet {
  Timestamp cutoff = 0;
  TrainingSet set;  // of ds <= cutoff
  Series test;      // cutoff < ds <= cutoff + horizon
};

// The rows [first, last) of a series, with their columns.
Series slice(const Series& series, std::int64_t first, std::int64_t last);

// The number of rows up to and including `moment`.
std::int64_t rows_until(const Series& series, Timestamp moment);

// The fold at `cutoff`; seasonalities as in `set`, given changepoints only as far as they lie
// before the fold's last sample. Rows before `first_row` are not trained on.
Result<FoldSet> make_fold(const TrainingSet& set, Timestamp cutoff, std::int64_t horizon_seconds,
                          std::int64_t first_row = 0);

// One fold a cutoff, in their order.
Result<std::vector<FoldSet>> make_folds(const TrainingSet& set,
                                        const std::vector<Timestamp>& cutoffs,
                                        std::int64_t horizon_seconds);

// The set with its regressors standardised in the columns themselves: Prophet trains folds on such
// a history, and standardises it again.
TrainingSet with_standardised_columns(const TrainingSet& set);

// What all folds learn from one pass over the data.
class SharedStatistics {
 public:
  SharedStatistics(const TrainingSet& set, const std::vector<FoldSet>& folds);

  // The model of one fold; `set` is that fold's, with prior scales of its own choice.
  [[nodiscard]] FittedModel train(std::size_t fold, const TrainingSet& set) const;

 private:
  std::vector<Statistics> statistics_;  // one a fold; none where models are not linear
};

// One model a fold.
std::vector<FittedModel> train_folds(const TrainingSet& set, const std::vector<FoldSet>& folds);

// What the models say of their folds' test samples.
CrossValidation score_folds(const std::vector<FoldSet>& folds,
                            const std::vector<FittedModel>& models, std::int64_t horizon_seconds,
                            double interval_width);

}  // namespace plimsoll
