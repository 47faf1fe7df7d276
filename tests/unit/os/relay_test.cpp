// SignalRelay: what reaches the command, what does not, and what is left when it ends. Each test is a process.
#include "os/relay.hpp"

#include <poll.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <atomic>
#include <vector>

#include "os/error.hpp"
#include "os/signals.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

Child shell(const std::string& script) {
  return Child{"/bin/sh", {"sh", "-c", script}, {}, {}};
}

std::atomic<int> noted{0};

void note_signal(
    int signal, void (*handler)(int) = [](int) { ++noted; }) {
  struct sigaction action {};
  action.sa_handler = handler;
  EXPECT_EQ(::sigaction(signal, &action, nullptr), 0);
}

/// Runs `body` with its expectations in a process of its own.
template <class Body>
void apart(Body body) {
  EXPECT_EQ(test::in_child([&body] {
              body();
              return testing::Test::HasFailure() ? 1 : 0;
            }),
            0);
}

TEST(SignalRelay, ReturnsTheStatus) {
  apart([] {
    SignalRelay relay;
    Child ends = shell("exit 9");
    EXPECT_EQ(relay.wait(ends), 9);
    EXPECT_EQ(relay.wait(ends), 9);
    Child killed = shell("kill -KILL $$");
    EXPECT_EQ(relay.wait(killed), 128 + SIGKILL);
    EXPECT_EQ(relay.received(), 0);
  });
}

TEST(SignalRelay, PassesOnWhatAProcessSends) {
  for (const int signal : stop_signals) {
    apart([signal] {
      SignalRelay relay;
      const std::string number = std::to_string(signal);
      Child child = shell("trap 'exit 7' " + number + "; kill -" + number + " $PPID; while :; do sleep 0.01; done");
      EXPECT_EQ(relay.wait(child), 7) << signal;
      EXPECT_EQ(relay.received(), signal);
    });
  }
}

TEST(SignalRelay, MissesNoneThatCameBeforeTheCommand) {
  apart([] {
    SignalRelay relay;
    ::kill(::getpid(), SIGUSR1);
    Child child = shell("exec sleep 60");
    EXPECT_EQ(relay.wait(child), 128 + SIGUSR1);
    EXPECT_EQ(relay.received(), SIGUSR1);
  });
}

TEST(SignalRelay, PassesOnOneAfterTheOther) {
  apart([] {
    SignalRelay relay;
    Child child = shell(
        "trap 'n=${n}h; kill -TERM $PPID' HUP; trap 'n=${n}t; kill -INT $PPID' TERM; trap '[ $n = ht ] && exit 5; exit "
        "6' INT; kill -HUP $PPID; while :; do sleep 0.01; done");
    EXPECT_EQ(relay.wait(child), 5);
    EXPECT_EQ(relay.received(), SIGINT);
  });
}

// A timer stands for the terminal: the kernel sends it.
TEST(SignalRelay, KeepsWhatTheKernelSends) {
  apart([] {
    SignalRelay relay;
    const itimerval soon{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = 1000}};
    ASSERT_EQ(::setitimer(ITIMER_REAL, &soon, nullptr), 0);
    sigset_t pending;
    do {
      ::usleep(1000);
      ::sigpending(&pending);
    } while (::sigismember(&pending, SIGALRM) == 0);
    Child child = shell("sleep 0.2; exit 4");
    EXPECT_EQ(relay.wait(child), 4);
    EXPECT_EQ(relay.received(), SIGALRM);
  });
}

TEST(SignalRelay, WhatIsIgnoredStaysIgnored) {
  apart([] {
    note_signal(SIGHUP, SIG_IGN);
    SignalRelay relay;
    ::kill(::getpid(), SIGHUP);
    Child child = shell("kill -HUP $PPID; sleep 0.1; exit 3");
    EXPECT_EQ(relay.wait(child), 3);
    EXPECT_EQ(relay.received(), 0);
  });
}

TEST(SignalRelay, LetsInWhatWasNotPassedOn) {
  apart([] {
    note_signal(SIGTERM);
    {
      const SignalRelay relay;
      ::raise(SIGTERM);
      EXPECT_EQ(noted, 0);
    }
    EXPECT_EQ(noted, 1);
    sigset_t blocked;
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    for (const int signal : stop_signals) EXPECT_EQ(::sigismember(&blocked, signal), 0);
    EXPECT_EQ(::sigismember(&blocked, SIGCHLD), 0);
  });
  const int status = test::in_child([] {
    {
      const SignalRelay relay;
      ::raise(SIGTERM);
    }
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

TEST(SignalRelay, AnotherChildsEndIsNotThisOnes) {
  apart([] {
    SignalRelay relay;
    Child other = shell("exit 1");
    Child child = shell("sleep 0.1; exit 2");
    EXPECT_EQ(relay.wait(child), 2);
    EXPECT_EQ(relay.wait(other), 1);
  });
}

// sigwaitinfo(2) then returns EINTR.
TEST(SignalRelay, AHandlersSignalDoesNotEndIt) {
  apart([] {
    note_signal(SIGWINCH);
    SignalRelay relay;
    Child child = shell("kill -WINCH $PPID; sleep 0.1; kill -WINCH $PPID; sleep 0.1; exit 8");
    EXPECT_EQ(relay.wait(child), 8);
    EXPECT_GE(noted, 1);
    EXPECT_EQ(relay.received(), 0);
  });
}

TEST(SignalRelay, WorksWhereOurParentIgnoredSigchld) {
  apart([] {
    note_signal(SIGCHLD, SIG_IGN);
    SignalRelay relay;
    Child child = shell("sleep 0.1; exit 11");
    EXPECT_EQ(relay.wait(child), 11);
  });
}

TEST(SignalRelay, PassesOnToEach) {
  apart([] {
    SignalRelay relay;
    std::vector<Child> children;
    const std::string waits = "; while :; do sleep 0.01; done";
    children.push_back(shell("trap 'exit 3' TERM" + waits));
    children.push_back(shell("exit 4"));
    // Its own end, not that by the signal.
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(children[1].pid()), &ended, WEXITED | WNOWAIT), 0);
    children.push_back(shell("trap 'exit 5' TERM; kill -TERM $PPID" + waits));
    relay.wait(children);
    // The first may not have been ready for it.
    const int first = children[0].end()->status;
    EXPECT_TRUE(first == 3 || first == 128 + SIGTERM) << first;
    EXPECT_EQ(children[1].end()->status, 4);
    EXPECT_EQ(children[2].end()->status, 5);
    EXPECT_EQ(relay.received(), SIGTERM);
  });
}

TEST(SignalRelay, TakesWhatCameWithoutWaiting) {
  apart([] {
    SignalRelay relay;
    std::vector<Child> children;
    children.push_back(shell("exec sleep 60"));
    relay.take(children);
    EXPECT_FALSE(children[0].end());
    pollfd wanted{.fd = relay.fd(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&wanted, 1, 0), 0);
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(::poll(&wanted, 1, 10000), 1);
    relay.take(children);
    EXPECT_EQ(relay.received(), SIGTERM);
    EXPECT_EQ(::poll(&wanted, 1, 10000), 1) << "its end";
    relay.take(children);
    ASSERT_TRUE(children[0].end());
    EXPECT_EQ(children[0].end()->signal, SIGTERM);
  });
}

TEST(SignalRelay, OwnWritesThatFailAreNoSignals) {
  apart([] {
    test::Pipe pipe = test::make_pipe();
    {
      SignalRelay relay;
      Child child = shell("sleep 0.1; exit 3");
      pipe.reader.reset();
      EXPECT_EQ(::write(pipe.writer.get(), "x", 1), -1);
      EXPECT_EQ(relay.wait(child), 3);
      EXPECT_EQ(relay.received(), 0);
      EXPECT_EQ(::write(pipe.writer.get(), "x", 1), -1);
    }
    EXPECT_FALSE(testing::Test::HasFailure()) << "and does not kill now";
  });
}

}  // namespace
}  // namespace ipctl
