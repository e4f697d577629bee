// The streaming writer against nlohmann/json, whose bytes it promises; and tables of members.
#include "codec/writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>

#include "codec/members.h"
#include "math/random.h"
#include "plimsoll/base/timestamp.h"

namespace plimsoll {
namespace {

using Json = nlohmann::ordered_json;

std::string oracle(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TEST(Writer, EveryPairOfBytesIsWrittenAsNlohmannDoes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text{'a', static_cast<char>(first), static_cast<char>(second), 'z'};
      ASSERT_EQ(json_text(text), oracle(text)) << first << ' ' << second;
      const std::string end{static_cast<char>(first), static_cast<char>(second)};
      ASSERT_EQ(json_text(end), oracle(end)) << first << ' ' << second;
    }
  }
}

TEST(Writer, LongerTextsBreakOffWhereNlohmannsDo) {
  constexpr std::string_view kBytes =
      "a\"\\\n\x01\x7F\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xDF\xE0\xE1"
      "\xED\xEF\xF0\xF1\xF4\xF5\xFF";
  Random random(7);
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::uint64_t length = random.next() % 7; length > 0; --length) {
      text += kBytes[random.next() % kBytes.size()];
    }
    ASSERT_EQ(json_text(text), oracle(text)) << i;
  }
}

TEST(Writer, NumbersAreNlohmanns) {
  Random random(8);
  for (int i = 0; i < 100'000; ++i) {
    const double value = std::ldexp(random.normal(), static_cast<int>(random.next() % 200) - 100);
    Writer out;
    out.value(value);
    ASSERT_EQ(out.take(), oracle(value));
  }
  constexpr double kEdges[] = {0.0,
                               -0.0,
                               1.0,
                               1e15,
                               1e16,
                               1e-5,
                               5e-324,
                               1.7976931348623157e308,
                               std::numeric_limits<double>::infinity(),
                               std::nan("")};
  for (const double value : kEdges) {
    Writer out;
    out.value(value);
    EXPECT_EQ(out.take(), oracle(value));
  }
}

TEST(Writer, SetsCommasByItself) {
  Writer out;
  out.begin_object();
  out.member("a", 1);
  out.key("b");
  out.begin_array();
  out.begin_object();
  out.end_object();
  out.value("[");
  out.value(":");
  out.begin_array();
  out.end_array();
  out.null();
  out.value(true);
  out.value(std::optional<double>());
  out.end_array();
  out.member("c", std::numeric_limits<std::int64_t>::min());
  out.end_object();
  EXPECT_EQ(out.take(), R"({"a":1,"b":[{},"[",":",[],null,true,null],"c":-9223372036854775808})");
}

enum class Colour { kRed, kGreen };
constexpr std::string_view kColours[] = {"red", "green"};

struct Part {
  std::string name;
  double value = 0.0;
};
struct Whole {
  int small = -3;
  bool yes = true;
  Colour colour = Colour::kGreen;
  Timestamp at = 0;
  std::int64_t day = -1;
  std::string empty;
  std::optional<double> none;
  std::optional<Part> part;
  std::vector<Part> parts;
  std::vector<double> usage;
  const Part* pointed = nullptr;
};

std::string_view name_of(const Part& part) { return part.name; }
bool has_parts(const Whole& whole) { return !whole.parts.empty(); }
std::size_t part_count(const Whole& whole) { return whole.parts.size(); }

constexpr Member kPartMembers[] = {
    PLIMSOLL_MEMBER("name", Part, name),
    PLIMSOLL_MEMBER("value", Part, value),
};
constexpr Shape kPartShape = Shape(kPartMembers, "Part").named<name_of>();

constexpr Member kWholeMembers[] = {
    PLIMSOLL_MEMBER("small", Whole, small),
    PLIMSOLL_MEMBER("yes", Whole, yes),
    PLIMSOLL_MEMBER("colour", Whole, colour).one_of(kColours),
    PLIMSOLL_MEMBER("at", Whole, at).as(Form::kMoment),
    PLIMSOLL_MEMBER("local", Whole, at).as(Form::kLocalMoment),
    PLIMSOLL_MEMBER("day", Whole, day).as(Form::kDay),
    PLIMSOLL_MEMBER("empty", Whole, empty),
    PLIMSOLL_MEMBER("nothing", Whole, empty).or_null(),
    PLIMSOLL_MEMBER("none", Whole, none),
    PLIMSOLL_MEMBER("gone", Whole, none).or_left_out(),
    PLIMSOLL_MEMBER("part", Whole, part).of(kPartShape),
    PLIMSOLL_MEMBER("parts", Whole, parts).of(kPartShape),
    PLIMSOLL_MEMBER("by_name", Whole, parts).by_name(kPartShape),
    PLIMSOLL_MEMBER("usage", Whole, usage).as(Form::kUsage),
    members::given<part_count>("count").where<has_parts>(),
    PLIMSOLL_MEMBER(nullptr, Whole, pointed).of(kPartShape),
};
constexpr Shape kWholeShape(kWholeMembers, "Whole");

TEST(Members, OneLoopWritesEveryForm) {
  const Part pointed{"p", 0.5};
  Whole whole;
  whole.pointed = &pointed;
  whole.usage = {0.12345678, 1.5, std::nan("")};
  EXPECT_EQ(write_document(&whole, kWholeShape, {.utc_offset_seconds = 3600, .usage_decimals = 6}),
            R"({"small":-3,"yes":true,"colour":"green","at":"1970-01-01T00:00:00Z",)"
            R"("local":"1970-01-01T01:00:00+01:00","day":"1969-12-31","empty":"","nothing":null,)"
            R"("none":null,"part":null,"parts":[],"by_name":{},"usage":[0.123457,1.5,null],)"
            R"("count":null,"name":"p","value":0.5})");
  whole.none = 2.0;
  whole.part = Part{"q", 1.0};
  whole.parts = {{"x", 1.0}, {"y", 2.0}};
  EXPECT_EQ(write_document(&whole, kWholeShape, {.utc_offset_seconds = 0, .usage_decimals = 0}),
            R"({"small":-3,"yes":true,"colour":"green","at":"1970-01-01T00:00:00Z",)"
            R"("local":"1970-01-01T00:00:00Z","day":"1969-12-31","empty":"","nothing":null,)"
            R"("none":2.0,"gone":2.0,"part":{"name":"q","value":1.0},)"
            R"("parts":[{"name":"x","value":1.0},{"name":"y","value":2.0}],)"
            R"("by_name":{"x":{"name":"x","value":1.0},"y":{"name":"y","value":2.0}},)"
            R"("usage":[0,2,null],"count":2,"name":"p","value":0.5})");
}

}  // namespace
}  // namespace plimsoll
