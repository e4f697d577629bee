#include "training_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace plimsoll::native {
namespace {

constexpr int kNiceness = 10;

}  // namespace

TrainingPool::TrainingPool(int workers, std::size_t queue_length) : queue_length_(queue_length) {
  for (int i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

TrainingPool::~TrainingPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    queue_.clear();
  }
  wake_.notify_all();
}

bool TrainingPool::submit(Job job) {
  std::deque<Job> dropped;  // destroyed after the lock is
  {
    const std::lock_guard lock(mutex_);
    drop_abandoned(dropped);
    const auto share = std::count_if(queue_.begin(), queue_.end(), [&job](const Job& other) {
      return !job.client.empty() && other.client == job.client;
    });
    if (stopping_ || queue_.size() >= queue_length_ ||
        2 * static_cast<std::size_t>(share) >= std::max<std::size_t>(queue_length_, 2)) {
      return false;
    }
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

std::size_t TrainingPool::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::size_t TrainingPool::pending() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() + running_;
}

void TrainingPool::drop_abandoned(std::deque<Job>& dropped) {
  std::deque<Job> kept;
  for (Job& job : queue_) (job.abandoned() ? dropped : kept).push_back(std::move(job));
  queue_ = std::move(kept);
}

void TrainingPool::work() {
  // Of this thread alone, on Linux.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    std::optional<Job> job = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    lock.unlock();
    if (!job->abandoned()) job->run();
    job.reset();
    lock.lock();
    --running_;
  }
}

}  // namespace plimsoll::native
