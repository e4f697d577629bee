#include "forecast/support/reference_case.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "plimsoll/forecast/prophet/interchange/config.h"
#include "plimsoll/forecast/prophet/terms/training_data.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll::test {

std::string read_file(const std::string& path) {
  std::ifstream file(std::string(PLIMSOLL_TEST_DATA) + "/" + path, std::ios::binary);
  if (!file) throw std::runtime_error("no test data " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

nlohmann::json load_case(const std::string& name) {
  return nlohmann::json::parse(read_file("reference/" + name + ".json"));
}

TrainingSet training_set_of(const nlohmann::json& reference) {
  const std::string csv = read_file(reference.at("input_csv"));
  const auto config = decode_config(reference.at("config").dump());
  if (!config) throw std::runtime_error(message(config.error()));
  auto series = read_training_csv(csv, {}, config.value());
  if (!series) throw std::runtime_error(message(series.error()));
  auto set = engineer_features(std::move(series).value(), config.value());
  if (!set) throw std::runtime_error(message(set.error()));
  return std::move(set).value();
}

Frame frame_of(const nlohmann::json& reference) {
  Frame frame;
  for (const std::string text : reference.at("ds"))
    frame.ds.push_back(parse_iso8601(text)->seconds);
  for (const auto& [name, values] : reference.at("inputs").items()) {
    NamedColumn column{name, Eigen::VectorXd(static_cast<Eigen::Index>(values.size()))};
    Eigen::Index row = 0;
    for (const auto& value : values) {
      column.values[row++] =
          value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>();
    }
    frame.columns.push_back(std::move(column));
  }
  return frame;
}

double naive_log_posterior(const TrainingSet& set, const Parameters& params) {
  const double pi = std::acos(-1.0);
  double rss = 0.0;
  for (std::size_t i = 0; i < set.series.ds.size(); ++i) {
    const double t = static_cast<double>(set.series.ds[i] - set.scaling.start) /
                     static_cast<double>(set.scaling.t_scale_seconds);
    double slope = params.k;
    double offset = params.m;
    for (Eigen::Index j = 0; j < params.delta.size(); ++j) {
      if (t < set.changepoints.t[j]) continue;
      slope += params.delta[j];
      offset -= set.changepoints.t[j] * params.delta[j];
    }
    double yhat = slope * t + offset;
    Eigen::Index column = 0;
    const auto row = static_cast<Eigen::Index>(i);
    const double days = static_cast<double>(set.series.ds[i]) / 86400.0;
    for (const Seasonality& seasonality : set.terms.seasonalities) {
      const std::string& condition = seasonality.condition_name;
      const bool on = condition.empty() || (*set.series.column(condition))[row] != 0.0;
      for (int order = 1; order <= seasonality.fourier_order; ++order) {
        const double angle = 2.0 * order * pi * days / seasonality.period_days;
        yhat += on ? params.beta[column] * std::sin(angle) : 0.0;
        yhat += on ? params.beta[column + 1] * std::cos(angle) : 0.0;
        column += 2;
      }
    }
    for (const HolidayEffect& effect : set.terms.holidays) {
      const auto today = static_cast<std::int64_t>(std::floor(days));
      const bool on = std::count(effect.days.begin(), effect.days.end(), today) > 0;
      yhat += on ? params.beta[column] : 0.0;
      ++column;
    }
    for (const Regressor& regressor : set.terms.regressors) {
      const double x = (*set.series.column(regressor.name))[row];
      yhat += params.beta[column++] * (x - regressor.mean) / regressor.deviation;
    }
    const double residual = set.series.y[static_cast<Eigen::Index>(i)] / set.scaling.y_scale - yhat;
    rss += residual * residual;
  }
  const double s2 = params.sigma_obs * params.sigma_obs;
  double lp = -params.k * params.k / 50 - params.m * params.m / 50 - 2 * s2;
  lp -= params.delta.array().abs().sum() / set.config.changepoint_prior_scale;
  for (std::size_t i = 0; i < set.features.size(); ++i) {
    const double scaled = params.beta[static_cast<Eigen::Index>(i)] / set.features[i].prior_scale;
    lp -= scaled * scaled / 2;
  }
  lp -= static_cast<double>(set.series.size()) * std::log(params.sigma_obs);
  return lp - rss / (2 * s2);
}

namespace {

// d log posterior / d parameter, without the prior of the deltas: [k, m, deltas, betas].
struct Gradient {
  std::vector<long double> sums;
  long double rss = 0.0L;
};

Gradient likelihood_gradient(const TrainingSet& set, const Parameters& params) {
  const auto deltas = static_cast<std::size_t>(params.delta.size());
  const auto betas = static_cast<std::size_t>(params.beta.size());
  const auto value = [](double x) { return static_cast<long double>(x); };
  Gradient gradient{std::vector<long double>(2 + deltas + betas, 0.0L)};
  const FeatureRows rows(set.terms, set.series);
  std::vector<double> x(betas);
  for (std::size_t i = 0; i < set.series.ds.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const long double t = static_cast<long double>(set.series.ds[i] - set.scaling.start) /
                          static_cast<long double>(set.scaling.t_scale_seconds);
    std::vector<long double> by(2 + deltas + betas, 0.0L);  // d trend / d parameter
    by[0] = t;
    by[1] = 1.0L;
    long double trend = value(params.k) * t + value(params.m);
    for (std::size_t j = 0; j < deltas; ++j) {
      const auto at = static_cast<Eigen::Index>(j);
      by[2 + j] = std::max(0.0L, t - value(set.changepoints.t[at]));
      trend += value(params.delta[at]) * by[2 + j];
    }
    rows.row(i, x.data());
    long double factor = 1.0L;
    long double added = 0.0L;
    for (std::size_t b = 0; b < betas; ++b) {
      const bool scales = set.features[b].mode == TermMode::kMultiplicative;
      const long double term = value(x[b]) * value(params.beta[static_cast<Eigen::Index>(b)]);
      (scales ? factor : added) += term;
      by[2 + deltas + b] = value(x[b]) * (scales ? trend : 1.0L);
    }
    const long double residual =
        value(set.series.y[row]) / value(set.scaling.y_scale) - (trend * factor + added);
    gradient.rss += residual * residual;
    for (std::size_t p = 0; p < by.size(); ++p) {
      gradient.sums[p] += residual * by[p] * (p < 2 + deltas ? factor : 1.0L);
    }
  }
  for (long double& sum : gradient.sums) sum /= value(params.sigma_obs) * value(params.sigma_obs);
  return gradient;
}

}  // namespace

NaiveSubgradient naive_subgradient(const TrainingSet& set, const Parameters& params) {
  const bool has_trend = set.config.growth != Growth::kFlat;
  const Gradient gradient = likelihood_gradient(set, params);
  const auto deltas = static_cast<std::size_t>(params.delta.size());
  const auto n = static_cast<long double>(set.series.size());
  const auto sigma = static_cast<long double>(params.sigma_obs);
  NaiveSubgradient answer;
  long double worst = std::abs(gradient.rss / (sigma * sigma * sigma) - n / sigma - 4.0L * sigma);
  for (std::size_t p = 0; p < gradient.sums.size(); ++p) {
    if (!has_trend && p != 1 && p < 2 + deltas) continue;
    long double slope = gradient.sums[p];
    if (p < 2) {
      slope -= static_cast<long double>(p == 0 ? params.k : params.m) / 25.0L;
    } else if (p < 2 + deltas) {
      const double delta = params.delta[static_cast<Eigen::Index>(p - 2)];
      const long double hold = 1.0L / static_cast<long double>(set.config.changepoint_prior_scale);
      if (delta == 0.0) {
        answer.largest_pull_at_rest =
            std::max(answer.largest_pull_at_rest, static_cast<double>(std::abs(slope) / hold));
        slope = std::max(0.0L, std::abs(slope) - hold);
      } else {
        slope -= delta > 0.0 ? hold : -hold;
      }
    } else {
      const auto scale = static_cast<long double>(set.features[p - 2 - deltas].prior_scale);
      slope -= static_cast<long double>(params.beta[static_cast<Eigen::Index>(p - 2 - deltas)]) /
               (scale * scale);
    }
    worst = std::max(worst, std::abs(slope));
  }
  answer.residual = static_cast<double>(worst);
  return answer;
}

}  // namespace plimsoll::test
