// The one boundary between the core's types and text: JSON, CSV and YAML, in and out.
#pragma once

#include <string>
#include <string_view>

#include "plimsoll/cross_validation.h"
#include "plimsoll/plan.h"

namespace plimsoll {

// What a plan's JSON holds beside the summaries.
struct PlanEncoding {
  bool points = true;  // every forecast point, for charts
};

// JSON numbers are nlohmann's shortest round-trip form, the same bytes in every host.
std::string encode_report(const ValidationReport& report);
std::string encode_model(const WorkloadModel& model);
std::string encode_model_validation(const WorkloadModel& model, const ModelValidation& validation);
std::string encode_plan(const Plan& plan, const PlanEncoding& encoding = {});
std::string encode_problem(const Error& error);
std::string encode_forecast(const Forecast& forecast);

// `ds,yhat,yhat_lower,yhat_upper,trend,...components`, a row a moment; then a column for each
// further quantile, `yhat_q0.99`.
std::string encode_forecast_csv(const Forecast& forecast);

// `ds,cutoff,y,yhat,yhat_lower,yhat_upper`, rows by cutoff, then ds.
std::string encode_cross_validation_csv(const CrossValidation& validation);

// Performance metrics over all rows and over a rolling window, and the cutoffs; with the rows too.
std::string encode_cross_validation_metrics(const CrossValidation& validation,
                                            double rolling_window);
std::string encode_cross_validation(const CrossValidation& validation, double rolling_window);

std::string encode_search(const std::vector<SearchResult>& results);

// The prepared data of the features stage: `namespace,workload,container,timestamp,cpu,memory`.
std::string encode_series_csv(const std::vector<WorkloadSeries>& workloads);

// A strategic-merge patch for each workload and metric of the plan, for one horizon.
std::string encode_plan_yaml(const Plan& plan, Horizon horizon);

// A row for every metric and horizon with its window and recommendation; cells that a spreadsheet
// would take for a formula are neutralised.
std::string encode_plan_csv(const Plan& plan);

Result<ModelConfig> decode_config(std::string_view json);
Result<WorkloadModel> decode_model(std::string_view json);

// A model that Prophet for Python saved with model_to_json (0.6 to 1.3), ready to predict; and one
// that it reads. A model file does not keep its samples: give `history` to write them too.
Result<WorkloadModel> decode_prophet_model(std::string_view json);
std::string encode_prophet_model(const WorkloadModel& model, const Series* history = nullptr);

// A content hash of the model's numbers: 16 hexadecimal digits. It does not cover training_date.
std::string model_version(const WorkloadModel& model);

}  // namespace plimsoll
