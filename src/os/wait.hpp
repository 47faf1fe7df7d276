// wait: block until a descriptor is ready, a deadline passes, or something else ends the wait; ppoll(2).
#pragma once

#include <poll.h>

#include <span>

#include "os/deadline.hpp"
#include "os/signals.hpp"

namespace ipctl {

/// How long an operation may block, and what else ends it.
struct Wait {
  Deadline deadline = Deadline::never();
  const StopSignals* stop = nullptr;  // a stop request ends it
  std::span<const pollfd> also = {};  // and so does any of these becoming ready: a child's end, a reader that left

  /// Nothing but the object itself and a stop request ends it: one blocking system call will do.
  [[nodiscard]] bool is_plain() const { return deadline.is_never() && also.empty(); }
};

enum class Waited { ready, timed_out, stopped, woken };

/// A stop request came, and is to end this wait.
[[nodiscard]] inline bool stop_requested(const Wait& wait) {
  return wait.stop != nullptr && StopSignals::requested() != 0;
}

/// Waits for any of `fds`, whose `revents` are set. At most 1024 descriptors with those of `wait`.
/// A stop request wins over the others, then readiness, then `also`. Throws Error from ppoll.
[[nodiscard]] Waited wait_for(std::span<pollfd> fds, const Wait& wait);

/// For one descriptor. events: POLLIN, POLLOUT.
[[nodiscard]] Waited wait_for(int fd, short events, const Wait& wait);

}  // namespace ipctl
