// changes: what the Source of changes tells, by looking and by a futex word. The peer is the plain API.
#include <linux/futex.h>
#include <sys/syscall.h>

#include <array>
#include <csignal>
#include <cstring>

#include "ipc/changes.hpp"
#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using Clock = std::chrono::steady_clock;
using test::expect_error;
using test::make_memory;
using test::once_asleep;

class ChangesTest : public test::PrivateShm {};

constexpr std::uint64_t huge = ~std::uint64_t{0};

std::unique_ptr<Source> watch(const Watched& watched) {
  return changes(
      std::make_unique<shm::Memory>(shm::Memory::open(shm::Directory{}, shm::parse_reference("x"), shm::Access::read)),
      watched);
}

Watched region(std::uint64_t offset, std::uint64_t length) {
  return {.offset = offset, .length = length, .interval = 1ms, .futex = {}};
}

Watched word(std::uint64_t futex, std::uint64_t offset = 0, std::uint64_t length = 4) {
  return {.offset = offset, .length = length, .interval = 1h, .futex = futex};
}

struct Received {
  Outcome outcome = Outcome::ended;
  std::string data;
};

Received receive(Source& source, const Wait& wait) {
  std::vector<char> place(source.capacity());
  Message message;
  Received received{source.receive({.data = place}, message, wait), {}};
  if (received.outcome != Outcome::done) return received;
  EXPECT_EQ(message.mechanism, "shm");
  EXPECT_EQ(message.name, "/x");
  received.data = message.data;
  return received;
}

void put(const Fd& memory, std::string_view text, off_t at = 0) {
  EXPECT_EQ(::pwrite(memory.get(), text.data(), text.size(), at), static_cast<ssize_t>(text.size()));
}

/// Wakes all who wait on the word at `offset`; how many they were.
long wake(const Fd& memory, std::size_t offset) {
  const Mapping mapping{memory.get(), offset + 4, PROT_READ | PROT_WRITE, MAP_SHARED, "memory"};
  return ::syscall(SYS_futex, mapping.bytes().data() + offset, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

Wait within(Duration duration) {
  return {.deadline = Deadline::after(duration)};
}

TEST_F(ChangesTest, DescribesItself) {
  const Fd peer = make_memory("/x", "0123456789");
  const auto source = watch(region(2, 5));
  EXPECT_EQ(source->mechanism(), "shm");
  EXPECT_EQ(source->name(), "/x");
  EXPECT_EQ(source->capacity(), 5U);
  EXPECT_EQ(source->waiting(), std::nullopt);
  EXPECT_FALSE(source->takes());
  EXPECT_TRUE(source->give_back({}));
}

TEST_F(ChangesTest, WhatIsWatchedMustBeThere) {
  const Fd peer = make_memory("/x", "0123456789");
  static_cast<void>(watch(region(0, 10)));
  for (const std::uint64_t offset : {0U, 10U}) {
    expect_error(Exit::failed, 0, "/x: no bytes are watched: nothing would ever change",
                 [offset] { static_cast<void>(watch(region(offset, 0))); });
  }
  for (const auto& [offset, length] : {std::pair<std::uint64_t, std::uint64_t>{0, 11},
                                       {11, 0},
                                       {9, 2},
                                       {5, huge},
                                       {huge, 0},
                                       {huge, huge},
                                       {huge - 3, 8},
                                       {std::uint64_t{1} << 63U, std::uint64_t{1} << 63U}}) {
    const Watched watched = region(offset, length);
    expect_error(Exit::failed, 0,
                 "/x: the region at offset " + std::to_string(offset) + " of " + std::to_string(length) +
                     " bytes is beyond the end: it has 10 bytes",
                 [&watched] { static_cast<void>(watch(watched)); });
  }
  static_cast<void>(watch(word(4)));
  for (const std::uint64_t futex : {std::uint64_t{8}, huge, huge - 3}) {
    expect_error(Exit::failed, 0, "/x: the futex word at offset " + std::to_string(futex) + " of 4 bytes",
                 [futex] { static_cast<void>(watch(word(futex))); });
  }
}

TEST_F(ChangesTest, TellsWhatTheRegionIsAfterAChange) {
  const Fd peer = make_memory("/x", "0123456789");
  const auto source = watch(region(2, 5));
  EXPECT_EQ(receive(*source, {.deadline = Deadline::now()}).outcome, Outcome::timed_out);
  put(peer, "\0\xff"s, 5);
  EXPECT_EQ(receive(*source, {}).data, "234\0\xff"s);
  EXPECT_EQ(receive(*source, {.deadline = Deadline::now()}).outcome, Outcome::timed_out);
  put(peer, "ab", 3);
  EXPECT_EQ(receive(*source, {.deadline = Deadline::now()}).data, "2ab\0\xff"s);
}

TEST_F(ChangesTest, NothingElseIsAChange) {
  const Fd peer = make_memory("/x", "0123456789");
  const auto source = watch(region(2, 5));
  put(peer, "ab");      // before it
  put(peer, "xyz", 7);  // behind it
  put(peer, "234", 2);  // the same again
  ASSERT_EQ(::ftruncate(peer.get(), 100), 0);
  EXPECT_EQ(receive(*source, within(20ms)).outcome, Outcome::timed_out);
}

TEST_F(ChangesTest, WaitsForAChange) {
  const Fd peer = make_memory("/x", "a");
  const auto source = watch(region(0, 1));
  char next = 'b';
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    std::thread writer = once_asleep([&peer, next] { put(peer, {&next, 1}); });
    EXPECT_EQ(receive(*source, {.deadline = deadline}).data, std::string(1, next));
    writer.join();
    ++next;
  }
}

TEST_F(ChangesTest, KeepsTheDeadline) {
  const Fd peer = make_memory("/x", "text");
  Watched watched = region(0, 4);
  watched.interval = 1h;
  for (const auto& source : {watch(region(0, 4)), watch(watched), watch(word(0))}) {
    const auto begin = Clock::now();
    EXPECT_EQ(receive(*source, within(30ms)).outcome, Outcome::timed_out);
    EXPECT_GE(Clock::now() - begin, 30ms);
    EXPECT_LE(Clock::now() - begin, 10s);
  }
}

// It came between the last look and the deadline.
TEST_F(ChangesTest, LooksOnceMoreAtTheDeadline) {
  const Fd peer = make_memory("/x", "a");
  Watched watched = region(0, 1);
  watched.interval = 1h;
  const auto source = watch(watched);
  std::thread writer = once_asleep([&peer] { put(peer, "b"); });
  EXPECT_EQ(receive(*source, within(300ms)).data, "b");
  writer.join();
}

TEST_F(ChangesTest, StopAndOthersEndTheWait) {
  const Fd peer = make_memory("/x", "text");
  test::Pipe pipe = test::make_pipe();
  ASSERT_EQ(::write(pipe.writer.get(), "x", 1), 1);
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  for (const auto& source : {watch(region(0, 4)), watch(word(0))}) {
    EXPECT_EQ(receive(*source, {.also = also}).outcome, Outcome::woken);
    const StopSignals stop;
    std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
    EXPECT_EQ(receive(*source, {.stop = &stop}).outcome, Outcome::stopped);
    killer.join();
    EXPECT_EQ(receive(*source, {.deadline = Deadline::after(1h), .stop = &stop, .also = also}).outcome,
              Outcome::stopped);
  }
}

TEST_F(ChangesTest, OtherSignalsDoNotEndIt) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  const Fd peer = make_memory("/x", "text");
  for (const auto& source : {watch(region(0, 4)), watch(word(0))}) {
    std::thread sender = once_asleep([&peer, self = ::pthread_self(), tid = ::gettid()] {
      ::pthread_kill(self, SIGUSR1);
      EXPECT_TRUE(test::wait_until_asleep(tid));
      put(peer, "more");
    });
    EXPECT_EQ(receive(*source, {}).data, "more");
    sender.join();
    put(peer, "text");
  }
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST_F(ChangesTest, ShrunkMeanwhile) {
  const Fd peer = make_memory("/x", "0123456789");
  const auto source = watch(region(2, 5));
  const auto futex = watch(word(4));
  const auto shorter = watch(word(0, 4, 4));
  ASSERT_EQ(::ftruncate(peer.get(), 4), 0);
  for (Source* const each : {source.get(), futex.get()}) {
    expect_error(Exit::failed, 0, "/x: was shrunk by another process: what is watched is gone",
                 [each] { static_cast<void>(receive(*each, {})); });
  }
  put(peer, "\1", 0);
  expect_error(Exit::failed, 0, "/x: was shrunk by another process",
               [&shorter] { static_cast<void>(receive(*shorter, {})); });
}

TEST_F(ChangesTest, ShrunkWhileItWaits) {
  for (const Watched& watched : {region(0, 4), word(0)}) {
    const Fd peer = make_memory("/x", "text");
    const auto source = watch(watched);
    std::thread shrinker = once_asleep([&peer] { EXPECT_EQ(::ftruncate(peer.get(), 0), 0); });
    expect_error(Exit::failed, 0, "/x: was shrunk by another process",
                 [&source] { static_cast<void>(receive(*source, {})); });
    shrinker.join();
    ASSERT_EQ(::shm_unlink("/x"), 0);
  }
}

TEST_F(ChangesTest, LivesOnWhenItIsRemoved) {
  const Fd peer = make_memory("/x", "text");
  const auto source = watch(region(0, 4));
  ASSERT_EQ(::shm_unlink("/x"), 0);
  put(peer, "TEXT");
  EXPECT_EQ(receive(*source, {}).data, "TEXT");
}

TEST_F(ChangesTest, FutexTellsWhenItIsWoken) {
  const Fd peer = make_memory("/x", std::string(64, 'x'));
  const auto source = watch(word(32, 0, 8));
  std::thread waker = once_asleep([&peer] {
    put(peer, "changed!");
    while (wake(peer, 32) == 0) ::usleep(1000);
  });
  EXPECT_EQ(receive(*source, {}).data, "changed!");
  waker.join();
}

TEST_F(ChangesTest, FutexWokenWithoutAChange) {
  const Fd peer = make_memory("/x", std::string(64, 'x'));
  const auto source = watch(word(32, 0, 8));
  std::thread waker = once_asleep([&peer] {
    while (wake(peer, 32) == 0) ::usleep(1000);
  });
  EXPECT_EQ(receive(*source, within(200ms)).outcome, Outcome::timed_out);
  waker.join();
}

TEST_F(ChangesTest, FutexWordThatChangedBefore) {
  const Fd peer = make_memory("/x", std::string(64, 'x'));
  const auto source = watch(word(32, 0, 4));
  put(peer, "ab");  // the region alone is no reason
  EXPECT_EQ(receive(*source, within(20ms)).outcome, Outcome::timed_out);
  put(peer, "w", 32);
  EXPECT_EQ(receive(*source, {}).data, "abxx");
  EXPECT_EQ(receive(*source, {.deadline = Deadline::now()}).outcome, Outcome::timed_out);
}

}  // namespace
}  // namespace ipctl
