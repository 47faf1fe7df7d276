// wait_for
#include "os/wait.hpp"

#include <sys/resource.h>
#include <sys/time.h>

#include <array>
#include <csignal>
#include <vector>

#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

void put_byte(const Fd& fd) {
  ASSERT_EQ(::write(fd.get(), "x", 1), 1);
}

TEST(WaitFor, Ready) {
  const test::Pipe pipe = test::make_pipe();
  put_byte(pipe.writer);
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {}), Waited::ready);
  EXPECT_EQ(wait_for(pipe.writer.get(), POLLOUT, {}), Waited::ready);
}

TEST(WaitFor, ReadyEvenWithoutWaiting) {
  const test::Pipe pipe = test::make_pipe();
  put_byte(pipe.writer);
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.deadline = Deadline::now()}), Waited::ready);
}

TEST(WaitFor, TellsWhichOneIsReady) {
  const test::Pipe quiet = test::make_pipe();
  const test::Pipe busy = test::make_pipe();
  put_byte(busy.writer);
  std::array<pollfd, 2> fds{{{quiet.reader.get(), POLLIN, -1}, {busy.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(wait_for(fds, {}), Waited::ready);
  EXPECT_EQ(fds[0].revents, 0);
  EXPECT_EQ(fds[1].revents, POLLIN);
}

TEST(WaitFor, HangUpIsReady) {
  test::Pipe pipe = test::make_pipe();
  pipe.writer.reset();
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {}), Waited::ready);
}

TEST(WaitFor, TimesOut) {
  const test::Pipe pipe = test::make_pipe();
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.deadline = Deadline::now()}), Waited::timed_out);
  const auto start = Clock::now();
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.deadline = Deadline::after(30ms)}), Waited::timed_out);
  EXPECT_GE(Clock::now() - start, 30ms);
}

TEST(WaitFor, WakesOnAnythingElse) {
  const test::Pipe pipe = test::make_pipe();
  const test::Pipe other = test::make_pipe();
  put_byte(other.writer);
  const std::array<pollfd, 1> also{{{other.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.also = also}), Waited::woken);
}

TEST(WaitFor, ReadinessWinsOverAlso) {
  const test::Pipe pipe = test::make_pipe();
  put_byte(pipe.writer);
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.also = also}), Waited::ready);
}

TEST(WaitFor, StopWinsOverAll) {
  const StopSignals stop;
  const test::Pipe pipe = test::make_pipe();
  put_byte(pipe.writer);
  ::raise(SIGINT);
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.deadline = Deadline::now(), .stop = &stop, .also = also}),
            Waited::stopped);
}

TEST(WaitFor, StopThatWasNotAskedForDoesNotEndIt) {
  const StopSignals stop;
  const test::Pipe pipe = test::make_pipe();
  put_byte(pipe.writer);
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.stop = &stop}), Waited::ready);
}

TEST(WaitFor, StopEndsASleep) {
  const StopSignals stop;
  const test::Pipe pipe = test::make_pipe();
  std::thread other{[self = ::pthread_self(), tid = ::gettid()] {
    if (test::wait_until_asleep(tid)) ::pthread_kill(self, SIGTERM);
  }};
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.stop = &stop}), Waited::stopped);
  other.join();
  EXPECT_EQ(StopSignals::requested(), SIGTERM);
}

TEST(WaitFor, OtherSignalsDoNotEndIt) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGALRM, &action, &former), 0);
  const itimerval often{.it_interval = {0, 3000}, .it_value = {0, 3000}};
  ASSERT_EQ(::setitimer(ITIMER_REAL, &often, nullptr), 0);
  const test::Pipe pipe = test::make_pipe();
  const auto start = Clock::now();
  EXPECT_EQ(wait_for(pipe.reader.get(), POLLIN, {.deadline = Deadline::after(40ms)}), Waited::timed_out);
  const auto waited = Clock::now() - start;
  const itimerval off{};
  ::setitimer(ITIMER_REAL, &off, nullptr);
  ::sigaction(SIGALRM, &former, nullptr);
  EXPECT_GE(waited, 40ms);
}

TEST(WaitFor, ThrowsWhatPollRefuses) {
  const int status = test::in_child([] {
    const rlimit few{.rlim_cur = 8, .rlim_max = 8};
    if (::setrlimit(RLIMIT_NOFILE, &few) != 0) return 2;
    std::vector<pollfd> fds(9, pollfd{.fd = -1, .events = POLLIN, .revents = 0});
    try {
      static_cast<void>(wait_for(fds, {.deadline = Deadline::now()}));
    } catch (const Error& error) {
      return error.code() == EINVAL ? 0 : 3;
    }
    return 1;
  });
  EXPECT_EQ(status, 0);
}

TEST(Wait, PlainMeansNothingButTheObject) {
  const std::array<pollfd, 1> also{};
  EXPECT_TRUE(Wait{}.is_plain());
  EXPECT_FALSE(Wait{.deadline = Deadline::now()}.is_plain());
  EXPECT_FALSE(Wait{.deadline = Deadline::after(1s)}.is_plain());
  EXPECT_FALSE(Wait{.also = also}.is_plain());
}

}  // namespace
}  // namespace ipctl
