// open_elsewhere: descriptors and failures that come back from another IPC namespace, directories of other mount
// namespaces, and descriptors of other processes.
#include "os/open_elsewhere.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "os/error.hpp"
#include "tests/unit/ipc/support.hpp"

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

using test::expect_error;

std::string own_pid() {
  return std::to_string(::getpid());
}

/// Whether both are the same directory.
bool is_directory(const Fd& fd, const std::string& path) {
  struct stat one {};
  struct stat other {};
  EXPECT_EQ(::fstat(fd.get(), &one), 0);
  EXPECT_EQ(::stat(path.c_str(), &other), 0);
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

template <class... Arguments>
auto opening(Arguments... arguments) {
  return [=] { static_cast<void>(open_directory_elsewhere(arguments...)); };
}

TEST(OpenDirectoryElsewhere, AsAProcessSeesIt) {
  const test::TemporaryDirectory directory;
  const Fd fd = open_directory_elsewhere(own_pid(), directory.path());
  EXPECT_TRUE(is_directory(fd, directory.path()));
  EXPECT_EQ(::fcntl(fd.get(), F_GETFD), FD_CLOEXEC);
  const Fd made{::openat(fd.get(), "made", O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
  EXPECT_TRUE(made) << "files can be made in it";
}

TEST(OpenDirectoryElsewhere, NoSuchProcess) {
  const pid_t ended = test::start([] { return 0; });
  test::wait_status(ended);
  for (const std::string& where : {std::to_string(ended), std::string{"0"}, std::string{""}, std::string{"2147483648"},
                                   std::string{"18446744073709551616"}}) {
    expect_error(Exit::missing, 0, "no such process", opening(where, std::string{"/dev"}));
  }
}

TEST(OpenDirectoryElsewhere, NoSuchDirectory) {
  expect_error(Exit::missing, ENOENT, "/nonexistent", opening(own_pid(), std::string{"/nonexistent"}));
  expect_error(Exit::failed, ENOTDIR, "/dev/null", opening(own_pid(), std::string{"/dev/null"}));
  expect_error(Exit::missing, ENOENT, "/nonexistent/ns", opening(std::string{"/nonexistent/ns"}, std::string{"/dev"}));
}

TEST(OpenDirectoryElsewhere, WhatIsNoMountNamespace) {
  for (const char* where : {"/dev/null", "/proc/self/ns/ipc", "/etc/passwd", "/dev"}) {
    expect_error(Exit::failed, 0, "is not a mount namespace", opening(std::string{where}, std::string{"/dev"}));
  }
}

// A process in a mount namespace of its own, where `path` is another file system.
bool mount_over(const std::string& path) {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", path.c_str(), "tmpfs", 0, nullptr) == 0 && ::mkdir((path + "/there").c_str(), 0700) == 0;
}

TEST(OpenDirectoryElsewhere, OfAnotherMountNamespace) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to mount";
  const test::TemporaryDirectory directory;
  const test::Companion other{[&directory] { return mount_over(directory.path()); }};
  const std::string pid = std::to_string(other.pid());
  for (const std::string& where : {pid, "/proc/" + pid + "/ns/mnt"}) {
    const Fd fd = open_directory_elsewhere(where, directory.path());
    EXPECT_FALSE(is_directory(fd, directory.path())) << where;
    EXPECT_EQ(::faccessat(fd.get(), "there", F_OK, 0), 0) << where;
    const int code = where == pid ? ENOENT : 0;  // a child opens it, and hands over words
    expect_error(Exit::missing, code, "/nonexistent", opening(where, std::string{"/nonexistent"}));
  }
  EXPECT_NE(::access((directory.path() + "/there").c_str(), F_OK), 0) << "and we have not gone there";
}

// The root of a process that made its own links: absolute ones lead to its root, and ".." not above it.
TEST(OpenDirectoryElsewhere, LinksDoNotLeadOut) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, for chroot(2)";
  const test::TemporaryDirectory directory;
  const std::string root = directory.path();
  ASSERT_EQ(::mkdir((root + "/inside").c_str(), 0700), 0);
  ASSERT_EQ(::symlink("/inside", (root + "/absolute").c_str()), 0);
  ASSERT_EQ(::symlink("../../../../../inside", (root + "/above").c_str()), 0);
  ASSERT_EQ(::symlink("/etc", (root + "/etc-link").c_str()), 0);
  const test::Companion other{[&root] { return ::chroot(root.c_str()) == 0 && ::chdir("/") == 0; }};
  const std::string pid = std::to_string(other.pid());
  EXPECT_TRUE(is_directory(open_directory_elsewhere(pid, "/absolute"), root + "/inside"));
  EXPECT_TRUE(is_directory(open_directory_elsewhere(pid, "/above"), root + "/inside"));
  expect_error(Exit::missing, ENOENT, "/etc-link", opening(pid, std::string{"/etc-link"}));
}

TEST(OpenDirectoryElsewhere, NotPermitted) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  const std::string parent = own_pid();
  EXPECT_TRUE(test::holds_in_child([&parent] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "CAP_SYS_PTRACE", opening(parent, std::string{"/dev"}));
    expect_error(Exit::failed, 0, "CAP_SYS_ADMIN", opening(std::string{"/proc/self/ns/mnt"}, std::string{"/dev"}));
    EXPECT_TRUE(is_directory(open_directory_elsewhere(own_pid(), "/dev"), "/dev")) << "one's own may be looked at";
  }));
}

TEST(OpenDescriptorOf, HasItsOwnOffsetAndFlags) {
  const test::TemporaryDirectory directory;
  const Fd file{::open(directory.file("f", "text").c_str(), O_RDWR | O_CLOEXEC | O_APPEND)};
  ASSERT_EQ(::lseek(file.get(), 2, SEEK_SET), 2);
  const Fd opened = open_descriptor_of(::getpid(), file.get(), O_RDONLY);
  EXPECT_EQ(::lseek(opened.get(), 0, SEEK_CUR), 0);
  EXPECT_EQ(::fcntl(opened.get(), F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(::fcntl(opened.get(), F_GETFL) & O_ACCMODE, O_RDONLY);
  EXPECT_EQ(::fcntl(opened.get(), F_GETFL) & O_APPEND, 0);
}

TEST(OpenDescriptorOf, UnlinkedMemoryOfAnother) {
  const test::Pipe number = test::make_pipe();
  const test::Companion other{[&number] {
    const int fd = ::memfd_create("open_elsewhere_test", MFD_CLOEXEC);
    return ::write(fd, "text", 4) == 4 && ::write(number.writer.get(), &fd, sizeof fd) == sizeof fd;
  }};
  int fd = -1;
  ASSERT_EQ(::read(number.reader.get(), &fd, sizeof fd), static_cast<ssize_t>(sizeof fd));
  const Fd opened = open_descriptor_of(other.pid(), fd, O_RDWR);
  std::array<char, 8> bytes{};
  EXPECT_EQ(::read(opened.get(), bytes.data(), bytes.size()), 4);
  EXPECT_EQ((std::string_view{bytes.data(), 4}), "text");
  EXPECT_EQ(::pwrite(opened.get(), "T", 1, 0), 1);
}

TEST(OpenDescriptorOf, WhatIsNotThere) {
  const auto open = [](pid_t pid, int fd) { return [=] { static_cast<void>(open_descriptor_of(pid, fd, O_RDONLY)); }; };
  const std::string own = own_pid();
  expect_error(Exit::missing, 0, own + ":987: there is no such process", open(::getpid(), 987));
  const pid_t ended = test::start([] { return 0; });
  test::wait_status(ended);
  expect_error(Exit::missing, 0, "there is no such process, or it has no such descriptor", open(ended, 0));
}

TEST(OpenDescriptorOf, WhatCannotBeOpened) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  const Fd one{ends[0]};
  const Fd other{ends[1]};
  expect_error(Exit::failed, ENXIO, "is a socket or the like, not a file",
               [&one] { static_cast<void>(open_descriptor_of(::getpid(), one.get(), O_RDONLY)); });
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  EXPECT_TRUE(test::holds_in_child([own = ::getpid()] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "permission denied: the process is another user's",
                 [own] { static_cast<void>(open_descriptor_of(own, 0, O_RDONLY)); });
  }));
}

}  // namespace
}  // namespace ipctl
