// pipe_holder: pipes that a small process of ours keeps open between one command and the next.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

#include "ipc/descriptor_address.hpp"

namespace ipctl::pipes {

struct NewPipe {
  std::optional<std::uint64_t> capacity = {};  // bytes, at least; the system's default when nullopt
  std::optional<pid_t> owner = {};             // the process that it lasts as long as; nullopt: who asked for us
  bool packets = false;                        // O_DIRECT, pipe(2)
  bool stays = false;                          // until it is removed
};

/// Makes a pipe and the process that keeps both its ends. The address is that of the read end; opened through /proc,
/// either end leads to the pipe in either direction. Throws Error.
[[nodiscard]] DescriptorAddress create_held(const NewPipe& wanted);

/// Ends the process that keeps it. Others who have the pipe open keep it. Returns how many bytes are lost. Throws
/// Error: missing; no such process of ours; not permitted.
std::uint64_t remove_held(const DescriptorAddress& address);

}  // namespace ipctl::pipes
