// PipeEnd: opened anew where that may be, so that O_NONBLOCK is ours alone.
#include "ipc/pipe_end.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/open_elsewhere.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

[[noreturn]] void refuse(int code, std::string_view name) {
  if (code == EBADF) throw Error{Exit::missing, name, "ipctl has inherited no such descriptor"};
  throw Error{Exit::failed, name, "is no pipe or FIFO"};
}

void require_pipe(int fd, std::string_view name) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) refuse(errno, name);
  if (!S_ISFIFO(status.st_mode)) refuse(0, name);
}

// An end that was opened when no writer was left never hangs up, unless there was one after that. A FIFO is left alone:
// somebody may wait for the first writer to open it.
void let_hang_up(const std::string& path) {
  constexpr long pipefs = 0x50495045;  // PIPEFS_MAGIC in linux/magic.h
  struct statfs status {};
  if (::statfs(path.c_str(), &status) != 0 || status.f_type != pipefs) return;
  const Fd writer{::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)};
}

}  // namespace

PipeEnd::PipeEnd(Fd shared, int fd, std::string name)
    : own_(std::move(shared)), fd_(fd), flags_(RWF_NOWAIT), name_(std::move(name)) {}

PipeEnd PipeEnd::open(const DescriptorAddress& address, PipeSide side, int flags) {
  const int all = O_CLOEXEC | O_NONBLOCK | (side == PipeSide::read ? O_RDONLY : O_WRONLY);
  Fd theirs = address.pid ? open_descriptor_of(*address.pid, address.fd, all) : Fd{};
  const int shared = theirs ? theirs.get() : address.fd;
  if (!theirs && (::fcntl(shared, F_GETFD) & FD_CLOEXEC) != 0) refuse(EBADF, address.text());  // ours, not inherited
  require_pipe(shared, address.text());
  Fd own = open_again(shared, {}, all);
  if (!own && (flags & ~::fcntl(shared, F_GETFL)) != 0) {
    throw Error{Exit::failed, address.text(), "may not be opened anew, and packets need that: its flags are not ours"};
  }
  if (!own) return {std::move(theirs), shared, address.text()};  // another user's, or no /proc
  check(::fcntl(own.get(), F_SETFL, O_NONBLOCK | flags), "fcntl", address.text());
  if (side == PipeSide::read) let_hang_up(fmt::format("/proc/self/fd/{}", own.get()));
  return {std::move(own), address.text()};
}

PipeEnd PipeEnd::duplicate() const {
  PipeEnd copy{Fd{check(::fcntl(fd_, F_DUPFD_CLOEXEC, 3), "fcntl", name_)}, name_};
  copy.flags_ = flags_;
  return copy;
}

ssize_t PipeEnd::read(std::span<const iovec> pieces) const {
  const ssize_t count = ::preadv2(fd_, pieces.data(), static_cast<int>(pieces.size()), -1, flags_);
  return trace::call(count, "preadv2", "{}, ..., {}, -1, {}", fd_, pieces.size(), flags_ != 0 ? "RWF_NOWAIT" : "0");
}

ssize_t PipeEnd::write(std::span<const iovec> pieces) const {
  const ssize_t count = ::pwritev2(fd_, pieces.data(), static_cast<int>(pieces.size()), -1, flags_);
  return trace::call(count, "pwritev2", "{}, ..., {}, -1, {}", fd_, pieces.size(), flags_ != 0 ? "RWF_NOWAIT" : "0");
}

}  // namespace ipctl
