#include "reference_case.h"

#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "plimsoll/codec.h"

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
  const auto table = parse_training_csv(csv, {});
  if (!table) throw std::runtime_error(message(table.error()));
  auto set = engineer_features(prepare_training(table.value()), config.value());
  if (!set) throw std::runtime_error(message(set.error()));
  return std::move(set).value();
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
    const double days = static_cast<double>(set.series.ds[i]) / 86400.0;
    for (const Seasonality& seasonality : set.terms.seasonalities) {
      for (int order = 1; order <= seasonality.fourier_order; ++order) {
        const double angle = 2.0 * order * pi * days / seasonality.period_days;
        yhat += params.beta[column++] * std::sin(angle);
        yhat += params.beta[column++] * std::cos(angle);
      }
    }
    const double residual = set.series.y[static_cast<Eigen::Index>(i)] / set.scaling.y_scale - yhat;
    rss += residual * residual;
  }
  const double s2 = params.sigma_obs * params.sigma_obs;
  double lp = -params.k * params.k / 50 - params.m * params.m / 50 - 2 * s2;
  lp -= params.delta.array().abs().sum() / set.config.changepoint_prior_scale;
  const double scale = set.terms.seasonalities.empty() ? 1.0 : set.config.seasonality_prior_scale;
  lp -= params.beta.squaredNorm() / (2 * scale * scale);
  lp -= static_cast<double>(set.series.size()) * std::log(params.sigma_obs);
  return lp - rss / (2 * s2);
}

}  // namespace plimsoll::test
