// PipeWriter: whole messages into a pipe that other writers use too, pipe(7), flock(2).
#pragma once

#include <sys/uio.h>

#include <chrono>
#include <cstddef>
#include <span>

#include "ipc/message.hpp"
#include "ipc/pipe_end.hpp"
#include "os/interrupter.hpp"
#include "os/wait.hpp"

namespace ipctl {

/// Up to PIPE_BUF bytes the kernel writes whole. Longer messages are whole among all who write through this class: each
/// holds a lock on the pipe meanwhile, shared for short messages, exclusive for long ones.
class PipeWriter {
 public:
  explicit PipeWriter(PipeEnd end) : end_(std::move(end)) {}

  [[nodiscard]] const std::string& name() const { return end_.name(); }
  /// Writes all of `pieces`, which are changed: at most PIPE_BUF bytes in one call. Throws Error where no reader is
  /// left; and where `wait` ended in the middle of a long message, with how much of it is in the pipe.
  [[nodiscard]] Outcome write(std::span<iovec> pieces, const Wait& wait);
  /// Waits until readers have taken all that is in it. Throws Error where they left before that.
  [[nodiscard]] Outcome drain(const Wait& wait) const;

 private:
  class Locked;
  [[nodiscard]] Outcome write_short(std::span<const iovec> pieces, const Wait& wait);
  [[nodiscard]] Outcome write_long(std::span<iovec> pieces, std::size_t size, const Wait& wait);
  [[nodiscard]] Outcome require_room(std::size_t size) const;
  [[nodiscard]] Waited lock(int operation, const Wait& wait);
  [[nodiscard]] bool try_write(std::span<const iovec> pieces, std::size_t& written) const;

  PipeEnd end_;
  Interrupter interrupter_;
};

}  // namespace ipctl
