// A strict reader of the head of an HTTP/1.1 request. Pistache's own parser, which is not used,
// takes the first of two Content-Length headers and `3x` for 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/api/request.h"
#include "plimsoll/base/status.h"

namespace plimsoll::native {

// The most bytes of request line and headers together.
inline constexpr std::size_t kMaxHeadBytes = 32768;

struct HttpHead {
  std::string method;
  std::string target;
  std::vector<Header> headers;  // in order, with duplicates
  std::uint64_t content_length = 0;
  bool chunked = false;
  bool version_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

// What a method or a header's name is made of.
bool is_token_char(char c);
// What a header's value may hold: no control character but the tab.
bool is_field_char(char c);

// Holds RFC 9112 and 9110 strictly: one Host in HTTP/1.1, one way to say where the body ends,
// nothing compressed. `bytes` is everything up to and with the empty line.
Result<HttpHead> parse_http_head(std::string_view bytes);

}  // namespace plimsoll::native
