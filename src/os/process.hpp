// process: what /proc tells about other processes, proc(5). "Could not look" is kept apart from "nothing there".
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
  mode_t mode = 0;  // file type and permission bits, inode(7)
};

/// A file that a process has mapped, mmap(2); one for each inode and process, however many mappings it has of it.
struct MappedFile {
  pid_t pid = 0;
  dev_t device = 0;
  ino_t inode = 0;
  std::string target;  // as maps shows the path: "\012" for a newline; " (deleted)" follows where it is unlinked
  Direction direction = Direction::read;  // a private mapping only reads the file
  std::uint64_t start = 0, end = 0;       // addresses of the first mapping: /proc/PID/map_files/START-END
  std::uint64_t mappings = 1;
};

/// How much of /proc a scan saw. Processes that end while it runs count as neither.
struct ScanReport {
  std::uint64_t seen = 0;
  std::uint64_t unreadable = 0;  // what they have could not be looked at (another user's, or a protected process)
  bool hidden = false;           // there may be more than /proc shows: its option hidepid, or beyond this PID namespace
  [[nodiscard]] bool complete() const { return unreadable == 0 && !hidden; }
};

/// What two scans together saw of all processes.
[[nodiscard]] ScanReport both(const ScanReport& one, const ScanReport& other);

/// In the first PID namespace, pid_namespaces(7): every process has a number here. From any other, the processes around
/// it cannot be seen.
[[nodiscard]] bool is_in_first_pid_namespace();

/// The name in /proc/PID/comm, without its newline; nullopt when the process is gone. Any bytes, up to 15.
[[nodiscard]] std::optional<std::string> command_of(pid_t pid);

/// The same for one process after the other, each looked up once.
class CommandNames {
 public:
  /// Empty when the process is gone.
  [[nodiscard]] const std::string& of(pid_t pid);

 private:
  pid_t pid_ = -1;
  std::string name_;
};

/// Calls `found` for every open descriptor whose target text `wanted` accepts, in all processes, ours included.
/// `wanted` sees the link's text only (cheap); device and inode are read just for what it accepts, without following
/// the path (stat on the open file itself). Kernel threads have none. Not seen: a descriptor table that one thread of a
/// process keeps for itself (CLONE_FILES, unshare(2)), and descriptors on their way through a socket (unix(7)).
/// Throws Error when /proc cannot be read.
ScanReport scan_descriptors(const std::function<bool(std::string_view target)>& wanted,
                            const std::function<void(const Descriptor&)>& found);

/// Calls `found` for every file that a process has mapped and that `wanted` accepts, in all processes, ours included.
/// Not seen: what a process maps that ended while this ran. Throws Error when /proc cannot be read.
ScanReport scan_mappings(const std::function<bool(dev_t device, ino_t inode)>& wanted,
                         const std::function<void(const MappedFile&)>& found);

/// A system call that a thread is blocked in, as /proc/PID/task/TID/syscall tells.
struct BlockedCall {
  long number = -1;  // SYS_*
  std::array<std::uint64_t, 6> arguments{};
};
/// nullopt for a thread that runs, or that is blocked outside of a system call, and for what is no such text.
[[nodiscard]] std::optional<BlockedCall> parse_blocked_call(std::string_view text);

/// Calls `found` for every thread of every process, ours left out, that is blocked in a system call. Looking at a
/// process needs the right to trace it (ptrace(2), PTRACE_MODE_ATTACH_FSCREDS). Throws Error when /proc cannot be read.
ScanReport scan_blocked_calls(const std::function<void(pid_t pid, pid_t thread, const BlockedCall& call)>& found);

/// True where `pid` is in the IPC namespace that this thread is in; nullopt when it is gone or may not be looked at.
[[nodiscard]] std::optional<bool> shares_ipc_namespace(pid_t pid);

/// One line of /proc/PID/maps, proc(5).
struct MapsLine {
  std::uint64_t start = 0, end = 0;
  bool readable = false, writable = false, shared = false;
  dev_t device = 0;
  ino_t inode = 0;
  std::string_view path;  // may be empty
};
/// nullopt for what is no such line.
[[nodiscard]] std::optional<MapsLine> parse_maps_line(std::string_view line);

/// What /proc/self/maps calls the file that is mapped at `address`: on some file systems (overlayfs, btrfs) neither its
/// device nor its inode are those that stat(2) gives. nullopt when no file is mapped there.
[[nodiscard]] std::optional<std::pair<dev_t, ino_t>> mapped_identity(const void* address);

/// O_ACCMODE, O_NONBLOCK, O_DIRECT, O_PATH and the like, open(2), by /proc/PID/fdinfo/FD; nullopt when it is gone or
/// hidden.
[[nodiscard]] std::optional<unsigned> descriptor_flags(pid_t pid, int fd);
/// The access mode among these.
[[nodiscard]] Direction direction_of(unsigned flags);
[[nodiscard]] std::optional<Direction> direction_of(pid_t pid, int fd);

/// The octal `flags:` line of a fdinfo file's text. nullopt when there is none.
[[nodiscard]] std::optional<unsigned> parse_fdinfo_flags(std::string_view text);

/// Field `number` (from 3) of a /proc/PID/stat file's text. Field 2, the command's name, may hold blanks and
/// parentheses. nullopt when there is none, or a negative number.
[[nodiscard]] std::optional<std::uint64_t> stat_field(std::string_view text, int number);
/// Field 9, the task's flags, of the same; nullopt when there is none.
[[nodiscard]] std::optional<unsigned> parse_stat_flags(std::string_view text);

}  // namespace ipctl
