// The reference cases of tests/data/reference: what real Prophet and the exact optimum say.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plimsoll/features.h"

namespace plimsoll::test {

inline const std::vector<std::string> kReferenceCases = {"o01", "o02", "o03", "o12", "o13",
                                                         "o20", "o22", "o23", "o30"};

std::string read_file(const std::string& path);  // path below tests/data
nlohmann::json load_case(const std::string& name);

// The case's data as a training set, through the core's own parser.
TrainingSet training_set_of(const nlohmann::json& reference);

// The log posterior written down naively, row by row with the C library's functions: it shares no
// code with the training it checks.
double naive_log_posterior(const TrainingSet& set, const Parameters& params);

}  // namespace plimsoll::test
