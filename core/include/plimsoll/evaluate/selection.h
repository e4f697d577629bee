// Stage "selection": one series -> the model that its own backtest prefers, and its validation.
#pragma once

#include "plimsoll/evaluate/workload_model.h"

namespace plimsoll {

// Trains one series under a preset, choosing among candidates where the preset is kAuto.
// Fails with kNotEnoughData below kMinimumHistory.
Result<WorkloadModel> train_workload(const WorkloadKey& key, const MetricSeries& metric,
                                     Preset preset, Timestamp training_date);

// Trains one series with a given configuration, without a backtest; `preset` is only its name.
Result<WorkloadModel> train_with_config(const WorkloadKey& key, const MetricSeries& metric,
                                        const ModelConfig& config, Preset preset,
                                        Timestamp training_date);

// A forecast needs 24 samples over a day: the last of them may begin 23 hours after the first.
inline constexpr std::int64_t kMinimumHistorySeconds = kSecondsPerDay;
inline constexpr std::int64_t kMinimumHistorySamples = 24;

}  // namespace plimsoll
