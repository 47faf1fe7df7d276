// Interrupter: deadlines for system calls that have none and that no descriptor stands for: msgsnd(2), msgrcv(2),
// semop(2).
#pragma once

#include <csignal>
#include <ctime>
#include <functional>

#include "os/wait.hpp"

namespace ipctl {

/// While one lives, the signal SIGRTMIN is its own: a timer sends it to this thread, timer_create(2), and it does
/// nothing but end the call that blocks. Several may live, each for the thread that waits with it, and go in any order;
/// one at a time may wait with Wait::stop.
class Interrupter {
 public:
  Interrupter() = default;
  ~Interrupter();
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;

  /// Calls `attempt` again and again until it returns true or `wait` ends. It makes one call that may block, and
  /// returns false when that failed with EINTR. An interrupted call has done nothing: what it takes it takes whole, or
  /// not at all. The deadline is exact to the timer (and a millisecond, where the call was about to block just then);
  /// what is in Wait::also is looked at ten times a second.
  /// Throws Error when the first call is to be made and there may be no more timers: RLIMIT_SIGPENDING.
  [[nodiscard]] Waited run(const Wait& wait, const std::function<bool()>& attempt);

 private:
  class Armed;
  void set_up();
  [[nodiscard]] bool arm(const Wait& wait) const;
  void disarm() const;

  bool is_set_up_ = false;
  timer_t timer_{};
};

}  // namespace ipctl
