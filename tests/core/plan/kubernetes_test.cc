#include "plimsoll/plan/plan_document.h"
// The patch that a plan prints as YAML: its structure, and names that try to change it.
#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

MetricPlan metric_with(Metric metric, std::optional<std::string> request,
                       std::optional<std::string> limit, Horizon horizon = Horizon::kWeek) {
  MetricPlan plan;
  plan.metric = metric;
  plan.status = MetricStatus::kOk;
  plan.horizons.resize(1);
  plan.horizons[0].horizon = horizon;
  plan.horizons[0].recommendation.request = std::move(request);
  plan.horizons[0].recommendation.limit = std::move(limit);
  return plan;
}

std::string yaml_of(const WorkloadKey& key, std::vector<MetricPlan> metrics,
                    Horizon horizon = Horizon::kWeek) {
  Plan plan;
  plan.workloads = {{key, std::move(metrics)}};
  return encode_plan_yaml(plan, horizon);
}

// The name as the patch writes it.
std::string name_in_yaml(const std::string& name) {
  const std::string yaml = yaml_of({"", name, ""}, {metric_with(Metric::kCpu, "69m", "103m")});
  const std::size_t at = yaml.find("\n  name: ") + 9;
  return yaml.substr(at, yaml.find('\n', at) - at);
}

TEST(PlanYaml, IsAPatchOfADeployment) {
  EXPECT_EQ(yaml_of({"shop", "cart", "app"}, {metric_with(Metric::kCpu, "69m", "103m"),
                                              metric_with(Metric::kMemory, "820Mi", "1229Mi")}),
            R"(---
# "shop/cart/app: week, policy seed"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "cart"
  namespace: "shop"
spec:
  template:
    spec:
      containers:
        - name: "app"
          resources:
            requests:
              cpu: "69m"
              memory: "820Mi"
            limits:
              cpu: "103m"
              memory: "1229Mi"
)");
}

TEST(PlanYaml, LeavesOutWhatHasNoName) {
  const std::string yaml = yaml_of({"", "cart", ""}, {metric_with(Metric::kCpu, "69m", "103m")});
  EXPECT_EQ(yaml.find("namespace"), std::string::npos);
  EXPECT_NE(yaml.find("        - name: \"cart\"\n"), std::string::npos);
}

TEST(PlanYaml, WithoutARecommendationThereIsNoPatch) {
  const std::string none = "---\n# \"cart: no recommendation\"\n";
  EXPECT_EQ(yaml_of({"", "cart", ""}, {}), none);
  EXPECT_EQ(yaml_of({"", "cart", ""}, {metric_with(Metric::kCpu, std::nullopt, std::nullopt)}),
            none);
  EXPECT_EQ(yaml_of({"", "cart", ""}, {metric_with(Metric::kCpu, "69m", "103m", Horizon::kDay)}),
            none);
}

TEST(PlanYaml, AMetricWithoutAValueIsLeftOut) {
  const std::string yaml =
      yaml_of({"", "cart", ""}, {metric_with(Metric::kCpu, std::nullopt, std::nullopt),
                                 metric_with(Metric::kMemory, "820Mi", "1229Mi")});
  EXPECT_EQ(yaml.find("cpu:"), std::string::npos);
  EXPECT_NE(yaml.find("            requests:\n              memory: \"820Mi\"\n"),
            std::string::npos);
}

TEST(PlanYaml, SaysWhatIsToBeKnownBeforeItIsApplied) {
  MetricPlan cpu = metric_with(Metric::kCpu, "69m", "103m");
  cpu.horizons[0].recommendation.warnings = {{"samples_above_request", "5 above the request", 5, 9},
                                             {"samples_above_limit", "3 above\nthe limit", 3, 9}};
  MetricPlan memory;
  memory.metric = Metric::kMemory;
  memory.status = MetricStatus::kUntrusted;
  memory.reason = "Declare the unit: unit.memory=Mi.";
  const std::string yaml = yaml_of({"", "cart", ""}, {cpu, memory});
  EXPECT_NE(yaml.find("\n# \"cpu: 3 above\\nthe limit\"\n"), std::string::npos) << yaml;
  EXPECT_NE(yaml.find("\n# \"memory: Declare the unit: unit.memory=Mi.\"\n"), std::string::npos);
  EXPECT_EQ(yaml.find("above the request"), std::string::npos);
  EXPECT_EQ(yaml_of({"", "cart", ""}, {memory}),
            "---\n# \"cart: no recommendation\"\n"
            "# \"memory: Declare the unit: unit.memory=Mi.\"\n");
}

TEST(PlanYaml, EveryWorkloadIsADocument) {
  Plan plan;
  plan.workloads = {{{"", "a", ""}, {metric_with(Metric::kCpu, "1m", "1m")}}, {{"", "b", ""}, {}}};
  const std::string yaml = encode_plan_yaml(plan, Horizon::kWeek);
  EXPECT_EQ(yaml.substr(0, 4), "---\n");
  EXPECT_NE(yaml.find("\n---\n# \"b: no recommendation\"\n"), std::string::npos);
}

// Words and numbers that YAML would read as something else than a text.
TEST(PlanYaml, QuotesEveryText) {
  for (const std::string name :
       {"yes",        "no",   "on",  "off", "true", "null", "~",  "1",   "1e3", "0x10",
        "2026-01-01", "a: b", "- a", "# a", "&a",   "*a",   "!a", "{a}", "[a]", "|",
        ">",          "%a",   "@a",  "`a`", "'a'",  " a ",  "=",  "<<",  ""}) {
    EXPECT_EQ(name_in_yaml(name), '"' + name + '"');
  }
}

TEST(PlanYaml, EscapesWhatAQuotedTextMayNotHold) {
  const std::pair<std::string, std::string> table[] = {
      {"a\"b", R"("a\"b")"},     {"a\\b", R"("a\\b")"},
      {"a\nb", R"("a\nb")"},     {"a\rb", R"("a\rb")"},
      {"a\tb", R"("a\tb")"},     {std::string("a\0b", 3), R"("a\u0000b")"},
      {"\x1B", R"("\u001b")"},   {"\x7F", R"("\u007f")"},
      {"\u0080", R"("\u0080")"}, {"\u0085", R"("\u0085")"},
      {"\u008F", R"("\u008f")"}, {"\u0090", R"("\u0090")"},
      {"\u009F", R"("\u009f")"}, {"\u00A0", "\"\u00A0\""},
      {"\u2027", "\"\u2027\""},  {"\u2028", R"("\u2028")"},
      {"\u2029", R"("\u2029")"}, {"\uFEFF", R"("\ufeff")"},
      {"\uFFFD", "\"\uFFFD\""},  {"\uFFFE", R"("\ufffe")"},
      {"\uFFFF", R"("\uffff")"}, {"\u00E9\U0001F600", "\"\u00E9\U0001F600\""},
      {"a\xFF", "\"a\uFFFD\""},
  };
  for (const auto& [name, written] : table) EXPECT_EQ(name_in_yaml(name), written);
}

TEST(PlanYaml, ANameCannotEndItsComment) {
  const std::string yaml = yaml_of({"", "x\nkind: Secret", ""}, {});
  EXPECT_EQ(yaml, "---\n# \"x\\nkind: Secret: no recommendation\"\n");
}

}  // namespace
}  // namespace plimsoll
