// Cross-validations and searches as text, in Prophet's names.
#pragma once

#include <string>
#include <vector>

#include "plimsoll/evaluate/cross_validation.h"

namespace plimsoll {

// `ds,cutoff,y,yhat,yhat_lower,yhat_upper`, rows by cutoff, then ds.
std::string encode_cross_validation_csv(const CrossValidation& validation);

// Performance metrics over all rows and over a rolling window, and the cutoffs; with the rows too.
std::string encode_cross_validation_metrics(const CrossValidation& validation,
                                            double rolling_window);
std::string encode_cross_validation(const CrossValidation& validation, double rolling_window);

std::string encode_search(const std::vector<SearchResult>& results);

}  // namespace plimsoll
