#include "data/support/usage_csv.h"

#include "base/number_text.h"
#include "math/portable_math.h"
#include "math/random.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll::test {

std::string usage_csv(int rows, unsigned seed) {
  Random random(seed);
  const Timestamp start = parse_iso8601("2026-01-05T00:00:00Z")->seconds;
  std::string csv = "timestamp,cpu_mean_5m,mem_mean_5m\n";
  for (int i = 0; i < rows; ++i) {
    const double wave = sin_cos_turns(static_cast<double>(i) / 288).sin;
    csv += format_iso8601(start + 300LL * i) + ',' +
           format_fixed(0.1 + 0.03 * wave + 0.005 * random.normal(), 6) + ',' +
           format_fixed(512e6 + 40e6 * wave + 5e6 * random.normal(), 0) + '\n';
  }
  return csv;
}

}  // namespace plimsoll::test
