#include "codec/json.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"

namespace plimsoll {

std::string encode_forecast(const Forecast& forecast) {
  Json json;
  json["schema_version"] = 1;
  json["interval_width"] = forecast.interval_width;
  json["ds"] = Json::array();
  for (const Timestamp ds : forecast.ds) json["ds"].push_back(format_iso8601(ds));
  json["yhat"] = json_vector(forecast.yhat);
  json["yhat_lower"] = json_vector(forecast.yhat_lower);
  json["yhat_upper"] = json_vector(forecast.yhat_upper);
  json["quantiles"] = Json::array();
  for (const Quantile& quantile : forecast.quantiles) {
    json["quantiles"].push_back(
        {{"level", quantile.level}, {"values", json_vector(quantile.values)}});
  }
  json["trend"] = json_vector(forecast.trend);
  json["components"] = Json::object();
  for (const Component& component : forecast.components) {
    json["components"][component.name] = json_vector(component.values);
  }
  return dump(json);
}

}  // namespace plimsoll
