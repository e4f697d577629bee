#include "static_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "files.h"
#include "temporary_folder.h"

namespace plimsoll::native {
namespace {

class StaticFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto web = folder_.path() / "web";
    std::filesystem::create_directories(web / "assets");
    std::ofstream(web / "index.html") << "<!doctype html>";
    std::ofstream(web / "assets" / "core.wasm") << "wasm";
    std::ofstream(web / "assets" / "core.wasm.br") << "br";
    std::ofstream(folder_.path() / "secret") << "secret";
    std::filesystem::create_symlink("../secret", web / "link");
    files_.emplace(web.string());
  }
  [[nodiscard]] std::optional<Response> get(std::string_view target,
                                            const std::vector<Header>& headers = {}) const {
    return files_->answer(target, headers);
  }
  TemporaryFolder folder_;
  std::optional<StaticFiles> files_;
};

TEST_F(StaticFilesTest, RootIsThePageUnlessAMomentIsAskedFor) {
  ASSERT_TRUE(get("/"));
  EXPECT_EQ(get("/")->body, "<!doctype html>");
  EXPECT_TRUE(get("/?workload=cart"));
  EXPECT_FALSE(get("/?datetime_str=2026-01-01T00:00:00"));
  EXPECT_FALSE(get("/?a=b&datetime_str="));
}

TEST_F(StaticFilesTest, HeadersAreStrict) {
  const auto response = get("/");
  const auto value = [&](const char* name) { return *find_header(response->headers, name); };
  EXPECT_EQ(value("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(value("x-content-type-options"), "nosniff");
  EXPECT_EQ(value("referrer-policy"), "no-referrer");
  EXPECT_TRUE(value("content-security-policy").starts_with("default-src 'none'; script-src"));
  EXPECT_EQ(value("content-security-policy").find("unsafe-inline"), std::string::npos);
}

TEST_F(StaticFilesTest, WasmHasItsTypeAndItsCompressedTwin) {
  const auto plain = get("/assets/core.wasm");
  EXPECT_EQ(*find_header(plain->headers, "content-type"), "application/wasm");
  EXPECT_EQ(plain->body, "wasm");
  const auto small = get("/assets/core.wasm", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(small->body, "br");
  EXPECT_EQ(*find_header(small->headers, "content-encoding"), "br");
  EXPECT_EQ(*find_header(small->headers, "content-type"), "application/wasm");
}

TEST_F(StaticFilesTest, NothingOutsideIsServed) {
  for (const char* target : {"/../secret", "/assets/../../secret", "/%2e%2e/secret", "/link",
                             "//secret", "/assets", "/assets/", "/missing.wasm", "/etc/passwd"}) {
    EXPECT_FALSE(get(target)) << target;
  }
}

TEST_F(StaticFilesTest, MissingFolderIsAnError) {
  EXPECT_THROW(StaticFiles("/nonexistent/web"), FileError);
}

}  // namespace
}  // namespace plimsoll::native
