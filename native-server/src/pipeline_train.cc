// The stages `train` and `validate-model`.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "files.h"
#include "pipeline.h"
#include "plimsoll/data/series.h"
#include "plimsoll/data/table.h"
#include "plimsoll/evaluate/model_checks.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/evaluate/selection.h"

namespace plimsoll::native {
namespace {

using Json = nlohmann::ordered_json;

// What the features report tells of one series beyond its samples.
struct SeriesFacts {
  Unit unit = Unit::kNone;
  CurrentSetting current;
};
using FactsBySeries =
    std::map<std::tuple<std::string, std::string, std::string, std::string>, SeriesFacts>;

Unit unit_from_name(std::string_view name) {
  for (const Unit unit : {Unit::kCores, Unit::kBytes, Unit::kPercent}) {
    if (name == unit_name(unit)) return unit;
  }
  return Unit::kNone;
}

std::optional<double> number_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

Result<FactsBySeries> read_facts(const ModelStore& store) {
  FactsBySeries facts;
  try {
    const Json report = Json::parse(store.read_artefact(kFeaturesReportFile));
    for (const Json& series : report.at("series")) {
      facts[{series.at("namespace"), series.at("workload"), series.at("container"),
             series.at("metric")}] = {unit_from_name(series.at("unit").get<std::string>()),
                                      {number_at(series, "request"), number_at(series, "limit")}};
    }
  } catch (const Json::exception& error) {
    return Error{ErrorCode::kInvalidJson,
                 {{}, "", kFeaturesReportFile},
                 error.what(),
                 "the report that the features stage writes",
                 "Run the features stage again."};
  }
  return facts;
}

// How the prepared data is to be read: it is in canonical units, whatever the source was in.
ParseOptions prepared_data_options() {
  ParseOptions options;
  for (const char* role : {"namespace", "workload", "container", "timestamp"}) {
    options.columns.emplace(role, role);
  }
  for (const MetricInfo& metric : kMetrics) {
    options.columns.emplace(metric.name, metric.name);
    options.units.emplace(metric.name, unit_name(metric.unit));
  }
  return options;
}

Json identity(const WorkloadKey& key, Metric metric) {
  return {{"namespace", key.namespace_name},
          {"workload", key.workload},
          {"container", key.container},
          {"metric", metric_name(metric)}};
}

Json training_report(const WorkloadModel& model) {
  Json report = identity(model.key, model.metric);
  const Certificate& certificate = model.model.certificate;
  report["status"] = "trained";
  report["model_version"] = model.model_version;
  report["chosen"] = model.chosen;
  report["training_records"] = model.model.training_records;
  report["log_posterior"] =
      certificate.log_posterior ? Json(*certificate.log_posterior) : Json(nullptr);
  report["kkt_residual"] =
      certificate.kkt_residual ? Json(*certificate.kkt_residual) : Json(nullptr);
  report["warnings"] = model.model.warnings;
  return report;
}

Json failure_report(const WorkloadKey& key, Metric metric, const char* status,
                    const std::string& reason) {
  Json report = identity(key, metric);
  report["status"] = status;
  report["reason"] = reason;
  return report;
}

// Trains one model and stages it; returns its report.
Json train_and_stage(const ModelStore& store, const WorkloadKey& key, const MetricSeries& metric,
                     Preset preset, Timestamp date) {
  const auto model = train_workload(key, metric, preset, date);
  if (!model) {
    const bool short_of_data = model.error().code == ErrorCode::kNotEnoughData;
    return failure_report(key, metric.metric, short_of_data ? "not_enough_data" : "failed",
                          message(model.error()));
  }
  try {
    store.stage(model.value());
  } catch (const FileError& error) {
    return failure_report(key, metric.metric, "failed", error.what());
  }
  return training_report(model.value());
}

Timestamp default_training_date(const WorkloadSeries& workload) {
  Timestamp end = 0;
  for (const MetricSeries& metric : workload.metrics) {
    if (metric.series.size() == 0) continue;
    end = std::max(end, metric.series.ds.back() + cadence_seconds(metric.series.ds));
  }
  return end;
}

// Promotes one model in Staging if it passes; returns its report.
Json validate_staged(const ModelStore& store, const std::string& folder, const Stages& pointer) {
  const auto model = store.load(folder, *pointer.staging);
  if (!model) {
    return {{"overall_status", "FAILED"}, {"folder", folder}, {"reason", message(model.error())}};
  }
  const ModelValidation validation = validate_model(model.value());
  if (validation.passed) store.promote(folder);
  return Json::parse(encode_model_validation(model.value(), validation));
}

}  // namespace

Result<StageOutcome> run_train(const ModelStore& store, const PipelineOptions& options) {
  if (options.observer) options.observer("train");
  const auto facts = read_facts(store);
  if (!facts) return facts.error();
  const auto table =
      parse_usage_csv(store.read_artefact(kPreparedDataFile), prepared_data_options());
  if (!table) return table.error();
  Json models = Json::array();
  bool any_trained = false;
  bool any_failed = false;
  for (WorkloadSeries& workload : prepare_usage(table.value())) {
    const Timestamp date = options.now.value_or(default_training_date(workload));
    for (MetricSeries& metric : workload.metrics) {
      const auto known =
          facts.value().find({workload.key.namespace_name, workload.key.workload,
                              workload.key.container, std::string(metric_name(metric.metric))});
      if (known == facts.value().end()) continue;
      metric.unit = known->second.unit;
      metric.current = known->second.current;
      models.push_back(train_and_stage(store, workload.key, metric, options.preset, date));
      any_trained = any_trained || models.back().at("status") == "trained";
      any_failed = any_failed || models.back().at("status") == "failed";
    }
  }
  return StageOutcome{any_trained && !any_failed, Json{{"models", std::move(models)}}.dump()};
}

Result<StageOutcome> run_validate_model(const ModelStore& store, const PipelineOptions& options) {
  if (options.observer) options.observer("validate_model");
  Json models = Json::array();
  for (const std::string& folder : store.folders()) {
    try {
      const Stages pointer = store.stages(folder);
      if (pointer.staging) models.push_back(validate_staged(store, folder, pointer));
    } catch (const FileError& error) {
      models.push_back(
          {{"overall_status", "FAILED"}, {"folder", folder}, {"reason", error.what()}});
    }
  }
  const bool passed =
      !models.empty() && std::all_of(models.begin(), models.end(), [](const Json& model) {
        return model.at("overall_status") == "PASSED";
      });
  StageOutcome outcome{passed, Json{{"models", std::move(models)}}.dump()};
  store.write_artefact(kModelValidationReportFile, outcome.report + "\n");
  return outcome;
}

}  // namespace plimsoll::native
