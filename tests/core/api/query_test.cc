#include "api/query.h"

#include <gtest/gtest.h>

#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

Query query_of(const std::string& text) {
  auto target = parse_target("/?" + text);
  EXPECT_TRUE(target.ok()) << text;
  return target.ok() ? target.value().query : Query{};
}

std::string value_of(const std::string& text) {
  const Query query = query_of("x=" + text);
  const std::string* const value = query.find("x");
  EXPECT_NE(value, nullptr) << text;
  return value == nullptr ? "" : *value;
}

Error refusal(const std::string& target) {
  const auto answer = parse_target(target);
  EXPECT_FALSE(answer.ok()) << target;
  return answer.ok() ? Error{} : answer.error();
}

TEST(Query, DecodesEveryByteInEitherCase) {
  constexpr std::string_view kLower = "0123456789abcdef";
  constexpr std::string_view kUpper = "0123456789ABCDEF";
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::string expected(1, static_cast<char>(static_cast<unsigned char>(byte)));
    for (const std::string_view digits : {kLower, kUpper}) {
      const std::string escape = {'%', digits[byte >> 4U], digits[byte & 15U]};
      EXPECT_EQ(value_of(escape), expected) << escape;
      EXPECT_EQ(value_of("a" + escape + "b"), "a" + expected + "b") << escape;
    }
  }
}

TEST(Query, DecodesNamesToo) {
  const Query query = query_of("map%2Ecpu=load%205&a+b=c+d");
  ASSERT_EQ(query.all().size(), 2U);
  EXPECT_EQ(*query.find("map.cpu"), "load 5");
  EXPECT_EQ(*query.find("a b"), "c d");
  EXPECT_EQ(value_of("%2B"), "+");
  EXPECT_EQ(value_of("%26%3D"), "&=");
}

TEST(Query, RefusesBrokenEscapes) {
  for (const char* const text :
       {"x=%", "x=%4", "x=a%", "x=a%2", "x=%zz", "x=%4g", "x=%g4", "x=%%41", "x=% 1", "x=%+1",
        "%=1", "x%1=2", "x=%:0", "x=%@0", "x=%`0", "x=%G0", "x=%/0"}) {
    const Error error = refusal(std::string("/?") + text);
    EXPECT_EQ(error.code, ErrorCode::kInvalidParameter) << text;
    EXPECT_EQ(error.where.field, "query") << text;
    EXPECT_EQ(error.found, '"' + std::string(text) + '"');
  }
}

TEST(Query, RefusesAParameterGivenTwice) {
  EXPECT_EQ(refusal("/?a=1&b=2&a=1").where.field, "a");
  EXPECT_EQ(refusal("/?a=1&%61=2").where.field, "a");
  EXPECT_EQ(query_of("a=1&A=2").all().size(), 2U);
}

TEST(Query, TakesApartWhatIsEmpty) {
  EXPECT_TRUE(query_of("").all().empty());
  EXPECT_TRUE(query_of("&&").all().empty());
  EXPECT_EQ(query_of("&a=1&&b=2&").all().size(), 2U);
  EXPECT_EQ(*query_of("a").find("a"), "");
  EXPECT_EQ(*query_of("a=").find("a"), "");
  EXPECT_EQ(*query_of("a=b=c").find("a"), "b=c");
  EXPECT_EQ(*query_of("a=b?c").find("a"), "b?c");
  EXPECT_EQ(query_of("a=1").find("b"), nullptr);
  EXPECT_EQ(parse_target("/next_day").value().path, "/next_day");
  EXPECT_EQ(parse_target("/next_day?tz=UTC").value().path, "/next_day");
}

TEST(Query, TargetsHaveALimit) {
  const std::string longest = "/" + std::string(kLimits.max_target_bytes - 1, 'a');
  EXPECT_TRUE(parse_target(longest).ok());
  EXPECT_EQ(refusal(longest + "a").code, ErrorCode::kTooLarge);
}

TEST(Query, ReadsMoments) {
  EXPECT_FALSE(read_moment(query_of("a=1"), option::kNow).value().has_value());
  EXPECT_EQ(read_moment(query_of("now=1970-01-02"), option::kNow).value(), 86400);
  EXPECT_EQ(read_moment(query_of("now=1970-01-01T01:00:00%2B01:00"), option::kNow).value(), 0);
  const auto wrong = read_moment(query_of("now=soon"), option::kNow);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().where.field, "now");
}

TEST(Query, ReadsZones) {
  EXPECT_EQ(read_tz(query_of("a=1")).value(), std::nullopt);
  EXPECT_EQ(read_tz(query_of("tz=UTC")).value(), 0);
  EXPECT_EQ(read_tz(query_of("tz=-02:30")).value(), -9000);
  EXPECT_EQ(read_tz(query_of("tz=%2B01:00")).value(), 3600);
  EXPECT_EQ(read_tz(query_of("tz=+01:00")).value(), 3600);  // as people type it
  EXPECT_EQ(read_tz(query_of("tz=soon")).error().where.field, "tz");
  EXPECT_FALSE(read_tz(query_of("tz=")).ok());
}

TEST(Query, ReadsSwitches) {
  constexpr Option kOn{"points", "", OptionKind::kSwitch, "1"};
  constexpr Option kOff{"points", "", OptionKind::kSwitch, "0"};
  EXPECT_TRUE(read_switch(query_of("x=1"), kOn).value());
  EXPECT_FALSE(read_switch(query_of("x=1"), kOff).value());
  for (const Option& option : {kOn, kOff}) {
    EXPECT_TRUE(read_switch(query_of("points=1"), option).value());
    EXPECT_TRUE(read_switch(query_of("points=true"), option).value());
    EXPECT_FALSE(read_switch(query_of("points=0"), option).value());
    EXPECT_FALSE(read_switch(query_of("points=false"), option).value());
    for (const char* const text : {"points", "points=", "points=2", "points=yes", "points=TRUE"}) {
      EXPECT_EQ(read_switch(query_of(text), option).error().where.field, "points");
    }
  }
}

TEST(Query, ReadsChoices) {
  EXPECT_EQ(read_choice(query_of(""), option::kFormat).value(), "json");
  EXPECT_EQ(read_choice(query_of("format=json"), option::kFormat).value(), "json");
  EXPECT_EQ(read_choice(query_of("format=csv"), option::kFormat).value(), "csv");
  for (const char* const text : {"format=yaml", "format=", "format=json csv", "format=js"}) {
    const auto wrong = read_choice(query_of(text), option::kFormat);
    ASSERT_FALSE(wrong.ok()) << text;
    EXPECT_EQ(wrong.error().expected, "one of json, csv");
    EXPECT_EQ(wrong.error().fix, "Without it: json.");
  }
}

TEST(Query, ReadsNumbersWithinTheirBounds) {
  constexpr Option kShare{"share", "", OptionKind::kNumber, "0.5", {}, 0.25, 0.75};
  EXPECT_EQ(read_number(query_of("x=1"), kShare).value(), std::nullopt);
  for (const auto& [text, number] :
       {std::pair{"share=0.25", 0.25}, {"share=7.5e-1", 0.75}, {"share=.5", 0.5}}) {
    EXPECT_EQ(read_number(query_of(text), kShare).value(), number) << text;
    EXPECT_EQ(read_numbers(query_of(text), kShare, 1).value(), std::vector<double>{number}) << text;
  }
  for (const char* const text : {"share", "share=", "share=0.2499", "share=0.7501", "share=half",
                                 "share=0.5m", "share=nan", "share=-0.5", "share= 0.5"}) {
    EXPECT_EQ(read_number(query_of(text), kShare).error().where.field, "share") << text;
    EXPECT_EQ(read_numbers(query_of(text), kShare, 9).error().where.field, "share") << text;
  }
  EXPECT_EQ(read_number(query_of("share=1"), kShare).error().expected,
            "a number from 0.25 to 0.75");
  constexpr Option kCores{"cores", "", OptionKind::kNumber, "1", {}, 0.0, 5.0};
  EXPECT_EQ(read_number(query_of("cores=6"), kCores).error().expected, "a number from 0.0 to 5.0");
  EXPECT_EQ(read_number(query_of("at_most=x"), option::kAtMost).error().expected, "a number");
  EXPECT_EQ(read_number(query_of("at_most=-1e9"), option::kAtMost).value(), -1e9);
  EXPECT_FALSE(read_number(query_of("at_most=1e309"), option::kAtMost).ok());

  EXPECT_EQ(read_numbers(query_of("share=0.5,0.25"), kShare, 2).value(),
            (std::vector<double>{0.5, 0.25}));
  EXPECT_FALSE(read_numbers(query_of("share=0.5,0.25"), kShare, 1).ok());
  EXPECT_FALSE(read_numbers(query_of("share=0.5,"), kShare, 9).ok());
  EXPECT_FALSE(read_numbers(query_of("share=0.5,,0.5"), kShare, 9).ok());
}

TEST(Query, ReadsMapsAndUnits) {
  const ParseOptions options =
      read_parse_options(query_of("map.cpu=load&unit.cpu=percent&map.timestamp=at")).value();
  EXPECT_EQ(options.columns.size(), 2U);
  EXPECT_EQ(options.columns.at("cpu"), "load");
  EXPECT_EQ(options.columns.at("timestamp"), "at");
  EXPECT_EQ(options.units.size(), 1U);
  EXPECT_EQ(options.units.at("cpu"), "percent");
}

TEST(Query, ReadsEveryOptionOfAPlan) {
  const PlanOptions options =
      read_plan_options(query_of("now=1970-01-02&tz=-01:00&preset=seed&policy=seed&horizon=month&"
                                 "min_records=12&tolerate_missing=1"))
          .value();
  EXPECT_EQ(options.now, 86400);
  EXPECT_EQ(options.utc_offset_seconds, -3600);
  EXPECT_EQ(options.preset, Preset::kSeed);
  EXPECT_EQ(options.horizon, Horizon::kMonth);
  EXPECT_EQ(options.validation.min_records, 12);
  EXPECT_TRUE(options.validation.tolerate_missing);
  const PlanOptions none = read_plan_options(query_of("")).value();
  EXPECT_FALSE(none.now.has_value());
  EXPECT_FALSE(none.horizon.has_value());
  EXPECT_EQ(none.preset, Preset::kAuto);
  EXPECT_EQ(none.validation.min_records, 1000);
  EXPECT_FALSE(none.validation.tolerate_missing);
}

TEST(Query, CountsAreDigitsOnly) {
  EXPECT_EQ(read_plan_options(query_of("min_records=0")).value().validation.min_records, 0);
  EXPECT_EQ(read_plan_options(query_of("min_records=999999999999")).value().validation.min_records,
            999'999'999'999);
  for (const char* const text :
       {"", "-1", "+1", "1.5", "1e3", "ten", "1 ", "9999999999999", "0x1"}) {
    const auto answer = read_plan_options(query_of("min_records=" + std::string(text)));
    ASSERT_FALSE(answer.ok()) << text;
    EXPECT_EQ(answer.error().where.field, "min_records");
  }
}

TEST(Query, WrongOptionsAreNamed) {
  const std::pair<const char*, const char*> wrong[] = {
      {"now=soon", "now"},         {"tz=here", "tz"},
      {"preset=best", "preset"},   {"policy=best", "policy"},
      {"horizon=year", "horizon"}, {"tolerate_missing=2", "tolerate_missing"}};
  for (const auto& [text, field] : wrong) {
    const auto answer = read_plan_options(query_of(text));
    ASSERT_FALSE(answer.ok()) << text;
    EXPECT_EQ(answer.error().where.field, field);
  }
}

}  // namespace
}  // namespace plimsoll
