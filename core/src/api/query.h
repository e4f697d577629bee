// The target of a request taken apart: path and typed query parameters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plimsoll/api/options.h"
#include "plimsoll/plan/plan.h"

namespace plimsoll {

// Percent-decoded parameters in the order given.
class Query {
 public:
  void add(std::string name, std::string value);

  // nullptr when the parameter is absent.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
    return parameters_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

struct Target {
  std::string path;
  Query query;
};

// Fails on a target over its limit, a broken percent escape or a parameter given twice.
Result<Target> parse_target(std::string_view target);

// Typed readers; absent parameters give nothing.
Result<std::optional<Timestamp>> read_moment(const Query& query, const Option& option);
Result<std::optional<std::int64_t>> read_tz(const Query& query);
Result<ParseOptions> read_parse_options(const Query& query);

// min_records and tolerate_missing.
Result<ValidationOptions> read_validation_options(const Query& query);

// All options of /v1/plan but those of the answer's form.
Result<PlanOptions> read_plan_options(const Query& query);

// "1" or "true", "0" or "false".
Result<bool> read_switch(const Query& query, const Option& option);

// One of the option's choices; its fallback when absent.
Result<std::string> read_choice(const Query& query, const Option& option);

// A number within the option's bounds.
Result<std::optional<double>> read_number(const Query& query, const Option& option);

// As many as `most`, separated by commas, each within the option's bounds.
Result<std::vector<double>> read_numbers(const Query& query, const Option& option,
                                         std::size_t most);

Error invalid_parameter(std::string_view name, const std::string& value, std::string expected,
                        std::string fix);

}  // namespace plimsoll
