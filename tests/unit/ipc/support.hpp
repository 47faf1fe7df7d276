// What the tests of the ipc floor share: an IPC namespace and a /dev/shm of their own; queues, shared memory and
// semaphores made and used through the plain API.
#pragma once

#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "os/error.hpp"
#include "os/fd.hpp"
#include "os/mapping.hpp"
#include "os/signals.hpp"
#include "tests/unit/os/support.hpp"

namespace ipctl::test {

/// Each test is in a new IPC namespace, whose objects end with it.
class PrivateIpc : public testing::Test {
 protected:
  void SetUp() override {
    if (::unshare(CLONE_NEWIPC) == 0) return;
    former_.reset();
    GTEST_SKIP() << "cannot make an IPC namespace: " << std::strerror(errno)
                 << " (tests/isolate runs a command in one)";
  }
  void TearDown() override {
    if (!former_) return;
    EXPECT_EQ(::setns(former_.get(), CLONE_NEWIPC), 0) << std::strerror(errno);
  }

 private:
  Fd former_{::open("/proc/thread-self/ns/ipc", O_RDONLY | O_CLOEXEC)};
};

/// Expects an Error with this status and these words.
template <class Action>
void expect_error(Exit status, int code, std::string_view words, Action action) {
  try {
    action();
    ADD_FAILURE() << "did not throw: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(std::string_view{error.what()}.find(words), std::string_view::npos) << error.what();
  }
}

/// Each test has a new /dev/shm, of 4 MiB and up to 64 files.
class PrivateShm : public testing::Test {
 protected:
  void SetUp() override {
    static const bool is_apart =
        ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    is_mounted_ = is_apart && mount_shm();
    if (!is_mounted_) GTEST_SKIP() << "cannot mount a /dev/shm: " << std::strerror(errno);
    const StopSignals forget_what_was_requested;
  }
  void TearDown() override {
    if (is_mounted_) ::umount2("/dev/shm", MNT_DETACH);
  }

  static bool mount_shm() {
    return ::mount("shm", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777,size=4m,nr_inodes=64") == 0;
  }

 private:
  bool is_mounted_ = false;
};

/// New shared memory that holds `text`. Its mode is exact.
inline Fd make_memory(const std::string& name, std::string_view text = {}, mode_t mode = 0600) {
  Fd memory{::shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL, mode)};
  EXPECT_TRUE(memory) << name << ": " << std::strerror(errno);
  EXPECT_EQ(::fchmod(memory.get(), mode), 0);
  EXPECT_EQ(::pwrite(memory.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  return memory;
}

/// All that a file in /dev/shm holds; nullopt with errno set.
inline std::optional<std::string> memory_text(const std::string& name) {
  const Fd memory{::shm_open(name.c_str(), O_RDONLY, 0)};
  struct stat status {};
  if (!memory || ::fstat(memory.get(), &status) != 0) return std::nullopt;
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  if (::pread(memory.get(), text.data(), text.size(), 0) != status.st_size) return std::nullopt;
  return text;
}

struct CloseSemaphore {
  void operator()(sem_t* semaphore) const noexcept { ::sem_close(semaphore); }
};
using OpenSemaphore = std::unique_ptr<sem_t, CloseSemaphore>;

/// Null with errno set where there is none.
inline OpenSemaphore open_semaphore(const std::string& name) {
  sem_t* const opened = ::sem_open(name.c_str(), 0);
  return OpenSemaphore{opened == SEM_FAILED ? nullptr : opened};
}

/// A new one.
inline OpenSemaphore make_semaphore(const std::string& name, unsigned value = 0, mode_t mode = 0600) {
  const mode_t former = ::umask(0);
  sem_t* const made = ::sem_open(name.c_str(), O_CREAT | O_EXCL, mode, value);
  ::umask(former);
  EXPECT_NE(made, SEM_FAILED) << name << ": " << std::strerror(errno);
  return OpenSemaphore{made == SEM_FAILED ? nullptr : made};
}

inline int value_of(const OpenSemaphore& semaphore) {
  int value = -1;
  EXPECT_EQ(::sem_getvalue(semaphore.get(), &value), 0);
  return value;
}

/// Does `action` once the calling thread sleeps.
template <class Action>
std::thread once_asleep(Action action) {
  return std::thread{[action, tid = ::gettid()] {
    EXPECT_TRUE(wait_until_asleep(tid));
    action();
  }};
}

/// A new queue, open for both directions without blocking. Its mode is exact.
inline Fd make_queue(const std::string& name, long max_messages = 4, long message_size = 64, mode_t mode = 0600) {
  mq_attr attr{};
  attr.mq_maxmsg = max_messages;
  attr.mq_msgsize = message_size;
  Fd queue{::mq_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK | O_CLOEXEC, mode, &attr)};
  EXPECT_TRUE(queue) << name << ": " << std::strerror(errno);
  EXPECT_EQ(::fchmod(queue.get(), mode), 0);
  return queue;
}

inline bool put(const Fd& queue, std::string_view text, unsigned priority = 0) {
  return ::mq_send(queue.get(), text.data(), text.size(), priority) == 0;
}

using Taken = std::pair<std::string, unsigned>;  // a message and its priority

/// nullopt with errno set, EAGAIN when the queue is empty.
inline std::optional<Taken> take(const Fd& queue) {
  mq_attr attr{};
  if (::mq_getattr(queue.get(), &attr) != 0) return std::nullopt;
  std::string text(static_cast<std::size_t>(attr.mq_msgsize), '\0');
  unsigned priority = 0;
  const ssize_t size = ::mq_receive(queue.get(), text.data(), text.size(), &priority);
  if (size < 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(size));
  return Taken{text, priority};
}

inline std::vector<Taken> take_all(const Fd& queue) {
  std::vector<Taken> all;
  while (auto one = take(queue)) all.push_back(*std::move(one));
  EXPECT_EQ(errno, EAGAIN);
  return all;
}

inline long count(const Fd& queue) {
  mq_attr attr{};
  EXPECT_EQ(::mq_getattr(queue.get(), &attr), 0);
  return attr.mq_curmsgs;
}

/// What a queue tells of its registration for notification.
inline std::string status_line(const std::string& name) {
  const Fd queue{::mq_open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  std::array<char, 256> text{};
  const ssize_t size = ::read(queue.get(), text.data(), text.size());
  return size < 0 ? std::string{} : std::string{text.data(), static_cast<std::size_t>(size)};
}

/// Runs `body` with the expectations of a test in a process of its own; true when none failed.
template <class Body>
bool holds_in_child(Body body) {
  const int status = in_child([&body] {
    body();
    return testing::Test::HasFailure() ? 1 : 0;
  });
  return status == 0;
}

/// A process that has done `prepare` and then lives until this is gone.
class Companion {
 public:
  template <class Prepare>
  explicit Companion(Prepare prepare) {
    Pipe ready = make_pipe();
    pid_ = start([this, &ready, &prepare] {
      hold_.writer.reset();
      if (!prepare()) return 1;
      char byte = 'x';
      if (::write(ready.writer.get(), &byte, 1) != 1) return 2;
      return static_cast<int>(::read(hold_.reader.get(), &byte, 1));
    });
    ready.writer.reset();
    char byte = 0;
    is_ready_ = ::read(ready.reader.get(), &byte, 1) == 1;
    EXPECT_TRUE(is_ready_);
  }
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;
  ~Companion() {
    hold_.writer.reset();
    wait_status(pid_);
  }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  Pipe hold_ = make_pipe();
  pid_t pid_ = -1;
  bool is_ready_ = false;
};

}  // namespace ipctl::test
