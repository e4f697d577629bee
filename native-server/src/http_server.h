// An HTTP server behind our own interface; Pistache is known to http_server.cc alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http_message.h"

namespace plimsoll::native {

struct HttpServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8003;
  int threads = 2;
  // Of one body; of all that is received and not answered yet; of all answers not yet taken.
  std::size_t max_body_bytes = 64UL * 1024 * 1024;
  std::size_t max_received_bytes = 128UL * 1024 * 1024;
  std::size_t max_answer_bytes = 64UL * 1024 * 1024;
  // Beyond so many the one that has waited longest for its client is closed.
  std::size_t max_connections = 1024;
};

// Called on the thread that read or wrote last: must not block. `Respond` may be called later, from
// any thread.
using HttpHandler = std::function<void(HttpRequest, const Respond&)>;

// Requests of one connection are answered one after the other, in order. What cannot be a request
// (a malformed head, a body over the limit) is answered with a problem document and never reaches
// the handler; neither does an exception's text reach a client.
class HttpServer {
 public:
  HttpServer(const HttpServerOptions& options, HttpHandler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Binds and listens; returns at once. Throws std::runtime_error when it cannot.
  void start();

  // Requests from now on get 503 and a closed connection; returns when those before are answered,
  // at the latest after `patience`. Then stops every thread of its own.
  void drain_and_stop(std::chrono::milliseconds patience);

  // Requests that were taken and not yet answered on the wire.
  [[nodiscard]] int in_flight() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plimsoll::native
