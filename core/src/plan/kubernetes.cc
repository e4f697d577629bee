// YAML out: one small block-style patch for each workload. Every text goes out in double quotes, so
// no name can change the document's structure.
#include <algorithm>
#include <iterator>
#include <utility>

#include "codec/writer.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll {
namespace {

// JSON's double-quoted strings are YAML's, but for what only YAML minds: NEL, LS and PS, which end
// a line (and so a comment) in YAML 1.1, and characters that may not stand in a document.
constexpr std::pair<std::string_view, std::string_view> kEscapes[] = {
    {"\x7F", "\\u007f"},         {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"},
    {"\xEF\xBB\xBF", "\\ufeff"}, {"\xEF\xBF\xBE", "\\ufffe"}, {"\xEF\xBF\xBF", "\\uffff"}};

// A control character of U+0080 to U+009F, in its two bytes.
bool is_c1_control(std::string_view text) {
  return text.size() >= 2 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0;
}

std::string quoted(const std::string& text) {
  const std::string json = json_text(text);
  std::string_view rest = json;
  std::string out;
  while (!rest.empty()) {
    const auto* const found =
        std::find_if(std::begin(kEscapes), std::end(kEscapes),
                     [rest](const auto& escape) { return rest.starts_with(escape.first); });
    if (found != std::end(kEscapes)) {
      out += found->second;
      rest.remove_prefix(found->first.size());
    } else if (is_c1_control(rest)) {
      const auto low = static_cast<unsigned char>(rest[1]);
      out += {'\\', 'u', '0', '0', low < 0x90 ? '8' : '9', "0123456789abcdef"[low & 0xFU]};
      rest.remove_prefix(2);
    } else {
      out += rest.front();
      rest.remove_prefix(1);
    }
  }
  return out;
}

const HorizonPlan* find_horizon(const MetricPlan& metric, Horizon horizon) {
  for (const HorizonPlan& candidate : metric.horizons) {
    if (candidate.horizon == horizon) return &candidate;
  }
  return nullptr;
}

// "            cpu: \"69m\"" for each metric that has a value.
std::string resource_lines(const WorkloadPlan& workload, Horizon horizon,
                           std::optional<std::string> Recommendation::*value) {
  std::string lines;
  for (const MetricPlan& metric : workload.metrics) {
    const HorizonPlan* const plan = find_horizon(metric, horizon);
    if (plan == nullptr || !(plan->recommendation.*value)) continue;
    lines += "              " + std::string(metric_name(metric.metric)) + ": " +
             quoted(*(plan->recommendation.*value)) + "\n";
  }
  return lines;
}

// Comments may hold no line break: names come from the file.
std::string comment(const std::string& text) { return "# " + quoted(text) + "\n"; }

// Why a metric is missing, and what is to be known before the patch is applied. That some samples
// lie above a request is its nature.
std::string remarks(const WorkloadPlan& workload, Horizon horizon) {
  std::string lines;
  for (const MetricPlan& metric : workload.metrics) {
    const std::string name = std::string(metric_name(metric.metric)) + ": ";
    if (metric.status != MetricStatus::kOk && metric.status != MetricStatus::kUnset) {
      lines += comment(name + metric.reason);
    }
    const HorizonPlan* const plan = find_horizon(metric, horizon);
    if (plan == nullptr) continue;
    for (const RecommendationWarning& warning : plan->recommendation.warnings) {
      if (warning.code != "samples_above_request") lines += comment(name + warning.detail);
    }
  }
  return lines;
}

void append_patch(std::string& out, const Plan& plan, const WorkloadPlan& workload,
                  Horizon horizon) {
  const std::string requests = resource_lines(workload, horizon, &Recommendation::request);
  const std::string limits = resource_lines(workload, horizon, &Recommendation::limit);
  out += "---\n";
  if (requests.empty()) {
    out += comment(display_name(workload.key) + ": no recommendation");
    out += remarks(workload, horizon);
    return;
  }
  const std::string container =
      workload.key.container.empty() ? workload.key.workload : workload.key.container;
  out += comment(display_name(workload.key) + ": " + std::string(horizon_name(horizon)) +
                 ", policy " + std::string(plan.policy->name));
  out += remarks(workload, horizon);
  out +=
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: " + quoted(workload.key.workload) +
      "\n";
  if (!workload.key.namespace_name.empty()) {
    out += "  namespace: " + quoted(workload.key.namespace_name) + "\n";
  }
  out += "spec:\n  template:\n    spec:\n      containers:\n        - name: " + quoted(container) +
         "\n          resources:\n            requests:\n" + requests + "            limits:\n" +
         limits;
}

}  // namespace

std::string encode_plan_yaml(const Plan& plan, Horizon horizon) {
  std::string out;
  for (const WorkloadPlan& workload : plan.workloads) append_patch(out, plan, workload, horizon);
  return out;
}

}  // namespace plimsoll
