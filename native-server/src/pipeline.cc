#include "pipeline.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "plimsoll/data/report.h"
#include "plimsoll/data/series.h"
#include "plimsoll/data/series_csv.h"
#include "plimsoll/data/table.h"
#include "plimsoll/data/validation.h"

namespace plimsoll::native {
namespace {

using Json = nlohmann::ordered_json;

void observe(const PipelineOptions& options, std::string_view stage) {
  if (options.observer) options.observer(stage);
}

Json as_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

// What the prepared CSV cannot say: the unit of each metric and what is set on the workloads now.
Json features_report(const std::vector<WorkloadSeries>& workloads) {
  std::int64_t records = 0;
  std::optional<Timestamp> start;
  std::optional<Timestamp> end;
  Json series = Json::array();
  Json left_out = Json::array();
  for (const WorkloadSeries& workload : workloads) {
    for (const MetricSeries& metric : workload.metrics) {
      if (metric.series.size() == 0) continue;
      if (metric.doubt) {
        left_out.push_back({{"namespace", workload.key.namespace_name},
                            {"workload", workload.key.workload},
                            {"container", workload.key.container},
                            {"metric", metric_name(metric.metric)},
                            {"reason", *metric.doubt}});
        continue;
      }
      const Timestamp first = metric.series.ds.front();
      const Timestamp last = metric.series.ds.back();
      start = std::min(start.value_or(first), first);
      end = std::max(end.value_or(last), last);
      records = std::max(records, metric.series.size());
      series.push_back({{"namespace", workload.key.namespace_name},
                        {"workload", workload.key.workload},
                        {"container", workload.key.container},
                        {"metric", metric_name(metric.metric)},
                        {"unit", unit_name(metric.unit)},
                        {"total_records", metric.series.size()},
                        {"cadence_seconds", cadence_seconds(metric.series.ds)},
                        {"request", as_json(metric.current.request)},
                        {"limit", as_json(metric.current.limit)}});
    }
  }
  Json report;
  report["total_records"] = records;
  report["columns"] = {"namespace", "workload", "container", "timestamp"};
  for (const MetricInfo& metric : kMetrics) report["columns"].push_back(metric.name);
  report["date_range"] = {{"start", start ? Json(format_iso8601(*start)) : Json(nullptr)},
                          {"end", end ? Json(format_iso8601(*end)) : Json(nullptr)}};
  report["series"] = std::move(series);
  report["left_out"] = std::move(left_out);
  return report;
}

}  // namespace

Result<StageOutcome> run_validate(const ModelStore& store, std::string_view csv,
                                  const PipelineOptions& options) {
  observe(options, "parse");
  const auto table = parse_usage_csv(csv, options.parse);
  if (!table) return table.error();
  observe(options, "validate");
  const ValidationReport report = validate(table.value(), options.validation);
  StageOutcome outcome{report.passed, encode_report(report)};
  store.write_artefact(kDatasetFile, csv);
  store.write_artefact(kValidationReportFile, outcome.report);
  return outcome;
}

Result<StageOutcome> run_features(const ModelStore& store, const PipelineOptions& options) {
  observe(options, "features");
  const auto table = parse_usage_csv(store.read_artefact(kDatasetFile), options.parse);
  if (!table) return table.error();
  const std::vector<WorkloadSeries> workloads = prepare_usage(table.value());
  const Json report = features_report(workloads);
  store.write_artefact(kPreparedDataFile, encode_series_csv(workloads));
  store.write_artefact(kFeaturesReportFile, report.dump() + "\n");
  return StageOutcome{!report["series"].empty() && report["left_out"].empty(), report.dump()};
}

Result<StageOutcome> run_pipeline(const ModelStore& store, std::string_view csv,
                                  const PipelineOptions& options) {
  Json reports;
  StageOutcome whole{true, ""};
  const auto add = [&](const char* name, const StageOutcome& outcome) {
    reports[name] = Json::parse(outcome.report);
    whole.passed = whole.passed && outcome.passed;
    whole.report = reports.dump();
  };
  const auto validated = run_validate(store, csv, options);
  if (!validated) return validated.error();
  add("validation", validated.value());
  if (!validated.value().passed) return whole;
  const auto featured = run_features(store, options);
  if (!featured) return featured.error();
  add("features", featured.value());
  const auto trained = run_train(store, options);
  if (!trained) return trained.error();
  add("training", trained.value());
  const auto promoted = run_validate_model(store, options);
  if (!promoted) return promoted.error();
  add("model_validation", promoted.value());
  return whole;
}

}  // namespace plimsoll::native
