#include "forecast/prophet/interchange/forecast_json.h"

#include <cstddef>

#include "plimsoll/forecast/prophet/interchange/forecast_text.h"

namespace plimsoll {
namespace {

constexpr Member kQuantileMembers[] = {
    PLIMSOLL_MEMBER("level", Quantile, level).from(0).to(1).exclusive().says("P(y <= value)."),
    PLIMSOLL_MEMBER("values", Quantile, values),
};
constexpr Shape kQuantileShape(kQuantileMembers, "Quantile");

std::string_view component_name(const Component& component) { return component.name; }

constexpr Member kComponentMembers[] = {PLIMSOLL_MEMBER(nullptr, Component, values)};
constexpr Shape kComponentShape = Shape(kComponentMembers, "Component").named<component_name>();

int schema_version(const Forecast& /*forecast*/) { return 1; }

bool has_trend_interval(const Forecast& forecast) { return forecast.trend_lower.size() > 0; }

constexpr Member kForecastMembers[] = {
    members::given<schema_version>("schema_version").among("1"),
    PLIMSOLL_MEMBER("interval_width", Forecast, interval_width),
    PLIMSOLL_MEMBER("ds", Forecast, ds).as(Form::kMoment),
    PLIMSOLL_MEMBER("yhat", Forecast, yhat),
    PLIMSOLL_MEMBER("yhat_lower", Forecast, yhat_lower),
    PLIMSOLL_MEMBER("yhat_upper", Forecast, yhat_upper),
    PLIMSOLL_MEMBER("quantiles", Forecast, quantiles)
        .of(kQuantileShape)
        .says("The further quantiles that were asked for."),
    PLIMSOLL_MEMBER("trend", Forecast, trend),
    PLIMSOLL_MEMBER("trend_lower", Forecast, trend_lower)
        .where<has_trend_interval>()
        .or_left_out()
        .says("What is uncertain about the trend alone, in an interval of the same width."),
    PLIMSOLL_MEMBER("trend_upper", Forecast, trend_upper)
        .where<has_trend_interval>()
        .or_left_out()
        .says("Its upper end."),
    PLIMSOLL_MEMBER("warnings", Forecast, warnings)
        .says("About the moments asked for, such as hours that the history never showed."),
    PLIMSOLL_MEMBER("components", Forecast, components)
        .by_name(kComponentShape)
        .says("In the units of y, or as a fraction of the trend."),
};

}  // namespace

constinit const Shape kForecastShape =
    Shape(kForecastMembers, "Forecast").titled("What /v1/forecast answers");

std::string encode_forecast(const Forecast& forecast) {
  return write_document(&forecast, kForecastShape);
}

}  // namespace plimsoll
