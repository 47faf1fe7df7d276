// file: loops around read(2), write(2), writev(2) and readlinkat(2).
#include "os/file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>

#include "os/error.hpp"
#include "os/signals.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

enum class Stops { obeyed, disregarded };

struct Progress {
  Stops stops;
  bool started = false;  // something was written
  [[nodiscard]] bool must_stop() const { return stops == Stops::obeyed && StopSignals::count() >= (started ? 2 : 1); }
};

// Until `fd` takes bytes or a stop request ends it. The signals are blocked between the look and ppoll(2),
// which lets them in atomically: one that comes just before it is not slept through.
int wait_writable(int fd, const Progress& progress) {
  sigset_t stops;
  sigset_t former;
  ::sigemptyset(&stops);
  for (const int signal : stop_signals) ::sigaddset(&stops, signal);
  ::pthread_sigmask(SIG_BLOCK, &stops, &former);
  pollfd one{.fd = fd, .events = POLLOUT, .revents = 0};
  int code = EINTR;
  while (code == EINTR && !progress.must_stop()) code = ::ppoll(&one, 1, nullptr, &former) < 0 ? errno : 0;
  if (progress.must_stop()) code = EINTR;
  ::pthread_sigmask(SIG_SETMASK, &former, nullptr);
  return code;
}

// What to do about a write that failed with `code`: 0 to try again, else the errno to give up with.
int recover(int fd, int code, const Progress& progress) {
  if (code == EINTR) return progress.must_stop() ? EINTR : 0;
  if (code == EAGAIN) return wait_writable(fd, progress);
  return code;
}

// Calls `write_rest` until nothing is `left`. It tells how many bytes it wrote, or -1 with errno set.
template <class WriteRest>
int write_until_done(int fd, std::size_t left, Stops stops, WriteRest write_rest) {
  Progress progress{.stops = stops};
  while (left > 0) {
    const ssize_t written = write_rest();
    if (written == 0) return EIO;  // a device that takes nothing would be asked for ever
    if (written < 0) {
      if (const int code = recover(fd, errno, progress); code != 0) return code;
      continue;
    }
    progress.started = true;
    left -= static_cast<std::size_t>(written);
    if (left > 0 && progress.must_stop()) return EINTR;
  }
  return 0;
}

int write_text(int fd, std::string_view data, Stops stops) {
  return write_until_done(fd, data.size(), stops, [fd, &data] {
    const ssize_t written = ::write(fd, data.data(), data.size());
    if (written > 0) data.remove_prefix(static_cast<std::size_t>(written));
    return written;
  });
}

}  // namespace

Fd open_again(int fd, const std::string& path, int flags) {
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  flags |= O_CLOEXEC;
  Fd again{trace::call(::open(link.c_str(), flags), "open", "{}, {:#o}", trace::quoted(link), flags)};
  if (again || errno != ENOENT) return again;
  again = Fd{trace::call(::open(path.c_str(), flags), "open", "{}, {:#o}", trace::quoted(path), flags)};
  if (!again) return again;
  struct stat wanted {};
  struct stat found {};
  const bool known = ::fstat(fd, &wanted) == 0 && ::fstat(again.get(), &found) == 0;
  if (known && wanted.st_dev == found.st_dev && wanted.st_ino == found.st_ino) return again;
  errno = ESTALE;
  return {};
}

int write_all(int fd, std::string_view data) {
  return write_text(fd, data, Stops::obeyed);
}

int write_regardless(int fd, std::string_view data) {
  return write_text(fd, data, Stops::disregarded);
}

int write_all(int fd, std::span<iovec> pieces) {
  if (pieces.size() == 1) {
    return write_all(fd, std::string_view{static_cast<const char*>(pieces[0].iov_base), pieces[0].iov_len});
  }
  std::size_t size = 0;
  for (const iovec& piece : pieces) size += piece.iov_len;
  return write_until_done(fd, size, Stops::obeyed, [fd, &pieces] {
    const ssize_t written = ::writev(fd, pieces.data(), static_cast<int>(pieces.size()));
    if (written > 0) advance(pieces, static_cast<std::size_t>(written));
    return written;
  });
}

std::size_t read_at(int fd, std::span<char> data, std::uint64_t offset, std::string_view object) {
  std::size_t done = 0;
  while (done < data.size()) {
    const std::span<char> rest = data.subspan(done);
    const ssize_t count = trace::call(::pread(fd, rest.data(), rest.size(), static_cast<off_t>(offset + done)), "pread",
                                      "{}, ..., {}, {}", fd, rest.size(), offset + done);
    if (count == 0) break;
    if (count < 0 && errno != EINTR) throw Error{errno, "pread", object};
    if (count > 0) done += static_cast<std::size_t>(count);
  }
  return done;
}

std::optional<std::string> read_small_file(const std::string& path, std::size_t limit) {
  const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 4096> chunk;
  while (text.size() < limit) {
    const ssize_t count = ::read(file.get(), chunk.data(), std::min(chunk.size(), limit - text.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    text.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::optional<unsigned long long> read_number_file(const std::string& path) {
  const auto text = read_small_file(path, 64);
  if (!text) return std::nullopt;
  unsigned long long number = 0;
  const auto [rest, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (failure != std::errc{}) return std::nullopt;
  return number;
}

void advance(std::span<iovec>& pieces, std::size_t size) {
  while (!pieces.empty() && size >= pieces.front().iov_len) {
    size -= pieces.front().iov_len;
    pieces = pieces.subspan(1);
  }
  if (pieces.empty()) return;
  pieces.front().iov_base = static_cast<char*>(pieces.front().iov_base) + size;
  pieces.front().iov_len -= size;
}

bool is_regular_file(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

std::string_view kind_of_file(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG: return "a regular file";
    case S_IFDIR: return "a directory";
    case S_IFCHR: return "a character device";
    case S_IFBLK: return "a block device";
    case S_IFLNK: return "a symbolic link";
    case S_IFSOCK: return "a socket";
    default: return "something else";
  }
}

std::optional<std::string> read_link(int directory, const std::string& path) {
  std::string text(256, '\0');
  for (;;) {
    const ssize_t length = ::readlinkat(directory, path.c_str(), text.data(), text.size());
    if (length < 0) return std::nullopt;
    // Filling the buffer may mean that the text was cut: readlink(2) does not tell.
    if (static_cast<std::size_t>(length) < text.size()) {
      text.resize(static_cast<std::size_t>(length));
      return text;
    }
    text.resize(text.size() * 4);
  }
}

}  // namespace ipctl
