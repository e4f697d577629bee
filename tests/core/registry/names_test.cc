#include "plimsoll/registry/names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "plimsoll/base/hash.h"

namespace plimsoll {
namespace {

// The published test vectors of FNV-1a, 64 bits.
TEST(Hash, IsFnv1a) {
  EXPECT_EQ(fnv1a(""), 0xCBF29CE484222325ULL);
  EXPECT_EQ(fnv1a("a"), 0xAF63DC4C8601EC8CULL);
  EXPECT_EQ(fnv1a("foobar"), 0x85944171F73967E8ULL);
  EXPECT_EQ(hexadecimal(0xAF63DC4C8601EC8CULL), "af63dc4c8601ec8c");
  EXPECT_EQ(hexadecimal(1, kUpperHexDigits), "0000000000000001");
}

TEST(ModelNames, PlainNamesStayAndOthersAreSpelled) {
  EXPECT_EQ(escape_name("cart-7"), "cart-7");
  EXPECT_EQ(escape_name("a_b.c/d"), "a_5Fb_2Ec_2Fd");
  EXPECT_EQ(escape_name("\xC3\xA9"), "_C3_A9");
}

TEST(ModelNames, FolderNamesOfTheContract) {
  EXPECT_EQ(model_folder_name({"", "", ""}, Metric::kCpu), "modular-cpu_prophet_model");
  EXPECT_EQ(model_folder_name({"", "default", ""}, Metric::kMemory),
            "modular-memory_prophet_model");
  EXPECT_EQ(model_folder_name({"shop", "cart", "app"}, Metric::kCpu),
            "modular-cpu_prophet_model.shop.cart.app");
}

TEST(ModelNames, DifferentKeysGetDifferentFoldersOfAsciiOnly) {
  const std::vector<std::string> parts = {"",
                                          "a",
                                          ".",
                                          "a.b",
                                          "a_2Eb",
                                          "A",
                                          "/",
                                          "..",
                                          "a/b",
                                          "_",
                                          "\xF0\x9F\x90\x8B",
                                          " ",
                                          "a b",
                                          "_H",
                                          std::string(300, 'x')};
  std::set<std::string> names;
  std::size_t keys = 0;
  for (const auto& ns : parts) {
    for (const auto& workload : parts) {
      for (const auto& container : parts) {
        for (const Metric metric : {Metric::kCpu, Metric::kMemory}) {
          const std::string name = model_folder_name({ns, workload, container}, metric);
          EXPECT_LE(name.size(), 200U);
          EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "0123456789-_."),
                    std::string::npos);
          names.insert(name);
          ++keys;
        }
      }
    }
  }
  EXPECT_EQ(names.size(), keys);
}

TEST(ModelNames, ALongOneIsCutAndEndsInAHashOfTheWhole) {
  const std::string longest(190, 'x');
  const std::string one = model_folder_name({longest, "1", ""}, Metric::kCpu);
  const std::string two = model_folder_name({longest, "2", ""}, Metric::kCpu);
  EXPECT_EQ(one.size(), 160U + 2U + 16U);
  EXPECT_EQ(one.substr(0, 160), two.substr(0, 160));
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace plimsoll
