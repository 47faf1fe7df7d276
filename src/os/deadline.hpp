// Deadline: a point on the monotonic clock, clock_gettime(2). Stepping the wall clock does not move it.
#pragma once

#include <chrono>
#include <ctime>
#include <optional>

namespace ipctl {

using Duration = std::chrono::nanoseconds;

/// As the kernel's calls take it.
[[nodiscard]] inline timespec to_timespec(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {.tv_sec = seconds.count(), .tv_nsec = (duration - seconds).count()};
}

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// Wait for ever.
  [[nodiscard]] static Deadline never() { return {}; }
  /// Do not wait.
  [[nodiscard]] static Deadline now() { return Deadline{Clock::time_point::min()}; }
  /// `duration` from now; as never() where that is beyond the clock's range, as now() where it is negative.
  [[nodiscard]] static Deadline after(Duration duration) {
    if (duration < Duration::zero()) return now();
    const auto start = Clock::now();
    if (duration > Clock::time_point::max() - start) return never();
    return Deadline{start + duration};
  }

  [[nodiscard]] bool is_never() const { return !at_; }
  [[nodiscard]] bool is_now() const { return at_ == Clock::time_point::min(); }
  /// Time left, zero when it passed; nullopt for never.
  [[nodiscard]] std::optional<Duration> remaining() const {
    if (!at_) return std::nullopt;
    if (is_now()) return Duration::zero();
    const auto left = *at_ - Clock::now();
    return left > Duration::zero() ? left : Duration::zero();
  }
  [[nodiscard]] bool passed() const { return at_ && remaining() == Duration::zero(); }

 private:
  Deadline() = default;
  explicit Deadline(Clock::time_point at) : at_(at) {}
  std::optional<Clock::time_point> at_;
};

/// What --nonblock and --timeout mean together.
[[nodiscard]] inline Deadline deadline_of(bool nonblock, const std::optional<Duration>& timeout) {
  if (nonblock) return Deadline::now();
  return timeout ? Deadline::after(*timeout) : Deadline::never();
}

}  // namespace ipctl
