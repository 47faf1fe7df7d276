// sem: post, take, and wait, what the Source gives back, and memory that is gone meanwhile. The peer is the plain API.
#include <array>
#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "ipc/sem.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using sem::Semaphore;
using test::expect_error;
using test::make_memory;
using test::make_semaphore;
using test::once_asleep;

class SemUse : public test::PrivateShm {};
class SemSource : public test::PrivateShm {};
class SemGone : public test::PrivateShm {};

Semaphore open_it(const std::string& address = "s") {
  return Semaphore::open(shm::Directory{}, sem::parse_address(address));
}

Wait no_wait() {
  return {.deadline = Deadline::now()};
}

Wait within(Duration duration) {
  return {.deadline = Deadline::after(duration)};
}

Outcome receive(Source& source, const Wait& wait) {
  Message message;
  const Outcome outcome = source.receive({.data = {}}, message, wait);
  if (outcome == Outcome::done) {
    EXPECT_EQ(message.mechanism, "sem");
    EXPECT_EQ(message.name, "/s");
    EXPECT_EQ(message.data.size(), 0U);
  }
  return outcome;
}

void post(const test::OpenSemaphore& peer, int times = 1) {
  for (int i = 0; i < times; ++i) EXPECT_EQ(::sem_post(peer.get()), 0);
}

TEST_F(SemUse, PostAndTake) {
  const auto peer = make_semaphore("/s", 1);
  Semaphore semaphore = open_it();
  semaphore.post();
  EXPECT_EQ(test::value_of(peer), 2);
  EXPECT_EQ(semaphore.value(), 2U);
  EXPECT_TRUE(semaphore.try_wait());
  EXPECT_TRUE(semaphore.try_wait());
  EXPECT_FALSE(semaphore.try_wait());
  EXPECT_EQ(test::value_of(peer), 0);
}

TEST_F(SemUse, PostAtTheLargestValue) {
  const auto peer = make_semaphore("/s", sem::max_value);
  Semaphore semaphore = open_it();
  expect_error(Exit::failed, EOVERFLOW, "/s: has its largest value, 2147483647", [&] { semaphore.post(); });
  EXPECT_TRUE(semaphore.try_wait());
  semaphore.post();
  EXPECT_EQ(test::value_of(peer), 2147483647);
}

TEST_F(SemUse, MovesAndStaysUsable) {
  const auto peer = make_semaphore("/s", 1);
  Semaphore first = open_it();
  Semaphore second{std::move(first)};
  Semaphore third{std::move(second)};
  third.post();
  EXPECT_EQ(test::value_of(peer), 2);
}

TEST_F(SemUse, WaitTimesOut) {
  const auto peer = make_semaphore("/s", 1);
  Semaphore semaphore = open_it();
  EXPECT_EQ(semaphore.wait(no_wait()), Outcome::done);
  EXPECT_EQ(semaphore.wait(no_wait()), Outcome::timed_out);
  for (const Duration duration : {Duration{30ms}, Duration{700ms}}) {  // also longer than one slice
    const auto begin = Clock::now();
    EXPECT_EQ(semaphore.wait(within(duration)), Outcome::timed_out);
    EXPECT_GE(Clock::now() - begin, duration);
  }
  EXPECT_EQ(semaphore.wait(within(-1s)), Outcome::timed_out);
}

TEST_F(SemUse, WaitTakesAtOnceWhatIsThere) {
  const auto peer = make_semaphore("/s", 3);
  Semaphore semaphore = open_it();
  for (const Wait& wait : {Wait{}, within(1h), no_wait()}) EXPECT_EQ(semaphore.wait(wait), Outcome::done);
  EXPECT_EQ(test::value_of(peer), 0);
}

TEST_F(SemUse, WaitsForAPost) {
  const auto peer = make_semaphore("/s");
  Semaphore semaphore = open_it();
  const test::Pipe pipe = test::make_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  for (const Wait& wait : {Wait{}, within(1h), Wait{.also = also}}) {
    std::thread poster = once_asleep([&peer] { post(peer); });
    EXPECT_EQ(semaphore.wait(wait), Outcome::done);
    poster.join();
  }
  EXPECT_EQ(test::value_of(peer), 0);
}

TEST_F(SemUse, StopEndsTheWaitAndWins) {
  const auto peer = make_semaphore("/s");
  Semaphore semaphore = open_it();
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const StopSignals stop;
    std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
    EXPECT_EQ(semaphore.wait({.deadline = deadline, .stop = &stop}), Outcome::stopped);
    killer.join();
  }
  post(peer);
  for (const Deadline deadline : {Deadline::never(), Deadline::now(), Deadline::after(1h)}) {
    const StopSignals stop;
    ::raise(SIGINT);
    EXPECT_EQ(semaphore.wait({.deadline = deadline, .stop = &stop}), Outcome::stopped);
  }
  EXPECT_EQ(test::value_of(peer), 1);
}

TEST_F(SemUse, OthersEndTheWait) {
  const auto peer = make_semaphore("/s");
  Semaphore semaphore = open_it();
  test::Pipe pipe = test::make_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  std::thread writer = once_asleep([&pipe] { EXPECT_EQ(::write(pipe.writer.get(), "x", 1), 1); });
  EXPECT_EQ(semaphore.wait({.also = also}), Outcome::woken);
  writer.join();
  EXPECT_EQ(semaphore.wait({.deadline = Deadline::after(1h), .also = also}), Outcome::woken);
}

TEST_F(SemUse, OtherSignalsDoNotEndIt) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  const auto peer = make_semaphore("/s");
  Semaphore semaphore = open_it();
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    std::thread sender = once_asleep([&peer, self = ::pthread_self(), tid = ::gettid()] {
      ::pthread_kill(self, SIGUSR1);
      EXPECT_TRUE(test::wait_until_asleep(tid));
      post(peer);
    });
    EXPECT_EQ(semaphore.wait({.deadline = deadline}), Outcome::done);
    sender.join();
  }
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST_F(SemUse, BetweenProcesses) {
  make_memory("/x", std::string(64, '\0'));
  Semaphore::init(shm::Directory{}, sem::parse_address("shm:/x+16"), 0, Semaphore::Existing::refuse);
  const pid_t poster = test::start([] {
    Semaphore there = open_it("shm:/x+16");
    for (int i = 0; i < 1000; ++i) there.post();
    return 0;
  });
  Semaphore semaphore = open_it("shm:/x+16");
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(semaphore.wait(within(20s)), Outcome::done) << i;
  EXPECT_EQ(test::wait_status(poster), 0);
  EXPECT_EQ(semaphore.value(), 0U);
}

TEST_F(SemSource, DescribesItself) {
  const auto peer = make_semaphore("/s", 2);
  const auto source = sem::source(open_it(), 1);
  EXPECT_EQ(source->mechanism(), "sem");
  EXPECT_EQ(source->name(), "/s");
  EXPECT_EQ(source->capacity(), 0U);
  EXPECT_EQ(source->waiting(), 2U);
  EXPECT_TRUE(source->takes());
}

TEST_F(SemSource, TakesOneAfterTheOther) {
  const auto peer = make_semaphore("/s", 2);
  const auto source = sem::source(open_it(), 1);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::done);
  EXPECT_EQ(test::value_of(peer), 1);
  EXPECT_EQ(receive(*source, {}), Outcome::done);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::timed_out);
  EXPECT_EQ(test::value_of(peer), 0);
  EXPECT_TRUE(source->give_back({}));
  EXPECT_EQ(test::value_of(peer), 1);
}

TEST_F(SemSource, ABatchIsTakenAtOnceOrNotAtAll) {
  const auto peer = make_semaphore("/s", 2);
  const auto source = sem::source(open_it(), 3);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::timed_out);
  EXPECT_EQ(test::value_of(peer), 2) << "what it took has gone back";
  EXPECT_EQ(receive(*source, within(20ms)), Outcome::timed_out);
  EXPECT_EQ(test::value_of(peer), 2);
  post(peer, 2);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::done);
  EXPECT_EQ(test::value_of(peer), 1);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::done);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::done);
  EXPECT_EQ(test::value_of(peer), 1) << "three in all";
  EXPECT_EQ(receive(*source, no_wait()), Outcome::timed_out) << "the next batch";
  EXPECT_EQ(test::value_of(peer), 1);
}

TEST_F(SemSource, WhatIsNotReceivedOfABatchGoesBack) {
  const auto peer = make_semaphore("/s", 5);
  {
    const auto source = sem::source(open_it(), 4);
    EXPECT_EQ(receive(*source, {}), Outcome::done);
    EXPECT_EQ(test::value_of(peer), 1);
    EXPECT_TRUE(source->give_back({}));
    EXPECT_EQ(test::value_of(peer), 2);
  }
  EXPECT_EQ(test::value_of(peer), 5);
}

TEST_F(SemSource, StopGivesABatchBack) {
  const auto peer = make_semaphore("/s", 2);
  const auto source = sem::source(open_it(), 3);
  const StopSignals stop;
  std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
  EXPECT_EQ(receive(*source, {.stop = &stop}), Outcome::stopped);
  killer.join();
  EXPECT_EQ(test::value_of(peer), 2);
}

TEST_F(SemSource, AStopInTheMiddleOfABatchDoesNotSplitIt) {
  const auto peer = make_semaphore("/s", 2);
  const auto source = sem::source(open_it(), 2);
  const StopSignals stop;
  EXPECT_EQ(receive(*source, {.stop = &stop}), Outcome::done);
  ::raise(SIGTERM);
  EXPECT_EQ(receive(*source, {.stop = &stop}), Outcome::done) << "it is taken already";
  EXPECT_EQ(receive(*source, {.stop = &stop}), Outcome::stopped);
  EXPECT_EQ(test::value_of(peer), 0);
}

TEST_F(SemSource, GivesNothingBackWhereOthersFilledIt) {
  const auto peer = make_semaphore("/s", sem::max_value);
  const auto source = sem::source(open_it(), 1);
  EXPECT_EQ(receive(*source, no_wait()), Outcome::done);
  post(peer);
  EXPECT_FALSE(source->give_back({}));
  EXPECT_EQ(test::value_of(peer), 2147483647);
}

constexpr std::string_view gone = "its memory is gone: another process has shortened the file that it was in";

/// An unnamed semaphore, and the file that can be shortened.
Fd make_unnamed(std::uint32_t value) {
  Fd memory = make_memory("/x", std::string(4096, '\0'));
  Semaphore::init(shm::Directory{}, sem::parse_address("shm:/x"), value, Semaphore::Existing::refuse);
  return memory;
}

template <class Action>
void expect_gone(std::string_view name, Action action) {
  expect_error(Exit::failed, 0, std::string(name).append(": ").append(gone), action);
}

TEST_F(SemGone, EveryCallSaysSo) {
  const std::function<void(Semaphore&)> calls[] = {
      [](Semaphore& it) { it.post(); },
      [](Semaphore& it) { static_cast<void>(it.try_wait()); },
      [](Semaphore& it) { static_cast<void>(it.value()); },
      [](Semaphore& it) { static_cast<void>(it.wait({})); },
      [](Semaphore& it) { static_cast<void>(it.wait(no_wait())); },
      [](Semaphore& it) { static_cast<void>(it.wait(within(1h))); },
  };
  for (const auto& call : calls) {
    const Fd memory = make_unnamed(1);
    Semaphore semaphore = open_it("shm:/x");
    ASSERT_EQ(::ftruncate(memory.get(), 0), 0);
    expect_gone("shm:/x", [&] { call(semaphore); });
    expect_gone("shm:/x", [&] { call(semaphore); });
    ASSERT_EQ(::shm_unlink("/x"), 0);
  }
}

TEST_F(SemGone, ANamedOneToo) {
  const auto peer = make_semaphore("/s", 1);
  const Fd file{::shm_open("/sem.s", O_RDWR, 0)};
  Semaphore semaphore = open_it();
  ASSERT_EQ(::ftruncate(file.get(), 0), 0);
  expect_gone("/s", [&] { semaphore.post(); });
  expect_error(Exit::failed, 0, "/s: is no semaphore", [] { static_cast<void>(open_it()); });
}

TEST_F(SemGone, WhileItWaits) {
  const Fd memory = make_unnamed(0);
  Semaphore semaphore = open_it("shm:/x");
  std::thread shortener = once_asleep([&memory] { EXPECT_EQ(::ftruncate(memory.get(), 0), 0); });
  const auto begin = Clock::now();
  expect_gone("shm:/x", [&] { static_cast<void>(semaphore.wait({})); });
  EXPECT_LE(Clock::now() - begin, 20s);
  shortener.join();
}

TEST_F(SemGone, TheSourceGivesNothingBack) {
  const Fd memory = make_unnamed(3);
  {
    const auto source = sem::source(open_it("shm:/x"), 3);
    Message message;
    ASSERT_EQ(source->receive({.data = {}}, message, no_wait()), Outcome::done);
    ASSERT_EQ(::ftruncate(memory.get(), 0), 0);
    EXPECT_FALSE(source->give_back(message));
  }
  EXPECT_EQ(test::memory_text("/x"), "");
}

/// Calls `use` until the memory is gone, which comes at another moment each time. In a child: nothing may end it.
template <class Use>
bool survives(Use use) {
  return test::holds_in_child([&use] {
    for (int i = 0; i < 1000; ++i) {
      const Fd memory = make_unnamed(0);
      ASSERT_EQ(::shm_unlink("/x"), 0);
      Semaphore semaphore = open_it("fd:" + std::to_string(memory.get()));
      std::atomic<bool> begun{false};
      std::thread shortener{[&] {
        while (!begun) {
        }
        for (volatile int spin = 0; spin < i % 500 * 8;) spin = spin + 1;
        EXPECT_EQ(::ftruncate(memory.get(), 0), 0);
      }};
      begun = true;
      try {
        for (;;) use(semaphore);
      } catch (const Error& error) {
        EXPECT_NE(std::string_view{error.what()}.find(gone), std::string_view::npos) << error.what();
      }
      shortener.join();
    }
  });
}

TEST_F(SemGone, AtAnyMomentOfACall) {
  EXPECT_TRUE(survives([](Semaphore& semaphore) {
    semaphore.post();
    static_cast<void>(semaphore.value());
    EXPECT_TRUE(semaphore.try_wait());
  }));
}

}  // namespace
}  // namespace ipctl
