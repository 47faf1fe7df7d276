// PipeCopies: each receiver has a pipe of its own in between, its stage, and is filled from there as it has room.
#include "ipc/pipe_copies.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "os/error.hpp"
#include "os/pipe.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

constexpr std::size_t all = 1 << 30;
constexpr unsigned without_waiting = SPLICE_F_NONBLOCK | SPLICE_F_MOVE;
constexpr int rounds_at_once = 16;  // between two looks at signals and at what else is copied

ssize_t pass(int in, int out, std::size_t bytes) {
  return trace::call(::splice(in, nullptr, out, nullptr, bytes, without_waiting), "splice",
                     "{}, NULL, {}, NULL, {}, {}", in, out, bytes, without_waiting);
}

ssize_t copy(int in, int out, std::size_t bytes) {
  return trace::call(::tee(in, out, bytes, without_waiting), "tee", "{}, {}, {}, {}", in, out, bytes, without_waiting);
}

bool is_for_later(int code) {
  return code == EAGAIN || code == EINTR;
}

}  // namespace

void PipeCopies::add_pipe(Fd pipe) {
  add({.kind = Receiver::Kind::pipe, .end = std::move(pipe), .name = {}, .stage_in = {}, .stage_out = {}});
}

void PipeCopies::add_file(Fd file, std::string name) {
  struct stat status {};
  check(::fstat(file.get(), &status), "fstat", name);
  // It is ours alone. A terminal or FIFO that is full must not hold up the rest.
  const int flags = ::fcntl(file.get(), F_GETFL);
  if (!S_ISREG(status.st_mode) && flags >= 0) ::fcntl(file.get(), F_SETFL, flags | O_NONBLOCK);
  add({.kind = Receiver::Kind::file, .end = std::move(file), .name = std::move(name), .stage_in = {}, .stage_out = {}});
}

void PipeCopies::add(Receiver receiver) {
  PipeEnds stage = make_pipe();
  const std::uint64_t capacity = pipe_capacity(source_.get()).value_or(0);
  const std::uint64_t own = pipe_capacity(stage.read.get()).value_or(0);
  // The stage must hold as many pages as the source. A user has only so many for all pipes: less is in both then.
  try {
    if (own != capacity) set_pipe_capacity(stage.read.get(), capacity, "pipe");
  } catch (const Error&) {
    set_pipe_capacity(source_.get(), own, "pipe");
  }
  receiver.stage_in = std::move(stage.write);
  receiver.stage_out = std::move(stage.read);
  receivers_.push_back(std::move(receiver));
}

bool PipeCopies::is_idle() const {
  return std::all_of(receivers_.begin(), receivers_.end(),
                     [](const Receiver& each) { return each.left == 0 && each.bytes.empty(); });
}

bool PipeCopies::done() const {
  return !source_ && is_idle();
}

void PipeCopies::want(std::vector<pollfd>& fds) const {
  fds.push_back({.fd = is_idle() ? source_.get() : -1, .events = POLLIN, .revents = 0});
  for (const Receiver& each : receivers_) {
    const bool is_pending = each.left > 0 || !each.bytes.empty();
    // Without events: that its reader left, POLLERR.
    const bool is_watched = is_pending || each.kind == Receiver::Kind::pipe;
    fds.push_back(
        {.fd = is_watched ? each.end.get() : -1, .events = static_cast<short>(is_pending ? POLLOUT : 0), .revents = 0});
  }
}

void PipeCopies::step(std::span<const pollfd> ready) {
  drop_readerless(ready);
  for (int round = 0; round < rounds_at_once; ++round) {
    for (Receiver& each : receivers_) push(each);
    close_source_if_useless();
    if (!is_idle() || !source_ || !fill()) return;
  }
}

void PipeCopies::drop_readerless(std::span<const pollfd> ready) {
  for (std::size_t i = 0; i < receivers_.size() && i + 1 < ready.size(); ++i) {
    Receiver& each = receivers_[i];
    if (each.end && each.kind == Receiver::Kind::pipe && (ready[i + 1].revents & POLLERR) != 0) fail(each, EPIPE);
  }
}

void PipeCopies::close_source_if_useless() {
  const bool is_read = std::any_of(receivers_.begin(), receivers_.end(),
                                   [](const Receiver& each) { return each.end && each.kind == Receiver::Kind::pipe; });
  if (!is_read) finish();
}

// What is in the stages still goes on.
void PipeCopies::finish() {
  source_.reset();
  for (Receiver& each : receivers_) {
    if (each.left == 0 && each.bytes.empty()) each.end.reset();
  }
}

// The same bytes into every stage; all are empty. False: there are none now.
bool PipeCopies::fill() {
  std::vector<Receiver*> open;
  for (Receiver& each : receivers_) {
    if (each.end) open.push_back(&each);
  }
  std::size_t bytes = all;
  for (Receiver* const each : open) {
    const bool is_last = each == open.back();
    const ssize_t got =
        is_last ? pass(source_.get(), each->stage_in.get(), bytes) : copy(source_.get(), each->stage_in.get(), bytes);
    const bool is_first = each == open.front();
    if (is_first && got < 0 && is_for_later(errno)) return false;
    if (is_first && got == 0) {
      finish();
      return false;
    }
    check(got, is_last ? "splice" : "tee", "pipe");
    if (!is_first && static_cast<std::size_t>(got) != bytes) throw Error{EIO, is_last ? "splice" : "tee", "pipe"};
    bytes = static_cast<std::size_t>(got);
    each->left = bytes;
  }
  return true;
}

void PipeCopies::push(Receiver& receiver) {
  if (!receiver.bytes.empty()) write_bytes(receiver);
  while (receiver.end && receiver.left > 0 && receiver.bytes.empty()) {
    if (receiver.kind == Receiver::Kind::unspliceable) {
      receiver.bytes.resize(std::min<std::size_t>(receiver.left, 64 << 10));
      const ssize_t got = ::read(receiver.stage_out.get(), receiver.bytes.data(), receiver.bytes.size());
      receiver.bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      receiver.left -= receiver.bytes.size();
      write_bytes(receiver);
      continue;
    }
    const ssize_t passed = pass(receiver.stage_out.get(), receiver.end.get(), receiver.left);
    if (passed > 0) {
      receiver.left -= static_cast<std::uint64_t>(passed);
    } else if (passed < 0 && is_for_later(errno)) {
      return;
    } else if (passed < 0 && errno == EINVAL && receiver.kind == Receiver::Kind::file) {
      receiver.kind = Receiver::Kind::unspliceable;
    } else {
      fail(receiver, passed < 0 ? errno : EIO);
    }
  }
  if (!source_ && receiver.left == 0 && receiver.bytes.empty()) receiver.end.reset();
}

void PipeCopies::write_bytes(Receiver& receiver) {
  while (!receiver.bytes.empty()) {
    const ssize_t written = ::write(receiver.end.get(), receiver.bytes.data(), receiver.bytes.size());
    if (written < 0 && is_for_later(errno)) return;
    if (written <= 0) return fail(receiver, written < 0 ? errno : EIO);
    receiver.bytes.erase(0, static_cast<std::size_t>(written));
  }
}

void PipeCopies::fail(Receiver& receiver, int code) {
  if (receiver.kind != Receiver::Kind::pipe) failures_.push_back({receiver.name, code});
  receiver.left = 0;
  receiver.bytes.clear();
  receiver.end.reset();
  receiver.stage_in.reset();
  receiver.stage_out.reset();
}

}  // namespace ipctl
