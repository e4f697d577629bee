#include "reference_case.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "plimsoll/codec.h"
#include "plimsoll/plan.h"

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

}  // namespace plimsoll::test
