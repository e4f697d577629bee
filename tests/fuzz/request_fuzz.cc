// Feeds arbitrary bytes to the request function. Whatever they are, the answer is a response: no
// crash, no hang, no exception, and every failure a problem document.
//
// The entry point is libFuzzer's; the main() below drives it with mutations of real files, so that
// the fuzzer builds and runs in every normal build, without a fuzzing engine.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "math/random.h"
#include "plimsoll/api/request.h"

namespace {

using plimsoll::Random;

// The first byte chooses the endpoint, the rest is the body.
constexpr std::string_view kTargets[] = {"/v1/validate",
                                         "/v1/plan?points=0&horizon=day",
                                         "/v1/plan?format=yaml",
                                         "/v1/fit",
                                         "/v1/forecast?horizon=day",
                                         "/v1/plan?format=csv&tz=%2B01:00",
                                         "/v1/cross-validate?horizon=1h&initial=1h",
                                         "/v1/search-priors?horizon=2h&initial=2h",
                                         "/v1/import/prophet",
                                         "/v1/export/prophet",
                                         "/v1/forecast?quantiles=0.01,0.5&non_negative=1"};

#ifndef PLIMSOLL_LIBFUZZER
std::string ask(const std::string& target, const std::string& body) {
  return plimsoll::handle_request({"POST", target, {}, body}, 0, {}).body;
}

// A model with every kind of term, and the bodies that are made of it.
std::vector<std::string> model_seeds() {
  std::string csv = R"(ds,y,cap,x,on\n)";
  for (int hour = 10; hour < 24; ++hour) {
    csv += "2026-01-05 " + std::to_string(hour) + ":00:00," + std::to_string(hour % 3) + ",9," +
           std::to_string(hour % 5) + ',' + std::to_string(hour % 2) + R"(\n)";
  }
  const std::string training =
      R"({"data":")" + csv +
      R"(","config":{"growth":"logistic","n_changepoints":2,)"
      R"("custom_seasonalities":[{"name":"s","period":0.5,"fourier_order":1,"condition_name":"on"}],)"
      R"("holidays":[{"holiday":"h","ds":"2026-01-05","upper_window":1}],)"
      R"("extra_regressors":[{"name":"x","mode":"multiplicative"}]}})";
  const std::string model = ask("/v1/fit", training);
  if (model.find("\"params\"") == std::string::npos) {
    std::cerr << "the seeds' model was not fitted: " << model << '\n';
    std::exit(2);
  }
  const std::string at = R"(,"at":"ds,cap,x,on\n2026-01-06,9,1,1\n"})";
  return {training, R"({"model":)" + model + at, R"({"model":)" + model + "}",
          ask("/v1/export/prophet", R"({"model":)" + model + "}")};
}

const std::string kFixedSeeds[] = {
    "timestamp,cpu_mean_5m,mem_mean_5m\n2026-01-05T00:00:00Z,0.1,512000000\n"
    "2026-01-05T00:05:00Z,0.2,512000001\n2026-01-05T00:10:00Z,NaN,\n",
    "ds;y\r\n2026-01-05 00:00:00;0,5\r\n\"2026-01-06\";\"1\"\"\"\r\n",
    "time\tcpu\tmemory\n1767571200\t250m\t512Mi\n1767571500\t1\t1Gi\n",
    R"({"data":"ds,y\n2026-01-01,1\n2026-01-02,2\n","config":{"n_changepoints":1}})",
    R"({"model":{"schema_version":1,"params":{"k":1}}})",
    R"("")",
    "\"\",\"\"\r\n\"\",\"\"",
    R"({"data":"\"\"","config":[[[[[[[[{"a":[[[[[[[[]]]]]]]]}]]]]]]]]})",
    "\xEF\xBB\xBFnamespace,workload,container,ds,cpu\na,b,c,2026-01-01T00:00:00+02:00,1e300\n"};

std::string mutate(const std::string& seed, Random& random) {
  std::string text = seed;
  const auto below = [&random](std::size_t n) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(n));
  };
  for (std::size_t edits = 1 + below(6); edits > 0 && !text.empty(); --edits) {
    const std::size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        text[at] = static_cast<char>(random.next() & 0xFFU);
        break;
      case 1:
        text.erase(at, 1 + below(8));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), 1 + below(40)));
        break;
      case 3:
        text.insert(at, 1, ",;\"\n\r\t-+.eE0"[below(12)]);
        break;
      default:
        text += text.substr(at);
    }
  }
  return text;
}

#endif

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // A buffer of exactly the body's size: a sanitizer sees a byte read beyond either end.
  const std::vector<char> exact(data + 1, data + size);
  const std::string_view body(exact.data(), exact.size());
  const std::string target(kTargets[data[0] % std::size(kTargets)]);
  const plimsoll::Response response = plimsoll::handle_request({"POST", target, {}, body}, 0, {});
  const bool problem = response.status >= 400;
  if (response.status == 500 || (problem && response.body.find("\"code\"") == std::string::npos)) {
    std::cerr << target << " answered " << response.status << " to:\n" << body << "\n";
    std::abort();
  }
  return 0;
}

#ifndef PLIMSOLL_LIBFUZZER
// request_fuzz [ITERATIONS] [SEED]
int main(int argc, char** argv) {
  const long iterations = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 2000;
  const long seed = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 1;
  Random random(static_cast<std::uint64_t>(seed));
  std::vector<std::string> seeds(std::begin(kFixedSeeds), std::end(kFixedSeeds));
  for (const std::string& made : model_seeds()) seeds.push_back(made);
  for (long i = 0; i < iterations; ++i) {
    const std::string& base = seeds[static_cast<std::size_t>(i) % seeds.size()];
    const std::string input = static_cast<char>(random.next() & 0xFFU) + mutate(base, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  std::cout << iterations << " mutated inputs, seed " << seed << ": no failure\n";
  return 0;
}
#endif
