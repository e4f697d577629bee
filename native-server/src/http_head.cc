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

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_visible(char c) { return is_field_char(c) && c != ' ' && c != '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The path and query of a target in absolute form, as a client sends it to a proxy (RFC
// 9112, 3.2.2).
std::string_view path_of(std::string_view target) {
  constexpr std::string_view kScheme = "http://";
  if (to_lower(target.substr(0, kScheme.size())) != kScheme) return target;
  const auto end = target.find_first_of("/?", kScheme.size());
  if (end == std::string_view::npos) return "/";
  return target.substr(end);
}

std::optional<Error> read_request_line(std::string_view line, HttpHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) {
    return malformed("a malformed request line", "METHOD /target HTTP/1.1");
  }
  const std::string_view target = path_of(line.substr(first + 1, last - first - 1));
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
  head.version_1_0 = version == "HTTP/1.0";
  head.keep_alive = !head.version_1_0;
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

// Calls `use` with each element of a header's comma-separated list, in lower case.
template <class Use>
void for_each_element(std::string_view list, const Use& use) {
  while (!list.empty()) {
    const std::string_view element = list.substr(0, list.find(','));
    use(to_lower(trimmed(element)));
    list.remove_prefix(std::min(list.size(), element.size() + 1));
  }
}

// host[:port], as in a URL; empty where the target has no authority.
bool is_host(std::string_view text) {
  static constexpr std::string_view kOthers = "-._~%!$&'()*+,;=:[]";
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

// The headers that say what the message is: each at most once, and no two that contradict.
std::optional<Error> read_framing(HttpHead& head) {
  bool has_length = false;
  int hosts = 0;
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
    } else if (lower == "content-encoding" && to_lower(value) != "identity") {
      return Error{ErrorCode::kUnsupportedMediaType,
                   {},
                   "Content-Encoding: " + value,
                   "a body that is not compressed",
                   ""};
    } else if (lower == "connection") {
      for_each_element(value, [&head](const std::string& option) {
        if (option == "close") head.keep_alive = false;
        if (option == "keep-alive" && head.version_1_0) head.keep_alive = true;
      });
    } else if (lower == "expect") {
      head.expects_continue = to_lower(value) == "100-continue";
    } else if (lower == "host") {
      ++hosts;
      if (!is_host(value)) return malformed("a malformed Host", "name:port");
    }
  }
  if (hosts > 1 || (hosts == 0 && !head.version_1_0)) {
    return malformed(std::to_string(hosts) + " Host headers", "one");
  }
  if (has_length && head.chunked) {
    return malformed("both Content-Length and Transfer-Encoding", "one of them");
  }
  if (head.chunked && head.version_1_0) {
    return malformed("Transfer-Encoding in HTTP/1.0", "Content-Length");
  }
  return std::nullopt;
}

}  // namespace

bool is_token_char(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

bool is_field_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= ' ' && byte != 0x7f);
}

Result<HttpHead> parse_http_head(std::string_view bytes) {
  HttpHead head;
  bool first = true;
  while (!bytes.empty()) {
    const auto end = bytes.find("\r\n");
    if (end == std::string_view::npos) return malformed("a line without its end", "CR LF");
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end + 2);
    if (!std::all_of(line.begin(), line.end(), is_field_char)) {
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
