// sysv_mq: what the Sources and the Sink of System V queues do. The peer is the plain API.
#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <limits>
#include <random>

#include "ipc/sysv_mq_calls.hpp"
#include "sysv_queue.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using Clock = std::chrono::steady_clock;
using sysv_mq::Receiving;
using sysv_mq::Selection;
using test::expect_error;
using test::once_asleep;
using test::Typed;

class SysvMqSource : public test::PrivateIpc {};
class SysvMqPeek : public test::PrivateIpc {};
class SysvMqSafe : public test::PrivateIpc {};
class SysvMqSink : public test::PrivateIpc {};

constexpr std::int64_t max_type = std::numeric_limits<long>::max();
constexpr std::int64_t min_type = std::numeric_limits<long>::min();

Wait no_wait() {
  return {.deadline = Deadline::now()};
}
Wait within(Duration duration) {
  return {.deadline = Deadline::after(duration)};
}

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

/// Where a message is received into: the type stands right before the data.
class Place {
 public:
  explicit Place(std::size_t size) : bytes_(sizeof(long) + size) {}
  [[nodiscard]] Buffer buffer() {
    return {.data = std::span{bytes_}.subspan(sizeof(long)), .type = reinterpret_cast<long*>(bytes_.data())};
  }

 private:
  std::vector<char> bytes_;
};

/// A message, and the place that it is in.
struct Received {
  explicit Received(const Source& source) : place(source.capacity()) {}
  Place place;
  Message message;
  Outcome outcome = Outcome::ended;
  [[nodiscard]] Typed typed() const { return {message.type.value_or(-1), std::string(message.data)}; }
};

Received receive(Source& source, const Wait& wait) {
  Received received{source};
  received.outcome = source.receive(received.place.buffer(), received.message, wait);
  if (received.outcome == Outcome::done) {
    EXPECT_EQ(received.message.mechanism, "sysv-mq");
    EXPECT_EQ(received.message.name, source.name());
    EXPECT_EQ(received.message.priority, std::nullopt);
  }
  return received;
}

/// nullopt where there is none.
std::optional<Typed> receive_now(Source& source) {
  const Received received = receive(source, no_wait());
  if (received.outcome == Outcome::done) return received.typed();
  EXPECT_EQ(received.outcome, Outcome::timed_out);
  return std::nullopt;
}

test::Pipe ready_pipe() {
  test::Pipe pipe = test::make_pipe();
  EXPECT_EQ(::write(pipe.writer.get(), "x", 1), 1);
  return pipe;
}

constexpr std::string_view removed = "the queue was removed while ipctl waited";
constexpr std::string_view missing = "no such queue (ipctl sysv-mq ls lists them)";

TEST_F(SysvMqSource, DescribesItself) {
  const sysv::Found queue = test::make_sysv_queue();
  const auto source = sysv_mq::source(queue, {});
  EXPECT_EQ(source->mechanism(), "sysv-mq");
  EXPECT_EQ(source->name(), queue.name);
  EXPECT_EQ(source->capacity(), static_cast<std::size_t>(sysv_mq::limits().msgmax));
  EXPECT_TRUE(source->takes());
  EXPECT_FALSE(source->is_divided());
  EXPECT_EQ(source->waiting(), 0U);
  ASSERT_TRUE(test::put(queue, 1, "") && test::put(queue, 2, "x"));
  EXPECT_EQ(source->waiting(), 2U);
  EXPECT_EQ(sysv_mq::source(queue, {.selection = {.type = 1}})->waiting(), 2U) << "of all types: no more than that";
  EXPECT_EQ(sysv_mq::source(queue, {.selection = {}, .size = 5})->capacity(), 5U);
}

TEST_F(SysvMqSource, HasRoomForWhatIsLongerThanTheLimitIsNow) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 1, std::string(5000, 'x')));
  if (!test::set_limit("msgmax", "100")) GTEST_SKIP() << "cannot set kernel.msgmax";
  const auto source = sysv_mq::source(queue, {});
  EXPECT_EQ(receive_now(*source), (Typed{1, std::string(5000, 'x')}));
}

TEST_F(SysvMqSource, AnyBytesAndTypes) {
  const sysv::Found queue = test::make_sysv_queue();
  const auto longest = std::string(static_cast<std::size_t>(sysv_mq::limits().msgmax), '\xff');
  const auto source = sysv_mq::source(queue, {});
  for (const Typed& each : {Typed{1, all_bytes()}, {max_type, ""}, {7, longest}, {2, "\0"s}}) {
    ASSERT_TRUE(test::put(queue, each.first, each.second));
    EXPECT_EQ(receive_now(*source), each);
  }
  EXPECT_EQ(receive_now(*source), std::nullopt);
}

TEST_F(SysvMqSource, TheTypeIsWrittenBeforeTheData) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 9, "text"));
  const auto source = sysv_mq::source(queue, {});
  Place place{source->capacity()};
  Message message;
  ASSERT_EQ(source->receive(place.buffer(), message, no_wait()), Outcome::done);
  EXPECT_EQ(*place.buffer().type, 9);
  EXPECT_EQ(message.data.data(), place.buffer().data.data());
}

TEST_F(SysvMqSource, TimesOutExactly) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 2, "of another type"));
  const auto source = sysv_mq::source(queue, {.selection = {.type = 1}});
  EXPECT_EQ(receive(*source, no_wait()).outcome, Outcome::timed_out);
  Duration best = 1h;
  for (int i = 0; i < 5; ++i) {
    const auto begin = Clock::now();
    EXPECT_EQ(receive(*source, within(30ms)).outcome, Outcome::timed_out);
    EXPECT_GE(Clock::now() - begin, 30ms);
    best = std::min<Duration>(best, Clock::now() - begin);
  }
  EXPECT_LE(best, 35ms);
  EXPECT_EQ(test::count(queue), 1U);
}

TEST_F(SysvMqSource, WaitsForAMessageOfItsType) {
  const sysv::Found queue = test::make_sysv_queue();
  const test::Pipe pipe = test::make_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  const auto source = sysv_mq::source(queue, {.selection = {.type = 5}});
  for (const Wait& wait : {Wait{}, within(1h), Wait{.also = also}}) {
    std::thread sender = once_asleep([&queue, tid = ::gettid()] {
      EXPECT_TRUE(test::put(queue, 4, "not this"));
      EXPECT_TRUE(test::wait_until_asleep(tid));
      EXPECT_TRUE(test::put(queue, 5, "late"));
    });
    const Received received = receive(*source, wait);
    sender.join();
    EXPECT_EQ(received.outcome, Outcome::done);
    EXPECT_EQ(received.typed(), (Typed{5, "late"}));
  }
  EXPECT_EQ(test::count(queue), 3U);
}

TEST_F(SysvMqSource, StopEndsEachKindOfWaitAndWins) {
  const sysv::Found queue = test::make_sysv_queue();
  const auto sources = [&queue] {
    std::vector<std::unique_ptr<Source>> all;
    all.push_back(sysv_mq::source(queue, {}));
    all.push_back(sysv_mq::safe_source(queue, {}));
    return all;
  };
  for (std::size_t i = 0; i < 2; ++i) {
    const auto source = std::move(sources()[i]);
    for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
      const StopSignals stop;
      std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
      EXPECT_EQ(receive(*source, {.deadline = deadline, .stop = &stop}).outcome, Outcome::stopped);
      killer.join();
    }
  }
  ASSERT_TRUE(test::put(queue, 1, "stays"));
  for (std::size_t i = 0; i < 2; ++i) {
    const auto source = std::move(sources()[i]);
    for (const Deadline deadline : {Deadline::never(), Deadline::now(), Deadline::after(1h)}) {
      const StopSignals stop;
      ::raise(SIGINT);
      EXPECT_EQ(receive(*source, {.deadline = deadline, .stop = &stop}).outcome, Outcome::stopped);
    }
  }
  EXPECT_EQ(test::count(queue), 1U);
}

TEST_F(SysvMqSource, WokenByAnythingElseTakesNothing) {
  const sysv::Found queue = test::make_sysv_queue();
  const test::Pipe pipe = ready_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  const auto source = sysv_mq::source(queue, {});
  EXPECT_EQ(receive(*source, {.also = also}).outcome, Outcome::woken);
  ASSERT_TRUE(test::put(queue, 1, "first"));
  EXPECT_EQ(receive(*source, {.also = also}).typed(), (Typed{1, "first"})) << "what is there wins";
}

TEST_F(SysvMqSource, LongerThanItsSizeStays) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 3, "12345") && test::put(queue, 3, "1234"));
  const auto source = sysv_mq::source(queue, {.selection = {}, .size = 4});
  for (const Wait& wait : {Wait{}, no_wait(), within(1h)}) {
    expect_error(Exit::failed, E2BIG,
                 queue.text +
                     ": the message has more than 4 bytes, and stays in the queue; --size takes longer ones, "
                     "--truncate cuts them",
                 [&] { static_cast<void>(receive(*source, wait)); });
  }
  EXPECT_EQ(test::count(queue), 2U);
  const auto cutting = sysv_mq::source(queue, {.selection = {}, .size = 4, .truncate = true});
  EXPECT_EQ(receive_now(*cutting), (Typed{3, "1234"}));
  EXPECT_EQ(receive_now(*cutting), (Typed{3, "1234"}));
  EXPECT_EQ(test::count(queue), 0U);
  ASSERT_TRUE(test::put(queue, 3, "12345"));
  EXPECT_EQ(receive_now(*sysv_mq::source(queue, {.selection = {}, .size = 0, .truncate = true})), (Typed{3, ""}));
}

TEST_F(SysvMqSource, GivesBackAtItsTypeBehindTheOthers) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 5, all_bytes()) && test::put(queue, 5, "second") && test::put(queue, max_type, ""));
  const auto source = sysv_mq::source(queue, {});
  const Received first = receive(*source, {});
  EXPECT_TRUE(source->give_back(first.message));
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{5, "second"}, {max_type, ""}, {5, all_bytes()}}));
  ASSERT_TRUE(test::put(queue, max_type, ""));
  const Received empty = receive(*source, {});
  EXPECT_TRUE(source->give_back(empty.message));
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{max_type, ""}}));
}

TEST_F(SysvMqSource, GivesBackOnlyWhereThereIsRoom) {
  const sysv::Found queue = test::make_sysv_queue();
  test::set_capacity(queue, 8);
  ASSERT_TRUE(test::put(queue, 1, "12345678"));
  const auto source = sysv_mq::source(queue, {});
  const Received received = receive(*source, {});
  ASSERT_TRUE(test::put(queue, 2, "other"));
  EXPECT_FALSE(source->give_back(received.message)) << "and does not wait";
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{2, "other"}}));
  EXPECT_TRUE(source->give_back(received.message));
  ASSERT_EQ(::msgctl(queue.id, IPC_RMID, nullptr), 0);
  EXPECT_FALSE(source->give_back(received.message));
}

TEST_F(SysvMqSource, RemovedWhileItWaits) {
  const test::Pipe pipe = test::make_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  for (const Wait& wait : {Wait{}, within(1h), Wait{.also = also}}) {
    for (const bool is_safe : {false, true}) {
      sysv::Found queue = test::make_sysv_queue();
      queue.text = "0x2a";
      const auto source = is_safe ? sysv_mq::safe_source(queue, {}) : sysv_mq::source(queue, {});
      std::thread remover = once_asleep([&queue] { EXPECT_EQ(::msgctl(queue.id, IPC_RMID, nullptr), 0); });
      expect_error(Exit::missing, 0, "0x2a: " + std::string(removed),
                   [&] { static_cast<void>(receive(*source, wait)); });
      remover.join();
      expect_error(Exit::missing, 0, "0x2a: " + std::string(missing),
                   [&] { static_cast<void>(receive(*source, wait)); });
    }
  }
}

TEST_F(SysvMqSource, DeniedIsSaidWithOwnerAndMode) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const sysv::Found queue = test::make_sysv_queue(0602);
  EXPECT_TRUE(test::holds_in_child([&queue] {
    ASSERT_TRUE(test::become_nobody());
    for (const auto& source :
         {sysv_mq::source(queue, {}), sysv_mq::peek(queue, {}, 0), sysv_mq::safe_source(queue, {})}) {
      for (const Wait& wait : {Wait{}, no_wait()}) {
        expect_error(Exit::failed, EACCES, "0602", [&] { static_cast<void>(receive(*source, wait)); });
      }
    }
  }));
}

/// What msgrcv(2) takes next, by its page.
std::optional<std::size_t> next_of(const std::vector<Typed>& queue, const Selection& selection) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::int64_t type = queue[i].first;
    if (selection.type == 0) return i;
    if (selection.type > 0 && (selection.except ? type != selection.type : type == selection.type)) return i;
    if (selection.type < 0 && (selection.type == min_type || type <= -selection.type) &&
        (!best || type < queue[*best].first)) {
      best = i;
    }
  }
  return best;
}

std::vector<Selection> selections() {
  std::vector<Selection> all;
  for (const std::int64_t type :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{5}, max_type, std::int64_t{-1},
        std::int64_t{-2}, std::int64_t{-4}, -max_type, min_type}) {
    for (const bool except : {false, true}) all.push_back({.type = type, .except = except});
  }
  return all;
}

std::vector<Typed> random_messages(std::mt19937& random) {
  std::vector<Typed> all;
  for (auto count = random() % 9; count > 0; --count) {
    const long type = random() % 8 == 0 ? max_type : 1 + static_cast<long>(random() % 5);
    all.emplace_back(type, std::string(random() % 4, static_cast<char>('a' + random() % 26)) + std::to_string(count));
  }
  return all;
}

// All three see the same queue in the same order: the model, what peek shows, and what is taken.
TEST_F(SysvMqPeek, ShowsWhatWouldBeTakenInItsOrder) {
  std::mt19937 random{1983};
  const sysv::Found queue = test::make_sysv_queue();
  for (int round = 0; round < 60; ++round) {
    const std::vector<Typed> messages = random_messages(random);
    for (const Selection& selection : selections()) {
      for (const Typed& each : messages) ASSERT_TRUE(test::put(queue, each.first, each.second));
      std::vector<Typed> model = messages;
      std::vector<Typed> expected;
      while (const auto next = next_of(model, selection)) {
        expected.push_back(model[*next]);
        model.erase(model.begin() + static_cast<std::ptrdiff_t>(*next));
      }
      std::vector<Typed> shown;
      const auto peeking = sysv_mq::peek(queue, selection, 0);
      while (const auto one = receive_now(*peeking)) shown.push_back(*one);
      ASSERT_EQ(shown, expected) << selection.type << (selection.except ? " except" : "");
      for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_EQ(receive_now(*sysv_mq::peek(queue, selection, i)), expected[i]);
      }
      ASSERT_EQ(receive_now(*sysv_mq::peek(queue, selection, expected.size())), std::nullopt);
      ASSERT_EQ(test::count(queue), messages.size()) << "nothing was taken";

      std::vector<Typed> taken;
      const auto source =
          round % 2 == 0 ? sysv_mq::source(queue, {.selection = selection}) : sysv_mq::safe_source(queue, selection);
      for (;;) {
        const Received received = receive(*source, no_wait());
        if (received.outcome != Outcome::done) break;
        taken.push_back(received.typed());
        source->accept(received.message);
      }
      ASSERT_EQ(taken, expected) << selection.type << (selection.except ? " except" : "");
      ASSERT_EQ(test::take_all(queue), model) << "what does not fit stays";
    }
  }
}

TEST_F(SysvMqPeek, TakesNothingAndNeverWaits) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 1, "one") && test::put(queue, 2, "two"));
  const auto source = sysv_mq::peek(queue, {}, 1);
  EXPECT_FALSE(source->takes());
  EXPECT_EQ(source->waiting(), 2U);
  const Received second = receive(*source, {});
  EXPECT_EQ(second.typed(), (Typed{2, "two"}));
  EXPECT_TRUE(source->give_back(second.message)) << "it is still there";
  source->accept(second.message);
  EXPECT_EQ(receive(*source, {}).outcome, Outcome::timed_out);
  EXPECT_EQ(receive(*sysv_mq::peek(queue, {}, UINT64_MAX), {}).outcome, Outcome::timed_out);
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{1, "one"}, {2, "two"}}));
  EXPECT_EQ(test::status_of(queue).msg_lrpid, ::getpid());
}

TEST_F(SysvMqPeek, SaysWhereALoweredLimitHidesIt) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 1, std::string(5000, 'x')));
  if (!test::set_limit("msgmax", "100")) GTEST_SKIP() << "cannot set kernel.msgmax";
  for (const auto& source : {sysv_mq::peek(queue, {}, 0), sysv_mq::safe_source(queue, {})}) {
    expect_error(Exit::failed, EINVAL, "kernel.msgmax", [&] { static_cast<void>(receive(*source, no_wait())); });
  }
  EXPECT_EQ(test::count(queue), 1U);
}

TEST_F(SysvMqSafe, AMessageStaysUntilItIsAccepted) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 5, all_bytes()) && test::put(queue, 5, "second"));
  {
    const auto source = sysv_mq::safe_source(queue, {});
    for (int i = 0; i < 3; ++i) {
      const Received received = receive(*source, {});
      EXPECT_EQ(received.typed(), (Typed{5, all_bytes()}));
      EXPECT_FALSE(source->takes());
      EXPECT_TRUE(source->give_back(received.message));
      EXPECT_EQ(test::count(queue), 2U);
    }
  }
  EXPECT_EQ(test::count(queue), 2U) << "and when it is not received again";
  const auto source = sysv_mq::safe_source(queue, {});
  const Received first = receive(*source, {});
  source->accept(first.message);
  EXPECT_EQ(test::count(queue), 1U);
  const Received second = receive(*source, within(1h));
  EXPECT_EQ(second.typed(), (Typed{5, "second"}));
  source->accept(second.message);
  EXPECT_EQ(receive(*source, no_wait()).outcome, Outcome::timed_out);
}

TEST_F(SysvMqSafe, WaitsForAMessageAndLeavesIt) {
  const sysv::Found queue = test::make_sysv_queue();
  const test::Pipe pipe = test::make_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  const auto source = sysv_mq::safe_source(queue, {.type = -5});
  for (const Wait& wait : {Wait{}, within(1h), Wait{.also = also}}) {
    std::thread sender = once_asleep([&queue, tid = ::gettid()] {
      EXPECT_TRUE(test::put(queue, 6, "not this"));
      EXPECT_TRUE(test::wait_until_asleep(tid));
      EXPECT_TRUE(test::put(queue, 4, "late"));
    });
    const Received received = receive(*source, wait);
    sender.join();
    EXPECT_EQ(received.outcome, Outcome::done);
    EXPECT_EQ(received.typed(), (Typed{4, "late"}));
    EXPECT_FALSE(source->takes());
    EXPECT_EQ(test::count(queue), 2U);
    source->accept(received.message);
    EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{6, "not this"}}));
  }
  EXPECT_EQ(receive(*source, within(10ms)).outcome, Outcome::timed_out);
}

TEST_F(SysvMqSafe, MovesAMessageBehindTheOthers) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 5, all_bytes()) && test::put(queue, 4, "") && test::put(queue, 5, "other"));
  const auto source = sysv_mq::safe_source(queue, {});
  const Received first = receive(*source, {});
  EXPECT_TRUE(source->move_back(first.message));
  EXPECT_EQ(test::count(queue), 3U);
  const Received empty = receive(*source, {});
  EXPECT_EQ(empty.typed(), (Typed{4, ""}));
  EXPECT_TRUE(source->move_back(empty.message));
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{5, "other"}, {5, all_bytes()}, {4, ""}}));
}

TEST_F(SysvMqSafe, MovesNothingWhereThereIsNoRoomOrItIsTaken) {
  const sysv::Found queue = test::make_sysv_queue();
  test::set_capacity(queue, 8);
  ASSERT_TRUE(test::put(queue, 5, "12345") && test::put(queue, 6, "x"));
  const auto source = sysv_mq::safe_source(queue, {});
  const Received first = receive(*source, {});
  EXPECT_FALSE(source->move_back(first.message));
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{5, "12345"}, {6, "x"}}));
  std::thread sender = once_asleep([&queue] { EXPECT_TRUE(test::put(queue, 7, "")); });
  const Received empty = receive(*source, {});
  sender.join();
  EXPECT_FALSE(source->move_back(empty.message));
  EXPECT_EQ(test::count(queue), 0U) << "give_back() does it then";
}

// There is no call that waits for an empty message without taking it.
TEST_F(SysvMqSafe, AnEmptyMessageThatIsWaitedForIsTakenAtOnce) {
  const sysv::Found queue = test::make_sysv_queue();
  const auto source = sysv_mq::safe_source(queue, {});
  std::thread sender = once_asleep([&queue] { EXPECT_TRUE(test::put(queue, 7, "")); });
  const Received received = receive(*source, {});
  sender.join();
  EXPECT_EQ(received.typed(), (Typed{7, ""}));
  EXPECT_TRUE(source->takes());
  EXPECT_EQ(test::count(queue), 0U);
  ASSERT_TRUE(test::put(queue, 7, "other"));
  source->accept(received.message);
  EXPECT_EQ(test::count(queue), 1U) << "it is taken already, and so no other is";
  EXPECT_TRUE(source->give_back(received.message));
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{7, "other"}, {7, ""}}));
}

TEST_F(SysvMqSafe, AnEmptyMessageThatIsThereStays) {
  const sysv::Found queue = test::make_sysv_queue();
  ASSERT_TRUE(test::put(queue, 7, ""));
  const auto source = sysv_mq::safe_source(queue, {});
  const Received received = receive(*source, {});
  EXPECT_EQ(received.typed(), (Typed{7, ""}));
  EXPECT_FALSE(source->takes());
  EXPECT_EQ(test::count(queue), 1U);
  source->accept(received.message);
  EXPECT_EQ(test::count(queue), 0U);
}

TEST_F(SysvMqSafe, WhenAnotherTookItNothingIsLost) {
  constexpr std::string_view words =
      "another process received the message that was just delivered: --safe is for a single "
      "receiver";
  const sysv::Found queue = test::make_sysv_queue();
  for (const std::vector<Typed>& rest :
       {std::vector<Typed>{}, {{5, "second"}}, {{5, "second"}, {5, "third"}}, {{4, "of another type"}}, {{5, ""}}}) {
    ASSERT_TRUE(test::put(queue, 5, "first"));
    for (const Typed& each : rest) ASSERT_TRUE(test::put(queue, each.first, each.second));
    const auto source = sysv_mq::safe_source(queue, {});
    const Received received = receive(*source, {});
    ASSERT_EQ(test::take(queue), (Typed{5, "first"}));
    expect_error(Exit::failed, 0, words, [&] { source->accept(received.message); });
    std::vector<Typed> left = test::take_all(queue);
    std::vector<Typed> expected = rest;
    std::sort(left.begin(), left.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(left, expected);
  }
}

TEST_F(SysvMqSafe, WhatItTookByMistakeWaitsForRoom) {
  const sysv::Found queue = test::make_sysv_queue();
  test::set_capacity(queue, 10);
  ASSERT_TRUE(test::put(queue, 5, "first") && test::put(queue, 5, "other"));
  const auto source = sysv_mq::safe_source(queue, {});
  const Received received = receive(*source, {});
  ASSERT_EQ(test::take(queue), (Typed{5, "first"}));
  // While the source looks at "other", its room is taken: a sender waits for it.
  ASSERT_TRUE(test::put(queue, 6, "12345"));
  const pid_t sender = test::start([&queue] {
    const char bytes[16] = {7};
    return ::msgsnd(queue.id, bytes, 5, 0) == 0 ? 0 : 1;
  });
  EXPECT_TRUE([&] {
    for (int i = 0; i < 2000; ++i) {
      if (!sysv_mq::inspect(queue, Holders::find).waiters.empty()) return true;
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }());
  std::atomic<bool> is_over{false};
  std::thread receiver{[&] {
    for (int i = 0; i < 200 && !is_over; ++i) std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(test::take(queue, 6));
  }};
  expect_error(Exit::failed, 0, "another process received", [&] { source->accept(received.message); });
  is_over = true;
  receiver.join();
  EXPECT_EQ(test::wait_status(sender), 0);
  std::vector<Typed> left = test::take_all(queue);
  std::sort(left.begin(), left.end());
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0], (Typed{5, "other"}));
  EXPECT_EQ(left[1].first, 7);
}

TEST_F(SysvMqSafe, RemovedBeforeItIsAccepted) {
  sysv::Found queue = test::make_sysv_queue();
  queue.text = "0x2a";
  ASSERT_TRUE(test::put(queue, 5, "first"));
  const auto source = sysv_mq::safe_source(queue, {});
  const Received received = receive(*source, {});
  ASSERT_EQ(::msgctl(queue.id, IPC_RMID, nullptr), 0);
  expect_error(Exit::missing, 0, "0x2a: " + std::string(missing), [&] { source->accept(received.message); });
}

// A stop request after the source has failed in its wait finds nothing of it.
TEST_F(SysvMqSafe, AStopRequestAfterAFailedWaitDoesNoHarm) {
  const sysv::Found queue = test::make_sysv_queue();
  const StopSignals stop;
  {
    const auto source = sysv_mq::safe_source(queue, {});
    std::thread remover = once_asleep([&queue] { EXPECT_EQ(::msgctl(queue.id, IPC_RMID, nullptr), 0); });
    expect_error(Exit::missing, 0, removed, [&] { static_cast<void>(receive(*source, {.stop = &stop})); });
    remover.join();
  }
  ::raise(SIGTERM);
  EXPECT_EQ(StopSignals::requested(), SIGTERM);
}

TEST_F(SysvMqSink, DescribesItself) {
  const sysv::Found queue = test::make_sysv_queue();
  EXPECT_EQ(sysv_mq::sink(queue, 1)->mechanism(), "sysv-mq");
  EXPECT_EQ(sysv_mq::sink(queue, 1)->name(), queue.name);
  const auto longest = static_cast<std::size_t>(sysv_mq::limits().msgmax);
  EXPECT_EQ(sysv_mq::sink(queue, 1)->capacity(), longest);
  test::set_capacity(queue, 10);
  EXPECT_EQ(sysv_mq::sink(queue, 1)->capacity(), 10U);
}

TEST_F(SysvMqSink, SendsAnyBytesAtItsType) {
  const sysv::Found queue = test::make_sysv_queue();
  EXPECT_EQ(sysv_mq::sink(queue, 1)->send(all_bytes(), {}), Outcome::done);
  EXPECT_EQ(sysv_mq::sink(queue, max_type)->send("", no_wait()), Outcome::done);
  const auto sink = sysv_mq::sink(queue, 7);
  EXPECT_EQ(sink->send("longer", within(1h)), Outcome::done);
  EXPECT_EQ(sink->send("x", {}), Outcome::done);
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{1, all_bytes()}, {max_type, ""}, {7, "longer"}, {7, "x"}}));
}

TEST_F(SysvMqSink, FullTimesOut) {
  const sysv::Found queue = test::make_sysv_queue();
  test::set_capacity(queue, 8);
  const auto sink = sysv_mq::sink(queue, 1);
  ASSERT_EQ(sink->send("12345", no_wait()), Outcome::done);
  EXPECT_EQ(sink->send("1234", no_wait()), Outcome::timed_out);
  const auto begin = Clock::now();
  EXPECT_EQ(sink->send("1234", within(30ms)), Outcome::timed_out);
  EXPECT_GE(Clock::now() - begin, 30ms);
  const test::Pipe pipe = ready_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(sink->send("1234", {.also = also}), Outcome::woken);
  EXPECT_EQ(sink->send("123", {.also = also}), Outcome::done) << "room wins";
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{1, "12345"}, {1, "123"}}));
}

TEST_F(SysvMqSink, WaitsForRoom) {
  const sysv::Found queue = test::make_sysv_queue();
  test::set_capacity(queue, 1);
  const auto sink = sysv_mq::sink(queue, 2);
  ASSERT_EQ(sink->send("0", {}), Outcome::done);
  std::string last = "0";
  for (const Wait& wait : {Wait{}, within(1h)}) {
    std::thread receiver = once_asleep([&] { EXPECT_EQ(test::take(queue), (Typed{2, last})); });
    const std::string text = last == "0" ? "1" : "2";
    EXPECT_EQ(sink->send(text, wait), Outcome::done);
    receiver.join();
    last = text;
  }
  EXPECT_EQ(test::take_all(queue), (std::vector<Typed>{{2, "2"}}));
}

TEST_F(SysvMqSink, StopEndsTheWaitAndWins) {
  const sysv::Found queue = test::make_sysv_queue();
  test::set_capacity(queue, 1);
  const auto sink = sysv_mq::sink(queue, 1);
  for (const Deadline deadline : {Deadline::never(), Deadline::now(), Deadline::after(1h)}) {
    const StopSignals stop;
    ::raise(SIGINT);
    EXPECT_EQ(sink->send("x", {.deadline = deadline, .stop = &stop}), Outcome::stopped);
  }
  EXPECT_EQ(test::count(queue), 0U);
  ASSERT_EQ(sink->send("x", {}), Outcome::done);
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const StopSignals stop;
    std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
    EXPECT_EQ(sink->send("y", {.deadline = deadline, .stop = &stop}), Outcome::stopped);
    killer.join();
  }
  EXPECT_EQ(test::count(queue), 1U);
}

TEST_F(SysvMqSink, RefusesWhatCanNeverFit) {
  const sysv::Found queue = test::make_sysv_queue();
  const std::string most = std::to_string(sysv_mq::limits().msgmax);
  const auto sink = sysv_mq::sink(queue, 1);
  const std::string too_long(sink->capacity() + 1, 'x');
  const std::string kernel = ", the kernel takes " + most + " (sysctl kernel.msgmax=N raises it)";
  for (const Wait& wait : {Wait{}, no_wait()}) {
    expect_error(Exit::failed, EINVAL,
                 queue.text + ": message is " + std::to_string(too_long.size()) + " bytes" + kernel,
                 [&] { static_cast<void>(sink->send(too_long, wait)); });
  }
  expect_error(Exit::failed, EINVAL, "message is more than " + most + " bytes" + kernel,
               [&] { sink->refuse_length(std::nullopt); });
  test::set_capacity(queue, 10);
  const auto small = sysv_mq::sink(queue, 1);
  expect_error(Exit::failed, EINVAL,
               "message is 11 bytes, the whole queue takes 10 (ipctl sysv-mq set " + queue.name + " --bytes SIZE)",
               [&] { static_cast<void>(small->send("12345678901", {})); });
  EXPECT_EQ(small->send("1234567890", {}), Outcome::done);
}

TEST_F(SysvMqSink, RemovedWhileItWaits) {
  for (const Wait& wait : {Wait{}, within(1h)}) {
    const sysv::Found queue = test::make_sysv_queue();
    test::set_capacity(queue, 1);
    const auto sink = sysv_mq::sink(queue, 1);
    ASSERT_EQ(sink->send("x", {}), Outcome::done);
    std::thread remover = once_asleep([&queue] { EXPECT_EQ(::msgctl(queue.id, IPC_RMID, nullptr), 0); });
    expect_error(Exit::missing, 0, removed, [&] { static_cast<void>(sink->send("y", wait)); });
    remover.join();
    expect_error(Exit::missing, 0, missing, [&] { static_cast<void>(sink->send("y", wait)); });
  }
}

TEST_F(SysvMqSink, DeniedIsSaidWithOwnerAndMode) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const sysv::Found queue = test::make_sysv_queue(0604);
  EXPECT_TRUE(test::holds_in_child([&queue] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "0604",
                 [&] { static_cast<void>(sysv_mq::sink(queue, 1)->send("x", no_wait())); });
  }));
}

}  // namespace
}  // namespace ipctl
