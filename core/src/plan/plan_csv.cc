#include "codec/csv_writer.h"
#include "data/workload_key_text.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll {

std::string encode_plan_csv(const Plan& plan) {
  std::string out =
      "namespace,workload,container,metric,status,horizon,window_start,window_end,"
      "request,limit,confidence\n";
  for (const WorkloadPlan& workload : plan.workloads) {
    for (const MetricPlan& metric : workload.metrics) {
      std::string start;
      append_key(start, {neutralised(workload.key.namespace_name),
                         neutralised(workload.key.workload), neutralised(workload.key.container)});
      start += ',' + std::string(metric_name(metric.metric));
      if (metric.status != MetricStatus::kOk) {
        out += start + ',' + std::string(status_name(metric.status)) + ",,,,,,\n";
      }
      for (const HorizonPlan& horizon : metric.horizons) {
        const Window& window = horizon.forecast.window;
        out += start + ",ok," + std::string(horizon_name(horizon.horizon)) + ',' +
               format_iso8601(window.start) + ',' + format_iso8601(window.end) + ',' +
               horizon.recommendation.request.value_or("") + ',' +
               horizon.recommendation.limit.value_or("") + ',' + horizon.confidence.level + '\n';
      }
    }
  }
  return out;
}

}  // namespace plimsoll
