#include "http_head.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "http_message.h"

namespace plimsoll::native {
namespace {

Error malformed(std::string found, std::string expected) {
  return {ErrorCode::kInvalidParameter, {}, std::move(found), std::move(expected), ""};
}

bool is_token_char(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_visible(char c) { return c > ' ' && c != '\x7f'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<Error> read_request_line(std::string_view line, HttpHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) {
    return malformed("a malformed request line", "METHOD /target HTTP/1.1");
  }
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  head.method = line.substr(0, first);
  head.target = target;
  if (!is_token(head.method)) return malformed("a malformed method", "letters, as in GET");
  if (target.empty() || target.front() != '/' ||
      !std::all_of(target.begin(), target.end(), is_visible)) {
    return malformed("a malformed request target", "a path that begins with /");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return malformed("another protocol version", "HTTP/1.1");
  }
  head.keep_alive = version == "HTTP/1.1";
  return std::nullopt;
}

std::optional<Error> read_content_length(const std::string& value, HttpHead& head) {
  const char* end = value.data() + value.size();
  const bool starts_with_digit = !value.empty() && value.front() >= '0' && value.front() <= '9';
  const auto [rest, error] = std::from_chars(value.data(), end, head.content_length);
  if (!starts_with_digit || error != std::errc() || rest != end) {
    return malformed("Content-Length: " + value, "a whole number");
  }
  return std::nullopt;
}

// The headers that say where the body ends: each at most once, and not both.
std::optional<Error> read_framing(HttpHead& head) {
  bool has_length = false;
  for (const auto& [name, value] : head.headers) {
    const std::string lower = to_lower(name);
    if (lower == "content-length") {
      if (has_length) return malformed("two Content-Length headers", "one");
      has_length = true;
      if (auto error = read_content_length(value, head)) return error;
    } else if (lower == "transfer-encoding") {
      if (head.chunked || to_lower(value) != "chunked") {
        return malformed("Transfer-Encoding: " + value, "chunked, once");
      }
      head.chunked = true;
    } else if (lower == "connection") {
      const std::string control = to_lower(value);
      if (control == "close") head.keep_alive = false;
      if (control == "keep-alive") head.keep_alive = true;
    } else if (lower == "expect") {
      head.expects_continue = to_lower(value) == "100-continue";
    }
  }
  if (has_length && head.chunked) {
    return malformed("both Content-Length and Transfer-Encoding", "one of them");
  }
  return std::nullopt;
}

}  // namespace

Result<HttpHead> parse_http_head(std::string_view bytes) {
  HttpHead head;
  bool first = true;
  while (!bytes.empty()) {
    const auto end = bytes.find("\r\n");
    if (end == std::string_view::npos) return malformed("a line without its end", "CR LF");
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end + 2);
    if (line.find('\0') != std::string_view::npos || line.find('\r') != std::string_view::npos ||
        line.find('\n') != std::string_view::npos) {
      return malformed("a control character in the head", "text");
    }
    if (first) {
      if (auto error = read_request_line(line, head)) return *error;
      first = false;
      continue;
    }
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
      return malformed("a malformed header line", "Name: value");
    }
    head.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }
  if (auto error = read_framing(head)) return *error;
  return head;
}

}  // namespace plimsoll::native
