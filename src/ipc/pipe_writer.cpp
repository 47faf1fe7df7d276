// PipeWriter: one write(2) for what is short, a lock for what is long.
#include "ipc/pipe_writer.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>

#include <algorithm>
#include <climits>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/pipe.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

std::size_t size_of(std::span<const iovec> pieces) {
  std::size_t size = 0;
  for (const iovec& piece : pieces) size += piece.iov_len;
  return size;
}

int call_flock(int fd, int operation) {
  return trace::call(::flock(fd, operation), "flock", "{}, {}", fd, operation);
}

}  // namespace

class PipeWriter::Locked {
 public:
  explicit Locked(int fd) : fd_(fd) {}
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  ~Locked() { static_cast<void>(call_flock(fd_, LOCK_UN)); }

 private:
  int fd_;
};

Waited PipeWriter::lock(int operation, const Wait& wait) {
  if (call_flock(end_.fd(), operation | LOCK_NB) == 0) return Waited::ready;
  if (errno != EWOULDBLOCK) throw Error{errno, "flock", name()};
  return interrupter_.run(wait, [&] {
    const bool locked = call_flock(end_.fd(), operation) == 0;
    if (!locked && errno != EINTR) throw Error{errno, "flock", name()};
    return locked;
  });
}

// False where there is no room. Throws where nobody will ever read it.
bool PipeWriter::try_write(std::span<const iovec> pieces, std::size_t& written) const {
  ssize_t count = -1;
  do count = end_.write(pieces);
  while (count < 0 && errno == EINTR);
  if (count >= 0) {
    written = static_cast<std::size_t>(count);
    return true;
  }
  if (errno == EAGAIN) return false;
  // No code: that would be the closed output of ipctl itself.
  if (errno == EPIPE) throw Error{Exit::failed, name(), "no reader has it open any more: the message was not sent"};
  if (errno == EOPNOTSUPP) throw Error{errno, "pwritev2", name(), not_anew};
  throw Error{errno, "write", name()};
}

Outcome PipeWriter::write(std::span<iovec> pieces, const Wait& wait) {
  const std::size_t size = size_of(pieces);
  return size <= PIPE_BUF ? write_short(pieces, wait) : write_long(pieces, size, wait);
}

Outcome PipeWriter::write_short(std::span<const iovec> pieces, const Wait& wait) {
  for (;;) {
    if (stop_requested(wait)) return Outcome::stopped;
    if (const Waited waited = lock(LOCK_SH, wait); waited != Waited::ready) return outcome_of(waited);
    {
      const Locked locked{end_.fd()};
      std::size_t written = 0;
      if (try_write(pieces, written)) return Outcome::done;
    }
    if (const Waited waited = wait_for(end_.fd(), POLLOUT, wait); waited != Waited::ready) return outcome_of(waited);
  }
}

// Who does not wait begins only what is sure to fit: an empty pipe takes as much as it can hold.
Outcome PipeWriter::require_room(std::size_t size) const {
  const std::uint64_t capacity = pipe_capacity(end_.fd()).value_or(PIPE_BUF);
  if (size > capacity) {
    throw Error{Exit::failed, name(),
                fmt::format("message is {} bytes with what ends it, and {} fit at once: --nonblock cannot send it",
                            size, capacity)};
  }
  return unread_bytes(end_.fd()).value_or(0) == 0 ? Outcome::done : Outcome::timed_out;
}

// Once it has begun, a first stop request does not end it.
Outcome PipeWriter::write_long(std::span<iovec> pieces, std::size_t size, const Wait& wait) {
  if (const Waited waited = lock(LOCK_EX, wait); waited != Waited::ready) return outcome_of(waited);
  const Locked locked{end_.fd()};
  if (wait.deadline.is_now()) {
    if (const Outcome room = require_room(size); room != Outcome::done) return room;
  }
  std::size_t done = 0;
  while (done < size) {
    std::size_t written = 0;
    if (try_write(pieces, written)) {
      advance(pieces, written);
      done += written;
      continue;
    }
    const bool must_end = done == 0 || StopSignals::count() > 1;
    const Wait rest{wait.deadline, must_end ? wait.stop : nullptr, wait.also};
    const Waited waited = wait_for(end_.fd(), POLLOUT, rest);
    if (waited == Waited::ready) continue;
    if (done == 0) return outcome_of(waited);
    throw Error{waited == Waited::timed_out ? Exit::timed_out : Exit::failed, name(),
                fmt::format("{} in the middle of a message: {} of its {} bytes are written",
                            waited == Waited::timed_out ? "timed out" : "stopped", done, size)};
  }
  return Outcome::done;
}

Outcome PipeWriter::drain(const Wait& wait) const {
  constexpr Duration longest = 10ms;  // nothing tells when a pipe becomes empty
  for (Duration pause = 100us;; pause = std::min(pause * 2, longest)) {
    const std::uint64_t left = unread_bytes(end_.fd()).value_or(0);
    if (left == 0) return Outcome::done;
    pollfd readers{.fd = end_.fd(), .events = 0, .revents = 0};
    if (::poll(&readers, 1, 0) > 0 && (readers.revents & POLLERR) != 0) {
      throw Error{Exit::failed, name(), fmt::format("its readers left, and {} bytes were not read", left)};
    }
    const auto remaining = wait.deadline.remaining();
    if (remaining == Duration::zero()) return Outcome::timed_out;
    const Wait next{Deadline::after(std::min(pause, remaining.value_or(pause))), wait.stop, wait.also};
    if (const Waited waited = wait_for(std::span<pollfd>{}, next); waited != Waited::timed_out) {
      return outcome_of(waited);
    }
  }
}

}  // namespace ipctl
