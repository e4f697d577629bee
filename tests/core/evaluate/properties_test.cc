// What the mathematics says of changed data: properties that hold for every series.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "math/random.h"
#include "plimsoll/evaluate/fit.h"
#include "plimsoll/forecast/prophet/fit/train.h"
#include "plimsoll/forecast/prophet/predict/forecast.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {
namespace {

constexpr Timestamp kStart = 1767225600;  // 2026-01-01T00:00:00Z
constexpr int kRows = 400;

Series made_up_series(std::uint64_t seed) {
  Random random(seed);
  Series series;
  series.y.resize(kRows);
  Timestamp ds = kStart;
  const double slope = 0.01 * random.normal();
  for (int i = 0; i < kRows; ++i) {
    ds += kSecondsPerHour * (i % 37 == 0 ? 5 : 1);
    series.ds.push_back(ds);
    series.y[i] = 5.0 + slope * i + std::sin(2 * M_PI * static_cast<double>(ds % 86400) / 86400) +
                  0.3 * random.normal();
  }
  return series;
}

FittedModel fit(const Series& series, const ModelConfig& config = {}) {
  return train(engineer_features(series, config).value());
}

std::vector<Timestamp> asked() {
  std::vector<Timestamp> ds;
  for (int i = -100; i < 200; i += 3) ds.push_back(kStart + (kRows + 45 + i) * kSecondsPerHour);
  return ds;
}

void expect_close(const Forecast& a, const Forecast& b, double scale, double shift, double error) {
  for (Eigen::Index i = 0; i < a.yhat.size(); ++i) {
    EXPECT_NEAR(b.yhat[i], scale * a.yhat[i] + shift, error) << i;
    const double low = scale > 0 ? a.yhat_lower[i] : a.yhat_upper[i];
    EXPECT_NEAR(b.yhat_lower[i], scale * low + shift, error) << i;
  }
}

class Properties : public testing::TestWithParam<std::uint64_t> {};

// y is divided by its largest size first: any unit gives the same fit.
TEST_P(Properties, ScalingTheSeriesScalesTheForecast) {
  const Series series = made_up_series(GetParam());
  for (const double factor : {1e-6, 0.3, 1e9, -1.0}) {
    Series scaled = series;
    scaled.y *= factor;
    const FittedModel model = fit(series);
    const FittedModel other = fit(scaled);
    EXPECT_NEAR(*other.certificate.log_posterior, *model.certificate.log_posterior, 1e-6);
    EXPECT_NEAR(other.params.sigma_obs, model.params.sigma_obs, 1e-9);
    expect_close(predict(model, asked()), predict(other, asked()), factor, 0.0,
                 1e-6 * std::abs(factor));
  }
}

// A shift changes y_scale, and with it what the priors mean. In the limit of weak priors it only
// moves the forecast.
TEST_P(Properties, ShiftingTheSeriesShiftsTheForecastWherePriorsAreWeak) {
  const Series series = made_up_series(GetParam());
  Series shifted = series;
  shifted.y.array() += 3.0;
  ModelConfig config;
  config.n_changepoints = 0;
  config.seasonality_prior_scale = 1e5;
  config.changepoint_prior_scale = 1e5;
  const double moved = 2e-3;  // the prior of k and m, Normal(0, 5), still pulls a little
  const Forecast before = predict(fit(series, config), asked());
  const Forecast after = predict(fit(shifted, config), asked());
  for (Eigen::Index i = 0; i < before.yhat.size(); ++i) {
    EXPECT_NEAR(after.yhat[i], before.yhat[i] + 3.0, moved);
  }
}

TEST_P(Properties, AFileInAnyOrderAndInPiecesIsTheSameSeries) {
  const Series series = made_up_series(GetParam());
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < series.ds.size(); ++i) {
    lines.push_back(format_ds(series.ds[i]) + ',' +
                    std::to_string(series.y[static_cast<Eigen::Index>(i)]) + '\n');
  }
  const auto join = [](const std::vector<std::string>& parts) {
    return std::accumulate(parts.begin(), parts.end(), std::string("ds,y\n"));
  };
  const std::string in_order = join(lines);
  Random random(GetParam() + 100);
  for (std::size_t i = lines.size() - 1; i > 0; --i) {
    std::swap(lines[i], lines[random.next() % (i + 1)]);
  }
  const auto a = fit_training_csv(in_order, {}, {}, Preset::kProphet, std::nullopt);
  const auto b = fit_training_csv(join(lines), {}, {}, Preset::kProphet, std::nullopt);
  // Two pieces one after the other: the later one first.
  std::vector<std::string> pieces(lines.begin() + 200, lines.end());
  pieces.insert(pieces.end(), lines.begin(), lines.begin() + 200);
  const auto c = fit_training_csv(join(pieces), {}, {}, Preset::kProphet, std::nullopt);
  EXPECT_EQ(a.value().model_version, b.value().model_version);
  EXPECT_EQ(a.value().model_version, c.value().model_version);
}

TEST_P(Properties, ARegressorThatIsAlwaysZeroChangesNothing) {
  Series series = made_up_series(GetParam());
  const FittedModel without = fit(series);
  series.columns = {{"nothing", Eigen::VectorXd::Zero(kRows)}};
  ModelConfig config;
  config.extra_regressors = {{"nothing", std::nullopt, Standardize::kAuto, std::nullopt}};
  const FittedModel with = fit(series, config);
  EXPECT_EQ(with.params.beta[with.params.beta.size() - 1], 0.0);
  Frame frame{asked(), {}};
  frame.columns = {{"nothing", Eigen::VectorXd::Zero(frame.size())}};
  expect_close(predict(without, asked()), predict(with, frame), 1.0, 0.0, 1e-9);
}

// Time only counts relative to the history's span: a trend sampled ten times slower is the same.
TEST_P(Properties, ChangingTheUnitOfTimeStretchesTheForecast) {
  const Series series = made_up_series(GetParam());
  Series slower = series;
  for (Timestamp& ds : slower.ds) ds = kStart + (ds - kStart) * 10;
  ModelConfig config;
  config.yearly_seasonality.kind = SeasonalityChoice::Kind::kOff;
  config.weekly_seasonality.kind = SeasonalityChoice::Kind::kOff;
  config.daily_seasonality.kind = SeasonalityChoice::Kind::kOff;
  std::vector<Timestamp> later = asked();
  for (Timestamp& ds : later) ds = kStart + (ds - kStart) * 10;
  const FittedModel model = fit(series, config);
  const FittedModel other = fit(slower, config);
  EXPECT_NEAR(*other.certificate.log_posterior, *model.certificate.log_posterior, 1e-7);
  expect_close(predict(model, asked()), predict(other, later), 1.0, 0.0, 1e-8);
}

// Seasonal terms keep their meaning under a shift of time by whole common periods.
TEST_P(Properties, MovingTheSeriesByWholeWeeksMovesTheForecast) {
  const Series series = made_up_series(GetParam());
  constexpr Timestamp kShift = 8 * kSecondsPerWeek;
  Series moved = series;
  for (Timestamp& ds : moved.ds) ds += kShift;
  std::vector<Timestamp> later = asked();
  for (Timestamp& ds : later) ds += kShift;
  expect_close(predict(fit(series), asked()), predict(fit(moved), later), 1.0, 0.0, 1e-8);
}

// Repeating every sample doubles the likelihood's weight, as fitting twice the data would.
TEST_P(Properties, DuplicateSamplesAreKeptAsProphetKeepsThem) {
  const Series series = made_up_series(GetParam());
  Series twice;
  twice.y.resize(2 * kRows);
  for (int i = 0; i < kRows; ++i) {
    for (int copy = 0; copy < 2; ++copy) {
      twice.ds.push_back(series.ds[static_cast<std::size_t>(i)]);
      twice.y[2 * i + copy] = series.y[i];
    }
  }
  const FittedModel model = fit(twice);
  EXPECT_EQ(model.training_records, 2 * kRows);
  EXPECT_LT(model.certificate.kkt_relative.value(), 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Series, Properties, testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace plimsoll
