// How many bytes of what strangers send, and of what they have not yet taken, are held at once.
#pragma once

#include <atomic>
#include <cstddef>

namespace plimsoll::native {

// Shared by all connections; safe from any thread.
class ByteBudget {
 public:
  // The last quarter is kept for holders of at most so many bytes each: some large ones cannot keep
  // every small one out.
  static constexpr std::size_t kSmall = 1024UL * 1024;

  explicit ByteBudget(std::size_t bytes) : bytes_(bytes) {}
  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t used() const { return used_.load(); }

 private:
  friend class Lease;
  // What all may hold together when one of them holds `bytes`.
  [[nodiscard]] std::size_t most_with(std::size_t bytes) const {
    return bytes <= kSmall ? bytes_ : bytes_ - bytes_ / 4;
  }
  bool take(std::size_t more, std::size_t most);
  void give(std::size_t bytes) { used_.fetch_sub(bytes); }

  const std::size_t bytes_;
  std::atomic<std::size_t> used_{0};
};

// What one holder has of a budget; given back at its end.
class Lease {
 public:
  explicit Lease(ByteBudget& budget) : budget_(budget) {}
  ~Lease() { budget_.give(bytes_); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  // To hold `bytes` from now on; false, and nothing changed, when that is more than there is.
  [[nodiscard]] bool resize(std::size_t bytes);
  // Whether `resize` would hold so many bytes at this moment.
  [[nodiscard]] bool could_be(std::size_t bytes) const;

 private:
  ByteBudget& budget_;
  std::size_t bytes_ = 0;
};

}  // namespace plimsoll::native
