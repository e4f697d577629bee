#include "plimsoll/data/series.h"

#include <gtest/gtest.h>

#include "plimsoll/data/table.h"

namespace plimsoll {
namespace {

TEST(Series, UsageIsSortedAveragedAndWithoutMissingValues) {
  const auto table = parse_usage_csv(
      "timestamp,cpu\n1970-01-01T00:02,3\n1970-01-01T00:01,1\n1970-01-01T00:02,5\n"
      "1970-01-01T00:03,\n",
      {});
  ASSERT_TRUE(table.ok());
  const auto workloads = prepare_usage(table.value());
  ASSERT_EQ(workloads.size(), 1U);
  ASSERT_EQ(workloads[0].metrics.size(), 1U);
  const Series& series = workloads[0].metrics[0].series;
  EXPECT_EQ(series.ds, (std::vector<Timestamp>{60, 120}));
  ASSERT_EQ(series.y.size(), 2);
  EXPECT_EQ(series.y[0], 1.0);
  EXPECT_EQ(series.y[1], 4.0);
}

TEST(Series, WorkloadsKeepTheirOwnRowsAndLatestSettings) {
  const auto table = parse_usage_csv(
      "timestamp,workload,cpu,memory,cpu_request,memory_limit\n"
      "1970-01-01T00:02,a,1,200000,500m,1Gi\n1970-01-01T00:01,a,2,200000,250m,\n"
      "1970-01-01T00:01,b,3,200000,,\n",
      {});
  ASSERT_TRUE(table.ok());
  const auto workloads = prepare_usage(table.value());
  ASSERT_EQ(workloads.size(), 2U);
  ASSERT_EQ(workloads[0].metrics.size(), 2U);
  EXPECT_EQ(workloads[0].metrics[0].metric, Metric::kCpu);
  EXPECT_EQ(workloads[0].metrics[0].current.request, 0.5);  // of the latest moment, not row
  EXPECT_FALSE(workloads[0].metrics[0].current.limit.has_value());
  EXPECT_EQ(workloads[0].metrics[1].current.limit, 1073741824.0);
  EXPECT_EQ(workloads[1].metrics[0].series.size(), 1);
  EXPECT_FALSE(workloads[1].metrics[0].current.request.has_value());
}

TEST(Series, TrainingKeepsDuplicatesInFileOrder) {
  const auto table =
      parse_training_csv("ds,y\n1970-01-02,2\n1970-01-01,1\n1970-01-02,3\n1970-01-03,NaN\n", {});
  ASSERT_TRUE(table.ok());
  const Series series = prepare_training(table.value());
  EXPECT_EQ(series.ds, (std::vector<Timestamp>{0, 86400, 86400}));
  EXPECT_EQ(series.y[1], 2.0);
  EXPECT_EQ(series.y[2], 3.0);
}

TEST(Series, CadenceIsTheMostFrequentStep) {
  EXPECT_EQ(cadence_seconds({}), 0);
  EXPECT_EQ(cadence_seconds({5}), 0);
  EXPECT_EQ(cadence_seconds({0, 300, 600, 1200}), 300);
  EXPECT_EQ(cadence_seconds({0, 600, 900}), 300);  // the smaller on a tie
  EXPECT_EQ(cadence_seconds({0, 0, 0, 60}), 60);   // duplicates are no step
}

// A step that holds only for a moment is none, however many its samples.
TEST(Series, CadenceHoldsForATenthOfTheTimeOrAWeek) {
  std::vector<Timestamp> ds;
  for (Timestamp hour = 0; hour < 21 * 24; ++hour) ds.push_back(hour * kSecondsPerHour);
  const Timestamp end = ds.back();
  for (Timestamp i = 1; i <= 4 * 360; ++i) ds.push_back(end + i * 15);
  EXPECT_EQ(cadence_seconds(ds), kSecondsPerHour);
  EXPECT_TRUE(has_finer_part(ds, kSecondsPerHour));
  for (Timestamp i = 4 * 360 + 1; i <= 4 * 24 * 360; ++i) ds.push_back(end + i * 15);
  EXPECT_EQ(cadence_seconds(ds), 15);
  EXPECT_FALSE(has_finer_part(ds, 15));
}

}  // namespace
}  // namespace plimsoll
