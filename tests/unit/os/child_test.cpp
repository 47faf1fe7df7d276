// Child and find_command
#include "os/child.hpp"

#include <poll.h>

#include <csignal>
#include <cstring>

#include "os/error.hpp"
#include "os/signals.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

Child shell(const std::string& script, int input = -1, const Environment& environment = {}) {
  return Child{"/bin/sh", {"sh", "-c", script}, {.input = input}, environment};
}

int status_of(const std::string& script, int input = -1, const Environment& environment = {}) {
  return shell(script, input, environment).wait();
}

bool has_ended(const Child& child, int timeout) {
  pollfd one{.fd = child.fd(), .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, timeout) == 1;
}

/// What the constructor throws.
Exit failure_of(const std::string& path, int input, const std::string& text) {
  try {
    Child child{path, {path}, {.input = input}, {}};
    ADD_FAILURE() << path << " started";
    return static_cast<Exit>(child.wait());
  } catch (const Error& error) {
    EXPECT_EQ(error.object(), path);
    EXPECT_NE(std::strstr(error.what(), text.c_str()), nullptr) << error.what();
    return error.status();
  }
}

class PutPathBack : public testing::Test {
 protected:
  ~PutPathBack() override { ::setenv("PATH", former_.c_str(), 1); }
  static void set_path(const std::string& path) { ::setenv("PATH", path.c_str(), 1); }

 private:
  std::string former_ = std::getenv("PATH");
};
using FindCommand = PutPathBack;

TEST(Child, Status) {
  EXPECT_EQ(status_of("exit 0"), 0);
  EXPECT_EQ(status_of("exit 3"), 3);
  EXPECT_EQ(status_of("exit 255"), 255);
}

TEST(Child, SignalIs128AndItsNumber) {
  EXPECT_EQ(status_of("kill -KILL $$"), 137);
  EXPECT_EQ(status_of("kill -TERM $$"), 143);
}

TEST(Child, StatusCanBeAskedAgain) {
  Child child = shell("exit 4");
  EXPECT_EQ(child.wait(), 4);
  EXPECT_EQ(child.wait(), 4);
  EXPECT_EQ(child.poll(), 4);
}

TEST(Child, PollAndDescriptorTellTheEnd) {
  test::Pipe pipe = test::make_pipe();
  Child child = shell("read line; exit 7", pipe.reader.get());
  ASSERT_GE(child.fd(), 0);
  EXPECT_NE(::fcntl(child.fd(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_EQ(child.poll(), std::nullopt);
  EXPECT_FALSE(has_ended(child, 0));
  pipe.writer.reset();
  EXPECT_TRUE(has_ended(child, 10000));
  EXPECT_EQ(child.poll(), 7);
  EXPECT_EQ(child.poll(), 7);
  EXPECT_EQ(child.wait(), 7);
}

TEST(Child, WaitsThroughSignals) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  test::Pipe pipe = test::make_pipe();
  Child child = shell("read line; exit 7", pipe.reader.get());
  std::thread other{[&pipe, self = ::pthread_self(), tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    ::pthread_kill(self, SIGUSR1);
    EXPECT_TRUE(test::wait_until_asleep(tid));
    pipe.writer.reset();
  }};
  EXPECT_EQ(child.wait(), 7);
  other.join();
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST(Child, SurvivesBeingDroppedAndMoved) {
  test::Pipe pipe = test::make_pipe();
  pid_t pid = -1;
  {
    Child child = shell("read line; exit 7", pipe.reader.get());
    Child moved{std::move(child)};
    pid = moved.pid();
  }
  pipe.writer.reset();
  const int status = test::wait_status(pid);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(Child, ArgumentsArePassedExactly) {
  Child child{"/bin/sh", {"zero", "-c", R"(test "$0|$1|$2|$#" = 'a b||$(x)|2')", "a b", "", "$(x)"}, {}, {}};
  EXPECT_EQ(child.wait(), 0);
}

TEST(Child, InputIsItsStandardInput) {
  const test::Pipe pipe = test::make_pipe();
  ASSERT_EQ(::write(pipe.writer.get(), "hello\n", 6), 6);
  EXPECT_EQ(status_of("read line; test \"$line\" = hello", pipe.reader.get()), 0);
}

TEST(Child, InputIsInheritedByDefault) {
  const int status = test::in_child([] {
    const test::Pipe pipe = test::make_pipe();
    if (::write(pipe.writer.get(), "hello\n", 6) != 6 || ::dup2(pipe.reader.get(), 0) != 0) return 2;
    return status_of("read line; test \"$line\" = hello");
  });
  EXPECT_EQ(status, 0);
}

TEST(Child, InputZeroIsInheritedEvenWhenCloseOnExec) {
  const int status = test::in_child([] {
    const test::Pipe pipe = test::make_pipe();
    if (::write(pipe.writer.get(), "hello\n", 6) != 6 || ::dup3(pipe.reader.get(), 0, O_CLOEXEC) != 0) return 2;
    return status_of("read line; test \"$line\" = hello", 0);
  });
  EXPECT_EQ(status, 0);
}

TEST(Child, CloseOnExecDescriptorsAreClosed) {
  const test::Pipe pipe = test::make_pipe();
  const Fd open{::fcntl(pipe.reader.get(), F_DUPFD, 50)};
  const Fd closed{::fcntl(pipe.reader.get(), F_DUPFD_CLOEXEC, 50)};
  EXPECT_EQ(status_of("test -e /proc/$$/fd/" + std::to_string(open.get())), 0);
  EXPECT_EQ(status_of("test -e /proc/$$/fd/" + std::to_string(closed.get())), 1);
}

TEST(Child, EnvironmentIsSetOverOurs) {
  ::setenv("IPCTL_TEST_KEPT", "kept", 1);
  ::setenv("IPCTL_TEST_NAME", "old", 1);
  ::setenv("IPCTL_TEST_NAME_LONG", "long", 1);
  const Environment environment{{"IPCTL_TEST_NAME", "a = b\nc"}, {"IPCTL_TEST_EMPTY", ""}};
  EXPECT_EQ(status_of("test \"$IPCTL_TEST_KEPT\" = kept", -1, environment), 0);
  EXPECT_EQ(status_of("test \"$IPCTL_TEST_NAME\" = 'a = b\nc'", -1, environment), 0);
  EXPECT_EQ(status_of("test \"$IPCTL_TEST_NAME_LONG\" = long", -1, environment), 0);
  EXPECT_EQ(status_of("test \"${IPCTL_TEST_EMPTY-unset}\" = ''", -1, environment), 0);
  EXPECT_EQ(status_of("test $(tr '\\0' '\\n' </proc/$$/environ | grep -c ^IPCTL_TEST_NAME=) = 1", -1, environment), 0);
  EXPECT_STREQ(std::getenv("IPCTL_TEST_NAME"), "old");
  for (const char* name : {"IPCTL_TEST_KEPT", "IPCTL_TEST_NAME", "IPCTL_TEST_NAME_LONG"}) ::unsetenv(name);
}

TEST(Child, OutputGoesIntoAPipe) {
  test::Pipe in = test::make_pipe();
  test::Pipe out = test::make_pipe();
  Child child{"/bin/cat", {"cat"}, {.input = in.reader.get(), .output = out.writer.get()}, {}};
  out.writer.reset();
  EXPECT_EQ(::write(in.writer.get(), "text", 4), 4);
  in.writer.reset();
  EXPECT_EQ(child.wait(), 0);
  std::array<char, 10> data{};
  EXPECT_EQ(::read(out.reader.get(), data.data(), data.size()), 4);
  EXPECT_EQ(::read(out.reader.get(), data.data(), data.size()), 0);
}

TEST(Child, GetsWhatIsPassed) {
  const test::Pipe pipe = test::make_pipe();
  const Fd other{::fcntl(pipe.writer.get(), F_DUPFD_CLOEXEC, 3)};
  const std::array passed{pipe.writer.get()};
  const std::string script = "test -e /proc/self/fd/" + std::to_string(passed[0]) + " && test ! -e /proc/self/fd/" +
                             std::to_string(other.get());
  Child child{"/bin/sh", {"sh", "-c", script}, {.passed = passed}, {}};
  EXPECT_EQ(child.wait(), 0);
  EXPECT_NE(::fcntl(passed[0], F_GETFD) & FD_CLOEXEC, 0) << "here it stays close-on-exec";
}

TEST(Child, IsSentSignals) {
  Child child = shell("exec sleep 60");
  EXPECT_FALSE(child.end());
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(), 128 + SIGTERM);
  ASSERT_TRUE(child.end());
  EXPECT_EQ(child.end()->signal, SIGTERM);
  child.signal(SIGTERM);  // nobody's
  Child same = shell("exit 143");
  EXPECT_EQ(same.wait(), 143);
  EXPECT_EQ(same.end()->signal, 0);
}

TEST(Child, SignalsHaveTheirDefaultAction) {
  const StopSignals stop;
  EXPECT_EQ(status_of("kill -PIPE $$"), 128 + SIGPIPE);
  EXPECT_EQ(status_of("kill -INT $$"), 128 + SIGINT);
  EXPECT_EQ(status_of("kill -TERM $$"), 128 + SIGTERM);
  EXPECT_EQ(status_of("kill -HUP $$"), 128 + SIGHUP);
  EXPECT_EQ(StopSignals::count(), 0);
}

TEST(Child, WhatWasIgnoredBeforeUsStaysIgnored) {
  const auto former = ::signal(SIGHUP, SIG_IGN);
  {
    const StopSignals stop;
    EXPECT_EQ(status_of("kill -HUP $$; exit 5"), 5);
    EXPECT_EQ(status_of("kill -INT $$; exit 5"), 128 + SIGINT);
  }
  ::signal(SIGHUP, former);
}

TEST(Child, NoSignalIsBlocked) {
  sigset_t set;
  sigset_t former;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &set, &former);
  EXPECT_EQ(status_of("kill -TERM $$; exit 5"), 128 + SIGTERM);
  ::pthread_sigmask(SIG_SETMASK, &former, nullptr);
}

TEST(Child, StatusIsKnownWhereSigchldWasIgnored) {
  const int status = test::in_child([] {
    ::signal(SIGCHLD, SIG_IGN);
    return status_of("exit 6");
  });
  EXPECT_EQ(WEXITSTATUS(status), 6);
}

TEST(Child, NotFound) {
  EXPECT_EQ(failure_of("/nonexistent/command", -1, "command not found"), Exit::not_found);
  EXPECT_EQ(failure_of("/dev/null/command", -1, "command not found"), Exit::not_found);
}

TEST(Child, NotExecutable) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(failure_of(directory.file("plain", "#!/bin/sh\n", 0644), -1, "Permission denied"), Exit::not_executable);
  EXPECT_EQ(failure_of(directory.path(), -1, "Permission denied"), Exit::not_executable);
  EXPECT_EQ(
      failure_of(directory.file("orphan", "#!/nonexistent/interpreter\n", 0755), -1, "its interpreter is missing"),
      Exit::not_executable);
}

TEST(Child, CannotRun) {
  EXPECT_EQ(failure_of("/bin/true", 999, "Bad file descriptor"), Exit::cannot_run);
}

TEST(Child, ScriptWithoutAnInterpreterRunsInTheShell) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("script", "test \"$0\" = \"$WANT\" && test \"$1|$#\" = 'a b|1'\n", 0755);
  Child child{path, {"other name", "a b"}, {}, {{"WANT", path}}};
  EXPECT_EQ(child.wait(), 0);
}

void expect_refused(const std::string& name, Exit status, const std::string& text) {
  try {
    FAIL() << "found " << find_command(name);
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_EQ(error.object(), name);
    EXPECT_NE(std::strstr(error.what(), text.c_str()), nullptr) << error.what();
  }
}

TEST_F(FindCommand, WithASlashIsItself) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("command", "", 0755);
  set_path("/nonexistent");
  EXPECT_EQ(find_command(path), path);
  const int status = test::in_child([&directory] {
    if (::chdir(directory.path().c_str()) != 0) return 2;
    return find_command("./command") == "./command" ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(FindCommand, WithASlashMustBeThere) {
  const test::TemporaryDirectory directory;
  expect_refused(directory.path() + "/missing", Exit::not_found, "command not found");
  expect_refused("./no-such-command", Exit::not_found, "command not found");
  expect_refused("/dev/null/command", Exit::not_found, "command not found");
  ASSERT_EQ(::symlink("nowhere", (directory.path() + "/dangling").c_str()), 0);
  expect_refused(directory.path() + "/dangling", Exit::not_found, "command not found");
}

TEST_F(FindCommand, WithASlashMustBeExecutable) {
  const test::TemporaryDirectory directory;
  expect_refused(directory.file("plain", "#!/bin/sh\n", 0644), Exit::not_executable, "Permission denied");
  expect_refused(directory.path(), Exit::not_executable, "Is a directory");
  expect_refused(directory.path() + "/", Exit::not_executable, "Is a directory");
  expect_refused("/dev/null", Exit::not_executable, "Permission denied");
  ASSERT_EQ(::symlink("loop", (directory.path() + "/loop").c_str()), 0);
  expect_refused(directory.path() + "/loop", Exit::not_executable, "symbolic links");
}

TEST_F(FindCommand, DirectoryThatMayNotBeSearched) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("command", "", 0755);  // in a directory of mode 0700
  const int status = test::in_child([&path, &directory] {
    if (!test::become_nobody()) return 2;
    expect_refused(path, Exit::not_executable, "Permission denied");
    set_path(directory.path());
    expect_refused("command", Exit::not_executable, "cannot be executed");
    return testing::Test::HasFailure() ? 1 : 0;
  });
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(FindCommand, FirstInPath) {
  const test::TemporaryDirectory one;
  const test::TemporaryDirectory two;
  const std::string second = two.file("command", "", 0755);
  set_path(one.path() + ":/nonexistent:" + two.path());
  EXPECT_EQ(find_command("command"), second);
  const std::string first = one.file("command", "", 0755);
  EXPECT_EQ(find_command("command"), first);
}

TEST_F(FindCommand, SkipsWhatCannotBeExecuted) {
  const test::TemporaryDirectory one;
  const test::TemporaryDirectory two;
  static_cast<void>(one.file("command", "", 0644));
  ASSERT_EQ(::mkdir((one.path() + "/directory").c_str(), 0755), 0);
  set_path(one.path() + ":" + two.path());
  expect_refused("command", Exit::not_executable, "found in PATH");
  expect_refused("directory", Exit::not_executable, "found in PATH");
  const std::string good = two.file("command", "", 0755);
  EXPECT_EQ(find_command("command"), good);
}

TEST_F(FindCommand, NotFound) {
  const test::TemporaryDirectory directory;
  set_path(directory.path());
  expect_refused("command", Exit::not_found, "command not found");
  expect_refused("", Exit::not_found, "command not found");
}

TEST_F(FindCommand, EmptyElementIsTheCurrentDirectory) {
  const test::TemporaryDirectory directory;
  static_cast<void>(directory.file("command", "", 0755));
  for (const char* path : {"", ":/nonexistent", "/nonexistent:", "/nonexistent::/other"}) {
    const int status = test::in_child([&directory, path] {
      if (::chdir(directory.path().c_str()) != 0) return 2;
      set_path(path);
      const std::string found = find_command("command");
      return found.find('/') != std::string::npos && ::access(found.c_str(), X_OK) == 0 ? 0 : 1;
    });
    EXPECT_EQ(status, 0) << path;
  }
  set_path("/nonexistent");
  expect_refused("command", Exit::not_found, "command not found");
}

TEST_F(FindCommand, WithoutPathLooksInTheSystemsPlaces) {
  ::unsetenv("PATH");
  EXPECT_EQ(find_command("sh"), "/bin/sh");
}

// In a process of its own, whose descriptors are those of nobody else.
template <class Body>
int with_few_descriptors(Body body) {
  return WEXITSTATUS(test::in_child([&body] {
    for (int fd = 3; fd < 200; ++fd) ::close(fd);
    body();
    return testing::Test::HasFailure() ? 1 : 0;
  }));
}

Fd null_at(int number) {
  Fd null{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  if (null.get() == number) return null;
  return Fd{::fcntl(null.get(), F_DUPFD_CLOEXEC, number)};
}

TEST(PassOn, KeepsANumberFrom3To9) {
  EXPECT_EQ(with_few_descriptors([] {
              for (const int number : {3, 9}) {
                Fd fd = null_at(number);
                ASSERT_EQ(fd.get(), number);
                EXPECT_EQ(pass_on(std::move(fd)), number);
                EXPECT_EQ(::fcntl(number, F_GETFD), 0) << "a command inherits it";
                ::close(number);
              }
            }),
            0);
}

TEST(PassOn, GivesOthersALowOne) {
  EXPECT_EQ(with_few_descriptors([] {
              const Fd first = null_at(3);
              const Fd second = null_at(5);
              for (const int number : {10, 100}) {
                Fd fd = null_at(number);
                const int got = pass_on(std::move(fd));
                EXPECT_EQ(got, number == 10 ? 4 : 6);
                EXPECT_EQ(::fcntl(got, F_GETFD), 0);
                EXPECT_EQ(::fcntl(number, F_GETFD), -1) << "the former is closed";
              }
            }),
            0);
}

TEST(PassOn, AboveStandardOutputEvenWhereThatIsClosed) {
  EXPECT_EQ(with_few_descriptors([] {
              Fd fd = null_at(20);
              ::close(STDIN_FILENO);
              EXPECT_EQ(pass_on(std::move(fd)), 3);
            }),
            0);
}

TEST(PassOn, AllAreTaken) {
  EXPECT_EQ(with_few_descriptors([] {
              std::vector<Fd> taken;
              for (int number = 3; number <= 9; ++number) taken.push_back(null_at(number));
              try {
                static_cast<void>(pass_on(null_at(50)));
                ADD_FAILURE();
              } catch (const Error& error) {
                EXPECT_EQ(error.status(), Exit::cannot_run);
                EXPECT_NE(std::strstr(error.what(), "3 to 9"), nullptr) << error.what();
              }
              EXPECT_EQ(::fcntl(10, F_GETFD), -1) << "none is left over";
              EXPECT_EQ(::fcntl(50, F_GETFD), -1);
            }),
            0);
}

TEST(BeforeCommand, PassesValuesThrough) {
  EXPECT_EQ(before_command([] { return 7; }), 7);
  before_command([] {});
}

TEST(BeforeCommand, AFailureWithoutAStatusOfItsOwnIsCannotRun) {
  const auto status_after = [](const auto& failure) {
    try {
      before_command([&failure] { throw failure; });
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), failure.what());
      return error.status();
    }
    return Exit::ok;
  };
  EXPECT_EQ(status_after(Error{EACCES, "open", "/x"}), Exit::cannot_run);
  EXPECT_EQ(status_after(Error{Exit::failed, "/x", "is a directory"}), Exit::cannot_run);
  EXPECT_EQ(status_after(ObjectError{ENOENT, "open", "/x"}), Exit::missing);
  EXPECT_EQ(status_after(Error{Exit::not_found, "x", "command not found"}), Exit::not_found);
  EXPECT_THROW(before_command([] { throw UsageError("no"); }), UsageError);
}

int status_of_replaced(const std::string& path, const std::vector<std::string>& arguments,
                       const Environment& environment = {}) {
  return test::in_child([&]() -> int {
    try {
      replace_process(path, arguments, environment);
    } catch (const Error& error) {
      return static_cast<int>(error.status());
    }
  });
}

TEST(ReplaceProcess, IsTheCommand) {
  const std::string pid = "test $$ = \"$OWN\"";
  const int status = test::in_child([&pid]() -> int {
    replace_process("/bin/sh", {"sh", "-c", pid + " && exit 6"}, {{"OWN", std::to_string(::getpid())}});
  });
  EXPECT_EQ(WEXITSTATUS(status), 6);
}

TEST(ReplaceProcess, EnvironmentIsOverOurs) {
  ::setenv("CHILD_TEST_KEPT", "kept", 1);
  ::setenv("CHILD_TEST_CHANGED", "former", 1);
  const std::string script = "test \"$CHILD_TEST_KEPT|$CHILD_TEST_CHANGED|$CHILD_TEST_NEW\" = 'kept|changed|new'";
  EXPECT_EQ(status_of_replaced("/bin/sh", {"sh", "-c", script},
                               {{"CHILD_TEST_CHANGED", "changed"}, {"CHILD_TEST_NEW", "new"}}),
            0);
  ::unsetenv("CHILD_TEST_KEPT");
  ::unsetenv("CHILD_TEST_CHANGED");
}

TEST(ReplaceProcess, ScriptWithoutAnInterpreterRunsInTheShell) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("script", "test \"$1|$#\" = 'a b|1' && exit 8\n", 0755);
  EXPECT_EQ(WEXITSTATUS(status_of_replaced(path, {"script", "a b"})), 8);
}

TEST(ReplaceProcess, FailuresHaveTheStatusesOfAShell) {
  const test::TemporaryDirectory directory;
  const auto status = [](const std::string& path) {
    return static_cast<Exit>(WEXITSTATUS(status_of_replaced(path, {path})));
  };
  EXPECT_EQ(status(directory.path() + "/missing"), Exit::not_found);
  EXPECT_EQ(status("/dev/null/command"), Exit::not_found);
  EXPECT_EQ(status(directory.file("plain", "x\n", 0644)), Exit::not_executable);
  EXPECT_EQ(status(directory.path()), Exit::not_executable);
  EXPECT_EQ(status(directory.file("no-interpreter", "#!/nonexistent/sh\n", 0755)), Exit::not_executable);
}

}  // namespace
}  // namespace ipctl
