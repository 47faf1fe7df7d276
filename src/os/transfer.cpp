// transfer: a loop of read(2) and write(2). Measured on tmpfs, 1 GiB: copy_file_range(2), sendfile(2) and splice(2) are
// no quicker (the kernel copies tmpfs through a pipe inside), write(2) from a mapping is slower; what counts is the
// size.
#include "os/transfer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>

#include "os/file.hpp"
#include "os/signals.hpp"
#include "os/trace.hpp"
#include "os/wait.hpp"

namespace ipctl {
namespace {

using End = Transferred::End;

constexpr std::size_t buffer_size = 128 << 10;  // stays in the second-level cache
constexpr std::size_t page = 4096;
constexpr std::size_t flow = 16 << 10;  // what one read(2) gives of a pipe whose writer is busy

bool must_stop() {
  return StopSignals::current() != nullptr && StopSignals::count() > 0;
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

// Where the next bytes of an end that is memory are; nullptr for a descriptor.
char* place_in(const TransferEnd& end) {
  return end.memory ? end.memory->data() : nullptr;
}

class Input {
 public:
  explicit Input(TransferEnd end) : end_(end) {
    if (is_memory()) return;
    const int flags = ::fcntl(end.fd, F_GETFL);
    waits_ = !is_regular_file(end.fd) && flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
  }

  // As read(2), but it waits until there is something; EINTR: stopped.
  ssize_t read(char* data, std::size_t size) {
    while (!must_stop() && (!waits_ || is_flowing_ || wait_until_ready(end_.fd, POLLIN))) {
      const ssize_t count = get(data, size);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
        is_flowing_ = false;
        continue;
      }
      is_flowing_ = count >= static_cast<ssize_t>(flow);
      return count;
    }
    errno = EINTR;
    return -1;
  }

  [[nodiscard]] bool is_memory() const { return end_.memory.has_value(); }
  [[nodiscard]] char* place() const { return place_in(end_); }
  [[nodiscard]] std::uint64_t left() const { return end_.memory ? end_.memory->size() : UINT64_MAX; }

  // So that the next reader of `fd` gets the last `count` bytes; what cannot seek keeps its position.
  void give_back(std::size_t count) const {
    if (!is_memory() && !end_.offset && count > 0) ::lseek(end_.fd, -static_cast<off_t>(count), SEEK_CUR);
  }

 private:
  ssize_t get(char* data, std::size_t size) {
    if (is_memory()) return get_in_place(data, size);
    if (!end_.offset) return ::read(end_.fd, data, size);
    const ssize_t count = trace::call(::pread(end_.fd, data, size, static_cast<off_t>(*end_.offset)), "pread",
                                      "{}, ..., {}, {}", end_.fd, size, *end_.offset);
    if (count > 0) *end_.offset += static_cast<std::uint64_t>(count);
    return count;
  }

  ssize_t get_in_place(char* data, std::size_t size) {
    const std::span<char> next = end_.memory->first(std::min(size, end_.memory->size()));
    if (data != next.data()) std::copy(next.begin(), next.end(), data);
    end_.memory = end_.memory->subspan(next.size());
    return static_cast<ssize_t>(next.size());
  }

  TransferEnd end_;
  bool is_flowing_ = false;  // more will be there at once, or the end: to wait for it each time costs a tenth
  bool waits_ = false;       // else poll(2) would tell nothing, or never end: read(2) says what is wrong
};

class Output {
 public:
  explicit Output(TransferEnd end) : end_(end), is_file_(!is_memory() && is_regular_file(end.fd)) {}

  [[nodiscard]] bool is_memory() const { return end_.memory.has_value(); }
  [[nodiscard]] char* place() const { return place_in(end_); }
  [[nodiscard]] std::uint64_t room() const { return end_.memory ? end_.memory->size() : UINT64_MAX; }

  struct Written {
    std::size_t bytes;
    int code;  // 0: all of it; EINTR: stopped
  };

  // Of memory: `data` is at place().
  Written write(const char* data, std::size_t size) {
    if (is_memory()) {
      end_.memory = end_.memory->subspan(size);
      return {size, 0};
    }
    std::size_t done = 0;
    while (done < size) {
      // What can block is not begun: a stop that came just before it would be slept through.
      if (must_stop() && (done > 0 || !is_file_)) return {done, EINTR};
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
  bool is_file_;
};

End end_of_input(std::uint64_t length) {
  return length == UINT64_MAX ? End::complete : End::input_ended;
}

Transferred failed(std::uint64_t bytes, End end, int code) {
  if (code == EINTR) return {bytes, End::stopped, 0};
  return {bytes, end, code};
}

// Memory that is mapped and not touched yet costs a fault for each page. Mapping many at once takes half of the time
// from write(2), and a sixth from read(2).
class Pages {
 public:
  explicit Pages(int advice) : advice_(advice) {}

  // Where this fails (before Linux 5.14, no memory), the read or write does it, and says what is wrong.
  void map(char* data, std::size_t size) {
    const auto begin = reinterpret_cast<std::uintptr_t>(data);
    const std::uintptr_t end = begin + size;
    const std::uintptr_t first = std::max(begin & ~(page_ - 1), mapped_);
    if (first >= end) return;
    ::madvise(data + static_cast<std::ptrdiff_t>(first - begin), end - first, advice_);
    mapped_ = (end + page_ - 1) & ~(page_ - 1);
  }

 private:
  int advice_;
  std::uintptr_t mapped_ = 0;
  std::uintptr_t page_ = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
};

struct alignas(page) Buffer {
  std::array<char, buffer_size> bytes;
};

// What is the fault of memory, whichever call it was that failed.
End blame(End end, int code, const Input& input, const Output& output) {
  if (code != EFAULT) return end;
  if (output.is_memory()) return End::write_failed;
  return input.is_memory() ? End::read_failed : end;
}

}  // namespace

Transferred transfer(TransferEnd in, TransferEnd out, std::uint64_t length, const Progress& progress) {
  Input input{in};
  Output output{out};
  Meter meter{progress};
  const bool in_place = input.is_memory() || output.is_memory();
  const auto buffer = in_place ? nullptr : std::make_unique_for_overwrite<Buffer>();
  Pages pages{output.is_memory() ? MADV_POPULATE_WRITE : MADV_POPULATE_READ};
  std::uint64_t bytes = 0;
  while (bytes < length) {
    if (output.room() == 0) return {bytes, End::write_failed, ENOSPC};
    char* const data = output.is_memory() ? output.place() : input.is_memory() ? input.place() : buffer->bytes.data();
    const std::size_t most = std::min({length - bytes, std::uint64_t{buffer_size}, output.room(), input.left()});
    if (in_place) pages.map(data, most);
    const ssize_t count = input.read(data, most);
    if (count < 0) return failed(bytes, blame(End::read_failed, errno, input, output), errno);
    if (count == 0) return {bytes, end_of_input(length), 0};
    const auto size = static_cast<std::size_t>(count);
    const Output::Written written = output.write(data, size);
    bytes += written.bytes;
    if (written.code != 0) {
      input.give_back(size - written.bytes);
      return failed(bytes, blame(End::write_failed, written.code, input, output), written.code);
    }
    meter.show(bytes);
  }
  return {bytes, End::complete, 0};
}

}  // namespace ipctl
