// Plimsoll: forecasts CPU and memory of Kubernetes workloads and recommends requests and limits.
//
// START HERE. The stages, in the order the data flows, one header each:
//
//   data/table.h               parse              CSV bytes      -> Table
//   data/validation.h          data validation    Table          -> ValidationReport
//   data/series.h              features           Table          -> WorkloadSeries
//   forecast/prophet/terms/    ... Series, config -> TrainingSet: seasonalities, holidays,
//   regressors forecast/prophet/fit/      model training     TrainingSet    -> FittedModel (at the
//   exact optimum) forecast/prophet/predict/  predict            FittedModel    -> Forecast, or
//   seeded sample paths evaluate/backtest.h        model validation   TrainingSet    ->
//   BacktestReport evaluate/cross_validation.h  ... as Prophet's users know it, with its metrics
//   evaluate/model_checks.h    WorkloadModel                   -> ModelValidation
//   evaluate/selection.h       ... the above for one workload    -> WorkloadModel
//   evaluate/record.h          encode             WorkloadModel <-> model file
//   recommend/recommendation.h recommend          WorkloadModel  -> Recommendation
//
// The folders are the layers of core/LAYERS, lowest first: a file includes its own layer and those
// below it, nothing above. Beneath the stages lie base/ (errors, limits, moments, quantities),
// math/ and codec/ (JSON, CSV, problems).
//
// plan/plan.h runs them all; api/request.h answers HTTP-shaped requests with them and is the one
// function every host calls. The core takes bytes, options and `now` and returns values: it opens
// no file, reads no clock, prints nothing and starts no thread.
//
//   plimsoll::PlanOptions options;
//   auto plan = plimsoll::make_plan(csv_bytes, options);
//   if (!plan) return report(plimsoll::message(plan.error()));
//   for (const auto& workload : plan.value().workloads)
//     for (const auto& metric : workload.metrics)
//       for (const auto& horizon : metric.horizons)
//         use(horizon.recommendation.request, horizon.recommendation.limit);
#pragma once

#include "plimsoll/api/request.h"
#include "plimsoll/base/version.h"
#include "plimsoll/data/report.h"
#include "plimsoll/evaluate/cross_validation_text.h"
#include "plimsoll/evaluate/fit.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/interchange/config.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/terms/training_data.h"
#include "plimsoll/plan/plan.h"
#include "plimsoll/plan/plan_document.h"
