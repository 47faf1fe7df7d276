// What the tests of the os floor share: pipes, forked children, temporary directories, waiting for a thread
// to block.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <thread>

#include "os/fd.hpp"

namespace ipctl::test {

struct Pipe {
  Fd reader;
  Fd writer;
};

inline Pipe make_pipe(int flags = 0) {
  std::array<int, 2> ends{-1, -1};
  EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | flags), 0);
  return {Fd{ends[0]}, Fd{ends[1]}};
}

/// Starts a process that ends with what `body` returns; 99 when it throws.
template <class Body>
pid_t start(Body body) {
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  int status = 99;
  try {
    status = body();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "in a child: %s\n", error.what());
  }
  ::_exit(status);
}

inline int wait_status(pid_t pid) {
  int status = -1;
  EXPECT_EQ(::waitpid(pid, &status, 0), pid);
  return status;
}

/// The wait status of a process that runs `body`.
template <class Body>
int in_child(Body body) {
  return wait_status(start(body));
}

/// Becomes user and group 65534. The kernel then hides us from our own new user unless we are made dumpable
/// again.
inline bool become_nobody() {
  return ::setgid(65534) == 0 && ::setuid(65534) == 0 && ::prctl(PR_SET_DUMPABLE, 1) == 0;
}

/// Root that can also become another user; not so in a user namespace without a map.
inline bool is_root() {
  return ::geteuid() == 0 && in_child([] { return become_nobody() ? 0 : 1; }) == 0;
}

/// Until thread `tid` of this process sleeps in the kernel. False after ten seconds.
inline bool wait_until_asleep(pid_t tid) {
  const std::string path = "/proc/self/task/" + std::to_string(tid) + "/stat";
  int asleep = 0;
  for (int i = 0; i < 10000 && asleep < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
    std::array<char, 512> text{};
    const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (::read(file.get(), text.data(), text.size() - 1) <= 0) return false;
    asleep = std::string{text.data()}.find(") S ") != std::string::npos ? asleep + 1 : 0;
  }
  return asleep == 3;
}

/// A directory that is gone with everything in it afterwards.
class TemporaryDirectory {
 public:
  TemporaryDirectory() { EXPECT_NE(::mkdtemp(path_.data()), nullptr); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Writes a file in it; returns its path.
  [[nodiscard]] std::string file(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const std::string path = path_ + '/' + name;
    const Fd file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    EXPECT_EQ(::write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    EXPECT_EQ(::fchmod(file.get(), mode), 0);
    return path;
  }

 private:
  std::string path_ = "/tmp/ipctl-test-XXXXXX";
};

}  // namespace ipctl::test
