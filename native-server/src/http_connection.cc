#include "http_connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <utility>

#include "log.h"
#include "plimsoll/api/request.h"

namespace plimsoll::native {
namespace {

using std::chrono::seconds;

// Idle, or with a part of a head.
constexpr seconds kHeadPatience{30};
// A body as a whole, and between two pieces of it.
constexpr seconds kBodyPatience{120};
constexpr seconds kBodyPause{15};
// An answer as a whole, and between two pieces that the client takes.
constexpr seconds kWritePatience{120};
constexpr seconds kWritePause{20};
// After an answer that ends the connection, for a client that is still sending to read it; then the
// connection is reset.
constexpr seconds kLingerPatience{2};
constexpr std::size_t kLingerBytes = 8UL * 1024 * 1024;
// What a client may send ahead while its request is answered.
constexpr std::size_t kMaxAhead = 1024UL * 1024;
// A body up to this size goes out in one piece with its head.
constexpr std::size_t kOnePiece = 65536;

Error fault(ErrorCode code, std::string found, std::string expected, std::string fix = "") {
  return {code, {}, std::move(found), std::move(expected), std::move(fix)};
}

Error too_large(std::string found, std::size_t most) {
  return fault(ErrorCode::kTooLarge, std::move(found),
               "at most " + std::to_string(most) + " bytes");
}

Response no_room(std::string found) {
  Response response =
      problem_response(fault(ErrorCode::kUnavailable, std::move(found), "a server with less to do",
                             "Try again in a few seconds."));
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

}  // namespace

HttpConnection::HttpConnection(int socket, std::string client, std::shared_ptr<HttpShared> shared)
    : socket_(socket),
      client_(std::move(client)),
      shared_(std::move(shared)),
      received_(std::make_shared<Lease>(shared_->received)),
      out_lease_(shared_->answers) {
  enter(Phase::kHead, kHeadPatience);
}

HttpConnection::~HttpConnection() { leave_flight(); }

void HttpConnection::receive(std::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    const bool busy = phase_ == Phase::kAnswer || phase_ == Phase::kWrite;
    if (phase_ == Phase::kShut || (busy && !keep_)) return;
    if (phase_ == Phase::kLinger) {
      thrown_away_ += bytes.size();
      if (thrown_away_ > kLingerBytes) shut();
      return;
    }
    touched_ = Clock::now();
    if (phase_ == Phase::kHead && unread_.empty()) enter(Phase::kHead, kHeadPatience);
    if (phase_ == Phase::kBody) {
      deadline_ = std::min(phase_began_ + kBodyPatience, touched_ + kBodyPause);
    }
    unread_.append(bytes);
    const bool has_room = received_->resize(unread_.held() + (body_ ? body_->size() : 0));
    if (busy && (!has_room || unread_.size() > kMaxAhead)) {
      shut();
    } else if (!has_room) {
      refuse(no_room_for_body());
    }
  }
  pump();
}

void HttpConnection::disconnected() {
  const std::lock_guard lock(mutex_);
  gone_ = true;
  if (phase_ == Phase::kWrite) leave_flight();
  phase_ = Phase::kShut;
  forget();
}

void HttpConnection::writable() {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != Phase::kWrite) return;
    write();
  }
  pump();
}

// Requests one after the other, in a loop and not by recursion: a client may send thousands ahead.
void HttpConnection::pump() {
  for (;;) {
    std::optional<HttpRequest> request;
    {
      const std::lock_guard lock(mutex_);
      if (handing_over_) return;  // who hands over goes on afterwards
      request = next_request();
      if (!request) return;
      handing_over_ = true;
    }
    hand_over(*std::move(request));
    const std::lock_guard lock(mutex_);
    handing_over_ = false;
  }
}

std::optional<HttpRequest> HttpConnection::next_request() {
  if (phase_ == Phase::kHead && !take_head()) return std::nullopt;
  if (phase_ != Phase::kBody || !take_body()) return std::nullopt;
  HttpRequest request;
  request.method = std::move(head_->method);
  request.target = std::move(head_->target);
  request.headers = std::move(head_->headers);
  request.body = body_->take();
  request.client = client_;
  request.abandoned = [connection = shared_from_this()] { return connection->is_gone(); };
  // The request's bytes are its own from here; those sent ahead are counted anew.
  const auto held = std::exchange(received_, std::make_shared<Lease>(shared_->received));
  request.held = held;
  body_.reset();
  if (!held->resize(request.body.size()) || !received_->resize(unread_.held())) {
    shut();
    return std::nullopt;
  }
  keep_ = head_->keep_alive;
  head_only_ = request.method == "HEAD";
  head_.reset();
  enter(Phase::kAnswer, Clock::duration::max());
  enter_flight();
  return request;
}

// True when there is a whole and acceptable head.
bool HttpConnection::take_head() {
  // One empty line before a request is passed over (RFC 9112, 2.2).
  const std::string_view unread = unread_.view();
  const std::size_t begin = unread.starts_with("\r\n") ? 2 : 0;
  if (unread.substr(begin).starts_with("\r\n")) {
    refuse(fault(ErrorCode::kInvalidParameter, "an empty line", "METHOD /target HTTP/1.1"));
    return false;
  }
  const auto end = unread.find("\r\n\r\n", begin);
  if (std::min(end, unread.size()) > begin + kMaxHeadBytes) {
    refuse(too_large("a longer request head", kMaxHeadBytes));
    return false;
  }
  if (end == std::string::npos) return false;
  auto head = parse_http_head(unread.substr(begin, end + 4 - begin));
  if (!head) {
    refuse(head.error());
    return false;
  }
  head_ = std::move(head).value();
  if (head_->content_length > shared_->max_body_bytes) {
    refuse(too_large("a larger body", shared_->max_body_bytes));
    return false;
  }
  // Refused before it is sent, as far as one can know.
  if (!received_->could_be(static_cast<std::size_t>(head_->content_length))) {
    refuse(no_room_for_body());
    return false;
  }
  unread_.take(end + 4);
  body_ = head_->chunked ? BodyReader::in_chunks(shared_->max_body_bytes)
                         : BodyReader::with_length(head_->content_length);
  enter(Phase::kBody, kBodyPause);
  if (head_->expects_continue && unread_.empty() && !body_->complete()) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    ::send(socket_, kContinue.data(), kContinue.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  return true;
}

// True when the body is complete.
bool HttpConnection::take_body() {
  const auto taken = body_->read(unread_.view());
  if (!taken) {
    refuse(taken.error());
    return false;
  }
  unread_.take(taken.value());
  return body_->complete();
}

void HttpConnection::hand_over(HttpRequest request) {
  const Respond respond = [connection = shared_from_this()](Response response) {
    connection->answer(std::move(response));
  };
  if (shared_->draining) {
    respond(problem_response(
        fault(ErrorCode::kUnavailable, "a server that is stopping", "another one")));
    return;
  }
  try {
    shared_->handler(std::move(request), respond);
  } catch (const std::exception& error) {
    log_event("error", "handler_failed", {{"reason", error.what()}});
    respond(problem_response(fault(ErrorCode::kInternal, "", "")));
  }
}

void HttpConnection::answer(Response response) {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != Phase::kAnswer) {  // the client has gone
      leave_flight();
      return;
    }
    if (shared_->draining) keep_ = false;
    send(std::move(response));
  }
  pump();
}

Response HttpConnection::no_room_for_body() const {
  return no_room("no room for this body: " + std::to_string(shared_->received.bytes()) +
                 " bytes of all requests are held at most");
}

// What follows on this connection cannot be trusted: it is closed after the answer.
void HttpConnection::refuse(const Error& error) { refuse(problem_response(error)); }

void HttpConnection::refuse(Response response) {
  log_event("info", "refused", {{"client", client_}, {"status", std::to_string(response.status)}});
  head_.reset();
  forget();
  keep_ = false;
  head_only_ = false;
  enter_flight();
  send(std::move(response));
}

void HttpConnection::send(Response response) {
  if (!out_lease_.resize(head_only_ ? 0 : response.body.size())) {
    response = no_room("no room for more answers: " + std::to_string(shared_->answers.bytes()) +
                       " bytes wait to be taken at most");
  }
  out_head_ = serialize_head(response, keep_);
  out_body_ = head_only_ || response.status == 204 ? std::string() : std::move(response.body);
  if (out_body_.size() <= kOnePiece) out_head_.append(std::exchange(out_body_, {}));
  sent_ = 0;
  enter(Phase::kWrite, kWritePause);
  write();
}

// As much of the answer as the socket takes now; the rest once it takes more.
void HttpConnection::write() {
  while (sent_ < out_head_.size() + out_body_.size()) {
    const bool in_head = sent_ < out_head_.size();
    const std::string_view rest =
        in_head ? std::string_view(out_head_).substr(sent_)
                : std::string_view(out_body_).substr(sent_ - out_head_.size());
    const ssize_t sent = ::send(socket_, rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) {
      sent_ += static_cast<std::size_t>(sent);
      touched_ = Clock::now();
      deadline_ = std::min(phase_began_ + kWritePatience, touched_ + kWritePause);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      shared_->await_room(*this);
      return;
    } else if (errno != EINTR) {
      shut();
      return;
    }
  }
  leave_flight();
  out_head_ = {};
  out_body_ = {};
  static_cast<void>(out_lease_.resize(0));
  if (keep_) {
    enter(Phase::kHead, kHeadPatience);
    return;
  }
  ::shutdown(socket_, SHUT_WR);
  enter(Phase::kLinger, kLingerPatience);
  forget();
}

void HttpConnection::check_deadline(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (now < deadline_) return;
  switch (phase_) {
    case Phase::kHead:
    case Phase::kBody:
      if (phase_ == Phase::kHead && unread_.empty()) return shut();
      return refuse(fault(ErrorCode::kRequestTimeout, "a request that does not end",
                          "its head within 30 seconds, its body without long pauses"));
    case Phase::kWrite:
      log_event("info", "answer_not_taken", {{"client", client_}});
      return shut();
    case Phase::kLinger:
      return shut();
    case Phase::kAnswer:
    case Phase::kShut:
      return;
  }
}

std::optional<Clock::time_point> HttpConnection::waits_since() const {
  const std::lock_guard lock(mutex_);
  if (phase_ == Phase::kAnswer || phase_ == Phase::kShut) return std::nullopt;
  return touched_;
}

void HttpConnection::evict() {
  const std::lock_guard lock(mutex_);
  if (phase_ != Phase::kAnswer) shut();
}

void HttpConnection::enter(Phase phase, Clock::duration patience) {
  phase_ = phase;
  phase_began_ = touched_ = Clock::now();
  deadline_ =
      patience == Clock::duration::max() ? Clock::time_point::max() : phase_began_ + patience;
}

// The socket's reader sees its end next, and closes it.
void HttpConnection::shut() {
  if (phase_ == Phase::kWrite) leave_flight();
  phase_ = Phase::kShut;
  ::shutdown(socket_, SHUT_RDWR);
  forget();
}

void HttpConnection::forget() {
  unread_ = {};
  body_.reset();
  out_head_ = {};
  out_body_ = {};
  static_cast<void>(received_->resize(0));
  static_cast<void>(out_lease_.resize(0));
}

void HttpConnection::enter_flight() {
  in_flight_ = true;
  ++shared_->in_flight;
}

void HttpConnection::leave_flight() {
  if (std::exchange(in_flight_, false)) --shared_->in_flight;
}

}  // namespace plimsoll::native
