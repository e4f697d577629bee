#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "host_metrics.h"
#include "training_pool.h"

namespace plimsoll::native {
namespace {

TEST(TrainingPool, RefusesWhatItsQueueCannotHold) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::promise<void> started;
  std::atomic<int> done{0};
  {
    TrainingPool pool(1, 2);
    ASSERT_TRUE(pool.submit({[&, released] {
                               started.set_value();
                               released.wait();
                               ++done;
                             },
                             {}}));
    started.get_future().wait();
    EXPECT_TRUE(pool.submit({[&] { ++done; }, {}}));
    EXPECT_TRUE(pool.submit({[&] { ++done; }, {}}));
    EXPECT_FALSE(pool.submit({[&] { ++done; }, {}}));
    EXPECT_EQ(pool.queued(), 2U);
    EXPECT_EQ(pool.pending(), 3U);
    release.set_value();
    while (pool.pending() > 0) std::this_thread::yield();
  }
  EXPECT_EQ(done, 3);
}

TEST(TrainingPool, EndsWithoutRunningWhatIsQueued) {
  std::promise<void> started;
  std::promise<void> release;
  std::atomic<int> done{0};
  std::jthread releaser;
  {
    TrainingPool pool(1, 8);
    ASSERT_TRUE(pool.submit({[&] {
                               started.set_value();
                               release.get_future().wait();
                               ++done;
                             },
                             {}}));
    started.get_future().wait();
    ASSERT_TRUE(pool.submit({[&] { done += 100; }, {}}));
    releaser = std::jthread([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      release.set_value();
    });
  }
  EXPECT_EQ(done, 1);
}

// Ends what a test has started however it ends.
struct Gate {
  std::promise<void> started;
  std::promise<void> release;
  void pass() {
    started.set_value();
    release.get_future().wait();
  }
};

TEST(TrainingPool, DropsWhatNobodyWaitsFor) {
  Gate gate;
  std::atomic<int> done{0};
  std::atomic<bool> gone{false};
  TrainingPool pool(1, 2);
  ASSERT_TRUE(pool.submit({[&] { gate.pass(); }, {}}));
  gate.started.get_future().wait();
  const auto abandoned = [&] { return gone.load(); };
  ASSERT_TRUE(pool.submit({[&] { done += 100; }, {}, abandoned}));
  ASSERT_TRUE(pool.submit({[&] { done += 100; }, {}, abandoned}));
  EXPECT_FALSE(pool.submit({[&] { ++done; }, {}}));
  gone = true;
  EXPECT_TRUE(pool.submit({[&] { ++done; }, {}}));
  EXPECT_EQ(pool.queued(), 1U);
  gate.release.set_value();
  while (pool.pending() > 0) std::this_thread::yield();
  EXPECT_EQ(done, 1);
}

TEST(TrainingPool, GivesAClientHalfOfTheQueue) {
  Gate gate;
  TrainingPool pool(1, 4);
  ASSERT_TRUE(pool.submit({[&] { gate.pass(); }, "a"}));
  gate.started.get_future().wait();
  EXPECT_TRUE(pool.submit({[] {}, "a"}));
  EXPECT_TRUE(pool.submit({[] {}, "a"}));
  EXPECT_FALSE(pool.submit({[] {}, "a"}));
  EXPECT_TRUE(pool.submit({[] {}, "b"}));
  EXPECT_TRUE(pool.submit({[] {}, "c"}));
  EXPECT_FALSE(pool.submit({[] {}, "d"}));
  gate.release.set_value();
  while (pool.pending() > 0) std::this_thread::yield();
}

TEST(HostMetrics, CountsByStatus) {
  HostMetrics metrics;
  metrics.count_response(200);
  metrics.count_response(200);
  metrics.count_response(404);
  const std::string text = metrics.text(3, 1, 2);
  EXPECT_NE(text.find("plimsoll_http_responses_total{status=\"200\"} 2\n"), std::string::npos);
  EXPECT_NE(text.find("plimsoll_http_responses_total{status=\"404\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("plimsoll_http_requests_in_flight 3\n"), std::string::npos);
  EXPECT_NE(text.find("plimsoll_training_queue_length 1\n"), std::string::npos);
  EXPECT_NE(text.find("plimsoll_model_problems 2\n"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll::native
