#include "byte_budget.h"

namespace plimsoll::native {

bool ByteBudget::take(std::size_t more, std::size_t most) {
  std::size_t used = used_.load();
  do {
    if (used > most || more > most - used) return false;
  } while (!used_.compare_exchange_weak(used, used + more));
  return true;
}

bool Lease::resize(std::size_t bytes) {
  if (bytes > bytes_) {
    if (!budget_.take(bytes - bytes_, budget_.most_with(bytes))) return false;
  } else {
    budget_.give(bytes_ - bytes);
  }
  bytes_ = bytes;
  return true;
}

bool Lease::could_be(std::size_t bytes) const {
  const std::size_t others = budget_.used() - bytes_;
  const std::size_t most = budget_.most_with(bytes);
  return bytes <= most && others <= most - bytes;
}

}  // namespace plimsoll::native
