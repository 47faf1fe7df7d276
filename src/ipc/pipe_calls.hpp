// pipe_calls: what a blocked system call waits for on descriptors of its process: bytes, or room for some.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/fd.hpp"
#include "os/process.hpp"

namespace ipctl::pipes {

enum class Wants { bytes, room, either, end };  // end: that the other side goes, poll(2) for nothing else

/// A descriptor that a call waits on; of one that epoll(7) watches, the file.
struct Awaited {
  int fd = -1;
  Wants wants = Wants::bytes;
  dev_t device = 0;  // where fd is -1
  ino_t inode = 0;
};

struct PipeCall {
  std::string_view name;  // "read"
  std::vector<Awaited> descriptors;
};
/// nullopt for calls that never wait for a pipe. Those that poll(2), select(2) and the like name are read from memory
/// of the process.
[[nodiscard]] std::optional<PipeCall> pipe_call(pid_t pid, const BlockedCall& call);

/// A call that opens a file, open(2), and the file, as O_PATH.
struct OpenCall {
  Fd file;
  Direction direction = Direction::read;
};
/// nullopt for other calls, and where the file is not to be found.
[[nodiscard]] std::optional<OpenCall> open_call(pid_t pid, const BlockedCall& call);

/// The files that an epoll descriptor watches, by its text in /proc/PID/fdinfo, proc(5).
[[nodiscard]] std::vector<Awaited> parse_epoll(std::string_view text);

}  // namespace ipctl::pipes
