#include "http_head.h"

#include <gtest/gtest.h>

namespace plimsoll::native {
namespace {

// The head that `lines` make; one in HTTP/1.1 without a Host is given one.
Result<HttpHead> parse(const std::string& lines) {
  const bool needs_host =
      lines.find("HTTP/1.1\r\n") != std::string::npos && lines.find("Host:") == std::string::npos;
  return parse_http_head(lines + (needs_host ? "Host: a\r\n\r\n" : "\r\n"));
}

TEST(HttpHead, ReadsRequestLineAndHeaders) {
  const auto head = parse("GET /next_week?policy=seed&x=%2B HTTP/1.1\r\nHost: a\r\nX-B:  c d \r\n");
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head.value().method, "GET");
  EXPECT_EQ(head.value().target, "/next_week?policy=seed&x=%2B");
  ASSERT_EQ(head.value().headers.size(), 2U);
  EXPECT_EQ(head.value().headers[1], Header("X-B", "c d"));
  EXPECT_TRUE(head.value().keep_alive);
  EXPECT_FALSE(head.value().chunked);
}

TEST(HttpHead, KeepAliveFollowsVersionAndHeader) {
  EXPECT_FALSE(parse("GET / HTTP/1.0\r\n").value().keep_alive);
  EXPECT_TRUE(parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n").value().keep_alive);
  EXPECT_FALSE(parse("GET / HTTP/1.1\r\nconnection: close\r\n").value().keep_alive);
}

TEST(HttpHead, ReadsFraming) {
  EXPECT_EQ(parse("POST / HTTP/1.1\r\ncontent-length: 42\r\n").value().content_length, 42U);
  EXPECT_TRUE(parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n").value().chunked);
  EXPECT_TRUE(parse("POST / HTTP/1.1\r\nExpect: 100-continue\r\n").value().expects_continue);
}

TEST(HttpHead, RefusesAmbiguousFraming) {
  for (const char* headers :
       {"Content-Length: 3\r\nContent-Length: 3\r\n", "Content-Length: 3x\r\n",
        "Content-Length: -3\r\n", "Content-Length: +3\r\n", "Content-Length: \r\n",
        "Content-Length: 0x10\r\n", "Content-Length: 99999999999999999999999\r\n",
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n"}) {
    EXPECT_FALSE(parse(std::string("POST / HTTP/1.1\r\n") + headers).ok()) << headers;
  }
}

TEST(HttpHead, RefusesMalformedLines) {
  for (const char* lines : {"", "GET\r\n", "GET /\r\n", "GET  HTTP/1.1\r\n", "GET a HTTP/1.1\r\n",
                            "GET /a b HTTP/1.1\r\n", "GET / HTTP/2\r\n", "G(T / HTTP/1.1\r\n",
                            "GET / HTTP/1.1\r\nno colon\r\n", "GET / HTTP/1.1\r\nBad Name: x\r\n",
                            "GET / HTTP/1.1\r\nName : x\r\n", "GET / HTTP/1.1\r\nA: b\nC: d\r\n",
                            "GET / HTTP/1.1\r\nA: b\rC\r\n", "GET / HTTP/1.1\r\n folded: x\r\n"}) {
    EXPECT_FALSE(parse(lines).ok()) << lines;
  }
  EXPECT_FALSE(parse(std::string("GET / HTTP/1.1\r\nA: \0\r\n", 22)).ok());
}

TEST(HttpHead, WantsOneHostInVersion11) {
  const auto ok = [](const std::string& bytes) { return parse_http_head(bytes).ok(); };
  EXPECT_FALSE(ok("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_FALSE(ok("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"));
  EXPECT_FALSE(ok("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"));
  EXPECT_FALSE(ok("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"));
  EXPECT_FALSE(ok("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"));
  EXPECT_TRUE(ok("GET / HTTP/1.1\r\nHost:\r\n\r\n"));
  EXPECT_TRUE(ok("GET / HTTP/1.1\r\nHost: [::1]:8003\r\n\r\n"));
  EXPECT_TRUE(ok("GET / HTTP/1.0\r\n\r\n"));
}

TEST(HttpHead, ReadsATargetInAbsoluteForm) {
  EXPECT_EQ(parse("GET http://a:80/livez?x=1 HTTP/1.1\r\n").value().target, "/livez?x=1");
  EXPECT_EQ(parse("GET HTTP://a HTTP/1.1\r\n").value().target, "/");
  EXPECT_FALSE(parse("GET http://a?x=1 HTTP/1.1\r\n").ok());
  EXPECT_FALSE(parse("GET ftp://a/ HTTP/1.1\r\n").ok());
}

TEST(HttpHead, ReadsConnectionAsAList) {
  EXPECT_FALSE(parse("GET / HTTP/1.1\r\nConnection: TE, Close\r\n").value().keep_alive);
  EXPECT_FALSE(parse("GET / HTTP/1.1\r\nConnection: close, keep-alive\r\n").value().keep_alive);
  EXPECT_TRUE(parse("GET / HTTP/1.1\r\nConnection: upgrade\r\n").value().keep_alive);
}

TEST(HttpHead, RefusesWhatItCannotRead) {
  const auto code_of = [](const std::string& header) {
    return parse("POST / HTTP/1.1\r\n" + header).error().code;
  };
  EXPECT_EQ(code_of("Content-Encoding: gzip\r\n"), ErrorCode::kUnsupportedMediaType);
  EXPECT_TRUE(parse("POST / HTTP/1.1\r\nContent-Encoding: identity\r\n").ok());
  EXPECT_EQ(code_of("A: \x01\r\n"), ErrorCode::kInvalidParameter);
  EXPECT_EQ(code_of("A: \x7f\r\n"), ErrorCode::kInvalidParameter);
  EXPECT_TRUE(parse("POST / HTTP/1.1\r\nA: b\tc \xc3\xa4\r\n").ok());
  EXPECT_FALSE(parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n").ok());
}

}  // namespace
}  // namespace plimsoll::native
