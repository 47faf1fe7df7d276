// wait: one ppoll(2) over what is wanted and what may interrupt.
#include "os/wait.hpp"

#include <algorithm>
#include <vector>

#include "os/error.hpp"

namespace ipctl {
namespace {

bool any_ready(std::span<const pollfd> fds) {
  return std::any_of(fds.begin(), fds.end(), [](const pollfd& fd) { return fd.revents != 0; });
}

}  // namespace

Waited wait_for(std::span<pollfd> fds, const Wait& wait) {
  std::vector<pollfd> all(fds.begin(), fds.end());
  all.insert(all.end(), wait.also.begin(), wait.also.end());
  if (wait.stop != nullptr) all.push_back({.fd = wait.stop->fd(), .events = POLLIN, .revents = 0});
  for (;;) {
    timespec timeout{};
    const auto remaining = wait.deadline.remaining();
    if (remaining) timeout = to_timespec(*remaining);
    const int ready = ::ppoll(all.data(), all.size(), remaining ? &timeout : nullptr, nullptr);
    if (ready < 0 && errno != EINTR) throw Error{errno, "ppoll", {}};
    if (stop_requested(wait)) return Waited::stopped;
    if (ready == 0) return Waited::timed_out;
    if (ready < 0) continue;
    std::copy_n(all.begin(), fds.size(), fds.begin());
    return any_ready(fds) ? Waited::ready : Waited::woken;
  }
}

Waited wait_for(int fd, short events, const Wait& wait) {
  pollfd one{.fd = fd, .events = events, .revents = 0};
  return wait_for({&one, 1}, wait);
}

}  // namespace ipctl
