#include "plimsoll/data/series_csv.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"
#include "plimsoll/plan/plan_document.h"
// Plans and prepared data as CSV: cells that need quotes, and cells that a spreadsheet would run.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace plimsoll {
namespace {

Plan plan_of(const WorkloadKey& key, MetricStatus status) {
  MetricPlan metric;
  metric.metric = Metric::kMemory;
  metric.status = status;
  Plan plan;
  plan.workloads = {{key, {metric}}};
  return plan;
}

// What stands before ",memory,unset,": the three names.
std::string names_in_csv(const WorkloadKey& key) {
  const std::string csv = encode_plan_csv(plan_of(key, MetricStatus::kUnset));
  const std::size_t start = csv.find('\n') + 1;
  return csv.substr(start, csv.rfind(",memory,unset,") - start);
}

TEST(PlanCsv, NeutralisesEveryStartOfAFormula) {
  for (const std::string start : {"=", "+", "-", "@", "\t"}) {
    EXPECT_EQ(names_in_csv({"", start + "a", ""}), ",'" + start + "a,");
    EXPECT_EQ(names_in_csv({start + "a", "", ""}), "'" + start + "a,,");
    EXPECT_EQ(names_in_csv({"", "", start + "a"}), ",,'" + start + "a");
    EXPECT_EQ(names_in_csv({"", "a" + start, ""}), ",a" + start + ",");
  }
  EXPECT_EQ(names_in_csv({"", "\ra", ""}), ",\"'\ra\",");
  EXPECT_EQ(names_in_csv({"", "=1,2", ""}), ",\"'=1,2\",");
  EXPECT_EQ(names_in_csv({"", "'a", ""}), ",'a,");
}

TEST(PlanCsv, QuotesWhatWouldEndACell) {
  EXPECT_EQ(names_in_csv({"a,b", "c", "d"}), "\"a,b\",c,d");
  EXPECT_EQ(names_in_csv({"a\"b", "\"", "d"}), "\"a\"\"b\",\"\"\"\",d");
  EXPECT_EQ(names_in_csv({"a\nb", "c\rd", "e;f"}), "\"a\nb\",\"c\rd\",e;f");
  EXPECT_EQ(names_in_csv({"\u00E9", " a ", ""}), "\u00E9, a ,");
}

TEST(PlanCsv, SaysWhatHasNoValue) {
  const std::string header =
      "namespace,workload,container,metric,status,horizon,window_start,window_end,request,limit,"
      "confidence\n";
  EXPECT_EQ(encode_plan_csv(plan_of({"n", "w", "c"}, MetricStatus::kUnset)),
            header + "n,w,c,memory,unset,,,,,,\n");
  EXPECT_EQ(encode_plan_csv(plan_of({"n", "w", "c"}, MetricStatus::kNotEnoughData)),
            header + "n,w,c,memory,not_enough_data,,,,,,\n");
}

TEST(PlanCsv, HasTheWindowAndItsQuantities) {
  Plan plan = plan_of({"n", "w", "c"}, MetricStatus::kOk);
  HorizonPlan horizon;
  horizon.horizon = Horizon::kWeekend;
  horizon.forecast.window = {1767571200, 1767744000};
  horizon.recommendation.request = "1Mi";
  horizon.recommendation.limit = "2Mi";
  horizon.confidence.level = "medium";
  plan.workloads[0].metrics[0].horizons = {horizon};
  std::string csv = encode_plan_csv(plan);
  EXPECT_EQ(csv.substr(csv.find('\n') + 1),
            "n,w,c,memory,ok,weekend,2026-01-05T00:00:00Z,2026-01-07T00:00:00Z,1Mi,2Mi,medium\n");
  plan.workloads[0].metrics[0].horizons[0].recommendation = {};
  csv = encode_plan_csv(plan);
  EXPECT_EQ(csv.substr(csv.find('\n') + 1),
            "n,w,c,memory,ok,weekend,2026-01-05T00:00:00Z,2026-01-07T00:00:00Z,,,medium\n");
}

MetricSeries series_of(Metric metric, std::vector<Timestamp> ds, std::vector<double> y) {
  MetricSeries series;
  series.metric = metric;
  series.series.ds = std::move(ds);
  series.series.y =
      Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size()));
  return series;
}

TEST(SeriesCsv, JoinsTheMetricsByTheirMoments) {
  const WorkloadSeries both{{"n", "w", ""},
                            {series_of(Metric::kCpu, {0, 60, 240}, {0.5, 1.0, 1e-9}),
                             series_of(Metric::kMemory, {60, 120, 300}, {7.0, 8.0, 9.0})}};
  EXPECT_EQ(encode_series_csv({both}),
            "namespace,workload,container,timestamp,cpu,memory\n"
            "n,w,,1970-01-01T00:00:00Z,0.5,\n"
            "n,w,,1970-01-01T00:01:00Z,1.0,7.0\n"
            "n,w,,1970-01-01T00:02:00Z,,8.0\n"
            "n,w,,1970-01-01T00:04:00Z,1e-09,\n"
            "n,w,,1970-01-01T00:05:00Z,,9.0\n");
  const WorkloadSeries memory{{"", "w", ""}, {series_of(Metric::kMemory, {0}, {7.0})}};
  EXPECT_EQ(encode_series_csv({memory}),
            "namespace,workload,container,timestamp,cpu,memory\n,w,,1970-01-01T00:00:00Z,,7.0\n");
}

TEST(ForecastCsv, HasAColumnForEveryQuantile) {
  Forecast forecast;
  forecast.ds = {0};
  for (Eigen::VectorXd* const values :
       {&forecast.yhat, &forecast.yhat_lower, &forecast.yhat_upper, &forecast.trend}) {
    *values = Eigen::VectorXd::Constant(1, 1.0);
  }
  forecast.quantiles = {{0.5, Eigen::VectorXd::Constant(1, 2.0)},
                        {0.99, Eigen::VectorXd::Constant(1, 3.0)}};
  EXPECT_EQ(encode_forecast_csv(forecast),
            "ds,yhat,yhat_lower,yhat_upper,trend,yhat_q0.5,yhat_q0.99\n"
            "1970-01-01 00:00:00,1.0,1.0,1.0,1.0,2.0,3.0\n");
}

}  // namespace
}  // namespace plimsoll
