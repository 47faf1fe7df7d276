// What the tests of the ipc floor share: an IPC namespace of their own, and queues made and used through the plain API.
#pragma once

#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "os/fd.hpp"
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
