#include "api/routes.h"

#include <array>

namespace plimsoll {
namespace {

constexpr std::array<std::string_view, 7> kWindowParameters = {
    "workload", "namespace", "container", "policy", "now", "tz", "datetime_str"};

constexpr auto kWindow = std::span(kWindowParameters).first<6>();

constexpr std::array<std::string_view, 21> kPlan = {"format",
                                                    "horizon",
                                                    "min_records",
                                                    "now",
                                                    "points",
                                                    "policy",
                                                    "preset",
                                                    "tolerate_missing",
                                                    "tz",
                                                    "map.timestamp",
                                                    "map.cpu",
                                                    "map.memory",
                                                    "map.namespace",
                                                    "map.workload",
                                                    "map.container",
                                                    "map.cpu_request",
                                                    "map.cpu_limit",
                                                    "map.memory_request",
                                                    "map.memory_limit",
                                                    "unit.cpu",
                                                    "unit.memory"};

constexpr std::array<std::string_view, 4> kFitParameters = {"map.timestamp", "map.y", "now",
                                                            "preset"};
constexpr std::array<std::string_view, 12> kForecastParameters = {
    "at_most", "end",          "format",    "horizon", "interval_width", "map.timestamp",
    "map.y",   "non_negative", "quantiles", "start",   "step",           "tz"};

constexpr std::array<std::string_view, 8> kCrossValidationParameters = {
    "format",        "horizon", "initial", "interval_width",
    "map.timestamp", "map.y",   "period",  "rolling_window"};
constexpr std::array<std::string_view, 6> kSearchParameters = {
    "horizon", "initial", "interval_width", "map.timestamp", "map.y", "period"};

constexpr std::array<Route, 20> kRoutes = {{
    {"GET", "/next_day", "Average usage tomorrow, with requests and limits.", kWindow,
     BodyKind::kNone, "window", answer_next_day},
    {"GET", "/next_week", "Average usage over the 7 days from tomorrow.", kWindow, BodyKind::kNone,
     "window", answer_next_week},
    {"GET", "/next_weekend", "Average usage next weekend.", kWindow, BodyKind::kNone, "window",
     answer_next_weekend},
    {"GET", "/next_month", "Mean of four weekly averages over 28 days.", kWindow, BodyKind::kNone,
     "window", answer_next_month},
    {"GET", "/", "Usage at one moment (datetime_str).", kWindowParameters, BodyKind::kNone,
     "window", answer_moment},
    {"GET",
     "/health",
     "Whether models are loaded; 503 when none is.",
     {},
     BodyKind::kNone,
     "health",
     answer_health},
    {"GET", "/livez", "The process answers.", {}, BodyKind::kNone, "", answer_live},
    {"GET",
     "/readyz",
     "Ready for forecasts; 503 without a model.",
     {},
     BodyKind::kNone,
     "",
     answer_ready},
    {"GET",
     "/models/info",
     "The models in production.",
     {},
     BodyKind::kNone,
     "models-info",
     answer_models_info},
    {"GET", "/metrics", "Prometheus metrics.", {}, BodyKind::kNone, "", answer_metrics},
    {"GET", "/docs", "This interface, for people.", {}, BodyKind::kNone, "", answer_docs},
    {"GET",
     "/openapi.json",
     "This interface, for programs.",
     {},
     BodyKind::kNone,
     "",
     answer_openapi},
    {"POST", "/v1/validate", "Data validation report of a CSV file.", kPlan, BodyKind::kCsv,
     "validation", answer_validate},
    {"POST", "/v1/fit", "Fit a model to ds,y data, or to {data, config}.", kFitParameters,
     BodyKind::kCsvOrJson, "model", answer_fit},
    {"POST", "/v1/forecast", "Forecast from ds,y data, or from {model}.", kForecastParameters,
     BodyKind::kCsvOrJson, "forecast", answer_forecast},
    {"POST", "/v1/cross-validate", "Cross-validate on ds,y data, or on {data, config, cutoffs}.",
     kCrossValidationParameters, BodyKind::kCsvOrJson, "cross-validation", answer_cross_validate},
    {"POST", "/v1/search-priors", "Cross-validate a grid of prior scales, best first.",
     kSearchParameters, BodyKind::kCsvOrJson, "search", answer_search},
    {"POST",
     "/v1/import/prophet",
     "A model file from Prophet's model_to_json.",
     {},
     BodyKind::kJson,
     "model",
     answer_import_prophet},
    {"POST",
     "/v1/export/prophet",
     "Prophet's model JSON from {model}, with the samples of {data}.",
     {},
     BodyKind::kJson,
     "",
     answer_export_prophet},
    {"POST", "/v1/plan", "Validate, train, forecast and recommend for a CSV file of usage.", kPlan,
     BodyKind::kCsv, "plan", answer_plan},
}};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace plimsoll
