// HTTP/1.1 messages as the host sees them, whatever library carries them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/api/request.h"

namespace plimsoll::native {

struct HttpRequest {
  std::string method;
  std::string target;  // "/next_week?policy=seed"
  std::vector<Header> headers;
  std::string body;
  std::string client;               // the address it came from
  std::function<bool()> abandoned;  // whether the client has gone, which nobody then answers
  std::shared_ptr<void> held;       // what its bytes take of the server's budget
};

// Answers a request: to be called once, from any thread.
using Respond = std::function<void(Response)>;

// ASCII letters only, as header names are compared.
std::string to_lower(std::string_view text);

// The first header with this name, in whatever case; nullptr without one.
const std::string* find_header(const std::vector<Header>& headers, std::string_view name);

// The head of a response, up to and with the empty line; its Content-Length is the body's size.
std::string serialize_head(const Response& response, bool keep_alive);

}  // namespace plimsoll::native
