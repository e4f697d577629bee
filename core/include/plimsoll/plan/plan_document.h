// A plan as JSON, CSV and YAML.
#pragma once

#include <string>

#include "plimsoll/plan/plan.h"

namespace plimsoll {

// What a plan's JSON holds beside the summaries.
struct PlanEncoding {
  bool points = true;  // every forecast point, for charts
};
std::string encode_plan(const Plan& plan, const PlanEncoding& encoding = {});

// A strategic-merge patch for each workload and metric of the plan, for one horizon.
std::string encode_plan_yaml(const Plan& plan, Horizon horizon);

// A row for every metric and horizon with its window and recommendation; cells that a spreadsheet
// would take for a formula are neutralised.
std::string encode_plan_csv(const Plan& plan);

}  // namespace plimsoll
