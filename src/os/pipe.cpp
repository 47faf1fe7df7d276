// pipe: pipe2(2) and fcntl(2), with the limits behind their errors.
#include "os/pipe.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <climits>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

std::string limit_text() {
  const auto limit = read_number_file("/proc/sys/fs/pipe-max-size");
  return limit ? fmt::format("{} bytes", *limit) : "a limit";
}

std::string why_not(int code, std::uint64_t bytes, int fd) {
  switch (code) {
    case EBUSY:
      return fmt::format("cannot hold as little as {} bytes: {} are in it", bytes, unread_bytes(fd).value_or(0));
    case EPERM:
      return fmt::format(
          "{} bytes are more than fs.pipe-max-size allows, {}, or than a user's pipes may have together, "
          "fs.pipe-user-pages-soft: this needs CAP_SYS_RESOURCE",
          bytes, limit_text());
    case EINVAL: return fmt::format("no pipe can hold {} bytes", bytes);
    case EBADF: return "is not a pipe";
    default: return {};
  }
}

}  // namespace

PipeEnds make_pipe(int flags) {
  std::array<int, 2> ends{-1, -1};
  const int made = trace::call(::pipe2(ends.data(), flags | O_CLOEXEC), "pipe2", "[{}, {}], {:#o}", ends[0], ends[1],
                               flags | O_CLOEXEC);
  if (made != 0) {
    const bool full = errno == EMFILE || errno == ENFILE;
    throw Error{errno, "pipe2", {}, full ? "no more descriptors for a pipe (RLIMIT_NOFILE or fs.file-max)" : ""};
  }
  return {Fd{ends[0]}, Fd{ends[1]}};
}

std::optional<std::uint64_t> pipe_capacity(int fd) {
  const int bytes = ::fcntl(fd, F_GETPIPE_SZ);
  return bytes < 0 ? std::nullopt : std::optional<std::uint64_t>{bytes};
}

std::uint64_t set_pipe_capacity(int fd, std::uint64_t bytes, std::string_view object) {
  if (bytes > INT_MAX) throw Error{EINVAL, "fcntl", object, why_not(EINVAL, bytes, fd)};
  const int capacity =
      trace::call(::fcntl(fd, F_SETPIPE_SZ, static_cast<int>(bytes)), "fcntl", "{}, F_SETPIPE_SZ, {}", fd, bytes);
  if (capacity >= 0) return static_cast<std::uint64_t>(capacity);
  const int code = errno;
  throw Error{code, "fcntl", object, why_not(code, bytes, fd)};
}

std::optional<std::uint64_t> unread_bytes(int fd) {
  int bytes = 0;
  if (::ioctl(fd, FIONREAD, &bytes) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

}  // namespace ipctl
