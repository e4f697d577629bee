// The target of a request taken apart: path and typed query parameters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
Result<std::optional<Timestamp>> read_moment(const Query& query, std::string_view name);
Result<std::int64_t> read_tz(const Query& query);
Result<ParseOptions> read_parse_options(const Query& query);

// All options of /v1/plan and /v1/validate.
Result<PlanOptions> read_plan_options(const Query& query);

// "1" or "true", "0" or "false".
Result<bool> read_switch(const Query& query, std::string_view name, bool fallback);

// `format`, one of `known`; json when absent.
Result<std::string> read_format(const Query& query, std::initializer_list<std::string_view> known);

Error invalid_parameter(std::string_view name, const std::string& value, std::string expected,
                        std::string fix);

}  // namespace plimsoll
