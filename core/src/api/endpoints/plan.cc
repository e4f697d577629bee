// Validation and plans: everything they know is in the request.
#include "api/routes.h"
#include "plimsoll/data/report.h"
#include "plimsoll/data/table.h"
#include "plimsoll/plan/plan_document.h"

namespace plimsoll {

Result<Response> answer_validate(const Call& call) {
  const auto parse = read_parse_options(call.query);
  if (!parse) return parse.error();
  const auto options = read_validation_options(call.query);
  if (!options) return options.error();
  if (call.observer) call.observer("parse");
  const auto table = parse_usage_csv(call.request.body, parse.value());
  if (!table) return table.error();
  if (call.observer) call.observer("validate");
  return json_response(encode_report(validate(table.value(), options.value())));
}

Result<Response> answer_plan(const Call& call) {
  auto options = read_plan_options(call.query);
  if (!options) return options.error();
  const auto format = read_choice(call.query, option::kPlanFormat);
  if (!format) return format.error();
  const auto points = read_switch(call.query, option::kPoints);
  if (!points) return points.error();
  options.value().points = points.value() && format.value() == "json";
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
