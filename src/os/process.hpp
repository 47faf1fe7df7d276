// process: what /proc tells about other processes, proc(5). "Could not look" is kept apart from "nothing there".
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ipctl {

/// Access mode of an open descriptor.
enum class Direction { read, write, both };
[[nodiscard]] std::string_view to_string(Direction direction);  // "r", "w", "rw"

/// An open descriptor of a process.
struct Descriptor {
  pid_t pid = 0;
  int fd = -1;
  std::string target;  // text of /proc/PID/fd/N, as that process's mount namespace shows it
  dev_t device = 0;
  ino_t inode = 0;
};

/// How much of /proc a scan saw. Processes that end while it runs count as neither.
struct ScanReport {
  std::uint64_t seen = 0;
  std::uint64_t unreadable = 0;  // their descriptors could not be looked at (another user's, or a protected process)
  bool hidden = false;           // there may be more than /proc shows: its option hidepid, or beyond this PID namespace
  [[nodiscard]] bool complete() const { return unreadable == 0 && !hidden; }
};

/// The name in /proc/PID/comm, without its newline; nullopt when the process is gone. Any bytes, up to 15.
[[nodiscard]] std::optional<std::string> command_of(pid_t pid);

/// Calls `found` for every open descriptor whose target text `wanted` accepts, in all processes, ours included.
/// `wanted` sees the link's text only (cheap); device and inode are read just for what it accepts, without following
/// the path (stat on the open file itself). Kernel threads have none. Not seen: a descriptor table that one thread of a
/// process keeps for itself (CLONE_FILES, unshare(2)), and descriptors on their way through a socket (unix(7)).
/// Throws Error when /proc cannot be read.
ScanReport scan_descriptors(const std::function<bool(std::string_view target)>& wanted,
                            const std::function<void(const Descriptor&)>& found);

/// Access mode by /proc/PID/fdinfo/FD; nullopt when it is gone or hidden.
[[nodiscard]] std::optional<Direction> direction_of(pid_t pid, int fd);

/// The octal `flags:` line of a fdinfo file's text. nullopt when there is none.
[[nodiscard]] std::optional<unsigned> parse_fdinfo_flags(std::string_view text);

/// Field 9, the task's flags, of a /proc/PID/stat file's text. Field 2, the command's name, may hold blanks and
/// parentheses. nullopt when there is none.
[[nodiscard]] std::optional<unsigned> parse_stat_flags(std::string_view text);

}  // namespace ipctl
