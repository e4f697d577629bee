#include "byte_budget.h"

namespace plimsoll::native {

bool ByteBudget::take(std::size_t more, bool small) {
  const std::size_t most = small ? bytes_ : bytes_ - bytes_ / 4;
  std::size_t used = used_.load();
  do {
    if (used > most || more > most - used) return false;
  } while (!used_.compare_exchange_weak(used, used + more));
  return true;
}

bool Lease::resize(std::size_t bytes) {
  if (bytes > bytes_) {
    if (!budget_.take(bytes - bytes_, bytes <= ByteBudget::kSmall)) return false;
  } else {
    budget_.give(bytes_ - bytes);
  }
  bytes_ = bytes;
  return true;
}

}  // namespace plimsoll::native
