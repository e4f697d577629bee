#include "plimsoll/plan/plan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "data/support/usage_csv.h"
#include "evaluate/support/made_models.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = test::kModelStart;

// y counts its rows from 0.
Series counting(std::int64_t rows, std::int64_t step_seconds) {
  Series series;
  series.y.resize(rows);
  for (std::int64_t i = 0; i < rows; ++i) {
    series.ds.push_back(kStart + i * step_seconds);
    series.y[i] = static_cast<double>(i);
  }
  return series;
}

TEST(StaleGap, BeginsAfterADayAndTenCadences) {
  EXPECT_EQ(stale_gap_seconds(86400, 0, 300), std::nullopt);
  EXPECT_EQ(stale_gap_seconds(86401, 0, 300), 86401);
  EXPECT_EQ(stale_gap_seconds(-5, 0, 300), std::nullopt);
  // Ten steps of three hours are thirty hours.
  EXPECT_EQ(stale_gap_seconds(108000, 0, 10800), std::nullopt);
  EXPECT_EQ(stale_gap_seconds(108001, 0, 10800), 108001);
  EXPECT_EQ(stale_gap_seconds(kStart + 10 * kSecondsPerDay, kStart, kSecondsPerDay), std::nullopt);
  EXPECT_EQ(stale_gap_seconds(kStart + 10 * kSecondsPerDay + 1, kStart, kSecondsPerDay), 864001);
  EXPECT_EQ(stale_gap_seconds(86401, 0, 0), 86401);
  EXPECT_EQ(stale_gap_seconds(8640, 0, 864), std::nullopt);
}

TEST(History, HasABucketACadenceWhileTheyAreFew) {
  const History history = bucket_history(counting(2016, 300));
  EXPECT_EQ(history.start, kStart);
  EXPECT_EQ(history.step_seconds, 300);
  ASSERT_EQ(history.mean.size(), 2016U);
  EXPECT_EQ(history.mean[2015], 2015.0);
  EXPECT_EQ(history.max[2015], 2015.0);
}

TEST(History, HasTheFewestCadencesABucketThatKeepItsSize) {
  const std::pair<std::int64_t, std::int64_t> expected[] = {{2, 1},    {2015, 1}, {2016, 1},
                                                            {2017, 2}, {4031, 2}, {4032, 2},
                                                            {4033, 3}, {6048, 3}, {6049, 4}};
  for (const auto& [rows, cadences] : expected) {
    const History history = bucket_history(counting(rows, 60));
    EXPECT_EQ(history.step_seconds, 60 * cadences) << rows;
    EXPECT_EQ(history.mean.size(), static_cast<std::size_t>((rows - 1) / cadences + 1)) << rows;
    EXPECT_EQ(history.max.size(), history.mean.size()) << rows;
  }
}

TEST(History, IsMeanAndMaximumOfEachBucket) {
  // Rows 0 and 1, 2 and 3, ...; the last of 2017 is alone.
  const History history = bucket_history(counting(2017, 300));
  ASSERT_EQ(history.mean.size(), 1009U);
  EXPECT_EQ(history.mean[0], 0.5);
  EXPECT_EQ(history.max[0], 1.0);
  EXPECT_EQ(history.mean[7], 14.5);
  EXPECT_EQ(history.max[7], 15.0);
  EXPECT_EQ(history.mean[1008], 2016.0);
  Series negative = counting(2017, 300);
  negative.y = -negative.y;
  EXPECT_EQ(bucket_history(negative).max[7], -14.0);
}

TEST(History, LeavesGapsOpen) {
  Series series = counting(4, 300);
  series.ds[3] = kStart + 5 * 300;
  const History history = bucket_history(series);
  ASSERT_EQ(history.mean.size(), 6U);
  EXPECT_EQ(history.mean[2], 2.0);
  EXPECT_TRUE(std::isnan(history.mean[3]));
  EXPECT_TRUE(std::isnan(history.max[4]));
  EXPECT_EQ(history.mean[5], 3.0);
}

TEST(History, OfASingleSampleIsEmpty) {
  EXPECT_EQ(bucket_history(counting(1, 300)).step_seconds, 0);
  EXPECT_TRUE(bucket_history(counting(1, 300)).mean.empty());
}

TEST(PlanHorizon, PutsTheWindowInTheZoneAskedFor) {
  const WorkloadModel model = test::flat_model(0.5);
  // 23:30 UTC is 00:30 of the next day at +01:00.
  const Timestamp now = kStart + 23 * kSecondsPerHour + 30 * kSecondsPerMinute;
  const HorizonPlan plan = plan_horizon(model, Horizon::kDay, now, 3600, default_policy());
  EXPECT_EQ(plan.forecast.window.start, kStart + 2 * kSecondsPerDay - 3600);
  EXPECT_EQ(plan.forecast.window.end, kStart + 3 * kSecondsPerDay - 3600);
  EXPECT_EQ(plan.forecast.ds.size(), 24U);
  EXPECT_EQ(plan.forecast.points, 24);
  EXPECT_EQ(plan.recommendation.request, "400m");
  EXPECT_EQ(plan.recommendation.limit, "600m");
  EXPECT_FALSE(plan.confidence.level.empty());
}

TEST(MakePlan, NowIsOneCadenceAfterTheLastSampleUnlessGiven) {
  const std::string csv = test::usage_csv(40);
  const Timestamp last = kStart + 39 * 300;
  const Plan plan = make_plan(csv, {}).value();
  EXPECT_EQ(plan.now, last + 300);
  EXPECT_FALSE(plan.stale_gap_seconds.has_value());
  PlanOptions options;
  options.now = last + 86401;
  EXPECT_EQ(make_plan(csv, options).value().now, last + 86401);
  EXPECT_EQ(make_plan(csv, options).value().stale_gap_seconds, 86401);
}

// The cadence that counts is that of the workload which was measured last.
TEST(MakePlan, NowFollowsTheWorkloadMeasuredLast) {
  std::string csv = "timestamp,workload,cpu\n";
  for (int i = 0; i < 5; ++i) csv += format_iso8601(kStart + 60 * i) + ",a,1\n";
  for (int i = 0; i < 5; ++i) csv += format_iso8601(kStart + 900 * i) + ",b,1\n";
  EXPECT_EQ(make_plan(csv, {}).value().now, kStart + 4 * 900 + 900);
}

TEST(MakePlan, SaysWhichColumnTheFileLacks) {
  const Plan plan = make_plan("timestamp,cpu\n2026-01-01T00:00:00Z,1\n", {}).value();
  ASSERT_EQ(plan.workloads.size(), 1U);
  ASSERT_EQ(plan.workloads[0].metrics.size(), 2U);
  EXPECT_EQ(plan.workloads[0].metrics[0].metric, Metric::kCpu);
  EXPECT_EQ(plan.workloads[0].metrics[0].status, MetricStatus::kNotEnoughData);
  EXPECT_EQ(plan.workloads[0].metrics[1].metric, Metric::kMemory);
  EXPECT_EQ(plan.workloads[0].metrics[1].status, MetricStatus::kUnset);
  EXPECT_EQ(plan.workloads[0].metrics[1].reason, "The file has no memory column.");
  const Plan other = make_plan("timestamp,memory\n2026-01-01T00:00:00Z,200000\n", {}).value();
  EXPECT_EQ(other.workloads[0].metrics[0].reason, "The file has no CPU column.");
}

TEST(MakePlan, RecommendsNothingFromWhatIsNotTrusted) {
  std::string csv = test::usage_csv(2016);
  EXPECT_EQ(make_plan(csv, {}).value().workloads[0].metrics[0].status, MetricStatus::kOk);
  csv.replace(csv.find("mem_mean_5m"), 11, "memory_mib_");  // bytes below a header that says MiB
  const Plan plan = make_plan(csv, {}).value();
  EXPECT_EQ(plan.workloads[0].metrics[0].status, MetricStatus::kOk);
  const MetricPlan& memory = plan.workloads[0].metrics[1];
  EXPECT_EQ(memory.status, MetricStatus::kUntrusted);
  EXPECT_NE(memory.reason.find("unit.memory=bytes"), std::string::npos) << memory.reason;
  EXPECT_TRUE(memory.horizons.empty());
  EXPECT_FALSE(memory.model);
  EXPECT_FALSE(memory.history.mean.empty());
  PlanOptions declared;
  declared.parse.units["memory"] = "bytes";
  EXPECT_EQ(make_plan(csv, declared).value().workloads[0].metrics[1].status, MetricStatus::kOk);
}

TEST(MakePlan, PlansTheHorizonAskedForOrAllFour) {
  const std::string csv = test::usage_csv(2 * 288);
  EXPECT_EQ(make_plan(csv, {}).value().workloads[0].metrics[0].horizons.size(), 4U);
  for (const Horizon horizon : kHorizons) {
    PlanOptions options;
    options.horizon = horizon;
    const Plan plan = make_plan(csv, options).value();
    for (const MetricPlan& metric : plan.workloads[0].metrics) {
      ASSERT_EQ(metric.horizons.size(), 1U);
      EXPECT_EQ(metric.horizons[0].horizon, horizon);
    }
  }
}

// Minutes of a quarter of an hour, and one a day later: a month of minutes is forecast for each
// workload.
std::string minutes_of(int workloads) {
  std::string csv = "timestamp,workload,cpu\n";
  for (int workload = 0; workload < workloads; ++workload) {
    for (int i = 0; i < 26; ++i) {
      csv += std::to_string(1767225600 + 60 * (i < 25 ? i : 1500)) + ",w" +
             std::to_string(workload) + ",0.10" + std::to_string(i % 7) + "\n";
    }
  }
  return csv;
}

TEST(MakePlan, BoundsWhatItsChartsHold) {
  PlanOptions options;
  options.validation = {.min_records = 1, .tolerate_missing = true};
  const std::string csv = minutes_of(100);
  const auto refused = make_plan(csv, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(refused.error().where.field, "points");
  options.points = false;
  const auto plan = make_plan(csv, options);
  ASSERT_TRUE(plan);
  const HorizonPlan& month = plan.value().workloads.front().metrics.front().horizons.back();
  EXPECT_EQ(month.forecast.points, 28 * 1440);
  EXPECT_TRUE(month.forecast.ds.empty());
  EXPECT_EQ(month.forecast.yhat.size(), 0);
  EXPECT_GT(month.forecast.mean, 0.0);
}

TEST(MakePlan, CarriesWhatIsSetNow) {
  std::string csv = "timestamp,cpu,cpu_request,cpu_limit\n";
  for (int i = 0; i < 10; ++i) csv += format_iso8601(kStart + 300 * i) + ",1,250m,2\n";
  const Plan plan = make_plan(csv, {}).value();
  EXPECT_EQ(plan.workloads[0].metrics[0].current.request, 0.25);
  EXPECT_EQ(plan.workloads[0].metrics[0].current.limit, 2.0);
  EXPECT_EQ(plan.workloads[0].metrics[0].unit, Unit::kCores);
  EXPECT_EQ(plan.workloads[0].metrics[0].history.step_seconds, 300);
}

}  // namespace
}  // namespace plimsoll
