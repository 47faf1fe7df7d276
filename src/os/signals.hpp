// StopSignals: signals that kill, as a request to end, signal(7).
#pragma once

#include <array>
#include <csignal>
#include <ctime>

#include "os/fd.hpp"

namespace ipctl {

/// Those that kill by default and that others send, or a limit: SIGXCPU of RLIMIT_CPU.
inline constexpr std::array stop_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2};

/// While one lives, these signals no longer kill: they are noted, and whatever waits through os/wait.hpp ends.
/// A signal that was ignored stays ignored (nohup, background jobs). SIGPIPE and SIGXFSZ are ignored: the write that
/// raises one fails instead. One within the life of another shares what that has noted; in one thread.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// The one that lives, or nullptr.
  [[nodiscard]] static const StopSignals* current() noexcept;
  /// The first signal that asked, or 0.
  [[nodiscard]] static int requested() noexcept;
  /// How many have asked. A second one means: now, even in the middle of something. A third one kills.
  [[nodiscard]] static int count() noexcept;
  /// Readable once a stop was requested.
  [[nodiscard]] int fd() const noexcept { return event_.get(); }
  /// From a stop request on, `fd` (one open file description of our own, never an inherited one) is O_NONBLOCK: a
  /// blocking call on it that the signal came just too early to interrupt returns EAGAIN instead of sleeping.
  /// fd -1 ends that.
  static void unblock_on_stop(int fd) noexcept;
  /// A stop request starts `timer`, timer_create(2), which then sends its signal again and again: a call that has no
  /// descriptor and that the request came just too early to interrupt does not sleep on. nullptr ends that.
  static void repeat_on_stop(const timer_t* timer) noexcept;
  static constexpr timespec repeat_interval{.tv_sec = 0, .tv_nsec = 1'000'000};

  /// From now on, where a stop request ends this process, die_of(), a process that it waits for gets SIGTERM. pidfd:
  /// not owned; -1 ends that.
  static void pass_on_to(int pidfd) noexcept;

  /// Ends the process by `signal`, as if it had never been caught. Call with everything flushed.
  [[noreturn]] static void die_of(int signal) noexcept;

 private:
  Fd event_;
  bool is_inner_;
};

}  // namespace ipctl
