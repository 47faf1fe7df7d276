// transfer: bytes from one descriptor to another, or between memory and a descriptor.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace ipctl {

/// One side of a transfer.
struct TransferEnd {
  int fd;
  /// Where in a file that can seek, as for pread(2) and pwrite(2): the descriptor's own position does not move.
  /// nullopt: at the descriptor's own position. An O_APPEND output appends in any case.
  std::optional<std::uint64_t> offset;
  /// Instead of `fd`, read from or written to in place: read(2) and write(2) work on it, and say EFAULT where an access
  /// would raise SIGBUS. As input it ends where it ends; as output it is full there (ENOSPC). It is not O_NONBLOCK, and
  /// nothing is lost that was read into it.
  std::optional<std::span<char>> memory = std::nullopt;
};
[[nodiscard]] inline TransferEnd in_memory(std::span<char> memory) {
  return {-1, std::nullopt, memory};
}

struct Transferred {
  enum class End {
    complete,      // all of `length`, or to the end of input when that was asked for
    input_ended,   // sooner than `length`: also a file that another process truncated
    stopped,       // by a first stop request (os/signals.hpp)
    read_failed,   // with `code`
    write_failed,  // with `code`
  };
  std::uint64_t bytes;  // that are in the output
  End end;
  int code;  // errno of the failed read or write, else 0
};

/// Called from time to time, about every 64 MiB or 100 ms while bytes move, with the bytes so far.
using Progress = std::function<void(std::uint64_t bytes)>;

/// Copies `length` bytes; UINT64_MAX: to the end of input. No more is taken from `in` than goes to `out`; after a stop
/// or a failed write that holds where `in` can seek, else what was read and not written is lost: at most 128 KiB.
/// An end that is O_NONBLOCK is waited for; no flag of either is changed. Every byte is a copy: what a reader of a pipe
/// gets is what was there at the time of the call. `in` and `out` must not overlap. `progress` may be empty. Throws
/// Error from ppoll.
/// A stop request that comes in the instant before a call that blocks is noticed at the next byte, or the next request.
[[nodiscard]] Transferred transfer(TransferEnd in, TransferEnd out, std::uint64_t length, const Progress& progress);

}  // namespace ipctl
