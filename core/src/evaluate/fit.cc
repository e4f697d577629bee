#include "plimsoll/evaluate/fit.h"

#include <utility>

#include "plimsoll/forecast/prophet/terms/training_data.h"

namespace plimsoll {

Result<WorkloadModel> fit_training_csv(std::string_view csv, const ParseOptions& options,
                                       const ModelConfig& config, Preset preset,
                                       std::optional<Timestamp> training_date,
                                       const StageObserver& observer) {
  begin(observer, "parse");
  auto series = read_training_csv(csv, options, config);
  if (!series) return series.error();
  MetricSeries metric;
  metric.series = std::move(series).value();
  const WorkloadKey key{"", "default", ""};
  Timestamp date = 0;
  if (!metric.series.ds.empty()) date = training_date.value_or(metric.series.ds.back());
  begin(observer, "train");
  if (preset == Preset::kAuto) return train_workload(key, metric, preset, date);
  return train_with_config(key, metric, config, preset, date);
}

}  // namespace plimsoll
