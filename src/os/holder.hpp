// holder: small processes that keep descriptors open for others, under the address PID:FD.
#pragma once

#include <sys/types.h>

#include <string_view>
#include <vector>

#include "os/fd.hpp"

namespace ipctl {

/// The command name of every holder.
inline constexpr std::string_view holder_command = "ipctl-holder";

/// Pidfd of the process that asked for us: our parent; where that is a subshell, forked from a shell that still is
/// there, that shell. Throws Error: it has ended, or this PID namespace does not show it.
[[nodiscard]] Fd asking_process();
/// Pidfd of a process that a holder is to end with. Throws Error: missing.
[[nodiscard]] Fd watched_process(pid_t pid);

/// Descriptors that a holder keeps.
struct Held {
  pid_t pid = 0;
  int first = -1;  // the others follow
};

/// Starts a process that keeps `fds` (ours stay open too) and nothing else of ours open, in a session of its own. It is
/// marked as a holder of `kind` ("pipe"), allows pidfd_getfd(2) to its user, and ends when `owner`, a pidfd, does;
/// without one, only by HolderProcess::end(). It is ready when this returns. Throws Error.
[[nodiscard]] Held start_holder(const std::vector<Fd>& fds, std::string_view kind, const Fd& owner);

/// A holder that runs. The process that is looked at is the one that is ended, even if its pid is used again.
class HolderProcess {
 public:
  /// Throws Error naming `object`: missing where there is no such process; not permitted; no holder of `kind`.
  HolderProcess(pid_t pid, std::string_view kind, std::string_view object);
  /// Returns when it has ended, and nothing is held any more. Throws Error.
  void end(std::string_view object) const;

 private:
  pid_t pid_;
  Fd process_;
};

}  // namespace ipctl
