// ready: a newline on a descriptor, and the datagram of sd_notify(3).
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>

#include "io/ready.hpp"
#include "os/error.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

// A datagram socket at `path`; "@" at its front: an abstract one.
Fd listen_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path.front() == '@') address.sun_path[0] = '\0';
  Fd fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  EXPECT_EQ(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
  return fd;
}

test::Ended announce(const char* socket, std::optional<int> fd) {
  return test::run_child([&] {
    socket == nullptr ? ::unsetenv("NOTIFY_SOCKET") : ::setenv("NOTIFY_SOCKET", socket, 1);
    try {
      announce_ready(fd);
      return 0;
    } catch (const Error& error) {
      test::put(STDERR_FILENO, error.what());
      return 1;
    }
  });
}

TEST(AnnounceReady, ANewline) {
  const Fd file = test::memory_file();
  EXPECT_EQ(announce(nullptr, file.get()).exit(), 0);
  EXPECT_EQ(test::all_of(file), "\n");
  EXPECT_EQ(announce(nullptr, std::nullopt).exit(), 0);
}

TEST(AnnounceReady, ADescriptorThatCannotBeWritten) {
  const test::Ended ended = announce(nullptr, 987);
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(ended.err, "--ready-fd 987: write: Bad file descriptor");
}

TEST(AnnounceReady, ADatagram) {
  const test::TemporaryDirectory directory;
  for (const std::string& path : {directory.path() + "/socket", "@" + directory.path()}) {
    const Fd socket = listen_at(path);
    EXPECT_EQ(announce(path.c_str(), std::nullopt).exit(), 0);
    EXPECT_EQ(test::rest_of(socket.get()), "READY=1") << path;
  }
}

TEST(AnnounceReady, NobodyThere) {
  const test::TemporaryDirectory directory;
  for (const std::string& path : {directory.path() + "/none", std::string(200, 'x'), std::string("@"), std::string()}) {
    EXPECT_EQ(announce(path.c_str(), std::nullopt).exit(), 0) << path;
  }
}

}  // namespace
}  // namespace ipctl
