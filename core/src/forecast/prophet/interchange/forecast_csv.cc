#include "base/number_text.h"
#include "codec/csv_writer.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"

namespace plimsoll {

std::string encode_forecast_csv(const Forecast& forecast) {
  const bool has_trend_interval = forecast.trend_lower.size() > 0;
  std::string out = "ds,yhat,yhat_lower,yhat_upper,trend";
  if (has_trend_interval) out += ",trend_lower,trend_upper";
  for (const Component& component : forecast.components) {
    out += ',';
    append_text(out, neutralised(component.name));
  }
  for (const Quantile& quantile : forecast.quantiles) {
    out += ",yhat_q" + number_text(quantile.level);
  }
  out += '\n';
  for (std::size_t row = 0; row < forecast.ds.size(); ++row) {
    const auto i = static_cast<Eigen::Index>(row);
    out += format_ds(forecast.ds[row]);
    append_column(out, forecast.yhat[i]);
    append_column(out, forecast.yhat_lower[i]);
    append_column(out, forecast.yhat_upper[i]);
    append_column(out, forecast.trend[i]);
    if (has_trend_interval) {
      append_column(out, forecast.trend_lower[i]);
      append_column(out, forecast.trend_upper[i]);
    }
    for (const Component& component : forecast.components) append_column(out, component.values[i]);
    for (const Quantile& quantile : forecast.quantiles) append_column(out, quantile.values[i]);
    out += '\n';
  }
  return out;
}

}  // namespace plimsoll
