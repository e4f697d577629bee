#include "forecast/prophet/fit/region_sums.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "forecast/prophet/fit/optimizer.h"
#include "math/random.h"

namespace plimsoll {
namespace {

// Irregular steps, a gap, two samples at one moment, and a regressor far from 0.
Series bumpy_series(int rows, std::uint64_t seed) {
  Random random(seed);
  Series series;
  series.y.resize(rows);
  NamedColumn price{"price", Eigen::VectorXd(rows)};
  Timestamp ds = 1'700'000'000;
  for (int i = 0; i < rows; ++i) {
    if (i % 50 != 1) ds += 300 + static_cast<Timestamp>(600 * random.uniform());
    if (i == rows / 2) ds += 5 * kSecondsPerDay;
    series.ds.push_back(ds);
    series.y[i] = 40.0 + random.normal();
    price.values[i] = 1e5 + 10.0 * random.normal();
  }
  series.columns.push_back(price);
  return series;
}

ModelConfig busy_config() {
  ModelConfig config;
  config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOn;
  config.daily_seasonality.kind = SeasonalityChoice::Kind::kOn;
  config.extra_regressors = {{"price", std::nullopt, Standardize::kAuto, std::nullopt}};
  config.holidays = {{"day_off", 19'680, 0, 1, std::nullopt}};
  return config;
}

// Every row written down and multiplied out.
void expect_statistics_of(const Statistics& statistics, const TrainingSet& set) {
  const Design design(set);
  const Eigen::Index p = design.layout().columns();
  Eigen::MatrixXd z(set.series.size(), p);
  Eigen::VectorXd y(set.series.size());
  for (std::int64_t row = 0; row < set.series.size(); ++row) {
    Eigen::VectorXd values(p);
    design.row(row, values.data());
    z.row(row) = values.transpose();
    y[row] = set.scaled_y(row);
  }
  const Eigen::MatrixXd gram = z.transpose() * z;
  const Eigen::VectorXd moment = z.transpose() * y;
  ASSERT_EQ(statistics.gram.rows(), p);
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j < p; ++j) {
      EXPECT_NEAR(statistics.gram(i, j), gram(i, j),
                  1e-12 * std::sqrt(gram(i, i) * gram(j, j)) + 1e-300)
          << i << ' ' << j;
    }
    EXPECT_NEAR(statistics.moment[i], moment[i], 1e-12 * std::sqrt(gram(i, i)) * y.norm());
  }
  EXPECT_NEAR(statistics.rss, y.squaredNorm(), 1e-12 * y.squaredNorm());
  EXPECT_EQ(statistics.rows, set.series.size());
}

TEST(RegionSums, GiveTheGramMatrixThatIsWrittenDown) {
  const TrainingSet set = engineer_features(bumpy_series(900, 5), busy_config()).value();
  std::vector<Timestamp> boundaries;
  add_boundaries(set, boundaries);
  expect_statistics_of(RegionSums(set.series, set.terms, boundaries).statistics_of(set), set);
}

TEST(RegionSums, ServeAFitOfTheFirstRowsFromTheSamePass) {
  const Series series = bumpy_series(900, 6);
  const TrainingSet whole = engineer_features(series, busy_config()).value();
  Series part;
  part.ds.assign(series.ds.begin(), series.ds.begin() + 400);
  part.y = series.y.head(400);
  part.columns.push_back({"price", series.columns[0].values.head(400)});
  const TrainingSet first =
      engineer_features(part, busy_config(), whole.terms.seasonalities).value();
  std::vector<Timestamp> boundaries;
  add_boundaries(whole, boundaries);
  add_boundaries(first, boundaries);
  const RegionSums sums(series, whole.terms, boundaries);
  expect_statistics_of(sums.statistics_of(whole), whole);
  expect_statistics_of(sums.statistics_of(first), first);
}

TEST(RegionSums, ServeFlatGrowth) {
  ModelConfig config = busy_config();
  config.growth = Growth::kFlat;
  const TrainingSet set = engineer_features(bumpy_series(500, 7), config).value();
  expect_statistics_of(RegionSums(set.series, set.terms, {}).statistics_of(set), set);
}

TEST(Statistics, RecentringKeepsTheResidualSum) {
  const TrainingSet set = engineer_features(bumpy_series(400, 8), {}).value();
  const Design design(set);
  Statistics statistics = RegionSums(set.series, set.terms, set.changepoints.ds).statistics_of(set);
  const Eigen::VectorXd theta = Eigen::VectorXd::Constant(design.layout().columns(), 0.01);
  const double before = residual_sum_of_squares(statistics, theta);
  recentre(design, theta, statistics);
  EXPECT_NEAR(statistics.rss, before, 1e-10 * before);
}

}  // namespace
}  // namespace plimsoll
