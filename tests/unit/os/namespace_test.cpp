// IpcNamespace
#include "os/namespace.hpp"

#include <sched.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/syscall.h>

#include <cstring>
#include <optional>

#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

constexpr key_t key = 0x70c71;

ino_t current() {
  struct stat status {};
  return ::stat("/proc/thread-self/ns/ipc", &status) == 0 ? status.st_ino : 0;
}

/// A process in new namespaces that holds a System V queue there until this is gone.
class Holder {
 public:
  explicit Holder(int namespaces) {
    test::Pipe ready = test::make_pipe();
    pid_ = test::start([this, &ready, namespaces] {
      ::close(hold_.writer.get());
      if (::unshare(namespaces) != 0 || ::msgget(key, IPC_CREAT | IPC_EXCL | 0600) < 0) return 1;
      char byte = 'x';
      if (::write(ready.writer.get(), &byte, 1) != 1) return 2;
      return static_cast<int>(::read(hold_.reader.get(), &byte, 1));
    });
    ready.writer.reset();
    char byte = 0;
    is_ready_ = ::read(ready.reader.get(), &byte, 1) == 1;
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() {
    hold_.writer.reset();
    test::wait_status(pid_);
  }
  [[nodiscard]] bool is_ready() const { return is_ready_; }
  [[nodiscard]] std::string pid() const { return std::to_string(pid_); }
  [[nodiscard]] std::string file() const { return "/proc/" + pid() + "/ns/ipc"; }

 private:
  test::Pipe hold_ = test::make_pipe();
  pid_t pid_ = -1;
  bool is_ready_ = false;
};

void expect_failure(const std::string& where, Exit status, const std::string& text) {
  const ino_t before = current();
  try {
    const IpcNamespace inside{where};
    ADD_FAILURE() << "entered " << where;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_EQ(error.object(), where);
    EXPECT_NE(std::strstr(error.what(), text.c_str()), nullptr) << error.what();
  }
  EXPECT_EQ(current(), before);
}

void expect_inside(const std::string& where) {
  const ino_t before = current();
  {
    const IpcNamespace inside{where};
    EXPECT_NE(current(), before);
    EXPECT_GE(::msgget(key, 0), 0) << std::strerror(errno);
  }
  EXPECT_EQ(current(), before);
  EXPECT_EQ(::msgget(key, 0), -1);
}

TEST(IpcNamespace, EmptyDoesNothing) {
  const ino_t before = current();
  ASSERT_NE(before, 0U);
  const IpcNamespace inside{""};
  EXPECT_EQ(current(), before);
}

TEST(IpcNamespace, EntersAndGoesBackByPid) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  expect_inside(holder.pid());
}

TEST(IpcNamespace, EntersAndGoesBackByFile) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  expect_inside(holder.file());
}

TEST(IpcNamespace, GoesBackWhenAnExceptionLeaves) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  const ino_t before = current();
  try {
    const IpcNamespace inside{holder.pid()};
    throw 1;
  } catch (int) {
  }
  EXPECT_EQ(current(), before);
}

TEST(IpcNamespace, OursNeedsNoPrivilege) {
  const int status = test::in_child([] {
    if (::geteuid() == 0 && !test::become_nobody()) return 77;
    const ino_t before = current();
    const IpcNamespace by_pid{std::to_string(::getpid())};
    const IpcNamespace by_file{"/proc/self/ns/ipc"};
    return current() == before ? 0 : 1;
  });
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "cannot become an ordinary user here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(IpcNamespace, NotAnIpcNamespace) {
  for (const char* path : {"/proc/self/ns/net", "/proc/self/ns/user", "/etc/passwd", "/", "/dev/null"}) {
    expect_failure(path, Exit::failed, "is not an IPC namespace");
  }
  const test::TemporaryDirectory directory;
  const std::string fifo = directory.path() + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  expect_failure(fifo, Exit::failed, "is not an IPC namespace");  // and is not waited for
}

TEST(IpcNamespace, NoSuchProcess) {
  const pid_t gone = test::start([] { return 0; });
  test::wait_status(gone);
  for (const std::string& pid : {std::to_string(gone), std::string{"0"}, std::string{"2147483647"},
                                 std::string{"4294967297"}, std::string{"99999999999999999999999"}}) {
    expect_failure(pid, Exit::missing, "no such process");
  }
}

TEST(IpcNamespace, ProcessThatHasEnded) {
  const pid_t zombie = test::start([] { return 0; });
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(zombie), &info, WEXITED | WNOWAIT), 0);
  expect_failure(std::to_string(zombie), Exit::missing, "no such process");
  test::wait_status(zombie);
}

TEST(IpcNamespace, NoSuchFile) {
  expect_failure("/nonexistent/ns", Exit::missing, "No such file or directory");
  expect_failure("12x", Exit::missing, "No such file or directory");
  expect_failure("-1", Exit::missing, "No such file or directory");
}

// The refusal's text, or what went wrong instead.
int refused_as_nobody(const std::string& where) {
  if (!test::become_nobody()) return 2;
  try {
    const IpcNamespace inside{where};
    return 3;
  } catch (const Error& error) {
    if (error.status() != Exit::failed) return 4;
    return std::strstr(error.what(), "CAP_SYS_") != nullptr ? 0 : 5;
  }
}

TEST(IpcNamespace, RefusalNamesTheCapability) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  for (const std::string& where : {holder.pid(), holder.file()}) {
    const int status = test::in_child([&where] { return refused_as_nobody(where); });
    EXPECT_EQ(WEXITSTATUS(status), 0) << where;
  }
}

TEST(IpcNamespace, RefusalByAFileThatCanBeOpened) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  const Fd file{::open(holder.file().c_str(), O_RDONLY | O_CLOEXEC)};
  const std::string where = "/proc/self/fd/" + std::to_string(file.get());
  const int status = test::in_child([&where] { return refused_as_nobody(where); });
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(IpcNamespace, HiddenProcessIsRefusedNotMissing) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to mount /proc";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  const int status = test::in_child([&holder] {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("proc", "/proc", "proc", 0, "hidepid=2") != 0) {
      return 77;
    }
    return refused_as_nobody(holder.pid());
  });
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "cannot mount /proc with hidepid";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(IpcNamespace, JoinsTheUserNamespaceThatGivesTheRight) {
  const int status = test::in_child([] {
    if (::geteuid() == 0 && !test::become_nobody()) return 77;
    const Holder holder{CLONE_NEWUSER | CLONE_NEWIPC};
    if (!holder.is_ready()) return 77;
    for (const std::string& where : {holder.pid(), holder.file()}) {
      const int inner = test::in_child([&where] {
        const IpcNamespace inside{where};
        if (::msgget(key, 0) < 0 && errno != EACCES) return 1;  // EACCES: ids there are not mapped
        const Fd context{static_cast<int>(::syscall(SYS_fsopen, "mqueue", 0U))};
        return context || errno == ENOSYS ? 0 : 2;  // its file systems can be mounted
      });
      if (inner != 0) return 3;
    }
    return 0;
  });
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "user namespaces or changes of user are not allowed here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(IpcNamespace, LeavesAndEntersAgain) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  const Holder holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder.is_ready());
  const ino_t outside = current();
  for (const std::string& where : {holder.pid(), holder.file()}) {
    {
      IpcNamespace there{where};
      EXPECT_TRUE(there.is_other());
      const ino_t inside = current();
      ASSERT_NE(inside, outside);
      for (int i = 0; i < 3; ++i) {
        there.leave();
        EXPECT_EQ(current(), outside);
        EXPECT_EQ(::msgget(key, 0), -1);
        there.leave();  // nothing more happens
        EXPECT_EQ(current(), outside);
        there.enter();
        EXPECT_EQ(current(), inside);
        EXPECT_GE(::msgget(key, 0), 0);
        there.enter();
        EXPECT_EQ(current(), inside);
      }
    }
    EXPECT_EQ(current(), outside) << "left from inside";
    {
      IpcNamespace there{where};
      there.leave();
    }
    EXPECT_EQ(current(), outside) << "left from outside";
  }
}

TEST(IpcNamespace, CanBeEnteredAgainWhenItsProcessHasEnded) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to make an IPC namespace";
  std::optional<Holder> holder{CLONE_NEWIPC};
  ASSERT_TRUE(holder->is_ready());
  IpcNamespace there{holder->pid()};
  there.leave();
  holder.reset();
  there.enter();
  EXPECT_GE(::msgget(key, 0), 0) << "it lives as long as it is held here";
  there.leave();
  EXPECT_EQ(::msgget(key, 0), -1);
}

TEST(IpcNamespace, OursIsNoOther) {
  const ino_t before = current();
  for (const std::string& where : {std::string{}, std::to_string(::getpid()), std::string{"/proc/self/ns/ipc"}}) {
    IpcNamespace here{where};
    EXPECT_FALSE(here.is_other()) << where;
    here.leave();
    EXPECT_EQ(current(), before);
    here.enter();
    EXPECT_EQ(current(), before);
  }
}

TEST(IpcNamespace, WhereThereIsNoWayBackItIsNotLeft) {
  const int status = test::in_child([] {
    if (::geteuid() == 0 && !test::become_nobody()) return 77;
    const Holder holder{CLONE_NEWUSER | CLONE_NEWIPC};
    if (!holder.is_ready()) return 77;
    IpcNamespace there{holder.pid()};
    const ino_t inside = current();
    if (!there.is_other()) return 1;
    there.leave();
    if (current() != inside) return 2;
    there.enter();
    return current() == inside ? 0 : 3;
  });
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "user namespaces or changes of user are not allowed here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace ipctl
