// SignalRelay: signals that were sent to this process reach the commands that it runs, sigwaitinfo(2).
#pragma once

#include <csignal>
#include <span>

#include "os/child.hpp"
#include "os/fd.hpp"

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
  /// The same for several: until all have ended. Each gets every signal.
  void wait(std::span<Child> children);

  /// For what else has to be done meanwhile: fd() is readable when a signal came, an end of a child among them; take()
  /// passes on what came, without waiting, and looks who has ended.
  [[nodiscard]] int fd();
  void take(std::span<Child> children);

  /// The last signal that came, from wherever but a write of our own that failed; 0: none.
  [[nodiscard]] int received() const { return received_; }

 private:
  void note(const siginfo_t& info, std::span<Child> children);

  Fd readable_;
  sigset_t signals_{};
  sigset_t former_{};
  int received_ = 0;
};

}  // namespace ipctl
