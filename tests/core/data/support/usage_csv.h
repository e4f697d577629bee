// Small, made-up files of usage for tests.
#pragma once

#include <string>

namespace plimsoll::test {

// `rows` samples 5 minutes apart from 2026-01-05T00:00Z (a Monday): a daily rhythm around 0.1 cores
// and 512 MB, with seeded noise.
std::string usage_csv(int rows, unsigned seed = 1);

}  // namespace plimsoll::test
