// The reference cases of tests/data/reference: what real Prophet and the exact optimum say.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plimsoll/forecast/prophet/terms/features.h"

namespace plimsoll::test {

// Linear growth and additive terms: their optimum is known to rounding.
inline const std::vector<std::string> kReferenceCases = {
    "o01", "o02", "o03", "o04", "o05", "o06", "o07", "o08", "o09", "o10", "o11",
    "o12", "o13", "o15", "o19", "o20", "o22", "o23", "o25", "o28", "o30", "o31"};

std::string read_file(const std::string& path);  // path below tests/data
nlohmann::json load_case(const std::string& name);

// The case's data as a training set, through the core's own parser.
TrainingSet training_set_of(const nlohmann::json& reference);

// The moments its predictions are for, with their columns.
Frame frame_of(const nlohmann::json& reference);

// The log posterior written down naively, row by row with the C library's functions: it shares no
// code with the training it checks.
double naive_log_posterior(const TrainingSet& set, const Parameters& params);

// What the posterior's subgradient comes to, in extended precision and row by row, for a linear or
// flat trend: the infinity norm of the minimal one, and the largest pull on a delta that rests at
// 0, relative to what holds it there.
struct NaiveSubgradient {
  double residual = 0.0;
  double largest_pull_at_rest = 0.0;
};
NaiveSubgradient naive_subgradient(const TrainingSet& set, const Parameters& params);

}  // namespace plimsoll::test
