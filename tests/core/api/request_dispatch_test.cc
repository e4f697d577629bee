// What is refused before a handler sees it: paths, methods, parameters, media types and sizes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "plimsoll/api/request.h"
#include "plimsoll/base/limits.h"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

int status_of(const std::string& target, std::vector<Header> headers, std::string_view body = "x") {
  return handle_request({"POST", target, std::move(headers), body}, {}, {}).status;
}

int status_with_type(const std::string& target, const std::string& type) {
  return status_of(target, {{"Content-Type", type}});
}

TEST(MediaType, OfACsvBodyMayBeWhatBrowsersAndCurlSend) {
  for (const char* const path : {"/v1/plan", "/v1/validate", "/v1/fit", "/v1/forecast"}) {
    for (const char* const type :
         {"", "text/csv", "text/plain", "application/csv", "application/octet-stream",
          "application/vnd.ms-excel", "application/x-www-form-urlencoded", "TEXT/CSV",
          "text/csv; charset=utf-8", "text/csv ;header=present", "Application/CSV;"}) {
      EXPECT_NE(status_with_type(path, type), 415) << path << ' ' << type;
    }
    for (const char* const type :
         {"image/png", "text/html", "text/csvx", "text", "csv", "application/xml", "text/ csv",
          "multipart/form-data", "application/jsonl", "application/vnd.ms-excel.sheet"}) {
      EXPECT_EQ(status_with_type(path, type), 415) << path << ' ' << type;
    }
  }
}

TEST(MediaType, JsonIsForRoutesThatReadIt) {
  EXPECT_EQ(status_with_type("/v1/plan", "application/json"), 415);
  EXPECT_EQ(status_with_type("/v1/validate", "application/json; charset=utf-8"), 415);
  for (const char* const path : {"/v1/fit", "/v1/forecast?horizon=day", "/v1/cross-validate",
                                 "/v1/search-priors", "/v1/import/prophet", "/v1/export/prophet"}) {
    EXPECT_NE(status_with_type(path, "application/json"), 415) << path;
    EXPECT_NE(status_with_type(path, "APPLICATION/JSON; charset=utf-8"), 415) << path;
  }
  for (const char* const path : {"/v1/import/prophet", "/v1/export/prophet"}) {
    EXPECT_NE(status_with_type(path, ""), 415) << path;
    EXPECT_NE(status_with_type(path, "text/plain"), 415) << path;
    EXPECT_EQ(status_with_type(path, "text/csv"), 415) << path;
    EXPECT_EQ(status_with_type(path, "application/octet-stream"), 415) << path;
  }
}

TEST(MediaType, TheHeaderIsFoundInAnyCase) {
  EXPECT_EQ(status_of("/v1/plan", {{"Accept", "text/csv"}, {"CONTENT-TYPE", "image/png"}}), 415);
  EXPECT_EQ(status_of("/v1/plan", {{"content-type", "image/png"}}), 415);
  EXPECT_NE(status_of("/v1/plan", {{"Content-Typo", "image/png"}}), 415);
  EXPECT_NE(status_of("/v1/plan", {}), 415);
}

TEST(MediaType, OfAnEmptyRequestDoesNotMatter) {
  const Request request{"GET", "/livez", {{"Content-Type", "image/png"}}, ""};
  EXPECT_EQ(handle_request(request, {}, {}).status, 200);
}

TEST(MediaType, SaysWhatIsAccepted) {
  const auto expected = [](const char* path) {
    const Request request{"POST", path, {{"Content-Type", "Image/PNG"}}, "x"};
    const Json problem = Json::parse(handle_request(request, {}, {}).body);
    EXPECT_EQ(problem.at("found"), "\"image/png\"");
    return problem.at("expected").get<std::string>();
  };
  EXPECT_EQ(expected("/v1/plan"), "text/csv");
  EXPECT_EQ(expected("/v1/fit"), "text/csv or application/json");
  EXPECT_EQ(expected("/v1/import/prophet"), "application/json");
}

TEST(Dispatch, HeadIsAnsweredLikeGet) {
  EXPECT_EQ(handle_request({"HEAD", "/livez", {}, ""}, {}, {}).status, 200);
  EXPECT_EQ(handle_request({"HEAD", "/v1/plan", {}, ""}, {}, {}).status, 405);
  EXPECT_EQ(handle_request({"get", "/livez", {}, ""}, {}, {}).status, 405);
}

TEST(Dispatch, OptionsNamesTheMethods) {
  const Response plan = handle_request({"OPTIONS", "/v1/plan", {}, ""}, {}, {});
  EXPECT_EQ(plan.status, 204);
  EXPECT_EQ(plan.headers.at(0), Header("Allow", "POST, OPTIONS"));
  EXPECT_EQ(handle_request({"OPTIONS", "/nowhere", {}, ""}, {}, {}).status, 404);
}

TEST(Dispatch, UnknownParametersAreNamedWithTheKnownOnes) {
  Json problem = Json::parse(handle_request({"GET", "/livez?x=1", {}, ""}, {}, {}).body);
  EXPECT_EQ(problem.at("code"), "unknown_parameter");
  EXPECT_EQ(problem.at("expected"), "no parameters");
  problem = Json::parse(handle_request({"POST", "/v1/fit?y=1", {}, "x"}, {}, {}).body);
  EXPECT_EQ(problem.at("location").at("field"), "y");
  EXPECT_EQ(problem.at("found"), "\"1\"");
  EXPECT_NE(problem.at("expected").get<std::string>().find("map.y"), std::string::npos);
}

TEST(Dispatch, BodiesHaveALimit) {
  const std::string longest(kLimits.max_body_bytes, ' ');
  EXPECT_EQ(status_of("/v1/plan", {}, longest), 422);  // an empty file
  EXPECT_EQ(status_of("/v1/plan", {}, longest + ' '), 413);
  const std::string larger = longest + ' ';
  EXPECT_EQ(handle_request({"GET", "/livez", {}, longest}, {}, {}).status, 200);
  EXPECT_EQ(handle_request({"GET", "/livez", {}, larger}, {}, {}).status, 413);
}

}  // namespace
}  // namespace plimsoll
