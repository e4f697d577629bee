// What the stages cost. Quote ratios of medians from one run, e.g.
//   build/native/tests/bench/plimsoll_bench --benchmark_repetitions=5
#include <benchmark/benchmark.h>

#include <string>

#include "forecast/prophet/fit/statistics.h"
#include "math/random.h"
#include "plimsoll/data/table.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {
namespace {

Series made_up_series(std::int64_t rows) {
  Random random(1);
  Series series;
  series.y.resize(static_cast<Eigen::Index>(rows));
  for (std::int64_t i = 0; i < rows; ++i) {
    series.ds.push_back(1'700'000'000 + 300 * i);
    series.y[static_cast<Eigen::Index>(i)] = 0.2 + 0.01 * random.normal();
  }
  return series;
}

std::string made_up_csv(std::int64_t rows) {
  Random random(2);
  std::string csv = "timestamp,cpu_mean_5m,mem_mean_5m\n";
  for (std::int64_t i = 0; i < rows; ++i) {
    csv += format_iso8601(1'700'000'000 + 300 * i) + ",0." +
           std::to_string(100000 + random.next() % 900000) + ',' +
           std::to_string(500'000'000 + random.next() % 90'000'000) + '\n';
  }
  return csv;
}

void fit(benchmark::State& state) {
  const TrainingSet set = engineer_features(made_up_series(state.range(0)), {}).value();
  for (auto _ : state) benchmark::DoNotOptimize(train(set));
}
BENCHMARK(fit)->Arg(2905)->Arg(8640)->Arg(100'000)->Unit(benchmark::kMillisecond);

// The yardstick of a fit: one dense Z'Z of the same size.
void gram_matrix(benchmark::State& state) {
  const TrainingSet set = engineer_features(made_up_series(state.range(0)), {}).value();
  const Design design(set);
  const auto write_row = [&](std::int64_t row, double* z) {
    design.row(row, z);
    z[design.layout().columns()] = set.scaled_y(row);
  };
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        accumulate_rows(set.series.size(), design.layout().columns(), write_row));
  }
}
BENCHMARK(gram_matrix)->Arg(2905)->Arg(100'000)->Unit(benchmark::kMillisecond);

void predict_month_with_intervals(benchmark::State& state) {
  const FittedModel model = train(engineer_features(made_up_series(8640), {}).value());
  std::vector<Timestamp> ds;
  for (int i = 1; i <= 8640; ++i) ds.push_back(model.history_end + 300 * i);
  for (auto _ : state) benchmark::DoNotOptimize(predict(model, ds));
}
BENCHMARK(predict_month_with_intervals)->Unit(benchmark::kMillisecond);

void parse_csv(benchmark::State& state) {
  const std::string csv = made_up_csv(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(parse_usage_csv(csv, {}));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(csv.size()));
}
BENCHMARK(parse_csv)->Arg(8640)->Arg(100'000)->Unit(benchmark::kMillisecond);

void plan(benchmark::State& state) {
  const std::string csv = made_up_csv(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(make_plan(csv, {}));
}
BENCHMARK(plan)->Arg(8640)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plimsoll

BENCHMARK_MAIN();
