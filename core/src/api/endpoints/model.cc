// Models without a store: fit, forecast, cross-validate; everything they know is in the request.
#include <algorithm>

#include "api/routes.h"
#include "codec/json.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/base/quantity.h"
#include "plimsoll/evaluate/cross_validation_text.h"
#include "plimsoll/evaluate/fit.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/interchange/config.h"
#include "plimsoll/forecast/prophet/interchange/forecast_text.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"
#include "plimsoll/forecast/prophet/predict/future_moments.h"
#include "plimsoll/forecast/prophet/terms/training_data.h"

namespace plimsoll {
namespace {

// Whatever its content type says: CSV begins with the name of a column.
bool is_json(const Request& request) {
  const auto first = request.body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos &&
         (request.body[first] == '{' || request.body[first] == '[');
}

Error invalid_body(const std::string& field, const Json& found, const std::string& expected) {
  return Error{.code = ErrorCode::kInvalidJson,
               .where = {.row = std::nullopt, .column = "", .field = field},
               .found = shown(found),
               .expected = expected,
               .fix = "See /docs for the shape of the body."};
}

// The JSON object of a body, with members of these names only.
Result<Json> read_body(const Request& request, std::initializer_list<std::string_view> known) {
  auto body = parse_json(request.body, "body");
  if (!body) return body.error();
  if (!body.value().is_object()) return invalid_body("body", body.value(), "an object");
  for (const auto& [key, value] : body.value().members()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      return invalid_body(key, value, "no member of this name");
    }
  }
  return body;
}

// `tz` where the query has it: a holiday's midnights.
Result<ModelConfig> in_zone(ModelConfig config, const Query& query) {
  const auto tz = read_tz(query);
  if (!tz) return tz.error();
  if (tz.value()) config.holidays_utc_offset_seconds = *tz.value();
  return config;
}

Result<WorkloadModel> fit_csv(std::string_view csv, const Call& call, const ModelConfig& given,
                              Preset preset) {
  const auto config = in_zone(given, call.query);
  if (!config) return config.error();
  const auto options = read_parse_options(call.query);
  if (!options) return options.error();
  const auto now = read_moment(call.query, option::kNow);
  if (!now) return now.error();
  return fit_training_csv(csv, options.value(), config.value(), preset, now.value(), call.observer);
}

// What a model is trained on: a CSV body, or `data` and `config` of a JSON body.
struct Training {
  std::string data;
  ModelConfig config;
};

Result<Training> read_training(const Json& json, Preset preset) {
  if (!json.contains("data") || !json.at("data").is_string()) {
    const Json absent;
    const Json* const data = json.find("data");
    return invalid_body("data", data != nullptr ? *data : absent, "the CSV file as a text");
  }
  Training training{json.at("data").as_text(), preset_config(preset)};
  if (!json.contains("config")) return training;
  auto decoded = decode_config(dump(json.at("config")));
  if (!decoded) return decoded.error();
  training.config = std::move(decoded).value();
  return training;
}

Result<Preset> read_preset(const Query& query) {
  const std::string* const name = query.find(option::kFitPreset.name);
  return name == nullptr ? Result<Preset>(Preset::kProphet) : parse_preset(*name);
}

Result<WorkloadModel> fit_json(const Call& call, const Json& json, Preset preset) {
  const auto training = read_training(json, preset);
  if (!training) return training.error();
  return fit_csv(training.value().data, call, training.value().config, preset);
}

// What a forecast starts from: a model, or data to fit one to; and, optionally, the rows to
// predict.
struct Basis {
  WorkloadModel model;
  std::optional<std::string> at;
};

Result<Basis> read_basis(const Call& call) {
  const auto preset = read_preset(call.query);
  if (!preset) return preset.error();
  if (!is_json(call.request)) {
    auto model = fit_csv(call.request.body, call, preset_config(preset.value()), preset.value());
    if (!model) return model.error();
    return Basis{std::move(model).value(), std::nullopt};
  }
  const auto body = read_body(call.request, {"model", "data", "config", "at"});
  if (!body) return body.error();
  const Json& json = body.value();
  const bool has_model = json.contains("model");
  if (has_model == json.contains("data")) {
    return invalid_body("model", Json(), "either a model file's object or data");
  }
  if (json.contains("at") && !json.at("at").is_string()) {
    return invalid_body("at", json.at("at"), "a CSV file with a column ds, as a text");
  }
  if (const std::string* const name = call.query.find(option::kFitPreset.name);
      has_model && name != nullptr) {
    return invalid_parameter(option::kFitPreset.name, *name, "data to fit",
                             "Leave it out: the model is fitted already.");
  }
  auto model =
      has_model ? decode_model(dump(json.at("model"))) : fit_json(call, json, preset.value());
  if (!model) return model.error();
  Basis basis{std::move(model).value(), std::nullopt};
  if (json.contains("at")) basis.at = json.at("at").as_text();
  return basis;
}

Result<double> read_interval_width(const Query& query) {
  const auto width = read_number(query, option::kIntervalWidth);
  if (!width) return width.error();
  return width.value().value_or(ForecastOptions{}.interval_width);
}

Result<ForecastOptions> read_forecast_options(const Query& query) {
  ForecastOptions options;
  options.trend_interval = true;
  options.widen_unseen = true;
  const auto width = read_interval_width(query);
  if (!width) return width.error();
  options.interval_width = width.value();
  const auto at_most = read_number(query, option::kAtMost);
  if (!at_most) return at_most.error();
  options.at_most = at_most.value();
  auto levels = read_numbers(query, option::kQuantiles, kLimits.max_quantiles);
  if (!levels) return levels.error();
  options.levels = std::move(levels).value();
  const auto non_negative = read_switch(query, option::kNonNegative);
  if (!non_negative) return non_negative.error();
  options.non_negative = non_negative.value();
  return options;
}

// From start, end and step, or from a horizon after the history's end (default: a week).
Result<std::vector<Timestamp>> read_moments(const Query& query, const FittedModel& model) {
  const std::int64_t cadence = window_step_seconds(model.cadence_seconds);
  const auto start = read_moment(query, option::kStart);
  if (!start) return start.error();
  const auto end = read_moment(query, option::kEnd);
  if (!end) return end.error();
  const auto tz = read_tz(query);
  if (!tz) return tz.error();
  const std::int64_t offset = tz.value().value_or(0);
  Window window = horizon_window(Horizon::kWeek, model.history_end + cadence, offset);
  if (const std::string* const name = query.find(option::kForecastHorizon.name)) {
    const auto horizon = parse_horizon(*name);
    if (!horizon) return horizon.error();
    window = horizon_window(horizon.value(), model.history_end + cadence, offset);
  }
  window.start = start.value().value_or(window.start);
  window.end = end.value().value_or(std::max(window.end, window.start));
  Step step{Step::Unit::kSeconds, cadence};
  if (const std::string* const text = query.find(option::kStep.name)) {
    const auto read = parse_step(*text);
    if (!read) return read.error();
    step = read.value();
  }
  return moments_between(step, window.start, window.end, kLimits.max_forecast_points, offset);
}

Result<Frame> read_frame(const Call& call, const Basis& basis) {
  if (!basis.at) {
    const auto moments = read_moments(call.query, basis.model.model);
    if (!moments) return moments.error();
    return Frame{moments.value(), {}};
  }
  const auto parse = read_parse_options(call.query);
  if (!parse) return parse.error();
  auto frame = read_moments_csv(*basis.at, parse.value(), basis.model.model.config);
  if (!frame || frame.value().size() <= kLimits.max_forecast_points) return frame;
  return Error{.code = ErrorCode::kTooLarge,
               .where = {.row = std::nullopt, .column = "", .field = "at"},
               .found = std::to_string(frame.value().size()) + " rows",
               .expected = "at most " + std::to_string(kLimits.max_forecast_points),
               .fix = "Ask for fewer moments at a time."};
}

Result<std::int64_t> read_duration(const Query& query, const Option& option) {
  const std::string_view name = option.name;
  const std::string* const text = query.find(name);
  if (text == nullptr) return invalid_parameter(name, "", "a duration like 365 days", "Give it.");
  auto seconds = parse_duration(*text);
  if (seconds) return seconds;
  Error error = seconds.error();
  error.where.field = name;
  return error;
}

Result<CrossValidationOptions> read_cross_validation(const Query& query, const Json& json) {
  CrossValidationOptions options;
  if (query.find(option::kAhead.name) != nullptr || !json.contains("cutoffs")) {
    const auto horizon = read_duration(query, option::kAhead);
    if (!horizon) return horizon.error();
    options.horizon_seconds = horizon.value();
  }
  for (const auto& [option, target] : {std::pair{&option::kInitial, &options.initial_seconds},
                                       std::pair{&option::kPeriod, &options.period_seconds}}) {
    if (query.find(option->name) == nullptr) continue;
    const auto seconds = read_duration(query, *option);
    if (!seconds) return seconds.error();
    *target = seconds.value();
  }
  const auto width = read_interval_width(query);
  if (!width) return width.error();
  options.interval_width = width.value();
  if (!json.contains("cutoffs")) return options;
  if (!json.at("cutoffs").is_string()) {
    return invalid_body("cutoffs", json.at("cutoffs"), "moments separated by commas, as a text");
  }
  auto cutoffs = parse_cutoffs(json.at("cutoffs").as_text());
  if (!cutoffs) return cutoffs.error();
  options.cutoffs = std::move(cutoffs).value();
  return options;
}

// The body as JSON; a CSV body is its member `data`.
Result<Json> read_training_body(const Request& request) {
  if (!is_json(request)) {
    Json body = Json::object();
    body.set("data", Json::text(std::string(request.body)));
    return body;
  }
  return read_body(request, {"data", "config", "cutoffs"});
}

Result<TrainingSet> read_training_set(const Call& call, const Json& json) {
  const auto training = read_training(json, Preset::kProphet);
  if (!training) return training.error();
  const auto parse = read_parse_options(call.query);
  if (!parse) return parse.error();
  const auto config = in_zone(training.value().config, call.query);
  if (!config) return config.error();
  auto series = read_training_csv(training.value().data, parse.value(), config.value());
  if (!series) return series.error();
  return engineer_features(std::move(series).value(), config.value());
}

}  // namespace

Result<Response> answer_fit(const Call& call) {
  const auto preset = read_preset(call.query);
  if (!preset) return preset.error();
  const auto body = is_json(call.request) ? read_body(call.request, {"data", "config"}) : Json();
  if (!body) return body.error();
  const auto model = is_json(call.request) ? fit_json(call, body.value(), preset.value())
                                           : fit_csv(call.request.body, call,
                                                     preset_config(preset.value()), preset.value());
  if (!model) return model.error();
  return json_response(encode_model(model.value()));
}

Result<Response> answer_forecast(const Call& call) {
  const auto format = read_choice(call.query, option::kFormat);
  if (!format) return format.error();
  const auto options = read_forecast_options(call.query);
  if (!options) return options.error();
  const auto basis = read_basis(call);
  if (!basis) return basis.error();
  const FittedModel& model = basis.value().model.model;
  const auto frame = read_frame(call, basis.value());
  if (!frame) return frame.error();
  if (const auto error = find_missing_column(model, frame.value())) return *error;
  if (call.observer) call.observer("predict");
  const Forecast forecast = predict(model, frame.value(), options.value());
  if (format.value() == "csv") return text_response(encode_forecast_csv(forecast), "text/csv");
  return json_response(encode_forecast(forecast));
}

Result<Response> answer_cross_validate(const Call& call) {
  const auto format = read_choice(call.query, option::kFormat);
  if (!format) return format.error();
  const auto window = read_number(call.query, option::kRollingWindow);
  if (!window) return window.error();
  const auto body = read_training_body(call.request);
  if (!body) return body.error();
  const auto options = read_cross_validation(call.query, body.value());
  if (!options) return options.error();
  const auto set = read_training_set(call, body.value());
  if (!set) return set.error();
  if (call.observer) call.observer("cross-validate");
  const auto validation = cross_validate(set.value(), options.value());
  if (!validation) return validation.error();
  if (format.value() == "csv") {
    return text_response(encode_cross_validation_csv(validation.value()), "text/csv");
  }
  return json_response(
      encode_cross_validation(validation.value(), window.value().value_or(kRollingWindow)));
}

Result<Response> answer_search(const Call& call) {
  const auto body = read_training_body(call.request);
  if (!body) return body.error();
  SearchOptions options;
  auto validation = read_cross_validation(call.query, body.value());
  if (!validation) return validation.error();
  options.validation = std::move(validation).value();
  const auto set = read_training_set(call, body.value());
  if (!set) return set.error();
  if (call.observer) call.observer("search");
  const auto results = search_prior_scales(set.value(), options);
  if (!results) return results.error();
  return json_response(encode_search(results.value()));
}

Result<Response> answer_import_prophet(const Call& call) {
  const auto model = import_prophet_model(call.request.body);
  if (!model) return model.error();
  return json_response(encode_model(model.value()));
}

Result<Response> answer_export_prophet(const Call& call) {
  const auto body = read_body(call.request, {"model", "data"});
  if (!body) return body.error();
  const Json& json = body.value();
  if (!json.contains("model")) return invalid_body("model", Json(), "a model file's object");
  const auto model = decode_model(dump(json.at("model")));
  if (!model) return model.error();
  if (auto error = refuse_export(model.value().model)) return *error;
  if (!json.contains("data")) return json_response(encode_prophet_model(model.value().model));
  const auto training = read_training(json, Preset::kProphet);
  if (!training) return training.error();
  const auto series = read_training_csv(training.value().data, {}, model.value().model.config);
  if (!series) return series.error();
  return json_response(encode_prophet_model(model.value().model, &series.value()));
}

}  // namespace plimsoll
