// PipeReader: tee(2) into a pipe of our own, and edge-triggered epoll(7) to wait for what comes behind what is there.
#include "ipc/pipe_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

PipeReader::Look look_of(Waited waited) {
  switch (waited) {
    case Waited::stopped: return PipeReader::Look::stopped;
    case Waited::woken: return PipeReader::Look::woken;
    case Waited::timed_out:
    case Waited::ready: break;
  }
  return PipeReader::Look::timed_out;
}

// As big as the pipe, so that it is full when that is: where that may not be, what is ahead is seen in parts.
PipeEnds make_copy(int fd) {
  PipeEnds copy = make_pipe(O_NONBLOCK);
  const auto wanted = pipe_capacity(fd);
  if (wanted && wanted != pipe_capacity(copy.read.get())) {
    ::fcntl(copy.read.get(), F_SETPIPE_SZ, static_cast<int>(*wanted));
  }
  return copy;
}

}  // namespace

PipeReader::PipeReader(PipeEnd end, Writer writer)
    : end_(std::move(end)),
      copy_(make_copy(end_.fd())),
      epoll_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      window_(pipe_capacity(copy_.read.get()).value_or(PIPE_BUF)),
      writer_seen_(writer == Writer::was_there) {
  watch();
}

void PipeReader::watch() {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;
  check(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, end_.fd(), &event), "epoll_ctl", name());
}

void PipeReader::forget_wakes() const {
  epoll_event event{};
  ::epoll_wait(epoll_.get(), &event, 1, 0);
}

// Sees anew all that waits.
PipeReader::Peek PipeReader::peek() {
  begin_ = end_of_window_ = 0;
  ssize_t count = -1;
  do {
    count = trace::call(::tee(end_.fd(), copy_.write.get(), INT_MAX, SPLICE_F_NONBLOCK), "tee", "{}, {}, {}, {}",
                        end_.fd(), copy_.write.get(), INT_MAX, "SPLICE_F_NONBLOCK");
  } while (count < 0 && errno == EINTR);
  if (count == 0) return Peek::no_writer;
  if (count < 0 && errno == EAGAIN) return Peek::empty;
  check(count, "tee", name());
  const auto size = static_cast<std::size_t>(count);
  pollfd room{.fd = copy_.write.get(), .events = POLLOUT, .revents = 0};
  const bool full = ::poll(&room, 1, 0) == 0;
  if (window_.size() < size) window_.resize(size);
  while (end_of_window_ < size) {
    const ssize_t got = ::read(copy_.read.get(), window_.data() + end_of_window_, size - end_of_window_);
    if (got < 0 && errno == EINTR) continue;
    if (check(got, "read", name()) == 0) break;
    end_of_window_ += static_cast<std::size_t>(got);
  }
  return full ? Peek::full : Peek::some;
}

// poll(2) tells of writers that left after this end was opened, and of none before.
bool PipeReader::has_hung_up() const {
  pollfd one{.fd = end_.fd(), .events = 0, .revents = 0};
  return ::poll(&one, 1, 0) > 0 && (one.revents & POLLHUP) != 0;
}

PipeReader::Look PipeReader::look(const Wait& wait) {
  const std::size_t before = ahead().size();
  for (;;) {
    if (stop_requested(wait)) return Look::stopped;
    forget_wakes();
    const bool hung_up = has_hung_up();  // first: what was written before the last writer left is seen then
    const Peek seen = peek();
    if (seen != Peek::no_writer) writer_seen_ = true;
    if (ahead().size() > before) return Look::more;
    if (hung_up || (seen == Peek::no_writer && writer_seen_)) return Look::ended;
    if (seen == Peek::full) return Look::full;
    // poll(2) would not wait for what comes behind what is there. Where nothing is, it shows others what is waited for.
    const int awaited = ahead().empty() ? end_.fd() : epoll_.get();
    if (const Waited waited = wait_for(awaited, POLLIN, wait); waited != Waited::ready) return look_of(waited);
  }
}

std::size_t PipeReader::take(std::span<const iovec> pieces) {
  ssize_t count = -1;
  do count = end_.read(pieces);
  while (count < 0 && errno == EINTR);
  if (count < 0 && errno != EAGAIN) throw Error{errno, "read", name()};
  const auto taken = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  std::size_t compared = 0;
  std::size_t wanted = 0;
  for (const iovec& piece : pieces) {
    wanted += piece.iov_len;
    const std::size_t size = std::min(piece.iov_len, taken - compared);
    if (std::memcmp(piece.iov_base, ahead().data() + compared, size) != 0) disturbed_ = true;
    compared += size;
  }
  if (taken < wanted) disturbed_ = true;
  begin_ += taken;
  taken_ += taken;
  return taken;
}

PipeReader::Look PipeReader::take_packet(std::span<char> data, std::size_t& length, const Wait& wait) {
  const iovec piece{data.data(), data.size()};
  for (;;) {
    if (stop_requested(wait)) return Look::stopped;
    const bool hung_up = has_hung_up();
    const ssize_t count = end_.read({&piece, 1});
    if (count > 0) {
      writer_seen_ = true;
      length = static_cast<std::size_t>(count);
      taken_ += length;
      return Look::more;
    }
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN) throw Error{errno, "read", name()};
    if (count < 0) writer_seen_ = true;
    if (count == 0 && (writer_seen_ || hung_up)) return Look::ended;
    if (const Waited waited = wait_for(end_.fd(), POLLIN, wait); waited != Waited::ready) return look_of(waited);
  }
}

// An end that is opened after they left has not hung up. The old one is closed only then: what is written is not lost.
void PipeReader::expect_writer() {
  Fd fresh = open_again(end_.fd(), name(), O_RDONLY | O_NONBLOCK);
  if (!fresh) throw Error{errno, "open", name()};
  // One that came and went meanwhile: of it, the fresh end knows nothing.
  if (has_hung_up() && unread() > 0) return;
  end_ = PipeEnd{std::move(fresh), name()};
  watch();
  writer_seen_ = false;
}

}  // namespace ipctl
