#include "http_connection.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace plimsoll::native {
namespace {

using std::chrono::seconds;

// A connection over a pair of sockets, and a handler that answers "method target body".
class Line {
 public:
  Line() {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()), 0);
    HttpServerOptions options;
    options.max_body_bytes = 1000;
    options.max_received_bytes = 100'000;
    shared_ =
        std::make_shared<HttpShared>(options, [this](HttpRequest request, const Respond& respond) {
          if (later_) {
            waiting_.push_back(respond);
            return;
          }
          respond({200, {}, request.method + " " + request.target + " " + request.body});
        });
    shared_->await_room = [this](HttpConnection&) { ++waits_; };
    connection_ = std::make_shared<HttpConnection>(ends_[0], "here", shared_);
  }
  ~Line() {
    connection_->disconnected();
    for (const int end : ends_) ::close(end);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  HttpConnection& connection() { return *connection_; }
  HttpShared& shared() { return *shared_; }
  void answer_later() { later_ = true; }
  std::vector<Respond>& waiting() { return waiting_; }
  [[nodiscard]] int waits() const { return waits_; }

  // What the client can read now; "(end)" when the server will send no more.
  std::string received() {
    std::string bytes;
    std::array<char, 65536> buffer{};
    for (;;) {
      const ssize_t got = ::recv(ends_[1], buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got == 0) return bytes + "(end)";
      if (got < 0) return bytes;
      bytes.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  std::array<int, 2> ends_{};
  bool later_ = false;
  int waits_ = 0;
  std::vector<Respond> waiting_;
  std::shared_ptr<HttpShared> shared_;
  std::shared_ptr<HttpConnection> connection_;
};

constexpr const char* kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

int answers_in(const std::string& bytes) {
  int count = 0;
  for (auto at = bytes.find("HTTP/1.1 "); at != std::string::npos;
       at = bytes.find("HTTP/1.1 ", at + 1)) {
    ++count;
  }
  return count;
}

TEST(HttpConnection, AnswersInOrderWhateverThePackets) {
  Line line;
  const std::string bytes = std::string(kGet) +
                            "\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" +
                            "HEAD /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  for (const char byte : bytes) line.connection().receive({&byte, 1});
  const std::string received = line.received();
  EXPECT_EQ(answers_in(received), 3);
  EXPECT_LT(received.find("GET /a "), received.find("POST /b abc"));
  EXPECT_EQ(received.find("HEAD /c"), std::string::npos);
  EXPECT_TRUE(received.ends_with("Connection: close\r\n\r\n(end)"));
  EXPECT_EQ(line.shared().in_flight, 0);
  EXPECT_EQ(line.shared().received.used(), 0U);
}

TEST(HttpConnection, ThousandsAheadAreNoDepth) {
  Line line;
  std::string many;
  for (int i = 0; i < 2000; ++i) many += kGet;
  line.connection().receive(many);
  std::string received;
  for (int i = 0; i < 2000 && answers_in(received) < 2000; ++i) {
    received += line.received();
    line.connection().writable();
  }
  EXPECT_EQ(answers_in(received), 2000);
}

TEST(HttpConnection, EndsWhatTakesTooLong) {
  const auto now = Clock::now();
  Line idle;
  idle.connection().check_deadline(now + seconds(29));
  EXPECT_EQ(idle.received(), "");
  idle.connection().check_deadline(now + seconds(31));
  EXPECT_EQ(idle.received(), "(end)");
  Line head;
  head.connection().receive("GET /a HT");
  head.connection().check_deadline(now + seconds(31));
  EXPECT_TRUE(head.received().starts_with("HTTP/1.1 408 "));
  Line body;
  body.connection().receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
  body.connection().check_deadline(now + seconds(14));
  EXPECT_EQ(body.received(), "");
  body.connection().check_deadline(now + seconds(16));
  EXPECT_TRUE(body.received().starts_with("HTTP/1.1 408 "));
}

TEST(HttpConnection, WorkHasNoDeadlineAndIsNotEvicted) {
  Line line;
  line.answer_later();
  line.connection().receive(kGet);
  EXPECT_EQ(line.connection().waits_since(), std::nullopt);
  line.connection().evict();
  line.connection().check_deadline(Clock::now() + seconds(3600));
  ASSERT_EQ(line.waiting().size(), 1U);
  EXPECT_EQ(line.shared().in_flight, 1);
  line.waiting()[0]({200, {}, "late"});
  EXPECT_TRUE(line.received().ends_with("late"));
  EXPECT_EQ(line.shared().in_flight, 0);
}

TEST(HttpConnection, AnAnswerThatIsNotTakenIsKeptForAWhile) {
  Line line;
  line.answer_later();
  line.connection().receive(kGet);
  const std::string large(4UL * 1024 * 1024, 'x');
  line.waiting().at(0)({200, {}, large});
  EXPECT_EQ(line.waits(), 1);
  EXPECT_EQ(line.shared().answers.used(), large.size());
  std::string received;
  for (int i = 0; i < 1000 && received.size() < large.size(); ++i) {
    received += line.received();
    line.connection().writable();
  }
  received += line.received();
  EXPECT_TRUE(received.ends_with(large));
  EXPECT_EQ(line.shared().answers.used(), 0U);
  line.connection().receive(kGet);
  line.waiting().at(1)({200, {}, large});
  line.connection().check_deadline(Clock::now() + seconds(21));
  EXPECT_EQ(line.shared().answers.used(), 0U);
  EXPECT_EQ(line.shared().in_flight, 0);
}

TEST(HttpConnection, AClientThatHasGoneIsNotAnswered) {
  Line line;
  line.answer_later();
  line.connection().receive(kGet);
  line.connection().disconnected();
  EXPECT_TRUE(line.connection().is_gone());
  EXPECT_EQ(line.shared().in_flight, 1);
  line.waiting().at(0)({200, {}, "nobody"});
  EXPECT_EQ(line.received(), "");
  EXPECT_EQ(line.shared().in_flight, 0);
}

TEST(HttpConnection, RefusesBeyondTheBudget) {
  Line line;
  Lease others(line.shared().received);
  ASSERT_TRUE(others.resize(99'900));
  line.connection().receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
  const std::string received = line.received();
  EXPECT_TRUE(received.starts_with("HTTP/1.1 503 "));
  EXPECT_NE(received.find("Retry-After: 5"), std::string::npos);
  EXPECT_EQ(line.shared().received.used(), 99'900U);
}

}  // namespace
}  // namespace plimsoll::native
