// A fixed number of workers with a queue of fixed length, for work that would block I/O threads.
// Their threads give way to all others of the machine.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace plimsoll::native {

struct Job {
  std::function<void()> run;
  std::string client;  // whose share it counts against; nobody's when empty
  std::function<bool()> abandoned = [] { return false; };
};

class TrainingPool {
 public:
  TrainingPool(int workers, std::size_t queue_length);
  // Finishes what is running, forgets what is queued.
  ~TrainingPool();
  TrainingPool(const TrainingPool&) = delete;
  TrainingPool& operator=(const TrainingPool&) = delete;

  // False, and nothing done, when the queue is full, or when `client` has its share of it: half.
  // Jobs whose `abandoned` says so make room and are never run. `run` must not throw.
  [[nodiscard]] bool submit(Job job);

  // Jobs that wait, and jobs that wait or run.
  [[nodiscard]] std::size_t queued() const;
  [[nodiscard]] std::size_t pending() const;

 private:
  void work();
  // Moves the jobs that nobody waits for from the queue. Holds the mutex.
  void drop_abandoned(std::deque<Job>& dropped);

  const std::size_t queue_length_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace plimsoll::native
