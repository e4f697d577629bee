#include "plimsoll/forecast/prophet/terms/training_data.h"

#include "plimsoll/data/table.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

ParseOptions with_columns_of(const ModelConfig& config, ParseOptions options) {
  const ColumnNames names = column_names(config);
  options.needed_columns = names.needed;
  options.optional_columns = names.optional;
  return options;
}

}  // namespace

Result<Series> read_training_csv(std::string_view csv, const ParseOptions& options,
                                 const ModelConfig& config) {
  const auto table = parse_training_csv(csv, with_columns_of(config, options));
  if (!table) return table.error();
  return prepare_training(table.value());
}

Result<Frame> read_moments_csv(std::string_view csv, const ParseOptions& options,
                               const ModelConfig& config) {
  const auto table = parse_moments_csv(csv, with_columns_of(config, options));
  if (!table) return table.error();
  return prepare_moments(table.value());
}

}  // namespace plimsoll
