// signals: what a process does with them, as /proc/PID/task/TID/status tells, proc(5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/object.hpp"
#include "ipc/signal_names.hpp"
#include "os/process_stat.hpp"

namespace ipctl::signals {

/// The lines about signals in a status file. What is not there is unknown.
struct Status {
  std::string state;                    // "sleeping"
  std::optional<uid_t> uid;             // effective
  std::optional<Mask> pending, shared;  // for this thread; for any of the process
  std::optional<Mask> blocked, ignored, caught;
  std::optional<std::uint64_t> queued, limit;  // of the process's real user, RLIMIT_SIGPENDING
};
[[nodiscard]] Status parse_status(std::string_view text);
/// nullopt when there is no such thread, or /proc does not show it.
[[nodiscard]] std::optional<Status> status_of(pid_t pid, pid_t thread);

/// A thread, with what is its process's.
struct ThreadObject : Object {
  pid_t pid = 0, thread = 0;
  std::string command;  // the thread's name, any bytes
  Status status;
  bool takes_signals = false;  // it is in sigtimedwait(2) just now
  ProcessStat process;
  std::string effect;  // of the signal that was asked about, sent to the process
};

/// The threads of a process. signal: what it would do. Throws Error.
[[nodiscard]] std::vector<ThreadObject> inspect(std::string_view target, std::optional<int> signal);

/// What `signal` does to a process that has these threads, for each of them.
void set_effects(std::vector<ThreadObject>& threads, int signal);

struct SignalObject : Object {
  int number = 0;
};
/// The signals of this system.
[[nodiscard]] std::vector<SignalObject> list();

}  // namespace ipctl::signals
