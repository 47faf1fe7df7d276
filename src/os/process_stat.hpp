// ProcessStat: what /proc/PID/stat tells of a process, proc(5).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ipctl {

struct ProcessStat {
  char state = '?';  // R, S, D, T, t, Z, X, I
  pid_t parent = 0;
  pid_t group = 0;
  unsigned flags = 0;  // PF_* of include/linux/sched.h
  std::uint64_t threads = 0;
  std::uint64_t start = 0;  // clock ticks since boot: with the pid, tells a process from a later one
  std::uint64_t exit = 0;   // of a zombie: its status as waitpid(2) gives it; 0 also where one may not look

  /// All its threads have ended, and its parent has not waited for it.
  [[nodiscard]] bool is_zombie() const { return state == 'Z' && threads <= 1; }
  [[nodiscard]] bool is_kernel_thread() const;
};

/// nullopt for what is no such text. The command's name in it may hold blanks and parentheses.
[[nodiscard]] std::optional<ProcessStat> parse_process_stat(std::string_view text);
/// nullopt when there is no such process, or /proc does not show it.
[[nodiscard]] std::optional<ProcessStat> process_stat(pid_t pid);

/// Those that /proc shows. Throws Error when it cannot be read.
[[nodiscard]] std::vector<pid_t> process_ids();

/// The processes of a group that have not ended. Throws Error when /proc cannot be read.
[[nodiscard]] std::vector<pid_t> living_in_group(pid_t group);

}  // namespace ipctl
