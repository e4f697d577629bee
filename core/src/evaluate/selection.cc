#include "plimsoll/evaluate/selection.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "base/number_text.h"
#include "data/whole_units.h"
#include "evaluate/expected_usage.h"
#include "evaluate/folds.h"
#include "evaluate/present_level.h"
#include "plimsoll/evaluate/model_checks.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/fit/train.h"

namespace plimsoll {
namespace {

struct NamedConfig {
  std::string name;
  ModelConfig config;
  bool recent = false;  // trained on the present level alone
};

// The first row of what a candidate "recent" is trained on: the level that a shifted series keeps
// now, the last block of another.
std::int64_t first_present_row(const PresentLevel& present, const Series& series) {
  return rows_until(series,
                    present.shifted ? present.since - 1 : series.ds.back() - present.block_seconds);
}

// What "auto" chooses from, the one that extrapolates least last. A trend that runs away over a
// month is the commonest way for Prophet to fail on usage, hence a stiffer trend and none at all
// beside the defaults; a level that has changed is the next, hence one that knows only the present.
std::vector<NamedConfig> candidates_of(Preset preset, const Series& series,
                                       const PresentLevel& present) {
  const ModelConfig defaults = preset_config(preset);
  if (preset != Preset::kAuto) return {{std::string(preset_name(preset)), defaults}};
  ModelConfig stiff = defaults;
  stiff.changepoint_prior_scale = 0.005;
  ModelConfig flat = defaults;
  flat.growth = Growth::kFlat;
  std::vector<NamedConfig> candidates = {{"prophet", defaults}, {"prophet_stiff", stiff}};
  const std::int64_t first = first_present_row(present, series);
  if (first > 0 && series.size() - first >= 4) candidates.push_back({"recent", flat, true});
  candidates.push_back({"flat", flat});
  return candidates;
}

struct Tried {
  TrainingSet set;
  BacktestReport backtest;
  // Compared only once a better candidate has failed a check: the last block of a level that has
  // not shifted may be a Sunday.
  bool last_resort = false;
};

Result<Tried> try_candidate(const Series& series, const NamedConfig& candidate,
                            const PresentLevel& present) {
  BacktestOptions options;
  if (present.shifted) options.since = present.since;
  if (!candidate.recent) {
    auto set = engineer_features(series, candidate.config);
    if (!set) return set.error();
    BacktestReport report = backtest(set.value(), options);
    return Tried{std::move(set).value(), std::move(report), false};
  }
  auto set = engineer_features(slice(series, first_present_row(present, series), series.size()),
                               candidate.config);
  if (!set) return set.error();
  auto whole = engineer_features(series, candidate.config, set.value().terms.seasonalities);
  if (!whole) return whole.error();
  if (present.shifted) {
    options.train_from = present.since;
  } else {
    options.train_seconds = present.block_seconds;
  }
  BacktestReport report = backtest(whole.value(), options);
  return Tried{std::move(set).value(), std::move(report), !present.shifted};
}

// Errors that differ by less are equal: the candidate that extrapolates least is taken.
constexpr double kTie = 1.02;

// Of the candidates that are not rejected the last whose error is the least but for a tie. One that
// was tested on fewer folds than another is comparable to none; without a backtest the last is
// taken.
std::optional<std::size_t> best_of(const std::vector<Tried>& tried,
                                   const std::vector<Candidate>& candidates) {
  const bool any_rejected =
      std::any_of(candidates.begin(), candidates.end(),
                  [](const Candidate& candidate) { return !candidate.rejected.empty(); });
  std::vector<std::size_t> left;
  std::size_t folds = 0;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (!candidates[i].rejected.empty() || (tried[i].last_resort && !any_rejected)) continue;
    left.push_back(i);
    folds = std::max(folds, tried[i].backtest.folds.size());
  }
  std::erase_if(left, [&](std::size_t i) { return tried[i].backtest.folds.size() < folds; });
  double least = std::numeric_limits<double>::infinity();
  for (const std::size_t i : left) least = std::min(least, tried[i].backtest.recent_mae);
  std::optional<std::size_t> best;
  for (const std::size_t i : left) {
    if (tried[i].backtest.recent_mae <= kTie * least) best = i;
  }
  return best;
}

Error too_short(const Series& series) {
  const double hours = series.size() < 2
                           ? 0.0
                           : static_cast<double>(series.ds.back() - series.ds.front()) /
                                 static_cast<double>(kSecondsPerHour);
  return Error{
      .code = ErrorCode::kNotEnoughData,
      .where = {},
      .found =
          counted(series.size(), "usable sample") + " over " + format_fixed(hours, 1) + " hours",
      .expected = "at least " + std::to_string(kMinimumHistorySamples) + " samples over 24 hours",
      .fix = "Export a longer history; two weeks or more make the weekly pattern visible."};
}

bool has_enough(const Series& series) {
  return series.size() >= kMinimumHistorySamples &&
         series.ds.back() - series.ds.front() >= kMinimumHistorySeconds - kSecondsPerHour;
}

// What usage asks for in whole units, each count with the samples that need no less.
std::vector<UsageCount> count_usage(const MetricSeries& metric) {
  std::map<std::int64_t, std::int64_t> counts;
  if (!has_quantities(metric.metric, metric.unit)) return {};
  for (const double y : metric.series.y) ++counts[whole_units(y, metric.metric)];
  std::vector<UsageCount> usage;
  usage.reserve(counts.size());
  for (const auto& [units, samples] : counts) usage.push_back({units, samples});
  return usage;
}

// The model trained on the whole set, with what was learnt on the way.
WorkloadModel finish(const WorkloadKey& key, const MetricSeries& metric, Preset preset,
                     const std::string& chosen, const Tried& tried, Timestamp training_date) {
  WorkloadModel result;
  result.key = key;
  result.metric = metric.metric;
  result.unit = metric.unit;
  result.preset = preset_name(preset);
  result.chosen = chosen;
  result.model = train(tried.set);
  result.backtest = tried.backtest;
  result.current = metric.current;
  const auto [low, high] = std::minmax_element(metric.series.y.begin(), metric.series.y.end());
  result.y_min = *low;
  result.y_max = *high;
  result.usage = count_usage(metric);
  result.unobserved = unobserved_times(metric.series, result.model);
  result.training_date = training_date;
  return result;
}

}  // namespace

Result<WorkloadModel> train_with_config(const WorkloadKey& key, const MetricSeries& metric,
                                        const ModelConfig& config, Preset preset,
                                        Timestamp training_date) {
  auto set = engineer_features(metric.series, config);
  if (!set) return set.error();
  WorkloadModel result = finish(key, metric, preset, std::string(preset_name(preset)),
                                {std::move(set).value(), {}}, training_date);
  result.model_version = model_version(result);
  return result;
}

Result<WorkloadModel> train_workload(const WorkloadKey& key, const MetricSeries& metric,
                                     Preset preset, Timestamp training_date) {
  if (!has_enough(metric.series)) return too_short(metric.series);
  const PresentLevel present = present_level(metric.series, cadence_seconds(metric.series.ds));
  std::vector<Candidate> candidates;
  std::vector<Tried> tried;
  for (const NamedConfig& candidate : candidates_of(preset, metric.series, present)) {
    auto attempt = try_candidate(metric.series, candidate, present);
    if (!attempt) return attempt.error();
    Candidate outcome;
    outcome.name = candidate.name;
    if (!attempt.value().backtest.folds.empty()) {
      outcome.mae = attempt.value().backtest.mae;
      outcome.recent_mae = attempt.value().backtest.recent_mae;
    }
    candidates.push_back(std::move(outcome));
    tried.push_back(std::move(attempt).value());
  }
  // The best whose forecast passes the checks; where none does, the best of all, which is refused.
  std::optional<WorkloadModel> result;
  while (const auto best = best_of(tried, candidates)) {
    WorkloadModel model =
        finish(key, metric, preset, candidates[*best].name, tried[*best], training_date);
    model.present = present;
    const auto failed = failed_forecast_check(model);
    if (!failed || !result) result = std::move(model);
    if (!failed) break;
    candidates[*best].rejected = failed->name;
  }
  result->candidates = std::move(candidates);
  result->model_version = model_version(*result);
  return std::move(*result);
}

}  // namespace plimsoll
