// BusGuard: memory that another process may take away, SIGBUS of signal(7) and mmap(2).
#pragma once

#include <cstddef>

namespace ipctl {

/// While one lives, the process survives an access to mapped memory whose file was shortened meanwhile: for that page,
/// memory of its own stands in, every 64-bit word of which is 128: a semaphore that can be taken. Whoever uses the
/// memory asks gone() after each use, and gives up if so. One at a time in a process; the memory is not moved.
/// It cannot help where a system call looks at the page: glibc aborts when futex(2) says EFAULT, which it does if the
/// page goes between glibc's own look at a semaphore and that call.
class BusGuard {
 public:
  BusGuard() = default;  // guards nothing
  /// Guards the `size` bytes at `start` and what shares their pages.
  BusGuard(const void* start, std::size_t size);
  BusGuard(BusGuard&& other) noexcept;
  BusGuard& operator=(BusGuard&& other) noexcept;
  BusGuard(const BusGuard&) = delete;
  BusGuard& operator=(const BusGuard&) = delete;
  ~BusGuard();

  /// Whether a page was replaced.
  [[nodiscard]] static bool gone() noexcept;

 private:
  bool active_ = false;
};

}  // namespace ipctl
