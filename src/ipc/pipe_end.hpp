// PipeEnd: one end of a pipe or FIFO, of which every read and write says at once what it could do; pipe(7).
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <span>
#include <string>
#include <string_view>

#include "ipc/descriptor_address.hpp"
#include "os/fd.hpp"

namespace ipctl {

enum class PipeSide { read, write };

/// Why RWF_NOWAIT was refused, EOPNOTSUPP of preadv2(2).
inline constexpr std::string_view not_anew =
    "it is another user's, and may not be opened anew: to use it as it is needs Linux 6.4, and an end that pipe(2) "
    "made";

class PipeEnd {
 public:
  /// `fd`, O_NONBLOCK, ours alone. name: as users name it.
  PipeEnd(Fd fd, std::string name) : own_(std::move(fd)), fd_(own_.get()), name_(std::move(name)) {}
  /// Opens the pipe that a descriptor at `address` is an end of once more, through /proc: the flags of that descriptor
  /// stay as they are. Either end will do. One that may not be opened is used as it is, RWF_NOWAIT of preadv2(2).
  /// flags: O_DIRECT, or 0. Throws Error: missing where there is no such process or descriptor; failed where it is no
  /// pipe or FIFO, or may not be opened.
  [[nodiscard]] static PipeEnd open(const DescriptorAddress& address, PipeSide side, int flags = 0);

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  /// The same open file under another number. Throws Error.
  [[nodiscard]] PipeEnd duplicate() const;
  /// preadv2(2), pwritev2(2): bytes, or -1 with errno set: EAGAIN where it would wait, also EINTR.
  [[nodiscard]] ssize_t read(std::span<const iovec> pieces) const;
  [[nodiscard]] ssize_t write(std::span<const iovec> pieces) const;

 private:
  PipeEnd(Fd shared, int fd, std::string name);  // an open file of others too

  Fd own_;
  int fd_;
  int flags_ = 0;
  std::string name_;
};

}  // namespace ipctl
