#include "math/contour_inversion.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "forecast/prophet/predict/interval.h"
#include "forecast/prophet/predict/logistic_interval.h"
#include "math/random.h"

namespace plimsoll {
namespace {

struct Known {
  double jumps;
  double noise;
  double x;
  double exceedance;
};

// By direct integration of the characteristic function in 30 digits (mpmath's quad and quadosc),
// the atom taken out in closed form.
constexpr Known kKnown[] = {
    {0.001, 0.0, 0.0001, 0.000499268871368497429}, {0.001, 0.0, 0.01, 0.000474607071779360012},
    {0.001, 0.0, 0.5, 0.000163288210182299725},    {0.001, 0.0, 2, 0.0000187696931763479127},
    {0.001, 0.0, 8, 1.70804501671348874e-8},       {0.001, 0.0001, 0.0001, 0.158995972636297484},
    {0.001, 0.01, 0.0001, 0.496014397693287621},   {0.001, 0.01, 0.5, 0.000163318527532706517},
    {0.001, 0.3, 0.0001, 0.499867078157500858},    {0.001, 0.3, 0.5, 0.0479426515333593912},
    {0.001, 0.3, 8, 1.8052255970457328e-8},        {0.1, 0.0, 0.0001, 0.0475373886306859681},
    {0.1, 0.0, 0.01, 0.0452725570653403695},       {0.1, 0.0, 0.5, 0.0159993123786378385},
    {0.1, 0.0, 2, 0.00190177284562465921},         {0.1, 0.0, 8, 1.82526341236451291e-6},
    {0.1, 0.0001, 0.0001, 0.191096934546690812},   {0.1, 0.01, 0.0001, 0.49636883256163626},
    {0.1, 0.01, 0.5, 0.0160021614494960638},       {0.1, 0.3, 0.0001, 0.499872744165251628},
    {0.1, 0.3, 0.5, 0.0626661199661470784},        {0.1, 0.3, 8, 1.92799716928014024e-6},
    {1.0, 0.0, 0.0001, 0.31586714971220573},       {1.0, 0.0, 0.01, 0.305220060241994831},
    {1.0, 0.0, 0.5, 0.133691827623941766},         {1.0, 0.0, 2, 0.0208058305391613024},
    {1.0, 0.0, 8, 0.0000308702585785511744},       {1.0, 0.0001, 0.0001, 0.374242652537905221},
    {1.0, 0.01, 0.0001, 0.49843071730976549},      {1.0, 0.01, 0.5, 0.133708081502458659},
    {1.0, 0.3, 0.0001, 0.499911875514465053},      {1.0, 0.3, 0.5, 0.169356052918216613},
    {1.0, 0.3, 8, 0.0000324551854571264148},       {5.0, 0.0, 0.0001, 0.496584322422098586},
    {5.0, 0.0, 0.01, 0.492740745390637229},        {5.0, 0.0, 0.5, 0.348699277727361333},
    {5.0, 0.0, 2, 0.112067379827009841},           {5.0, 0.0, 8, 0.000657088569148894667},
    {5.0, 0.0001, 0.0001, 0.497654203155605544},   {5.0, 0.01, 0.0001, 0.499934858948548462},
    {5.0, 0.01, 0.5, 0.348707041077553373},        {5.0, 0.3, 0.0001, 0.499969153565772066},
    {5.0, 0.3, 0.5, 0.356026402774378209},         {5.0, 0.3, 8, 0.000680979750612889579},
    {20.0, 0.0, 0.0001, 0.499988221673955969},     {20.0, 0.0, 0.01, 0.498822272480140394},
    {20.0, 0.0, 0.5, 0.441372334474351532},        {20.0, 0.0, 2, 0.279715644734928662},
    {20.0, 0.0, 8, 0.0169789518086400525},         {20.0, 0.0001, 0.0001, 0.499988222002041289},
    {20.0, 0.01, 0.0001, 0.499988222769458395},    {20.0, 0.01, 0.5, 0.441372640522005788},
    {20.0, 0.3, 0.0001, 0.499988278342785901},     {20.0, 0.3, 0.5, 0.441645031958519349},
    {20.0, 0.3, 8, 0.0172038931501989451},
};

TEST(ContourInversion, AgreesWithIntegrationInThirtyDigits) {
  for (const Known& known : kKnown) {
    const ContourInversion inversion(known.noise, known.jumps);
    EXPECT_NEAR(inversion.at(known.x).exceedance, known.exceedance, 1e-13)
        << known.jumps << " " << known.noise << " " << known.x;
  }
}

TEST(ContourInversion, DensityIsTheSlopeOfTheExceedance) {
  for (const double noise : {0.0, 1e-9, 1e-3, 0.2}) {
    const ContourInversion inversion(noise, 0.7);
    for (const double x : {1e-10, 1e-6, 1e-3, 0.3, 4.0}) {
      const double step = 1e-4 * x;
      const double slope =
          (inversion.at(x - step).exceedance - inversion.at(x + step).exceedance) / (2.0 * step);
      EXPECT_NEAR(inversion.at(x).density, slope, 1e-4 * slope + 1e-13 / step) << noise << " " << x;
    }
  }
}

TEST(ContourInversion, AnAtomIsExactlyZeroAndNoMore) {
  const double jumps = 0.5;
  const double outside = 0.5 * (1.0 - std::exp(-jumps));
  const ContourInversion inversion(0.0, jumps);
  EXPECT_EQ(inversion.quantile(1.0 - outside - 1e-3), 0.0);
  const double beyond = inversion.quantile(1.0 - outside + 1e-3);
  EXPECT_GT(beyond, 0.0);
  EXPECT_NEAR(inversion.at(beyond).exceedance, outside - 1e-3, 1e-12);
}

TEST(ContourInversion, WithinTheAtomTheNoiseAloneDecides) {
  // No jump in 99 of 100 cases: the 80 % quantile is the normal's at 0.8 of what is left.
  const double jumps = 0.01;
  const double noise = 1e-9;
  const double quantile = ContourInversion(noise, jumps).quantile(0.8);
  const double share = 0.5 * std::erfc(quantile / noise / std::sqrt(2.0));
  EXPECT_NEAR(std::exp(-jumps) * share + 0.5 * (1.0 - std::exp(-jumps)), 0.2, 1e-7);
}

// Over the whole plane of noise and jumps: the quantile is where the level is reached, in a bounded
// time (each took up to a second by even steps). Beside it the sum by even steps, where it applies.
TEST(ErrorQuantile, IsBoundedInWorkWhateverTheParameters) {
  const auto start = std::chrono::steady_clock::now();
  int quantiles = 0;
  for (double noise = 1e-18; noise < 30.0; noise *= 10.0) {
    for (double jumps = 1e-4; jumps < 200.0; jumps *= 7.0) {
      double last = 0.0;
      for (const double level : {0.51, 0.7, 0.9, 0.975, 0.999, 0.999999}) {
        const double quantile = error_quantile({noise, 1.0, jumps}, 1.0, level);
        EXPECT_NEAR(ContourInversion(noise, jumps).at(quantile).exceedance, 1.0 - level, 2e-9)
            << noise << " " << jumps << " " << level;
        EXPECT_GT(quantile, last);
        last = quantile;
        ++quantiles;
      }
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took.count() / quantiles, 0.05);
}

TEST(ErrorQuantile, TakesNoNoiseForWhatItIs) {
  EXPECT_EQ(error_quantile({0.0, 1.0, 25.0}, 0.01, 0.8), 0.0);  // no change comes in 78 %
  const double certain = error_quantile({0.0, 1.0, 25.0}, 1.0, 0.9);
  EXPECT_NEAR(error_quantile({1e-9, 1.0, 25.0}, 1.0, 0.9) / certain, 1.0, 1e-9);
}

TEST(QuantileCurve, FollowsTheEdgeOfAnAtom) {
  const ErrorDistribution distribution{1e-8, 0.1, 25.0};
  QuantileCurve curve(distribution, 0.9, 1.0);
  for (double h = 0.0001; h <= 1.0; h *= 1.13) {
    EXPECT_NEAR(curve.at(h) / error_quantile(distribution, h, 0.9), 1.0, 1e-4) << h;
  }
}

// The share of draws below each quantile, in standard errors, for noise too narrow for a grid.
TEST(LogisticDistribution, AgreesWithDrawsWhereTheNoiseIsTiny) {
  constexpr int kDraws = 40'000;
  const std::vector<double> levels = {0.05, 0.3, 0.6, 0.9, 0.99};
  Random random(11);
  for (const double rate : {0.05, 0.5, 5.0}) {
    for (const double sigma : {1e-9, 1e-3}) {
      const ErrorDistribution error{0.01, 0.8, rate};
      const LogisticDistribution distribution({1.0, 2.0, 10.0, sigma}, error, 1.0);
      std::vector<double> quantiles;
      for (const double level : levels) quantiles.push_back(distribution.quantile(level));
      std::vector<double> below(levels.size(), 0.0);
      for (int draw = 0; draw < kDraws; ++draw) {
        double line = 1.0;
        for (double u = random.exponential() / rate; u < 1.0; u += random.exponential() / rate) {
          line += (1.0 - u) * random.laplace(error.lambda);
        }
        const double y = 2.0 + 10.0 / (1.0 + std::exp(-line)) + sigma * random.normal();
        for (std::size_t l = 0; l < levels.size(); ++l) below[l] += y <= quantiles[l] ? 1.0 : 0.0;
      }
      for (std::size_t l = 0; l < levels.size(); ++l) {
        const double deviation = std::sqrt(levels[l] * (1.0 - levels[l]) * kDraws);
        EXPECT_NEAR(below[l], levels[l] * kDraws, 4.5 * deviation)
            << rate << " " << sigma << " " << levels[l];
      }
    }
  }
}

}  // namespace
}  // namespace plimsoll
