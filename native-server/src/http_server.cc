#include "http_server.h"

#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/peer.h>
#include <sys/socket.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "http_head.h"
#include "log.h"
#include "plimsoll/api/request.h"
#include "plimsoll/base/limits.h"

namespace plimsoll::native {
namespace {

using PeerPointer = std::shared_ptr<Pistache::Tcp::Peer>;

constexpr const char* kConnectionKey = "plimsoll";
// A connection without a whole head for so long is closed, idle ones too.
constexpr std::chrono::seconds kHeaderTimeout{30};
// A body has so long to arrive.
constexpr std::chrono::seconds kBodyTimeout{120};
// Pistache counts the time a request waits and runs as time for its body.
constexpr std::chrono::seconds kAnswerTimeout{600};
// Room for the chunk sizes of a chunked body that just fits.
constexpr std::size_t kFramingAllowance = 1024UL * 1024;

// What all connections share.
struct Shared {
  HttpHandler handler;
  std::size_t max_body_bytes = 0;
  std::atomic<int> in_flight{0};
  std::atomic<bool> draining{false};
};

// One client. Touched by its I/O thread; a worker that answers holds it, so that its socket cannot
// be given to another client meanwhile.
struct Connection {
  std::string unread;            // bytes that no request has taken yet
  std::optional<HttpHead> head;  // of the request whose body is being read
  std::size_t body_left = 0;     // bytes of it still to come, unless chunked
  std::chrono::steady_clock::time_point body_began;
  bool busy = false;           // a request is being answered
  bool closing = false;        // what is still received is thrown away
  bool gone = false;           // nothing may be sent
  std::recursive_mutex mutex;  // an answer may be on the wire before its sender has returned
};
using ConnectionPointer = std::shared_ptr<Connection>;

// What Pistache's parser is given in place of the head, which it would read less strictly.
std::string body_framing(const HttpHead& head) {
  return "POST / HTTP/1.1\r\n" +
         (head.chunked ? std::string("Transfer-Encoding: chunked")
                       : "Content-Length: " + std::to_string(head.content_length)) +
         "\r\n\r\n";
}

Response failure(ErrorCode code, std::string found, std::string expected) {
  return problem_response({code, {}, std::move(found), std::move(expected), ""});
}

class Handler : public Pistache::Http::Handler {
 public:
  HTTP_PROTOTYPE(Handler)

  explicit Handler(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

 private:
  // Pistache's own would answer parse errors itself, drop pipelined requests and lose the raw
  // target; this one checks the head first and lets Pistache's parser read the body.
  void onInput(const char* buffer, std::size_t length, const PeerPointer& peer) override {
    const ConnectionPointer connection = connection_of(peer);
    const std::lock_guard lock(connection->mutex);
    if (connection->closing) return;
    connection->unread.append(buffer, length);
    advance(connection, peer);
  }

  // Its descriptor is about to be closed and may soon be another client's: nothing is sent to it
  // from now on.
  void onDisconnection(const PeerPointer& peer) override {
    const ConnectionPointer connection = connection_of(peer);
    const std::lock_guard lock(connection->mutex);
    connection->gone = true;
  }

  // Never called: requests go from onInput to the shared handler.
  void onRequest(const Pistache::Http::Request& /*request*/,
                 Pistache::Http::ResponseWriter /*response*/) override {}

  static ConnectionPointer connection_of(const PeerPointer& peer) {
    if (auto known = peer->tryGetData(kConnectionKey)) {
      return std::static_pointer_cast<Connection>(known);
    }
    auto connection = std::make_shared<Connection>();
    peer->putData(kConnectionKey, connection);
    return connection;
  }

  // Takes as much of the unread bytes as one request needs. Holds the connection's mutex.
  void advance(const ConnectionPointer& connection, const PeerPointer& peer) {
    if (connection->busy) {
      if (connection->unread.size() > shared_->max_body_bytes) drop(connection, peer);
      return;
    }
    try {
      if (!connection->head && !take_head(connection, peer)) return;
      take_body(connection, peer);
    } catch (const std::exception& error) {
      log_event("info", "unreadable_body", {{"reason", error.what()}});
      refuse(connection, peer,
             failure(ErrorCode::kInvalidParameter, "a malformed body", "HTTP/1.1"));
    }
  }

  // True when there is a whole and acceptable head.
  bool take_head(const ConnectionPointer& connection, const PeerPointer& peer) {
    const auto end = connection->unread.find("\r\n\r\n");
    if (std::min(end, connection->unread.size()) > kMaxHeadBytes) {
      refuse(connection, peer,
             failure(ErrorCode::kTooLarge, "a longer request head",
                     "at most " + std::to_string(kMaxHeadBytes) + " bytes"));
      return false;
    }
    if (end == std::string::npos) return false;
    const std::size_t size = end + 4;
    auto head = parse_http_head(std::string_view(connection->unread).substr(0, size));
    if (!head) {
      refuse(connection, peer, problem_response(head.error()));
      return false;
    }
    if (head.value().content_length > shared_->max_body_bytes) {
      refuse(connection, peer, too_large());
      return false;
    }
    connection->head = std::move(head).value();
    connection->body_left = static_cast<std::size_t>(connection->head->content_length);
    connection->body_began = std::chrono::steady_clock::now();
    connection->unread.erase(0, size);
    const std::string framing = body_framing(*connection->head);
    getParser(peer)->feed(framing.data(), framing.size());
    if (connection->head->expects_continue) write(peer, "HTTP/1.1 100 Continue\r\n\r\n");
    return true;
  }

  void take_body(const ConnectionPointer& connection, const PeerPointer& peer) {
    const HttpHead& head = *connection->head;
    const bool has_body = head.chunked || head.content_length > 0;
    auto parser = getParser(peer);
    if (has_body && !connection->unread.empty()) {
      const std::size_t size = head.chunked
                                   ? connection->unread.size()
                                   : std::min(connection->body_left, connection->unread.size());
      connection->body_left -= head.chunked ? 0 : size;
      if (!feed(connection, peer, size)) {
        refuse(connection, peer, too_large());
        return;
      }
    }
    if (parser->parse() != Pistache::Http::Private::State::Done) {
      if (std::chrono::steady_clock::now() - connection->body_began > kBodyTimeout) {
        drop(connection, peer);
      }
      return;
    }
    HttpRequest request{head.method, head.target, head.headers, parser->request.body()};
    if (request.body.size() > shared_->max_body_bytes) {
      refuse(connection, peer, too_large());
      return;
    }
    peer->setIdle(false);
    dispatch(connection, peer, std::move(request), head.keep_alive);
  }

  // Moves bytes to Pistache's parser; false when that would be over its limit.
  static bool feed(const ConnectionPointer& connection, const PeerPointer& peer, std::size_t size) {
    const bool accepted = getParser(peer)->feed(connection->unread.data(), size);
    connection->unread.erase(0, size);
    return accepted;
  }

  void dispatch(const ConnectionPointer& connection, const PeerPointer& peer, HttpRequest request,
                bool keep_alive) {
    const bool head_only = request.method == "HEAD";
    connection->head.reset();
    connection->busy = true;
    const bool draining = shared_->draining;
    shared_->in_flight.fetch_add(1);
    const Respond respond = [this, connection, peer, keep_alive, draining,
                             head_only](const Response& response) {
      const bool keep = keep_alive && !draining && !shared_->draining;
      finish(connection, peer, serialize(response, keep, head_only), keep);
    };
    if (draining) {
      respond(failure(ErrorCode::kUnavailable, "a server that is stopping", "another one"));
      return;
    }
    try {
      shared_->handler(std::move(request), respond);
    } catch (const std::exception& error) {
      log_event("error", "handler_failed", {{"reason", error.what()}});
      respond(failure(ErrorCode::kInternal, "", ""));
    }
  }

  // Queues the answer, from any thread; the rest happens once it is on the wire. A write to a
  // client that has gone is forgotten together with `taken`, which is what counts it as in flight.
  void finish(const ConnectionPointer& connection, const PeerPointer& peer,
              const std::string& bytes, bool keep) {
    const std::shared_ptr<void> taken(nullptr, [shared = shared_](void*) { --shared->in_flight; });
    const std::lock_guard lock(connection->mutex);
    if (connection->gone) return;
    try {
      peer->send(Pistache::RawBuffer(bytes, bytes.size()))
          .then([this, connection, peer, keep,
                 taken](ssize_t) { after_answer(connection, peer, keep); },
                [](const std::exception_ptr&) {});
    } catch (const std::exception& error) {
      log_event("info", "client_gone", {{"reason", error.what()}});
    }
  }

  void after_answer(const ConnectionPointer& connection, const PeerPointer& peer, bool keep) {
    const std::lock_guard lock(connection->mutex);
    connection->busy = false;
    if (!keep) {
      drop(connection, peer);
      return;
    }
    getParser(peer)->reset();
    peer->setIdle(true);
    if (!connection->unread.empty()) advance(connection, peer);
  }

  // Answers with a problem and closes: what follows on this connection cannot be trusted.
  void refuse(const ConnectionPointer& connection, const PeerPointer& peer,
              const Response& response) {
    connection->closing = true;
    connection->unread.clear();
    getParser(peer)->reset();
    shared_->in_flight.fetch_add(1);
    log_event("info", "refused", {{"status", std::to_string(response.status)}});
    finish(connection, peer, serialize(response, false, false), false);
  }

  static void write(const PeerPointer& peer, const std::string& bytes) {
    peer->send(Pistache::RawBuffer(bytes, bytes.size()));
  }

  // No more is written; the client's own end of the connection lets Pistache forget it.
  static void drop(const ConnectionPointer& connection, const PeerPointer& peer) {
    connection->closing = true;
    connection->unread.clear();
    ::shutdown(peer->fd(), SHUT_WR);
  }

  [[nodiscard]] Response too_large() const {
    return failure(ErrorCode::kTooLarge, "a larger body",
                   "at most " + std::to_string(shared_->max_body_bytes) + " bytes");
  }

  std::shared_ptr<Shared> shared_;
};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const HttpServerOptions& options, HttpHandler handler)
      : endpoint_(Pistache::Address(options.host, Pistache::Port(options.port))),
        shared_(std::make_shared<Shared>()) {
    shared_->handler = std::move(handler);
    shared_->max_body_bytes = options.max_body_bytes;
    endpoint_.init(Pistache::Http::Endpoint::options()
                       .threads(options.threads)
                       .flags(Pistache::Tcp::Options::ReuseAddr | Pistache::Tcp::Options::NoDelay |
                              Pistache::Tcp::Options::CloseOnExec)
                       .maxRequestSize(options.max_body_bytes + kMaxHeadBytes + kFramingAllowance)
                       .headerTimeout(kHeaderTimeout)
                       .bodyTimeout(kAnswerTimeout)
                       .keepaliveTimeout(kHeaderTimeout));
    endpoint_.setHandler(std::make_shared<Handler>(shared_));
  }

  void start() { endpoint_.serveThreaded(); }

  void drain_and_stop(std::chrono::milliseconds patience) {
    shared_->draining = true;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (shared_->in_flight.load() > 0 && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    endpoint_.shutdown();
  }

  [[nodiscard]] int in_flight() const { return shared_->in_flight.load(); }

 private:
  Pistache::Http::Endpoint endpoint_;
  std::shared_ptr<Shared> shared_;
};

HttpServer::HttpServer(const HttpServerOptions& options, HttpHandler handler)
    : impl_(std::make_unique<Impl>(options, std::move(handler))) {}
HttpServer::~HttpServer() = default;
void HttpServer::start() { impl_->start(); }
void HttpServer::drain_and_stop(std::chrono::milliseconds patience) {
  impl_->drain_and_stop(patience);
}
int HttpServer::in_flight() const { return impl_->in_flight(); }

}  // namespace plimsoll::native
