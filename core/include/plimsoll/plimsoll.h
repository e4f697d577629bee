// Plimsoll: forecasts CPU and memory of Kubernetes workloads and recommends requests and limits.
//
// START HERE. The stages, in the order the data flows, one header each:
//
//   table.h           parse              CSV bytes      -> Table
//   validation.h      data validation    Table          -> ValidationReport
//   series.h          features           Table          -> WorkloadSeries
//   terms.h           ... its columns: seasonalities, holidays, regressors
//   features.h        features           Series, config -> TrainingSet
//   train.h           model training     TrainingSet    -> FittedModel (at the exact optimum)
//   backtest.h        model validation   TrainingSet    -> BacktestReport
//   cross_validation.h  ... as Prophet's users know it, with its metrics
//   selection.h       ... the above for one workload    -> WorkloadModel
//   forecast.h        predict            FittedModel    -> Forecast
//   simulate.h        ... as seeded sample paths
//   recommendation.h  recommend          WorkloadModel  -> Recommendation
//   codec.h           encode             all of these  <-> JSON, CSV, YAML
//
// plan.h runs them all; request.h answers HTTP-shaped requests with them and is the one function
// every host calls. The core takes bytes, options and `now` and returns values: it opens no file,
// reads no clock, prints nothing and starts no thread.
//
//   plimsoll::PlanOptions options;
//   auto plan = plimsoll::make_plan(csv_bytes, options);
//   if (!plan) return report(plimsoll::message(plan.error()));
//   for (const auto& workload : plan.value().workloads)
//     for (const auto& metric : workload.metrics)
//       for (const auto& horizon : metric.horizons)
//         use(horizon.recommendation.request, horizon.recommendation.limit);
#pragma once

#include "plimsoll/codec.h"
#include "plimsoll/plan.h"
#include "plimsoll/request.h"
#include "plimsoll/train.h"
#include "plimsoll/version.h"
