// A strict reader of the head of an HTTP/1.1 request. Pistache's own parser takes the first of two
// Content-Length headers and `3x` for 3; what this one refuses never gets there.
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
  bool keep_alive = true;
  bool expects_continue = false;
};

// `bytes` is everything up to and with the empty line.
Result<HttpHead> parse_http_head(std::string_view bytes);

}  // namespace plimsoll::native
