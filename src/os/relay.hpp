// SignalRelay: signals that were sent to this process reach the command that it runs, sigwaitinfo(2), kill(2).
#pragma once

#include <csignal>

#include "os/child.hpp"

namespace ipctl {

/// From when one is made, signals do not end this process, but for SIGKILL, faults of its own, and the stops of job
/// control: they wait for wait(). Make it before the command starts, so that none is missed. Destroying it lets in what
/// has not been passed on.
class SignalRelay {
 public:
  SignalRelay();
  ~SignalRelay();
  SignalRelay(const SignalRelay&) = delete;
  SignalRelay& operator=(const SignalRelay&) = delete;

  /// Until `child` ends; passes on every signal that another process sent to this one. What the terminal sends (Ctrl-C)
  /// goes to both anyway. Returns as Child::wait().
  [[nodiscard]] int wait(Child& child);
  /// The last signal that came, from wherever; 0: none.
  [[nodiscard]] int received() const { return received_; }

 private:
  sigset_t signals_{};
  sigset_t former_{};
  int received_ = 0;
};

}  // namespace ipctl
