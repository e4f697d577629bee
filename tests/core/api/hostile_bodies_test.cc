// Bodies that nobody means well. Each lies in a heap buffer of exactly its size, so that a
// sanitizer sees a byte read beyond it; and twice with different neighbours, so that an answer made
// of them shows even without one.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "plimsoll/api/request.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/forecast/prophet/interchange/config.h"
#include "plimsoll/forecast/prophet/interchange/prophet_model.h"

namespace plimsoll {
namespace {

constexpr std::string_view kEndpoints[] = {"/v1/validate",
                                           "/v1/plan",
                                           "/v1/fit",
                                           "/v1/forecast?horizon=day",
                                           "/v1/cross-validate?horizon=1h",
                                           "/v1/search-priors?horizon=1h",
                                           "/v1/import/prophet",
                                           "/v1/export/prophet"};

Response answer(std::string_view target, std::string_view body) {
  return handle_request({"POST", std::string(target), {}, body}, 0, {});
}

std::string code_of(const Response& response) {
  const nlohmann::ordered_json json = nlohmann::ordered_json::parse(response.body, nullptr, false);
  return json.is_object() && json.contains("code") ? json.at("code").get<std::string>() : "";
}

Response exact_answer(std::string_view target, const std::string& body) {
  const std::vector<char> exact(body.begin(), body.end());
  return answer(target, {exact.data(), exact.size()});
}

// The answer to the body in the middle of other text.
Response answer_amid(std::string_view target, const std::string& body, const std::string& rest) {
  const std::string all = rest + body + rest;
  return answer(target, std::string_view(all).substr(rest.size(), body.size()));
}

TEST(HostileBodies, AreReadWithinTheirBytes) {
  std::vector<std::string> bodies;
  for (const char* const part : {"\"\"",
                                 "\"\"\"\"",
                                 "\"",
                                 "\"\"\"",
                                 "\" \"",
                                 " \"\" ",
                                 "\"a\"\"",
                                 "ds,y\n\"\"",
                                 "ds,y\n2026-01-01,\"\"",
                                 "ds,y\n\"\",\"\"",
                                 "\"\",\"\"",
                                 "\"ds\",\"y\"\n\"2026-01-01\",\"1\"\n\"\",\"\"",
                                 "\"\"\nds,y",
                                 "ds,y\n2026-01-01,1\"\"",
                                 "{\"data\":\"\\\"\\\"\"}",
                                 "{",
                                 "[",
                                 "{\"data\":\"",
                                 "\xEF\xBB\xBF\"\"",
                                 "\xEF\xBB\xBF"}) {
    for (const char* const end : {"", "\n", "\r\n", "\r", "\n\n", ",", "\n\"\""}) {
      bodies.push_back(std::string(part) + end);
    }
  }
  for (const std::string_view target : kEndpoints) {
    for (const std::string& body : bodies) {
      const Response exact = exact_answer(target, body);
      EXPECT_NE(exact.status, 500) << target << " " << body;
      EXPECT_EQ(exact.body, answer_amid(target, body, "\"\"\"7").body) << target << " " << body;
      EXPECT_EQ(exact.body, answer_amid(target, body, "\n0,1").body) << target << " " << body;
    }
  }
}

TEST(HostileBodies, NothingButEmptyQuotedFieldsIsAnEmptyFile) {
  for (const char* const body : {"\"\"", "\"\"\n", "\"\"\r\n\"\"\r\n", " \"\" ", "\n\"\""}) {
    for (const char* const target : {"/v1/validate", "/v1/plan", "/v1/fit"}) {
      const Response response = exact_answer(target, body);
      EXPECT_EQ(response.status, 422) << body;
      EXPECT_EQ(code_of(response), "empty_file") << response.body;
      EXPECT_NE(response.body.find("only empty fields"), std::string::npos) << response.body;
    }
  }
}

std::string nested(int depth, const std::string& open, const std::string& close) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(ParseJson, ReadsSixtyFourLevelsAndNoMore) {
  const int most = kLimits.max_json_depth;
  EXPECT_TRUE(parse_json(nested(most, "[", "]"), "body"));
  EXPECT_TRUE(parse_json(
      nested(most / 2, "[{\"a\":", "}]").insert(static_cast<std::size_t>(most / 2) * 6, "1"),
      "body"));
  const auto deep = parse_json(" " + nested(most + 1, "[", "]"), "config");
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, ErrorCode::kInvalidJson);
  EXPECT_EQ(deep.error().where.field, "config");
  EXPECT_NE(deep.error().found.find("at byte 65"), std::string::npos) << deep.error().found;
  EXPECT_EQ(deep.error().expected, "at most 64");
}

// `count` times `item`, with commas between them.
std::string listed(std::int64_t count, const std::string& item) {
  std::string text;
  for (std::int64_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + item;
  return text;
}

TEST(ParseJson, BoundsValuesAndMembers) {
  const auto refused = [](const std::string& text, const char* what) {
    const auto json = parse_json(text, "body");
    return !json && json.error().code == ErrorCode::kInvalidJson &&
           json.error().found.find(what) != std::string::npos;
  };
  EXPECT_TRUE(parse_json("{" + listed(kLimits.max_json_members, "\"a\":1") + "}", "body"));
  EXPECT_TRUE(refused("[{" + listed(kLimits.max_json_members + 1, "\"a\":1") + "}]",
                      "more than 1000 members of one object at byte "));
  EXPECT_TRUE(parse_json("[" + listed(kLimits.max_json_values - 1, "1") + "]", "body"));
  EXPECT_TRUE(
      refused("[" + listed(kLimits.max_json_values, "1") + "]", "more than 1000000 values"));
  EXPECT_TRUE(refused("[" + listed(kLimits.max_json_values, "[]") + "]", "values"));
  EXPECT_TRUE(parse_json("[\"" + listed(kLimits.max_json_values, "a") + "\"]", "body"));
  // What is no JSON at all is no reason to stop counting, or to count wrongly.
  EXPECT_FALSE(parse_json("]]]]" + nested(100, "[", "]"), "body"));
  EXPECT_FALSE(parse_json(listed(2 * kLimits.max_json_values, ""), "body"));
}

TEST(ParseJson, BracketsInTextsAreNoLevels) {
  const std::string brackets(1000, '[');
  EXPECT_TRUE(parse_json("{\"data\":\"" + brackets + "\"}", "body"));
  EXPECT_TRUE(parse_json(R"({"data":"\\\")" + brackets + "\"}", "body"));
  EXPECT_FALSE(parse_json(R"({"data":"\\",")" + std::string("\":") + brackets + "}", "body"));
}

TEST(HostileBodies, DeepJsonIsRefusedInEveryDoor) {
  constexpr int kDepth = 200'000;
  for (const auto& [open, close] :
       {std::pair{"[", "]"}, std::pair{"{\"a\":", "}"}, std::pair{"[", ""}}) {
    const std::string deep = nested(kDepth, open, close);
    for (const std::string& body : {deep, "{\"model\":" + deep + "}", "{\"config\":" + deep + "}",
                                    "{\"data\":\"ds,y\",\"config\":{\"holidays\":" + deep + "}}"}) {
      for (const std::string_view target : kEndpoints) {
        if (target == "/v1/validate" || target == "/v1/plan") continue;  // these read CSV
        EXPECT_EQ(code_of(exact_answer(target, body)), "invalid_json") << target;
      }
    }
    EXPECT_FALSE(decode_model(deep));
    EXPECT_FALSE(decode_config(deep));
    EXPECT_FALSE(decode_prophet_model(deep));
    // Prophet's files hold documents in texts.
    EXPECT_FALSE(decode_prophet_model(nlohmann::ordered_json(deep).dump()));
    EXPECT_FALSE(
        decode_prophet_model(nlohmann::ordered_json{{"train_component_cols", deep}}.dump()));
  }
}

}  // namespace
}  // namespace plimsoll
