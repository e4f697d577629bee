#include "api/routes.h"

#include <array>

namespace plimsoll {

// The handlers, each defined in a file of endpoints/.
Result<Response> answer_validate(const Call& call);
Result<Response> answer_plan(const Call& call);
Result<Response> answer_cross_validate(const Call& call);
Result<Response> answer_search(const Call& call);
Result<Response> answer_import_prophet(const Call& call);
Result<Response> answer_export_prophet(const Call& call);
Result<Response> answer_fit(const Call& call);
Result<Response> answer_forecast(const Call& call);
Result<Response> answer_next_day(const Call& call);
Result<Response> answer_next_week(const Call& call);
Result<Response> answer_next_weekend(const Call& call);
Result<Response> answer_next_month(const Call& call);
Result<Response> answer_moment(const Call& call);
Result<Response> answer_health(const Call& call);
Result<Response> answer_live(const Call& call);
Result<Response> answer_ready(const Call& call);
Result<Response> answer_models_info(const Call& call);
Result<Response> answer_metrics(const Call& call);
Result<Response> answer_docs(const Call& call);
Result<Response> answer_openapi(const Call& call);

namespace {

using option::OptionList;

OptionList kMomentOptions[] = {&option::kWorkload, &option::kNamespace, &option::kContainer,
                               &option::kPolicy,   &option::kNow,       &option::kTz,
                               &option::kMoment};
constexpr auto kWindowOptions = std::span(kMomentOptions).first<6>();

OptionList kPlanOptions[] = {
    &option::kPlanFormat, &option::kHorizon, &option::kNow, &option::kPoints, &option::kPolicy,
    &option::kPreset, &option::kTz,
    // Those of reading and checking, which /v1/validate has alone.
    &option::kMinRecords, &option::kTolerateMissing, &option::kMapTimestamp, &option::kMapCpu,
    &option::kMapMemory, &option::kMapNamespace, &option::kMapWorkload, &option::kMapContainer,
    &option::kMapCpuRequest, &option::kMapCpuLimit, &option::kMapMemoryRequest,
    &option::kMapMemoryLimit, &option::kUnitCpu, &option::kUnitMemory};
constexpr auto kValidateOptions = std::span(kPlanOptions).subspan<7>();

OptionList kFitOptions[] = {&option::kMapTimestamp, &option::kMapY, &option::kNow,
                            &option::kFitPreset, &option::kTz};

OptionList kForecastOptions[] = {&option::kAtMost,
                                 &option::kEnd,
                                 &option::kFormat,
                                 &option::kForecastHorizon,
                                 &option::kIntervalWidth,
                                 &option::kMapTimestamp,
                                 &option::kMapY,
                                 &option::kNonNegative,
                                 &option::kFitPreset,
                                 &option::kQuantiles,
                                 &option::kStart,
                                 &option::kStep,
                                 &option::kTz};

OptionList kCrossValidationOptions[] = {&option::kAhead, &option::kInitial, &option::kIntervalWidth,
                                        &option::kMapTimestamp, &option::kMapY, &option::kPeriod,
                                        &option::kTz,
                                        // Those of its own answer, which a search has not.
                                        &option::kFormat, &option::kRollingWindow};
constexpr auto kSearchOptions = std::span(kCrossValidationOptions).first<7>();

constexpr std::array<Route, 20> kRoutes = {{
    {"GET", "/next_day", "Average usage tomorrow, with requests and limits.", kWindowOptions,
     BodyKind::kNone, "window", answer_next_day},
    {"GET", "/next_week", "Average usage over the 7 days from tomorrow.", kWindowOptions,
     BodyKind::kNone, "window", answer_next_week},
    {"GET", "/next_weekend", "Average usage next weekend.", kWindowOptions, BodyKind::kNone,
     "window", answer_next_weekend},
    {"GET", "/next_month", "Mean of four weekly averages over 28 days.", kWindowOptions,
     BodyKind::kNone, "window", answer_next_month},
    {"GET", "/", "Usage at one moment (datetime_str).", kMomentOptions, BodyKind::kNone, "window",
     answer_moment},
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
    {"POST", "/v1/validate", "Data validation report of a CSV file.", kValidateOptions,
     BodyKind::kCsv, "validation", answer_validate},
    {"POST", "/v1/fit", "Fit a model to ds,y data, or to {data, config}.", kFitOptions,
     BodyKind::kCsvOrJson, "model", answer_fit},
    {"POST", "/v1/forecast", "Forecast from ds,y data, or from {model}.", kForecastOptions,
     BodyKind::kCsvOrJson, "forecast", answer_forecast},
    {"POST", "/v1/cross-validate", "Cross-validate on ds,y data, or on {data, config, cutoffs}.",
     kCrossValidationOptions, BodyKind::kCsvOrJson, "cross-validation", answer_cross_validate},
    {"POST", "/v1/search-priors", "Cross-validate a grid of prior scales, best first.",
     kSearchOptions, BodyKind::kCsvOrJson, "search", answer_search},
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
    {"POST", "/v1/plan", "Validate, train, forecast and recommend for a CSV file of usage.",
     kPlanOptions, BodyKind::kCsv, "plan", answer_plan},
}};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace plimsoll
