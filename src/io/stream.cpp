// Stream: splice(2), and read(2) and write(2) where that cannot be.
#include "io/stream.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "os/file.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

constexpr std::size_t at_once = std::size_t{1} << 20U;
constexpr std::size_t buffer_size = std::size_t{128} << 10U;

}  // namespace

StreamEnd stream_end_of(Waited waited) {
  switch (waited) {
    case Waited::timed_out: return StreamEnd::timed_out;
    case Waited::stopped: return StreamEnd::stopped;
    case Waited::woken: return StreamEnd::woken;
    case Waited::ready: break;
  }
  return StreamEnd::input_ended;
}

Stream::Stream(int in, int out) : in_(in), out_(out), is_from_file_(is_regular_file(in)), splices_(!is_from_file_) {}

Stream::Step Stream::fail(StreamEnd end, int code) {
  result_ = end;
  code_ = code;
  return Step::done;
}

// False where something else ended the wait, which is then the result.
bool Stream::wait_until(int fd, short events, const Wait& wait) {
  const Waited waited = wait_for(fd, events, wait);
  if (waited != Waited::ready) result_ = stream_end_of(waited);
  return waited == Waited::ready;
}

Stream::Step Stream::splice() {
  const ssize_t count =
      trace::call(::splice(in_, nullptr, out_, nullptr, at_once, SPLICE_F_MOVE | SPLICE_F_NONBLOCK), "splice",
                  "{}, NULL, {}, NULL, {}, SPLICE_F_MOVE|SPLICE_F_NONBLOCK", in_, out_, at_once);
  if (count == 0) return Step::done;
  if (count > 0) {
    bytes_ += static_cast<std::uint64_t>(count);
    return Step::more;
  }
  switch (errno) {
    case EINTR: return Step::more;
    case EAGAIN: return Step::must_wait;
    case EINVAL: splices_ = false; return Step::more;  // O_APPEND, a terminal: splice(2)
    default: return fail(StreamEnd::write_failed, errno);
  }
}

Stream::Step Stream::copy(const Wait& wait) {
  buffer_.resize(buffer_size);
  if (begin_ == end_) {
    if (!is_from_file_ && !wait_until(in_, POLLIN, wait)) return Step::done;
    const ssize_t count = ::read(in_, buffer_.data(), buffer_.size());
    if (count == 0) return Step::done;
    if (count < 0) return errno == EINTR || errno == EAGAIN ? Step::more : fail(StreamEnd::read_failed, errno);
    begin_ = 0;
    end_ = static_cast<std::size_t>(count);
  }
  const ssize_t written = ::write(out_, buffer_.data() + begin_, end_ - begin_);
  if (written < 0 && errno == EAGAIN) return wait_until(out_, POLLOUT, wait) ? Step::more : Step::done;
  if (written < 0) return errno == EINTR ? Step::more : fail(StreamEnd::write_failed, errno);
  begin_ += static_cast<std::size_t>(written);
  bytes_ += static_cast<std::uint64_t>(written);
  return Step::more;
}

StreamEnd Stream::run(const Wait& wait) {
  result_ = StreamEnd::input_ended;
  for (;;) {
    if (stop_requested(wait)) return StreamEnd::stopped;
    if (wait.deadline.passed() && !wait.deadline.is_now()) return StreamEnd::timed_out;
    const Step step = splices_ ? splice() : copy(wait);
    if (step == Step::done) return result_;
    if (step == Step::more) continue;
    if (!wait_until(in_, POLLIN, wait) || !wait_until(out_, POLLOUT, wait)) return result_;
  }
}

}  // namespace ipctl
