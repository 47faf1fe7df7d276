// mq: what the Source and the Sink of POSIX queues do. The peer is the plain API.
#include <array>
#include <csignal>

#include "ipc/mq.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using Clock = std::chrono::steady_clock;
using test::once_asleep;

class MqSource : public test::PrivateIpc {};
class MqSink : public test::PrivateIpc {};

Wait no_wait() {
  return {.deadline = Deadline::now()};
}

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

std::vector<mq::Queue> opened(std::initializer_list<const char*> names, mq::Access access) {
  std::vector<mq::Queue> queues;
  for (const char* name : names) queues.push_back(mq::Queue::open(name, access));
  return queues;
}

std::unique_ptr<Source> source_of(std::initializer_list<const char*> names) {
  return mq::source(opened(names, mq::Access::read));
}

std::unique_ptr<Sink> sink_of(const char* name, std::uint32_t priority = 0) {
  return mq::sink(mq::Queue::open(name, mq::Access::write), priority);
}

/// What receive() gave.
struct Received {
  Outcome outcome = Outcome::ended;
  std::string data;
  std::string name;
  std::optional<std::uint32_t> priority;
};

Received receive(Source& source, const Wait& wait) {
  std::vector<char> place(source.capacity());
  Message message;
  Received received{.outcome = source.receive({.data = place}, message, wait), .data = {}, .name = {}, .priority = {}};
  if (received.outcome != Outcome::done) return received;
  EXPECT_EQ(message.mechanism, "mq");
  received.data = message.data;
  received.name = message.name;
  received.priority = message.priority;
  return received;
}

std::string receive_now(Source& source) {
  const Received received = receive(source, no_wait());
  EXPECT_EQ(received.outcome, Outcome::done);
  return received.data;
}

/// A pipe whose reading end is ready.
test::Pipe ready_pipe() {
  test::Pipe pipe = test::make_pipe();
  EXPECT_EQ(::write(pipe.writer.get(), "x", 1), 1);
  return pipe;
}

TEST_F(MqSource, DescribesItself) {
  const Fd one = test::make_queue("/one", 4, 10);
  const Fd two = test::make_queue("/two", 4, 20);
  const auto source = source_of({"one", "two"});
  EXPECT_EQ(source->mechanism(), "mq");
  EXPECT_EQ(source->name(), "/one");
  EXPECT_EQ(source->capacity(), 20U);
  EXPECT_EQ(source->waiting(), 0U);
  ASSERT_TRUE(test::put(one, "") && test::put(two, "a") && test::put(two, "b"));
  EXPECT_EQ(source->waiting(), 3U);
}

TEST_F(MqSource, HighestPriorityFirstThenOldest) {
  const Fd peer = test::make_queue("/q", 6);
  ASSERT_TRUE(test::put(peer, "low 1", 0) && test::put(peer, "high 1", 7) && test::put(peer, "low 2", 0) &&
              test::put(peer, "top", mq::max_priority) && test::put(peer, "high 2", 7));
  const auto source = source_of({"q"});
  for (const auto& [data, priority] :
       {std::pair{"top", mq::max_priority}, {"high 1", 7U}, {"high 2", 7U}, {"low 1", 0U}, {"low 2", 0U}}) {
    const Received received = receive(*source, no_wait());
    EXPECT_EQ(received.outcome, Outcome::done);
    EXPECT_EQ(received.data, data);
    EXPECT_EQ(received.priority, priority);
    EXPECT_EQ(received.name, "/q");
  }
  EXPECT_EQ(receive(*source, no_wait()).outcome, Outcome::timed_out);
}

TEST_F(MqSource, AnyBytes) {
  const Fd peer = test::make_queue("/q", 4, 256);
  ASSERT_TRUE(test::put(peer, all_bytes()) && test::put(peer, "") && test::put(peer, std::string(256, '\0')));
  const auto source = source_of({"q"});
  EXPECT_EQ(receive_now(*source), all_bytes());
  EXPECT_EQ(receive_now(*source), "");
  EXPECT_EQ(receive_now(*source), std::string(256, '\0'));
}

TEST_F(MqSource, PriorityIsWrittenWhereAsked) {
  const Fd peer = test::make_queue("/q");
  ASSERT_TRUE(test::put(peer, "text", 9));
  const auto source = source_of({"q"});
  std::vector<char> place(source->capacity());
  std::uint32_t attribute = 0;
  Message message;
  ASSERT_EQ(source->receive({.data = place, .attribute = &attribute}, message, no_wait()), Outcome::done);
  EXPECT_EQ(attribute, 9U);
  EXPECT_EQ(message.priority, 9U);
  EXPECT_EQ(message.data.data(), place.data());
}

TEST_F(MqSource, TooSmallAPlaceLosesNothing) {
  const Fd peer = test::make_queue("/q");
  ASSERT_TRUE(test::put(peer, "text"));
  const auto source = source_of({"q"});
  std::vector<char> place(source->capacity() - 1);
  Message message;
  try {
    static_cast<void>(source->receive({.data = place}, message, no_wait()));
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), EMSGSIZE);
    EXPECT_EQ(error.object(), "/q");
  }
  EXPECT_EQ(test::count(peer), 1);
}

TEST_F(MqSource, TimesOut) {
  const Fd peer = test::make_queue("/q");
  const Fd other = test::make_queue("/r");
  for (const auto& source : {source_of({"q"}), source_of({"q", "r"})}) {
    EXPECT_EQ(receive(*source, no_wait()).outcome, Outcome::timed_out);
    const auto begin = Clock::now();
    EXPECT_EQ(receive(*source, {.deadline = Deadline::after(30ms)}).outcome, Outcome::timed_out);
    EXPECT_GE(Clock::now() - begin, 30ms);
  }
}

TEST_F(MqSource, WaitsForAMessage) {
  const Fd peer = test::make_queue("/q");
  const auto source = source_of({"q"});
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    std::thread sender = once_asleep([&peer] { EXPECT_TRUE(test::put(peer, "late", 3)); });
    const Received received = receive(*source, {.deadline = deadline});
    sender.join();
    EXPECT_EQ(received.data, "late");
    EXPECT_EQ(received.priority, 3U);
  }
}

TEST_F(MqSource, ChangesFromWaitingToNotWaiting) {
  const Fd peer = test::make_queue("/q");
  const auto source = source_of({"q"});
  ASSERT_TRUE(test::put(peer, "one"));
  EXPECT_EQ(receive(*source, {}).data, "one");
  EXPECT_EQ(receive(*source, no_wait()).outcome, Outcome::timed_out);
  ASSERT_TRUE(test::put(peer, "two"));
  EXPECT_EQ(receive(*source, {}).data, "two");
}

TEST_F(MqSource, StopEndsEachKindOfWait) {
  const Fd peer = test::make_queue("/q");
  const Fd other = test::make_queue("/r");
  for (const auto& source : {source_of({"q"}), source_of({"q", "r"})}) {
    for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
      const StopSignals stop;
      std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGTERM); });
      EXPECT_EQ(receive(*source, {.deadline = deadline, .stop = &stop}).outcome, Outcome::stopped);
      killer.join();
    }
  }
}

TEST_F(MqSource, StopWinsOverWhatIsThere) {
  const Fd peer = test::make_queue("/q");
  const Fd other = test::make_queue("/r");
  ASSERT_TRUE(test::put(peer, "stays"));
  for (const auto& source : {source_of({"q"}), source_of({"q", "r"})}) {
    for (const Deadline deadline : {Deadline::never(), Deadline::now(), Deadline::after(1h)}) {
      const StopSignals stop;
      ::raise(SIGINT);
      EXPECT_EQ(receive(*source, {.deadline = deadline, .stop = &stop}).outcome, Outcome::stopped);
    }
  }
  EXPECT_EQ(test::count(peer), 1);
}

TEST_F(MqSource, OtherSignalsDoNotEndIt) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  const Fd peer = test::make_queue("/q");
  const auto source = source_of({"q"});
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    std::thread sender = once_asleep([&peer, self = ::pthread_self(), tid = ::gettid()] {
      ::pthread_kill(self, SIGUSR1);
      EXPECT_TRUE(test::wait_until_asleep(tid));
      EXPECT_TRUE(test::put(peer, "text"));
    });
    EXPECT_EQ(receive(*source, {.deadline = deadline}).data, "text");
    sender.join();
  }
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST_F(MqSource, WokenByAnythingElseTakesNothing) {
  const Fd peer = test::make_queue("/q");
  const Fd other = test::make_queue("/r");
  const test::Pipe pipe = ready_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  for (const auto& source : {source_of({"q"}), source_of({"q", "r"})}) {
    EXPECT_EQ(receive(*source, {.also = also}).outcome, Outcome::woken);
    ASSERT_TRUE(test::put(peer, "first"));
    EXPECT_EQ(receive(*source, {.also = also}).data, "first");  // what is there wins
  }
}

TEST_F(MqSource, TakesInTurnFromSeveral) {
  const Fd one = test::make_queue("/one");
  const Fd two = test::make_queue("/two");
  const Fd three = test::make_queue("/three");
  for (const char* text : {"1", "2", "3"}) ASSERT_TRUE(test::put(one, text, 9) && test::put(three, text, 0));
  const auto source = source_of({"one", "two", "three"});
  std::string order;
  for (int i = 0; i < 6; ++i) {
    const Received received = receive(*source, {.deadline = Deadline::after(1h)});
    order += received.name + received.data + ' ';
  }
  EXPECT_EQ(order, "/one1 /three1 /one2 /three2 /one3 /three3 ");
}

TEST_F(MqSource, WaitsForAnyOfSeveral) {
  const Fd one = test::make_queue("/one");
  const Fd two = test::make_queue("/two");
  const auto source = source_of({"one", "two"});
  for (const Fd* const peer : {&two, &one, &two}) {
    std::thread sender = once_asleep([peer] { EXPECT_TRUE(test::put(*peer, "late")); });
    const Received received = receive(*source, {});
    sender.join();
    EXPECT_EQ(received.data, "late");
    EXPECT_EQ(received.name, peer == &one ? "/one" : "/two");
  }
}

TEST_F(MqSource, GivesBackAtItsPriority) {
  const Fd peer = test::make_queue("/q");
  ASSERT_TRUE(test::put(peer, all_bytes().substr(0, 64), 5) && test::put(peer, "same", 5) && test::put(peer, "low", 4));
  const auto source = source_of({"q"});
  std::vector<char> place(source->capacity());
  Message message;
  ASSERT_EQ(source->receive({.data = place}, message, no_wait()), Outcome::done);
  EXPECT_TRUE(source->give_back(message));
  EXPECT_EQ(test::take_all(peer), (std::vector<test::Taken>{{"same", 5}, {all_bytes().substr(0, 64), 5}, {"low", 4}}));
}

TEST_F(MqSource, GivesNothingBackToARemovedQueue) {
  const Fd one = test::make_queue("/one");
  const Fd two = test::make_queue("/two");
  ASSERT_TRUE(test::put(two, "text", 1));
  const auto source = source_of({"one", "two"});
  std::vector<char> place(source->capacity());
  Message message;
  ASSERT_EQ(source->receive({.data = place}, message, no_wait()), Outcome::done);
  ASSERT_EQ(::mq_unlink("/two"), 0);
  const Fd stranger = test::make_queue("/two");  // has the name now
  EXPECT_FALSE(source->give_back(message));
  EXPECT_EQ(test::count(one), 0);
  EXPECT_EQ(test::count(two), 0);
  EXPECT_EQ(test::count(stranger), 0);
}

TEST_F(MqSource, GivesBackToTheQueueItCameFrom) {
  const Fd one = test::make_queue("/one");
  const Fd two = test::make_queue("/two");
  ASSERT_TRUE(test::put(two, "text", 1));
  const auto source = source_of({"one", "two"});
  std::vector<char> place(source->capacity());
  Message message;
  ASSERT_EQ(source->receive({.data = place}, message, no_wait()), Outcome::done);
  EXPECT_TRUE(source->give_back(message));
  EXPECT_EQ(test::count(one), 0);
  EXPECT_EQ(test::take(two), (test::Taken{"text", 1}));
}

TEST_F(MqSource, GivesBackOnlyWhereThereIsRoom) {
  const Fd peer = test::make_queue("/q", 1);
  ASSERT_TRUE(test::put(peer, "text"));
  const auto source = source_of({"q"});
  std::vector<char> place(source->capacity());
  Message message;
  ASSERT_EQ(source->receive({.data = place}, message, {}), Outcome::done);
  ASSERT_TRUE(test::put(peer, "another"));
  EXPECT_FALSE(source->give_back(message));  // and does not wait
  EXPECT_EQ(test::take(peer), (test::Taken{"another", 0}));
  message.name = "/elsewhere";
  EXPECT_FALSE(source->give_back(message));
}

TEST_F(MqSource, GivesBackOnlyWherePermitted) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const Fd peer = test::make_queue("/q", 4, 64, 0644);
  ASSERT_TRUE(test::put(peer, "text"));
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    const auto source = source_of({"q"});
    std::vector<char> place(source->capacity());
    Message message;
    ASSERT_EQ(source->receive({.data = place}, message, no_wait()), Outcome::done);
    EXPECT_FALSE(source->give_back(message));
  }));
}

TEST_F(MqSource, LivesOnWhenItsQueueIsRemoved) {
  const Fd peer = test::make_queue("/q");
  const auto source = source_of({"q"});
  ASSERT_EQ(::mq_unlink("/q"), 0);
  ASSERT_TRUE(test::put(peer, "text"));
  EXPECT_EQ(receive_now(*source), "text");
}

TEST_F(MqSink, DescribesItself) {
  const Fd peer = test::make_queue("/q", 4, 10);
  const auto sink = sink_of("q");
  EXPECT_EQ(sink->mechanism(), "mq");
  EXPECT_EQ(sink->name(), "/q");
  EXPECT_EQ(sink->capacity(), 10U);
}

TEST_F(MqSink, SendsAnyBytesAtItsPriority) {
  const Fd peer = test::make_queue("/q", 4, 256);
  EXPECT_EQ(sink_of("q", 0)->send(all_bytes(), {}), Outcome::done);
  EXPECT_EQ(sink_of("q", mq::max_priority)->send("", no_wait()), Outcome::done);
  const auto sink = sink_of("q", 7);
  EXPECT_EQ(sink->send("first", {.deadline = Deadline::after(1h)}), Outcome::done);
  EXPECT_EQ(sink->send("second", {}), Outcome::done);
  EXPECT_EQ(test::take_all(peer),
            (std::vector<test::Taken>{{"", mq::max_priority}, {"first", 7}, {"second", 7}, {all_bytes(), 0}}));
}

TEST_F(MqSink, RefusesWhatIsTooLong) {
  const Fd peer = test::make_queue("/q", 4, 10);
  const auto sink = sink_of("q");
  EXPECT_EQ(sink->send(std::string(10, 'x'), no_wait()), Outcome::done);
  const auto words_of = [](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), EMSGSIZE);
      EXPECT_EQ(error.status(), Exit::failed);
      return std::string{error.what()};
    }
    return std::string{};
  };
  const std::string rest = " the queue takes 10 (set at creation: --message-size; limit: fs.mqueue.msgsize_max)";
  EXPECT_EQ(words_of([&] { static_cast<void>(sink->send(std::string(11, 'x'), {})); }),
            "/q: message is 11 bytes," + rest);
  EXPECT_EQ(words_of([&] { sink->refuse_length(9000); }), "/q: message is 9000 bytes," + rest);
  EXPECT_EQ(words_of([&] { sink->refuse_length(std::nullopt); }), "/q: message is more than 10 bytes," + rest);
  EXPECT_EQ(test::count(peer), 1);
}

TEST_F(MqSink, FullTimesOut) {
  const Fd peer = test::make_queue("/q", 1);
  const auto sink = sink_of("q");
  ASSERT_EQ(sink->send("first", no_wait()), Outcome::done);
  EXPECT_EQ(sink->send("second", no_wait()), Outcome::timed_out);
  const auto begin = Clock::now();
  EXPECT_EQ(sink->send("second", {.deadline = Deadline::after(30ms)}), Outcome::timed_out);
  EXPECT_GE(Clock::now() - begin, 30ms);
  EXPECT_EQ(test::take_all(peer), (std::vector<test::Taken>{{"first", 0}}));
}

TEST_F(MqSink, WaitsForRoom) {
  const Fd peer = test::make_queue("/q", 1);
  const auto sink = sink_of("q");
  ASSERT_EQ(sink->send("0", {}), Outcome::done);
  std::string last = "0";
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    std::thread receiver = once_asleep([&peer, &last] { EXPECT_EQ(test::take(peer), (test::Taken{last, 0})); });
    const std::string next = last + "+";
    EXPECT_EQ(sink->send(next, {.deadline = deadline}), Outcome::done);
    receiver.join();
    last = next;
  }
  EXPECT_EQ(test::take(peer), (test::Taken{"0++", 0}));
}

TEST_F(MqSink, StopEndsEachKindOfWait) {
  const Fd peer = test::make_queue("/q", 1);
  ASSERT_TRUE(test::put(peer, "first"));
  const auto sink = sink_of("q");
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const StopSignals stop;
    std::thread killer = once_asleep([self = ::pthread_self()] { ::pthread_kill(self, SIGINT); });
    EXPECT_EQ(sink->send("second", {.deadline = deadline, .stop = &stop}), Outcome::stopped);
    killer.join();
  }
  EXPECT_EQ(test::take_all(peer), (std::vector<test::Taken>{{"first", 0}}));
}

TEST_F(MqSink, StopWinsOverRoom) {
  const Fd peer = test::make_queue("/q");
  const auto sink = sink_of("q");
  for (const Deadline deadline : {Deadline::never(), Deadline::now(), Deadline::after(1h)}) {
    const StopSignals stop;
    ::raise(SIGTERM);
    EXPECT_EQ(sink->send("text", {.deadline = deadline, .stop = &stop}), Outcome::stopped);
  }
  EXPECT_EQ(test::count(peer), 0);
}

TEST_F(MqSink, WokenByAnythingElseSendsNothing) {
  const Fd peer = test::make_queue("/q", 1);
  const auto sink = sink_of("q");
  const test::Pipe pipe = ready_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(sink->send("first", {.also = also}), Outcome::done);  // there is room
  EXPECT_EQ(sink->send("second", {.also = also}), Outcome::woken);
  EXPECT_EQ(test::take_all(peer), (std::vector<test::Taken>{{"first", 0}}));
}

}  // namespace
}  // namespace ipctl
