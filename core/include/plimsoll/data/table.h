// Stage "parse": CSV bytes -> a table of typed columns.
#pragma once

#include <string_view>

#include "plimsoll/data/types.h"

namespace plimsoll {

// Reads a file of usage: a timestamp, CPU and/or memory, optionally names and current settings.
// A bad cell becomes a missing value and a located finding; an unreadable row is left out and
// found. An error is returned only when nothing can be read (empty, binary, no header, no usable
// column, over a limit). Never throws on any bytes.
Result<Table> parse_usage_csv(std::string_view bytes, const ParseOptions& options);

// Reads training data `ds,y` (or mapped). A mark of nothing is a missing value; any other
// unreadable cell is an error, since a model must not be trained on half a file.
Result<Table> parse_training_csv(std::string_view bytes, const ParseOptions& options);

// Reads a file of moments to predict: `ds` and the columns of the options.
Result<Table> parse_moments_csv(std::string_view bytes, const ParseOptions& options);

}  // namespace plimsoll
