// ProcessHandle: one process, or one thread of it, whatever becomes of its number, pidfd_open(2).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "os/fd.hpp"
#include "os/wait.hpp"

namespace ipctl {

/// pidfd_open(2); flags: 0, or O_EXCL for a thread. Empty with errno set where that fails.
[[nodiscard]] Fd open_pidfd(pid_t pid, unsigned flags = 0);

/// Who gets a signal: the process, or the process group that it leads.
enum class Addressee { process, group };

class ProcessHandle {
 public:
  /// Throws Error: missing where there is no such process; failed where `pid` is a thread of another, which is named.
  [[nodiscard]] static ProcessHandle of_process(pid_t pid);
  /// The first process of a group, or the group's number where that is gone and others are not. Throws Error as
  /// of_process().
  [[nodiscard]] static ProcessHandle of_group(pid_t group);
  /// One thread of the process `pid`. Throws Error: missing where it has no such thread.
  [[nodiscard]] static ProcessHandle of_thread(pid_t pid, pid_t thread);

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// -1 where the kernel has no pidfd (before Linux 5.3, or under a filter): the number alone stands for it then.
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  /// The pidfd's inode, which no other process gets before the next boot; nullopt before Linux 6.9.
  [[nodiscard]] std::optional<ino_t> inode() const;

  /// Sends `signal`, 0: only looks whether that may be done; with `value` as sigqueue(3) does. Returns 0 or the errno.
  /// To a thread where this is one.
  [[nodiscard]] int send(int signal, std::optional<int> value, Addressee to = Addressee::process) const;

  /// All threads of the process have ended: its parent may have yet to wait for it.
  [[nodiscard]] bool has_ended() const;
  /// Until it has ended.
  [[nodiscard]] Waited wait_for_end(const Wait& wait) const;
  /// Of one that has ended: its status as waitpid(2) gives it, where the kernel tells (Linux 6.15, or a zombie of our
  /// own user). Waits a moment for its parent to wait for it.
  [[nodiscard]] std::optional<int> end_status() const;

 private:
  explicit ProcessHandle(pid_t pid, pid_t thread = 0) : pid_(pid), thread_(thread) {}
  [[nodiscard]] bool is_same() const;
  [[nodiscard]] int send_by_number(int signal, std::optional<int> value, Addressee to) const;
  [[nodiscard]] std::optional<int> status_by_descriptor() const;

  pid_t pid_;
  pid_t thread_;             // 0: the whole process
  std::uint64_t start_ = 0;  // ProcessStat::start, where it is known
  Fd fd_;
};

}  // namespace ipctl
