// StopSignals
#include "os/signals.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "support.hpp"

namespace ipctl {
namespace {

bool is_readable(int fd) {
  pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, 0) == 1;
}

bool is_nonblocking(const Fd& fd) {
  return (::fcntl(fd.get(), F_GETFL) & O_NONBLOCK) != 0;
}

using Handler = void (*)(int);

Handler handler_of(int signal) {
  struct sigaction action {};
  EXPECT_EQ(::sigaction(signal, nullptr, &action), 0);
  return action.sa_handler;
}

TEST(StopSignals, NothingRequestedAtFirst) {
  const StopSignals stop;
  EXPECT_EQ(StopSignals::requested(), 0);
  EXPECT_EQ(StopSignals::count(), 0);
  EXPECT_FALSE(is_readable(stop.fd()));
  EXPECT_NE(::fcntl(stop.fd(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(StopSignals, CurrentIsTheOneThatLives) {
  EXPECT_EQ(StopSignals::current(), nullptr);
  {
    const StopSignals stop;
    EXPECT_EQ(StopSignals::current(), &stop);
  }
  EXPECT_EQ(StopSignals::current(), nullptr);
}

TEST(StopSignals, NotesTheFirstAndCountsAll) {
  const StopSignals stop;
  errno = EXDEV;
  ::raise(SIGTERM);
  EXPECT_EQ(errno, EXDEV);
  EXPECT_EQ(StopSignals::requested(), SIGTERM);
  EXPECT_EQ(StopSignals::count(), 1);
  EXPECT_TRUE(is_readable(stop.fd()));
  ::raise(SIGINT);
  EXPECT_EQ(StopSignals::requested(), SIGTERM);
  EXPECT_EQ(StopSignals::count(), 2);
}

TEST(StopSignals, EachOfTheThree) {
  for (const int signal : stop_signals) {
    const StopSignals stop;
    ::raise(signal);
    EXPECT_EQ(StopSignals::requested(), signal);
  }
}

TEST(StopSignals, TheThirdKills) {
  for (const int last : stop_signals) {
    const int status = test::in_child([last] {
      const StopSignals stop;
      ::raise(SIGINT);
      ::raise(SIGTERM);
      if (StopSignals::count() != 2) return 1;
      ::raise(last);
      return 2;
    });
    EXPECT_TRUE(WIFSIGNALED(status)) << status;
    EXPECT_EQ(WTERMSIG(status), last);
  }
}

TEST(StopSignals, IgnoredDoesNotKillEither) {
  const int status = test::in_child([] {
    ::signal(SIGHUP, SIG_IGN);
    const StopSignals stop;
    ::raise(SIGINT);
    ::raise(SIGINT);
    ::raise(SIGHUP);
    return StopSignals::count() == 2 ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST(StopSignals, OneWithinAnotherSharesWhatItNoted) {
  const StopSignals outer;
  ::raise(SIGTERM);
  {
    const StopSignals inner;
    EXPECT_EQ(StopSignals::requested(), SIGTERM);
    pollfd one{.fd = inner.fd(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&one, 1, 0), 1);
  }
  EXPECT_EQ(StopSignals::current(), &outer);
  ::raise(SIGTERM);  // does not kill
  EXPECT_EQ(StopSignals::count(), 2);
}

TEST(StopSignals, StartsAfresh) {
  {
    const StopSignals stop;
    ::raise(SIGTERM);
    ::raise(SIGTERM);
  }
  {
    const StopSignals stop;
    ::raise(SIGTERM);  // the first one again
    EXPECT_EQ(StopSignals::count(), 1);
  }

  {
    const StopSignals stop;
    ::raise(SIGTERM);
  }
  const StopSignals stop;
  EXPECT_EQ(StopSignals::requested(), 0);
  EXPECT_EQ(StopSignals::count(), 0);
  EXPECT_FALSE(is_readable(stop.fd()));
}

TEST(StopSignals, IgnoredStaysIgnored) {
  const Handler former = ::signal(SIGINT, SIG_IGN);
  {
    const StopSignals stop;
    EXPECT_EQ(handler_of(SIGINT), SIG_IGN);
    ::raise(SIGINT);
    EXPECT_EQ(StopSignals::requested(), 0);
    EXPECT_FALSE(is_readable(stop.fd()));
  }
  EXPECT_EQ(handler_of(SIGINT), SIG_IGN);
  ::signal(SIGINT, former);
}

TEST(StopSignals, PutsTheFormerActionsBack) {
  const Handler pipe = handler_of(SIGPIPE);
  const Handler terminate = handler_of(SIGTERM);
  {
    const StopSignals stop;
    EXPECT_EQ(handler_of(SIGPIPE), SIG_IGN);
    EXPECT_NE(handler_of(SIGTERM), terminate);
  }
  EXPECT_EQ(handler_of(SIGPIPE), pipe);
  EXPECT_EQ(handler_of(SIGTERM), terminate);
}

TEST(StopSignals, InterruptsABlockingCall) {
  const int status = test::in_child([] {
    const StopSignals stop;
    const test::Pipe pipe = test::make_pipe();
    std::thread other{[self = ::pthread_self(), tid = ::getpid()] {
      if (test::wait_until_asleep(tid)) ::pthread_kill(self, SIGTERM);
    }};
    char byte = 0;
    const bool interrupted = ::read(pipe.reader.get(), &byte, 1) == -1 && errno == EINTR;
    other.join();
    return interrupted ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST(StopSignals, UnblocksWhenTheSignalComesLater) {
  const StopSignals stop;
  const test::Pipe pipe = test::make_pipe();
  StopSignals::unblock_on_stop(pipe.reader.get());
  EXPECT_FALSE(is_nonblocking(pipe.reader));
  ::raise(SIGINT);
  EXPECT_TRUE(is_nonblocking(pipe.reader));
  char byte = 0;
  EXPECT_EQ(::read(pipe.reader.get(), &byte, 1), -1);
  EXPECT_EQ(errno, EAGAIN);
}

TEST(StopSignals, UnblocksWhenTheSignalCameBefore) {
  const StopSignals stop;
  const test::Pipe pipe = test::make_pipe();
  ::raise(SIGINT);
  StopSignals::unblock_on_stop(pipe.reader.get());
  EXPECT_TRUE(is_nonblocking(pipe.reader));
}

TEST(StopSignals, UnblockingCanBeEnded) {
  const StopSignals stop;
  const test::Pipe pipe = test::make_pipe();
  StopSignals::unblock_on_stop(pipe.reader.get());
  StopSignals::unblock_on_stop(-1);
  ::raise(SIGINT);
  EXPECT_FALSE(is_nonblocking(pipe.reader));
}

TEST(StopSignals, DieOfEndsByThatSignal) {
  for (const int signal : stop_signals) {
    const int status = test::in_child([signal]() -> int {
      const StopSignals stop;
      ::raise(signal);
      StopSignals::die_of(signal);
    });
    EXPECT_TRUE(WIFSIGNALED(status)) << status;
    EXPECT_EQ(WTERMSIG(status), signal);
  }
}

TEST(StopSignals, DieOfEndsEvenWhenBlocked) {
  const int status = test::in_child([]() -> int {
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
    StopSignals::die_of(SIGTERM);
  });
  EXPECT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_EQ(WTERMSIG(status), SIGTERM);
}

int die_with_child(int signal, int requested) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  const pid_t watcher = ::fork();
  if (watcher == 0) {
    const StopSignals stop;
    const Fd process{static_cast<int>(::syscall(SYS_pidfd_open, child, 0))};
    if (!process) ::_exit(1);
    StopSignals::pass_on_to(process.get());
    if (requested != 0) ::raise(requested);
    StopSignals::die_of(signal);
  }
  int status = 0;
  ::waitpid(watcher, &status, 0);
  if (!WIFSIGNALED(status) || WTERMSIG(status) != signal) return -1;
  if (requested == 0) ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : -2;
}

TEST(StopSignals, AProcessThatWeWaitForEndsWithUs) {
  EXPECT_EQ(die_with_child(SIGINT, SIGINT), SIGTERM);
  EXPECT_EQ(die_with_child(SIGPIPE, 0), SIGKILL) << "nobody asked to stop";
}

}  // namespace
}  // namespace ipctl
