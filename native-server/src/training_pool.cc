#include "training_pool.h"

#include <utility>

namespace plimsoll::native {

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

bool TrainingPool::submit(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queue_length_) return false;
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

void TrainingPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    std::function<void()> job = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
    --running_;
  }
}

}  // namespace plimsoll::native
