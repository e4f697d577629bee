// Endpoints that need no store: everything they know is in the request.
#include <algorithm>

#include "json.h"
#include "plimsoll/codec.h"
#include "plimsoll/limits.h"
#include "plimsoll/quantity.h"
#include "request_routes.h"

namespace plimsoll {
namespace {

bool is_json(const Request& request) {
  return request.body.find_first_not_of(" \t\r\n") != std::string_view::npos &&
         request.body[request.body.find_first_not_of(" \t\r\n")] == '{';
}

Error invalid_body(const std::string& field, const Json& found, const std::string& expected) {
  return Error{.code = ErrorCode::kInvalidJson,
               .where = {.row = std::nullopt, .column = "", .field = field},
               .found = shown(found),
               .expected = expected,
               .fix = "See /docs for the shape of the body."};
}

std::optional<Error> refuse_unknown_members(const Json& json,
                                            std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      return invalid_body(key, value, "no member of this name");
    }
  }
  return std::nullopt;
}

Result<WorkloadModel> fit_csv(std::string_view csv, const Call& call, const ModelConfig& config,
                              Preset preset) {
  const auto options = read_parse_options(call.query);
  if (!options) return options.error();
  const auto now = read_moment(call.query, "now");
  if (!now) return now.error();
  return fit_training_csv(csv, options.value(), config, preset, now.value(), call.observer);
}

Result<WorkloadModel> fit_json(const Call& call, Preset preset) {
  auto body = parse_json(call.request.body, "body");
  if (!body) return body.error();
  const Json& json = body.value();
  if (const auto error = refuse_unknown_members(json, {"data", "config"})) return *error;
  if (!json.contains("data") || !json.at("data").is_string()) {
    return invalid_body("data", json.contains("data") ? json.at("data") : Json(nullptr),
                        "the CSV file as a text");
  }
  ModelConfig config = preset_config(preset);
  if (json.contains("config")) {
    auto decoded = decode_config(dump(json.at("config")));
    if (!decoded) return decoded.error();
    config = decoded.value();
  }
  return fit_csv(json.at("data").get_ref<const std::string&>(), call, config, preset);
}

Result<WorkloadModel> model_of_body(const Call& call) {
  if (!is_json(call.request)) {
    return fit_csv(call.request.body, call, preset_config(Preset::kProphet), Preset::kProphet);
  }
  auto body = parse_json(call.request.body, "body");
  if (!body) return body.error();
  if (const auto error = refuse_unknown_members(body.value(), {"model"})) return *error;
  if (!body.value().contains("model")) {
    return invalid_body("model", Json(nullptr), "a model file's object");
  }
  return decode_model(dump(body.value().at("model")));
}

std::optional<double> plain_number(const std::string& text) {
  const auto parsed = parse_quantity(text);
  if (!parsed || parsed->has_suffix) return std::nullopt;
  return parsed->value;
}

bool is_share(const std::optional<double>& value) { return value && *value > 0.0 && *value < 1.0; }

// `quantiles=0.5,0.99`
Result<std::vector<double>> read_levels(const Query& query) {
  std::vector<double> levels;
  const std::string* const text = query.find("quantiles");
  if (text == nullptr) return levels;
  for (std::size_t start = 0; start <= text->size();) {
    const std::size_t end = std::min(text->find(',', start), text->size());
    const auto level = plain_number(text->substr(start, end - start));
    if (!is_share(level) || levels.size() == kLimits.max_quantiles) {
      return invalid_parameter(
          "quantiles", *text,
          "at most " + std::to_string(kLimits.max_quantiles) + " numbers between 0 and 1",
          "Separate them by commas: 0.5,0.99.");
    }
    levels.push_back(*level);
    start = end + 1;
  }
  return levels;
}

Result<ForecastOptions> read_forecast_options(const Query& query) {
  ForecastOptions options;
  if (const std::string* const text = query.find("interval_width")) {
    const auto width = plain_number(*text);
    if (!is_share(width)) {
      return invalid_parameter("interval_width", *text, "a number between 0 and 1",
                               "0.8 gives the 10 % and 90 % quantiles.");
    }
    options.interval_width = *width;
  }
  if (const std::string* const text = query.find("at_most")) {
    options.at_most = plain_number(*text);
    if (!options.at_most) {
      return invalid_parameter("at_most", *text, "a number", "Leave it out for no upper bound.");
    }
  }
  auto levels = read_levels(query);
  if (!levels) return levels.error();
  options.levels = std::move(levels).value();
  const auto non_negative = read_switch(query, "non_negative", false);
  if (!non_negative) return non_negative.error();
  options.non_negative = non_negative.value();
  return options;
}

// From start, end and step, or from a horizon after the history's end (default: a week).
Result<std::vector<Timestamp>> read_moments(const Query& query, const FittedModel& model) {
  const std::int64_t cadence = window_step_seconds(model.cadence_seconds);
  const auto start = read_moment(query, "start");
  if (!start) return start.error();
  const auto end = read_moment(query, "end");
  if (!end) return end.error();
  const auto tz = read_tz(query);
  if (!tz) return tz.error();
  Window window = horizon_window(Horizon::kWeek, model.history_end + cadence, tz.value());
  if (const std::string* const name = query.find("horizon")) {
    const auto horizon = parse_horizon(*name);
    if (!horizon) return horizon.error();
    window = horizon_window(horizon.value(), model.history_end + cadence, tz.value());
  }
  window.start = start.value().value_or(window.start);
  window.end = end.value().value_or(std::max(window.end, window.start));
  std::int64_t step = cadence;
  if (const std::string* const text = query.find("step")) {
    const auto duration = parse_duration(*text);
    if (!duration) return duration.error();
    step = duration.value();
  }
  const std::int64_t points = (window.end - window.start + step - 1) / step;
  if (window.end <= window.start || points > kLimits.max_forecast_points) {
    return invalid_parameter("end", format_iso8601(window.end),
                             "a moment after start, at most " +
                                 std::to_string(kLimits.max_forecast_points) + " steps later",
                             "Choose a longer step or a shorter span.");
  }
  std::vector<Timestamp> ds;
  for (Timestamp moment = window.start; moment < window.end; moment += step) ds.push_back(moment);
  return ds;
}

Result<std::string> read_format(const Query& query, std::initializer_list<std::string_view> known) {
  const std::string* const text = query.find("format");
  if (text == nullptr) return std::string("json");
  if (std::find(known.begin(), known.end(), *text) != known.end()) return *text;
  std::string expected;
  for (const std::string_view name : known) {
    expected += (expected.empty() ? "" : ", ") + std::string(name);
  }
  return invalid_parameter("format", *text, "one of " + expected, "json is the default.");
}

}  // namespace

Result<Response> answer_validate(const Call& call) {
  const auto options = read_plan_options(call.query);
  if (!options) return options.error();
  if (call.observer) call.observer("parse");
  const auto table = parse_usage_csv(call.request.body, options.value().parse);
  if (!table) return table.error();
  if (call.observer) call.observer("validate");
  return json_response(encode_report(validate(table.value(), options.value().validation)));
}

Result<Response> answer_fit(const Call& call) {
  Preset preset = Preset::kProphet;
  if (const std::string* const name = call.query.find("preset")) {
    const auto parsed = parse_preset(*name);
    if (!parsed) return parsed.error();
    preset = parsed.value();
  }
  const auto model = is_json(call.request)
                         ? fit_json(call, preset)
                         : fit_csv(call.request.body, call, preset_config(preset), preset);
  if (!model) return model.error();
  return json_response(encode_model(model.value()));
}

Result<Response> answer_forecast(const Call& call) {
  const auto format = read_format(call.query, {"json", "csv"});
  if (!format) return format.error();
  const auto options = read_forecast_options(call.query);
  if (!options) return options.error();
  const auto model = model_of_body(call);
  if (!model) return model.error();
  const auto moments = read_moments(call.query, model.value().model);
  if (!moments) return moments.error();
  const Frame frame{moments.value(), {}};
  if (const auto error = find_missing_column(model.value().model, frame)) return *error;
  if (call.observer) call.observer("predict");
  const Forecast forecast = predict(model.value().model, frame, options.value());
  if (format.value() == "csv") return text_response(encode_forecast_csv(forecast), "text/csv");
  return json_response(encode_forecast(forecast));
}

Result<Response> answer_plan(const Call& call) {
  const auto options = read_plan_options(call.query);
  if (!options) return options.error();
  const auto format = read_format(call.query, {"json", "yaml", "csv"});
  if (!format) return format.error();
  const auto points = read_switch(call.query, "points", true);
  if (!points) return points.error();
  const auto plan = make_plan(call.request.body, options.value(), call.observer);
  if (!plan) return plan.error();
  if (call.observer) call.observer("encode");
  if (format.value() == "yaml") {
    const Horizon horizon = options.value().horizon.value_or(Horizon::kWeek);
    return text_response(encode_plan_yaml(plan.value(), horizon), "application/yaml");
  }
  if (format.value() == "csv") return text_response(encode_plan_csv(plan.value()), "text/csv");
  return json_response(encode_plan(plan.value(), {.points = points.value()}));
}

}  // namespace plimsoll
