// A fixed number of workers with a queue of fixed length, for work that would block I/O threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace plimsoll::native {

class TrainingPool {
 public:
  TrainingPool(int workers, std::size_t queue_length);
  // Finishes what is running, forgets what is queued.
  ~TrainingPool();
  TrainingPool(const TrainingPool&) = delete;
  TrainingPool& operator=(const TrainingPool&) = delete;

  // False, and nothing done, when the queue is full. `job` must not throw.
  [[nodiscard]] bool submit(std::function<void()> job);

  // Jobs that wait, and jobs that wait or run.
  [[nodiscard]] std::size_t queued() const;
  [[nodiscard]] std::size_t pending() const;

 private:
  void work();

  const std::size_t queue_length_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace plimsoll::native
