// pipe: anonymous pipes and their capacity, pipe(7), pipe2(2), fcntl(2).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "os/fd.hpp"

namespace ipctl {

struct PipeEnds {
  Fd read;
  Fd write;
};

/// A new pipe; flags: O_NONBLOCK, O_DIRECT (packets), or 0. Both ends are close-on-exec. Throws Error.
[[nodiscard]] PipeEnds make_pipe(int flags = 0);

/// Bytes that the pipe of `fd` can hold, F_GETPIPE_SZ; nullopt for what is no pipe or FIFO.
[[nodiscard]] std::optional<std::uint64_t> pipe_capacity(int fd);

/// Makes it hold at least `bytes`: a power of two of pages. Returns what it holds then. Throws Error naming `object`:
/// beyond fs.pipe-max-size without CAP_SYS_RESOURCE, or less than what is in it now.
std::uint64_t set_pipe_capacity(int fd, std::uint64_t bytes, std::string_view object);

/// Bytes in the pipe of `fd` that nobody has read, FIONREAD; nullopt where that cannot be told.
[[nodiscard]] std::optional<std::uint64_t> unread_bytes(int fd);

}  // namespace ipctl
