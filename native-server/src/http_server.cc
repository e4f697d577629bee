#include "http_server.h"

#include <pistache/flags.h>
#include <pistache/listener.h>
#include <pistache/peer.h>
#include <pistache/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "http_connection.h"
#include "log.h"

namespace plimsoll::native {
namespace {

using PeerPointer = std::shared_ptr<Pistache::Tcp::Peer>;
using ConnectionPointer = std::shared_ptr<HttpConnection>;

constexpr const char* kConnectionKey = "plimsoll";
// How often deadlines are looked at.
constexpr std::chrono::milliseconds kLookEvery{200};
// What the kernel keeps of a client's bytes: so little that one who sends fast does not hold an I/O
// thread, which reads a socket until it is empty.
constexpr int kReceiveBuffer = 128 * 1024;

// All connections, and a thread that ends those past their deadline and goes on writing to those
// whose sockets were full.
class Watch {
 public:
  explicit Watch(std::size_t most) : most_(most), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll");
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  ~Watch() {
    thread_.request_stop();
    thread_.join();
    ::close(epoll_);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  void add(const ConnectionPointer& connection) {
    const std::lock_guard lock(mutex_);
    connections_[connection->socket()] = connection;
    if (connections_.size() > most_) evict_longest_waiting();
  }

  void remove(const HttpConnection& connection) {
    const std::lock_guard lock(mutex_);
    connections_.erase(connection.socket());
  }

  // Once: the connection's `writable` is called when its socket takes bytes.
  void await_room(const HttpConnection& connection) const {
    epoll_event event{};
    event.events = EPOLLOUT | EPOLLONESHOT;
    event.data.fd = connection.socket();
    if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.socket(), &event) != 0) {
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket(), &event);
    }
  }

 private:
  void evict_longest_waiting() {
    ConnectionPointer oldest;
    Clock::time_point since = Clock::time_point::max();
    for (const auto& [socket, connection] : connections_) {
      const auto waits = connection->waits_since();
      if (!waits || *waits >= since) continue;
      since = *waits;
      oldest = connection;
    }
    if (oldest) oldest->evict();
  }

  void run(const std::stop_token& stop) {
    std::array<epoll_event, 64> events{};
    Clock::time_point next_look = Clock::now();
    while (!stop.stop_requested()) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                     static_cast<int>(kLookEvery.count()));
      for (int i = 0; i < ready; ++i) {
        const ConnectionPointer connection = find(events.at(static_cast<std::size_t>(i)).data.fd);
        if (connection) connection->writable();
      }
      if (Clock::now() < next_look) continue;
      next_look = Clock::now() + kLookEvery;
      for (const ConnectionPointer& connection : all()) connection->check_deadline(Clock::now());
    }
  }

  ConnectionPointer find(int socket) {
    const std::lock_guard lock(mutex_);
    const auto found = connections_.find(socket);
    return found == connections_.end() ? nullptr : found->second;
  }

  std::vector<ConnectionPointer> all() {
    const std::lock_guard lock(mutex_);
    std::vector<ConnectionPointer> connections;
    connections.reserve(connections_.size());
    for (const auto& [socket, connection] : connections_) connections.push_back(connection);
    return connections;
  }

  const std::size_t most_;
  const int epoll_;
  std::mutex mutex_;
  std::map<int, ConnectionPointer> connections_;  // by socket
  std::jthread thread_;
};

// What Pistache accepts and reads, handed on to connections. Its own HTTP layer is left out: see
// docs/adr/0007.
class Handler : public Pistache::Tcp::Handler {
 public:
  PROTOTYPE_OF(Pistache::Tcp::Handler, Handler)

  Handler(std::shared_ptr<HttpShared> shared, std::shared_ptr<Watch> watch)
      : shared_(std::move(shared)), watch_(std::move(watch)) {}

 private:
  void onConnection(const PeerPointer& peer) override {
    ::setsockopt(peer->fd(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof(kReceiveBuffer));
    const auto connection =
        std::make_shared<HttpConnection>(peer->fd(), peer->address().host(), shared_);
    peer->putData(kConnectionKey, connection);
    watch_->add(connection);
  }

  void onInput(const char* bytes, std::size_t length, const PeerPointer& peer) override {
    if (const auto connection = connection_of(peer)) connection->receive({bytes, length});
  }

  void onDisconnection(const PeerPointer& peer) override {
    const auto connection = connection_of(peer);
    if (!connection) return;
    watch_->remove(*connection);
    connection->disconnected();
  }

  static ConnectionPointer connection_of(const PeerPointer& peer) {
    return std::static_pointer_cast<HttpConnection>(peer->tryGetData(kConnectionKey));
  }

  std::shared_ptr<HttpShared> shared_;
  std::shared_ptr<Watch> watch_;
};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const HttpServerOptions& options, HttpHandler handler)
      : options_(options),
        shared_(std::make_shared<HttpShared>(options, std::move(handler))),
        watch_(std::make_shared<Watch>(options.max_connections)),
        listener_(Pistache::Address(options.host, Pistache::Port(options.port))) {
    shared_->await_room = [watch = std::weak_ptr(watch_)](const HttpConnection& connection) {
      if (const auto living = watch.lock()) living->await_room(connection);
    };
    Pistache::Flags<Pistache::Tcp::Options> flags(Pistache::Tcp::Options::ReuseAddr);
    flags.setFlag(Pistache::Tcp::Options::NoDelay);
    flags.setFlag(Pistache::Tcp::Options::CloseOnExec);
    listener_.init(static_cast<std::size_t>(options.threads), flags);
    listener_.setHandler(std::make_shared<Handler>(shared_, watch_));
  }

  void start() {
    listener_.bind();
    listener_.runThreaded();
  }

  void drain_and_stop(std::chrono::milliseconds patience) {
    shared_->draining = true;
    const auto deadline = Clock::now() + patience;
    while (shared_->in_flight.load() > 0 && Clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    listener_.shutdown();
  }

  [[nodiscard]] int in_flight() const { return shared_->in_flight.load(); }

 private:
  const HttpServerOptions options_;
  std::shared_ptr<HttpShared> shared_;
  std::shared_ptr<Watch> watch_;
  Pistache::Tcp::Listener listener_;
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
