// Cross-validations in Prophet's names: rows as CSV, metrics and searches as JSON.
#include "codec_model.h"
#include "codec_terms.h"
#include "number_text.h"
#include "plimsoll/codec.h"
#include "plimsoll/cross_validation.h"

namespace plimsoll {
namespace {

Json json_metrics(const PerformanceMetrics& metrics) {
  return {{"mse", metrics.mse},
          {"rmse", metrics.rmse},
          {"mae", metrics.mae},
          {"mape", json_or_null(metrics.mape)},
          {"mdape", json_or_null(metrics.mdape)},
          {"smape", metrics.smape},
          {"coverage", metrics.coverage}};
}

// A column a metric, an entry a horizon.
Json json_rolling(const std::vector<PerformanceMetrics>& rows) {
  Json json;
  json["horizon_seconds"] = Json::array();
  for (const char* const name : {"mse", "rmse", "mae", "mape", "mdape", "smape", "coverage"}) {
    json[name] = Json::array();
  }
  for (const PerformanceMetrics& row : rows) {
    json["horizon_seconds"].push_back(row.horizon_seconds);
    const Json metrics = json_metrics(row);
    for (const auto& [name, value] : metrics.items()) json[name].push_back(value);
  }
  return json;
}

Json json_per_cutoff(const CrossValidation& validation) {
  Json json = Json::array();
  std::size_t row = 0;
  for (const Timestamp cutoff : validation.cutoffs) {
    const std::size_t first = row;
    while (row < validation.cutoff.size() && validation.cutoff[row] == cutoff) ++row;
    json.push_back({{"cutoff", format_iso8601(cutoff)}, {"n", row - first}});
  }
  return json;
}

Json json_of_metrics(const CrossValidation& validation, double rolling_window) {
  Json json;
  json["schema_version"] = 1;
  json["horizon_seconds"] = validation.horizon_seconds;
  json["interval_width"] = validation.interval_width;
  json["n_rows"] = validation.ds.size();
  json["cutoffs"] = json_per_cutoff(validation);
  const auto all = performance_metrics(validation, 1.0);
  json["metrics_all_rows"] = all.empty() ? Json(nullptr) : json_metrics(all.front());
  json["rolling_window"] = rolling_window;
  json["metrics_rolling"] = json_rolling(performance_metrics(validation, rolling_window));
  return json;
}

}  // namespace

std::string encode_cross_validation_csv(const CrossValidation& validation) {
  std::string out = "ds,cutoff,y,yhat,yhat_lower,yhat_upper\n";
  for (std::size_t row = 0; row < validation.ds.size(); ++row) {
    const auto i = static_cast<Eigen::Index>(row);
    out += format_ds(validation.ds[row]) + ',' + format_ds(validation.cutoff[row]);
    for (const Eigen::VectorXd* const column :
         {&validation.y, &validation.yhat, &validation.yhat_lower, &validation.yhat_upper}) {
      out += ',';
      append_number(out, (*column)[i]);
    }
    out += '\n';
  }
  return out;
}

std::string encode_cross_validation_metrics(const CrossValidation& validation,
                                            double rolling_window) {
  return dump(json_of_metrics(validation, rolling_window));
}

std::string encode_cross_validation(const CrossValidation& validation, double rolling_window) {
  Json json = json_of_metrics(validation, rolling_window);
  Json& rows = json["rows"];
  rows["ds"] = json_moments(validation.ds);
  rows["cutoff"] = json_moments(validation.cutoff);
  rows["y"] = json_vector(validation.y);
  rows["yhat"] = json_vector(validation.yhat);
  rows["yhat_lower"] = json_vector(validation.yhat_lower);
  rows["yhat_upper"] = json_vector(validation.yhat_upper);
  return dump(json);
}

std::string encode_search(const std::vector<SearchResult>& results) {
  Json json;
  json["schema_version"] = 1;
  json["results"] = Json::array();
  for (const SearchResult& result : results) {
    json["results"].push_back({{"changepoint_prior_scale", result.changepoint_prior_scale},
                               {"seasonality_prior_scale", result.seasonality_prior_scale},
                               {"metrics", json_metrics(result.metrics)}});
  }
  return dump(json);
}

}  // namespace plimsoll
