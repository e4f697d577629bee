// Series of the kinds that people complain about, made in many variations: what is planned for them
// stays near what they are now.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "math/portable_math.h"
#include "math/random.h"
#include "plimsoll/evaluate/model_checks.h"
#include "plimsoll/evaluate/selection.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {
namespace {

constexpr Timestamp kMonday = 1740960000;  // 2025-03-03T00:00:00Z

struct Kind {
  Metric metric = Metric::kCpu;
  Unit unit = Unit::kCores;
  double size = 1.0;
};
constexpr Kind kCores{};
constexpr Kind kBytes{Metric::kMemory, Unit::kBytes, 1073741824.0};

// `level` of the day, times the size of the kind, with 3 % of noise and a daily rhythm of `rhythm`.
MetricSeries made(const Kind& kind, double days, std::int64_t step,
                  const std::function<double(double day)>& level, double rhythm = 0.0) {
  Random random(11);
  MetricSeries metric;
  metric.metric = kind.metric;
  metric.unit = kind.unit;
  const auto rows = static_cast<Eigen::Index>(days * kSecondsPerDay) / step;
  metric.series.y.resize(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    metric.series.ds.push_back(kMonday + i * step);
    const double day = static_cast<double>(i * step) / kSecondsPerDay;
    metric.series.y[i] =
        kind.size * level(day) * (1.0 + rhythm * sin_cos_turns(day).sin + 0.03 * random.normal());
  }
  return metric;
}

struct Planned {
  WorkloadModel model;
  HorizonPlan day;
  HorizonPlan month;
};

Planned planned(const MetricSeries& metric) {
  Planned result;
  const Timestamp now = metric.series.ds.back() + metric.series.ds[1] - metric.series.ds[0];
  result.model = train_workload({}, metric, Preset::kAuto, now).value();
  EXPECT_FALSE(failed_forecast_check(result.model).has_value());
  result.day = plan_horizon(result.model, Horizon::kDay, now, 0, default_policy());
  result.month = plan_horizon(result.model, Horizon::kMonth, now, 0, default_policy());
  return result;
}

TEST(HardSeries, ALevelThatChangedIsTheLevelOfTomorrow) {
  for (const Kind& kind : {kCores, kBytes}) {
    for (const std::int64_t step : {5 * kSecondsPerMinute, kSecondsPerHour}) {
      for (const double to : {1.0, 0.5, 0.05}) {
        for (const double after : {1.0, 1.5, 2.0, 3.25, 6.0}) {
          const Planned plan = planned(made(
              kind, 14 + after, step, [to](double day) { return day < 14 ? 0.2 : to; }, 0.1));
          const std::string name = std::to_string(to) + " " + std::to_string(after);
          EXPECT_NEAR(plan.day.forecast.mean / kind.size, to, 0.2 * to) << name;
          EXPECT_NEAR(plan.month.forecast.mean / kind.size, to, 0.25 * to) << name;
          EXPECT_LE(plan.month.forecast.yhat_upper.maxCoeff() / kind.size,
                    10.0 * std::max(to, 0.2));
          EXPECT_NE(plan.day.confidence.level, "high") << name;
          EXPECT_TRUE(plan.day.recommendation.request.has_value());
        }
      }
    }
  }
}

TEST(HardSeries, DaysThatChangedTheirLevelKeepIt) {
  const Planned plan =
      planned(made(kCores, 120, kSecondsPerDay, [](double day) { return day < 99 ? 0.5 : 2.0; }));
  EXPECT_NEAR(plan.day.forecast.mean, 2.0, 0.2);
}

TEST(HardSeries, WhatBeganFromNothingDoesNotRunAway) {
  for (const Kind& kind : {kCores, kBytes}) {
    for (const double zeros : {8.0, 10.0, 18.0}) {
      for (const double live : {1.0, 3.0, 4.5}) {
        const Planned plan = planned(made(kind, zeros + live, 30 * kSecondsPerMinute,
                                          [zeros](double day) { return day < zeros ? 0.0 : 0.5; }));
        EXPECT_NEAR(plan.day.forecast.mean / kind.size, 0.5, 0.125) << zeros << " " << live;
        EXPECT_LE(plan.month.forecast.mean / kind.size, 0.7) << zeros << " " << live;
        EXPECT_LE(plan.month.forecast.yhat_upper.maxCoeff() / kind.size, 5.0);
        EXPECT_NE(plan.day.confidence.level, "high");
      }
    }
  }
}

TEST(HardSeries, ARampThatEndedGoesOnLevel) {
  for (const double ramp : {1.0, 2.0, 4.0}) {
    for (const double after : {2.0, 3.0}) {
      const Planned plan =
          planned(made(kCores, 15 + ramp + after, 30 * kSecondsPerMinute, [ramp](double day) {
            return 0.3 + 0.7 * std::clamp((day - 15) / ramp, 0.0, 1.0);
          }));
      EXPECT_NEAR(plan.day.forecast.mean, 1.0, 0.25) << ramp << " " << after;
      EXPECT_LE(plan.day.forecast.yhat_upper.maxCoeff(), 5.0);
    }
  }
}

TEST(HardSeries, WhatIsPhasedOutLivesOn) {
  for (const Kind& kind : {kCores, kBytes}) {
    for (const double fall : {7.0, 12.0, 20.0}) {
      for (const double after : {1.0, 2.0}) {
        const Planned plan =
            planned(made(kind, fall + after, 30 * kSecondsPerMinute,
                         [fall](double day) { return std::max(1.0 - 0.98 * day / fall, 0.02); }));
        EXPECT_GT(plan.day.forecast.mean, 0.0);
        EXPECT_LE(plan.day.forecast.mean / kind.size, 0.04) << fall << " " << after;
        for (const HorizonPlan* const horizon : {&plan.day, &plan.month}) {
          const auto& request = horizon->recommendation.request;
          ASSERT_TRUE(request.has_value());
          EXPECT_TRUE(*request != "1m" && *request != "1Mi") << *request;
        }
      }
    }
  }
}

// Falling still: the day is near the line, and no horizon is an answer of next to nothing.
TEST(HardSeries, NoLiveWorkloadGetsAQuantityOfOne) {
  for (const double end : {0.3, 0.15, 0.08, 0.03}) {
    const Planned plan = planned(made(kCores, 21, 30 * kSecondsPerMinute,
                                      [end](double day) { return 1.0 - (1.0 - end) * day / 21; }));
    for (const HorizonPlan* const horizon : {&plan.day, &plan.month}) {
      const Recommendation& recommendation = horizon->recommendation;
      if (recommendation.request) {
        EXPECT_NE(*recommendation.request, "1m") << end;
        continue;
      }
      ASSERT_EQ(recommendation.warnings.size(), 1U);
      EXPECT_EQ(recommendation.warnings[0].code, "forecast_not_usable");
    }
  }
}

TEST(HardSeries, AShareOfTheMemoryStaysWithinTheWhole) {
  constexpr Kind kShare{Metric::kMemory, Unit::kPercent, 1.0};
  for (const double slope : {1.0, 2.4, 4.0}) {
    const Planned plan = planned(made(
        kShare, 20, 30 * kSecondsPerMinute, [slope](double day) { return 12.0 + slope * day; },
        0.02));
    for (const HorizonPlan* const horizon : {&plan.day, &plan.month}) {
      EXPECT_LE(horizon->forecast.yhat.maxCoeff(), 100.0);
      EXPECT_LE(horizon->forecast.yhat_upper.maxCoeff(), 100.0);
    }
    EXPECT_NEAR(plan.day.forecast.mean, std::min(12.0 + slope * 21.5, 100.0), 6.0);
  }
  constexpr Kind kCpuShare{Metric::kCpu, Unit::kPercent, 1.0};
  const Planned cpu =
      planned(made(kCpuShare, 20, kSecondsPerHour, [](double day) { return 100.0 + 5.0 * day; }));
  EXPECT_GT(cpu.day.forecast.mean, 150.0);
}

// Only some hours, or only some days, were ever observed.
TEST(HardSeries, TimesNeverObservedAreNotInvented) {
  for (const auto& [from, to] : {std::pair{9, 17}, {8, 20}, {22, 23}, {0, 6}}) {
    MetricSeries metric = made(kCores, 28, 20 * kSecondsPerMinute, [](double day) {
      const double hour = 24 * (day - std::floor(day));
      return 0.55 + 0.25 * sin_cos_turns(hour / 8).sin;
    });
    Series kept;
    std::vector<double> y;
    for (std::size_t i = 0; i < metric.series.ds.size(); ++i) {
      const std::int64_t hour = metric.series.ds[i] % kSecondsPerDay / kSecondsPerHour;
      if (hour < from || hour >= to) continue;
      kept.ds.push_back(metric.series.ds[i]);
      y.push_back(metric.series.y[static_cast<Eigen::Index>(i)]);
    }
    kept.y = Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size()));
    metric.series = kept;
    const Planned plan = planned(metric);
    for (const HorizonPlan* const horizon : {&plan.day, &plan.month}) {
      EXPECT_GE(horizon->forecast.yhat.minCoeff(), 0.9 * kept.y.minCoeff()) << from;
      EXPECT_LE(horizon->forecast.yhat.maxCoeff(), 1.1 * kept.y.maxCoeff()) << from;
      EXPECT_NEAR(horizon->forecast.mean, kept.y.mean(), 0.1 * kept.y.mean()) << from;
    }
  }
}

TEST(HardSeries, WeekendsNeverObservedAreNotInvented) {
  MetricSeries metric = made(kCores, 28, kSecondsPerHour, [](double day) {
    return 1.0 + 0.1 * std::floor(day - 7 * std::floor(day / 7));
  });
  Series kept;
  std::vector<double> y;
  for (std::size_t i = 0; i < metric.series.ds.size(); ++i) {
    if (day_of_week(metric.series.ds[i]) >= 5) continue;
    kept.ds.push_back(metric.series.ds[i]);
    y.push_back(metric.series.y[static_cast<Eigen::Index>(i)]);
  }
  kept.y = Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size()));
  metric.series = kept;
  const Planned plan = planned(metric);
  EXPECT_GE(plan.month.forecast.yhat.minCoeff(), 0.9 * kept.y.minCoeff());
  EXPECT_LE(plan.month.forecast.yhat.maxCoeff(), 1.1 * kept.y.maxCoeff());
}

// A sample every six hours observes the whole day, wherever in it the window's moments lie.
TEST(HardSeries, ASlowCadenceLeavesNoHourUnobserved) {
  const Planned plan = planned(made(kCores, 40, 6 * kSecondsPerHour, [](double) { return 1.0; }));
  EXPECT_TRUE(plan.model.unobserved.empty());
}

TEST(HardSeries, ALimitUnderWhatIsSeenSaysHowOften) {
  const auto warning = [](const Recommendation& recommendation, const std::string& code) {
    for (const RecommendationWarning& candidate : recommendation.warnings) {
      if (candidate.code == code) return candidate;
    }
    return RecommendationWarning{};
  };
  MetricSeries metric = made(kBytes, 5, 5 * kSecondsPerMinute, [](double) { return 0.0; });
  for (Eigen::Index i = 0; i < metric.series.y.size(); i += 72) {
    metric.series.y[i] = 700 * 1048576.0;
  }
  const Recommendation burst = planned(metric).day.recommendation;
  EXPECT_EQ(warning(burst, "samples_above_limit").samples_above, 20);
  EXPECT_EQ(warning(burst, "samples_above_limit").samples, 1440);
  const Recommendation saw = planned(made(kBytes, 20, 30 * kSecondsPerMinute, [](double day) {
                               return 0.3 + 0.7 * (day / 3 - std::floor(day / 3));
                             })).day.recommendation;
  EXPECT_GT(warning(saw, "samples_above_limit").samples_above, 96);
  EXPECT_GT(warning(saw, "samples_above_request").samples_above,
            warning(saw, "samples_above_limit").samples_above);
  // A limit that nothing passed carries no warning.
  const Recommendation level =
      planned(made(kBytes, 20, kSecondsPerHour, [](double) { return 0.5; })).day.recommendation;
  EXPECT_EQ(warning(level, "samples_above_limit").samples, 0);
  EXPECT_EQ(warning(level, "samples_above_request").samples_above, 480);
}

// Hourly for three weeks, then every 15 seconds for a few hours, at a level of 2.
TEST(HardSeries, APartThatWasSampledMoreOftenWeighsNoMore) {
  for (const int hours : {3, 6, 20}) {
    std::string csv = "timestamp,cpu_cores\n";
    const Timestamp end = kMonday + 21 * kSecondsPerDay;
    for (Timestamp ds = kMonday; ds < end; ds += kSecondsPerHour) {
      csv += format_iso8601(ds) + (ds % kSecondsPerDay < kSecondsPerDay / 2 ? ",0.2\n" : ",0.6\n");
    }
    for (Timestamp ds = end; ds < end + hours * kSecondsPerHour; ds += 15) {
      csv += format_iso8601(ds) + (ds % 60 == 0 ? ",2.2\n" : ",1.9\n");
    }
    const Plan plan = make_plan(csv, {}).value();
    EXPECT_LE(plan.report.workloads.front().missing_rows, 2) << hours;
    EXPECT_EQ(plan.report.workloads.front().cadence_seconds, kSecondsPerHour);
    const MetricPlan& cpu = plan.workloads.front().metrics.front();
    ASSERT_EQ(cpu.status, MetricStatus::kOk);
    EXPECT_EQ(cpu.model->model.cadence_seconds, kSecondsPerHour);
    for (const HorizonPlan& horizon : cpu.horizons) {
      EXPECT_LE(horizon.forecast.mean, 2.5) << hours;
      EXPECT_GE(horizon.forecast.mean, 0.3) << hours;
    }
  }
}

}  // namespace
}  // namespace plimsoll
