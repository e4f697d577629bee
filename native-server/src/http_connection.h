// One client's connection: requests out of the bytes that arrive, answers as the client takes them,
// and a deadline for each. Knows sockets, not who accepts and watches them.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "byte_budget.h"
#include "http_body.h"
#include "http_head.h"
#include "http_message.h"
#include "http_server.h"

namespace plimsoll::native {

using Clock = std::chrono::steady_clock;

class HttpConnection;

// Bytes that no request has taken yet. Taking from the front does not move the rest each time: a
// client may send thousands of requests ahead.
class Unread {
 public:
  void append(std::string_view bytes) { bytes_.append(bytes); }
  [[nodiscard]] std::string_view view() const { return std::string_view(bytes_).substr(begin_); }
  [[nodiscard]] std::size_t size() const { return bytes_.size() - begin_; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  // Bytes of memory.
  [[nodiscard]] std::size_t held() const { return bytes_.size(); }
  void take(std::size_t size) {
    begin_ += size;
    if (2 * begin_ < bytes_.size()) return;
    bytes_.erase(0, begin_);
    begin_ = 0;
  }

 private:
  std::string bytes_;
  std::size_t begin_ = 0;
};

// What all connections of a server share.
struct HttpShared {
  HttpShared(const HttpServerOptions& options, HttpHandler handles)
      : handler(std::move(handles)),
        max_body_bytes(options.max_body_bytes),
        received(options.max_received_bytes),
        answers(options.max_answer_bytes) {}

  HttpHandler handler;
  const std::size_t max_body_bytes;
  ByteBudget received;  // heads and bodies that are held, also while they are worked on
  ByteBudget answers;   // those that clients have not taken yet
  std::atomic<int> in_flight{0};
  std::atomic<bool> draining{false};
  // Calls `writable` of the connection once its socket takes bytes again.
  std::function<void(HttpConnection&)> await_room;
};

// Bytes come in on an I/O thread, answers from any thread, deadlines from a third.
class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(int socket, std::string client, std::shared_ptr<HttpShared> shared);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  [[nodiscard]] int socket() const { return socket_; }

  void receive(std::string_view bytes);
  // The socket is about to be closed, and its number may soon be another client's: nothing is sent
  // to it from now on.
  void disconnected();
  [[nodiscard]] bool is_gone() const { return gone_.load(); }
  void writable();

  // Ends what has taken too long.
  void check_deadline(Clock::time_point now);
  // Since when it has waited for the client to send or to take; nothing while the server works.
  [[nodiscard]] std::optional<Clock::time_point> waits_since() const;
  // Closes it, to make room for others, unless the server works for it.
  void evict();

 private:
  enum class Phase {
    kHead,    // reads a head, or waits for one
    kBody,    // reads a body
    kAnswer,  // the request is with the handler
    kWrite,   // the answer goes out
    kLinger,  // the answer is out; the rest of what the client sends is thrown away
    kShut,    // nothing is sent or read any more
  };

  // All but pump, hand_over and answer hold the mutex.
  void pump();
  std::optional<HttpRequest> next_request();
  bool take_head();
  bool take_body();
  void hand_over(HttpRequest request);
  void answer(Response response);
  [[nodiscard]] Response no_room_for_body() const;
  void refuse(const Error& error);
  void refuse(Response response);
  void send(Response response);
  void write();
  void enter(Phase phase, Clock::duration patience);
  void shut();
  void forget();
  void enter_flight();
  void leave_flight();

  const int socket_;
  const std::string client_;
  const std::shared_ptr<HttpShared> shared_;

  mutable std::mutex mutex_;
  Phase phase_ = Phase::kHead;
  Clock::time_point phase_began_;
  Clock::time_point deadline_;
  Clock::time_point touched_;  // when the client last sent or took something
  Unread unread_;
  std::optional<HttpHead> head_;  // of the request whose body is read
  std::optional<BodyReader> body_;
  std::shared_ptr<Lease> received_;  // covers both; goes with a request to the handler
  std::string out_head_;             // of the answer that goes out
  std::string out_body_;
  std::size_t sent_ = 0;  // of both
  Lease out_lease_;
  bool keep_ = false;            // the connection outlives the answer
  bool head_only_ = false;       // the answer has no body
  bool handing_over_ = false;    // a thread is calling the handler
  bool in_flight_ = false;       // counted in the server's
  std::size_t thrown_away_ = 0;  // bytes received while lingering
  std::atomic<bool> gone_{false};
};

}  // namespace plimsoll::native
