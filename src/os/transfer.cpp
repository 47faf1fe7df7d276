// transfer: a loop of read(2) and write(2). Measured on tmpfs, 1 GiB: copy_file_range(2), sendfile(2) and splice(2) are
// no quicker (the kernel copies tmpfs through a pipe inside), write(2) from a mapping is slower; what counts is the
// size.
#include "os/transfer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>

#include "os/signals.hpp"
#include "os/trace.hpp"
#include "os/wait.hpp"

namespace ipctl {
namespace {

using End = Transferred::End;

constexpr std::size_t buffer_size = 256 << 10;  // stays in the second-level cache
constexpr std::size_t page = 4096;
constexpr std::size_t half_pipe = 32 << 10;  // of one whose size nobody changed

enum class Kind { file, pipe, other };

Kind kind_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return Kind::other;  // the read or write will say what is wrong
  if (S_ISREG(status.st_mode)) return Kind::file;
  return S_ISFIFO(status.st_mode) ? Kind::pipe : Kind::other;
}

bool must_stop() {
  return StopSignals::count() > 0;
}

// False: a stop request came. One that comes just before a blocking read(2) would be slept through, here it is not.
bool wait_until_ready(int fd, short events) {
  return wait_for(fd, events, {.stop = StopSignals::current()}) == Waited::ready;
}

// Tells when it is time to call `progress`.
class Meter {
 public:
  explicit Meter(const Progress& progress) : progress_(progress) {}

  void show(std::uint64_t bytes) {
    if (!progress_) return;
    const auto now = std::chrono::steady_clock::now();
    if (bytes - shown_ < 64 << 20 && now - when_ < std::chrono::milliseconds{100}) return;
    shown_ = bytes;
    when_ = now;
    progress_(bytes);
  }

 private:
  const Progress& progress_;
  std::uint64_t shown_ = 0;
  std::chrono::steady_clock::time_point when_ = std::chrono::steady_clock::now();
};

// How much to hand a pipe, or take from it, at a time. Half of what it holds lets the other side work meanwhile, where
// all of it makes each side sleep while the other works. With a processor free for each that halves the time; where
// both share one, every exchange is a switch between them and a third is lost. So both are tried in turns and timed.
class Pace {
 public:
  enum Way { halves, wholes };

  [[nodiscard]] Way way() const { return way_; }

  void moved(std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ < (step_ == Step::best ? long_stretch : trial)) return;
    const auto now = Clock::now();
    const double cost = static_cast<double>((now - since_).count()) / static_cast<double>(bytes_);
    double& known = cost_.at(way_);
    known = known == 0 ? cost : (known + cost) / 2;
    bytes_ = 0;
    since_ = now;
    turn();
  }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Step { first, second, best };
  static constexpr std::size_t trial = 4 << 20;
  static constexpr std::size_t long_stretch = 64 << 20;

  void turn() {
    switch (step_) {
      case Step::first:
        step_ = Step::second;
        way_ = wholes;
        break;
      case Step::second:
        step_ = Step::best;
        way_ = cost_[halves] < cost_[wholes] ? halves : wholes;
        break;
      case Step::best:
        step_ = Step::first;
        way_ = halves;
        break;
    }
  }

  Step step_ = Step::first;
  Way way_ = halves;
  std::array<double, 2> cost_{};  // nanoseconds a byte; 0: not known
  std::size_t bytes_ = 0;
  Clock::time_point since_ = Clock::now();
};

class Input {
 public:
  explicit Input(TransferEnd end) : end_(end), kind_(kind_of(end.fd)) {
    const int flags = ::fcntl(end.fd, F_GETFL);
    waits_ = kind_ != Kind::file && flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
  }

  // As read(2), but it waits until there is something; EINTR: stopped.
  ssize_t read(char* data, std::size_t size, Pace::Way way) {
    if (kind_ == Kind::pipe && writer_slept_ && way == Pace::halves) size = std::min(size, page);
    while (!must_stop() && (!waits_ || wait_until_ready(end_.fd, POLLIN))) {
      const ssize_t count = get(data, size);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      // A pipe that held so much was probably full and its writer asleep: one page taken first wakes it.
      writer_slept_ = count >= static_cast<ssize_t>(half_pipe);
      return count;
    }
    errno = EINTR;
    return -1;
  }

  // So that the next reader of `fd` gets the last `count` bytes; what cannot seek keeps its position.
  void give_back(std::size_t count) const {
    if (!end_.offset && count > 0) ::lseek(end_.fd, -static_cast<off_t>(count), SEEK_CUR);
  }

 private:
  ssize_t get(char* data, std::size_t size) {
    if (!end_.offset) return ::read(end_.fd, data, size);
    const ssize_t count = trace::call(::pread(end_.fd, data, size, static_cast<off_t>(*end_.offset)), "pread",
                                      "{}, ..., {}, {}", end_.fd, size, *end_.offset);
    if (count > 0) *end_.offset += static_cast<std::uint64_t>(count);
    return count;
  }

  TransferEnd end_;
  Kind kind_;
  bool waits_;  // else poll(2) would tell nothing, or never end: read(2) says what is wrong
  bool writer_slept_ = false;
};

class Output {
 public:
  explicit Output(TransferEnd end) : end_(end), kind_(kind_of(end.fd)) {}

  // How much to write at a time.
  [[nodiscard]] std::size_t portion(Pace::Way way) const {
    return kind_ == Kind::pipe && way == Pace::halves ? half_pipe : buffer_size;
  }

  struct Written {
    std::size_t bytes;
    int code;  // 0: all of it; EINTR: stopped
  };

  Written write(const char* data, std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
      // What can block is not begun: a stop that came just before it would be slept through.
      if (must_stop() && (done > 0 || kind_ != Kind::file)) return {done, EINTR};
      const ssize_t count = put(data + done, size - done);
      if (count == 0) return {done, EIO};  // a device that takes nothing would be asked for ever
      if (count > 0) {
        done += static_cast<std::size_t>(count);
      } else if (const int code = recover(errno); code != 0) {
        return {done, code};
      }
    }
    return {done, 0};
  }

 private:
  ssize_t put(const char* data, std::size_t size) {
    if (!end_.offset) return ::write(end_.fd, data, size);
    const ssize_t count = trace::call(::pwrite(end_.fd, data, size, static_cast<off_t>(*end_.offset)), "pwrite",
                                      "{}, ..., {}, {}", end_.fd, size, *end_.offset);
    if (count > 0) *end_.offset += static_cast<std::uint64_t>(count);
    return count;
  }

  // 0: try again.
  [[nodiscard]] int recover(int code) const {
    if (code == EINTR) return must_stop() ? EINTR : 0;
    if (code == EAGAIN) return wait_until_ready(end_.fd, POLLOUT) ? 0 : EINTR;
    return code;
  }

  TransferEnd end_;
  Kind kind_;
};

End end_of_input(std::uint64_t length) {
  return length == UINT64_MAX ? End::complete : End::input_ended;
}

Transferred failed(std::uint64_t bytes, End end, int code) {
  if (code == EINTR) return {bytes, End::stopped, 0};
  return {bytes, end, code};
}

struct alignas(page) Buffer {
  std::array<char, buffer_size> bytes;
};

}  // namespace

Transferred transfer(TransferEnd in, TransferEnd out, std::uint64_t length, const Progress& progress) {
  Input input{in};
  Output output{out};
  Meter meter{progress};
  Pace pace;
  const auto buffer = std::make_unique_for_overwrite<Buffer>();
  char* const data = buffer->bytes.data();
  std::uint64_t bytes = 0;
  while (bytes < length) {
    const std::size_t most = std::min<std::uint64_t>(length - bytes, output.portion(pace.way()));
    const ssize_t count = input.read(data, most, pace.way());
    if (count < 0) return failed(bytes, End::read_failed, errno);
    if (count == 0) return {bytes, end_of_input(length), 0};
    const auto size = static_cast<std::size_t>(count);
    const Output::Written written = output.write(data, size);
    bytes += written.bytes;
    if (written.code != 0) {
      input.give_back(size - written.bytes);
      return failed(bytes, End::write_failed, written.code);
    }
    pace.moved(size);
    meter.show(bytes);
  }
  return {bytes, End::complete, 0};
}

}  // namespace ipctl
