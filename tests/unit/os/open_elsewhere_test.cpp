// open_elsewhere: descriptors and failures that come back from another IPC namespace.
#include "os/open_elsewhere.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "os/error.hpp"

namespace ipctl {
namespace {

// A file stands for the object: it is opened in a child all the same.
const std::string here = "/proc/self/ns/ipc";

TEST(OpenElsewhere, EmptyIsHere) {
  pid_t opener = 0;
  const Fd fd = open_elsewhere("", [&opener] {
    opener = ::getpid();
    return Fd{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  });
  EXPECT_TRUE(fd);
  EXPECT_EQ(opener, ::getpid());
}

TEST(OpenElsewhere, HandsOverWhatAChildOpened) {
  pid_t opener = 0;
  const Fd fd = open_elsewhere(here, [&opener] {
    opener = ::getpid();
    return Fd{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  });
  EXPECT_EQ(opener, 0);  // the child's copy has it
  ASSERT_TRUE(fd);
  EXPECT_EQ(::fcntl(fd.get(), F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(::write(fd.get(), "x", 1), -1);
  EXPECT_EQ(errno, ENOSPC);
}

TEST(OpenElsewhere, FailuresComeBack) {
  const auto fail = [](auto failure) { return [failure]() -> Fd { throw failure; }; };
  try {
    static_cast<void>(open_elsewhere(here, fail(ObjectError{ENOENT, "mq_open", "/q", "no such queue"})));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Exit::missing);
    EXPECT_STREQ(error.what(), "/q: no such queue");
  }
  EXPECT_THROW(static_cast<void>(open_elsewhere(here, fail(UsageError{"no"}))), UsageError);
  const std::string longest(100000, 'x');
  try {
    static_cast<void>(open_elsewhere(here, fail(Error{Exit::failed, "", longest})));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_TRUE(longest.starts_with(error.what()));
    EXPECT_GE(std::string(error.what()).size(), 4000U);
  }
}

TEST(OpenElsewhere, NoSuchNamespace) {
  const auto never = []() -> Fd { ::_exit(1); };
  EXPECT_THROW(static_cast<void>(open_elsewhere("/nonexistent", never)), Error);
  EXPECT_THROW(static_cast<void>(open_elsewhere("/dev/null", never)), Error);
}

TEST(OpenElsewhere, AChildThatDiesIsAFailure) {
  EXPECT_THROW(static_cast<void>(open_elsewhere(here, []() -> Fd { ::_exit(0); })), Error);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // and none is left
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace ipctl
