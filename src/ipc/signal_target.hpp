// signals: a process that one is sent to, as users name it, kill(2), sigqueue(3), tgkill(2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "os/process_handle.hpp"

namespace ipctl::signals {

/// PID, or PID:INODE.
struct Target {
  pid_t pid = 0;
  std::optional<ino_t> inode;
};
/// Throws UsageError.
[[nodiscard]] Target parse_target(std::string_view text);
/// For io/each: `text` where parse_target() takes it. Throws UsageError.
[[nodiscard]] std::string checked_target(std::string_view text);
/// The process itself. Throws Error: missing where there is none, or where the number is another's by now.
[[nodiscard]] ProcessHandle open_process(std::string_view text);

/// What is sent, and to whom of the target.
struct Shot {
  int signal = 0;
  std::optional<int> value;
  std::optional<pid_t> thread;
  Addressee to = Addressee::process;
  bool if_handled = false;  // only where the process catches it
  bool ended_too = false;   // one that has ended is no error: there is still a status to be told
};

/// How a process ended.
struct End {
  std::optional<int> status;  // of exit(2)
  std::optional<int> signal;  // that ended it; both unknown: the kernel does not tell
};

/// A target that signals can be sent to.
class Receiver {
 public:
  /// text: as for parse_target(). Throws Error: missing also for one that has ended, until its parent waits for it.
  Receiver(std::string_view text, const Shot& shot);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] pid_t pid() const { return process_.pid(); }
  [[nodiscard]] std::optional<ino_t> inode() const { return process_.inode(); }
  [[nodiscard]] const std::string& command() const { return command_; }
  /// Throws Error: no where the queue of signals is full, or nobody handles it.
  void send(const Shot& shot) const;
  /// Why a signal that could be sent does nothing; empty where it does, or may.
  [[nodiscard]] std::string remark(int signal) const;
  /// Until the process has ended, or all of the group that it leads.
  [[nodiscard]] Waited wait_for_end(const Wait& wait) const;
  [[nodiscard]] bool has_ended() const;
  [[nodiscard]] End end() const;

 private:
  [[nodiscard]] static ProcessHandle open_for(std::string_view text, Addressee to);
  [[noreturn]] void refuse(int code, const Shot& shot) const;
  void require_handler(int signal) const;

  std::string name_;
  ProcessHandle process_;
  std::optional<ProcessHandle> thread_;
  std::string command_;
  Addressee to_;
};

}  // namespace ipctl::signals
