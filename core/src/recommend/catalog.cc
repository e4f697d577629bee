#include <array>

#include "plimsoll/recommend/policy.h"
#include "recommend/policies/seed.h"

namespace plimsoll {
namespace {

constexpr std::array kPolicies = {Policy{"seed", size_by_seed}};

}  // namespace

std::span<const Policy> policies() { return kPolicies; }

const Policy& default_policy() { return kPolicies.front(); }

Result<const Policy*> find_policy(std::string_view name) {
  std::string known;
  for (const Policy& policy : kPolicies) {
    if (policy.name == name) return &policy;
    known += (known.empty() ? "" : ", ") + std::string(policy.name);
  }
  return Error{.code = ErrorCode::kInvalidParameter,
               .where = {.row = std::nullopt, .column = "", .field = "policy"},
               .found = '"' + std::string(name) + '"',
               .expected = known,
               .fix = "Leave the policy out; this version knows only " + known + '.'};
}

}  // namespace plimsoll
