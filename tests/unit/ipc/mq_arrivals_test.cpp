// mq: notification of arrivals, mq_notify(3). The peer is the plain API, in a process of its own where that matters.
#include <csignal>

#include "ipc/mq.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

/// The signal that tells of arrivals is blocked from the first Source on: what is left of it is taken away again.
class MqArrivals : public test::PrivateIpc {
 protected:
  void SetUp() override {
    ::pthread_sigmask(SIG_SETMASK, nullptr, &former_);
    PrivateIpc::SetUp();
  }
  void TearDown() override {
    PrivateIpc::TearDown();
    sigset_t arrival;
    ::sigemptyset(&arrival);
    ::sigaddset(&arrival, SIGRTMIN);
    const timespec at_once{};
    while (::sigtimedwait(&arrival, nullptr, &at_once) > 0) continue;
    ::pthread_sigmask(SIG_SETMASK, &former_, nullptr);
  }

 private:
  sigset_t former_{};
};

struct Arrival {
  Outcome outcome = Outcome::ended;
  std::string waiting;
  std::string name;
  std::optional<pid_t> pid;
  std::optional<uid_t> uid;
};

Arrival next(Source& source, const Wait& wait = {.deadline = Deadline::after(20s)}) {
  std::vector<char> place(source.capacity());
  Message message;
  Arrival arrival{
      .outcome = source.receive({.data = place}, message, wait), .waiting = {}, .name = {}, .pid = {}, .uid = {}};
  if (arrival.outcome != Outcome::done) return arrival;
  EXPECT_EQ(message.mechanism, "mq");
  EXPECT_EQ(message.priority, std::nullopt);
  arrival.waiting = message.data;
  arrival.name = message.name;
  arrival.pid = message.sender_pid;
  arrival.uid = message.sender_uid;
  return arrival;
}

bool nothing_comes(Source& source) {
  return next(source, {.deadline = Deadline::now()}).outcome == Outcome::timed_out;
}

std::unique_ptr<Source> arrivals_in(std::initializer_list<const char*> names) {
  std::vector<mq::Queue> queues;
  for (const char* name : names) queues.push_back(mq::Queue::open(name, mq::Access::read));
  return mq::arrivals(std::move(queues));
}

/// Another process sends; its pid.
pid_t send_from_another(const Fd& queue, std::string_view text) {
  const pid_t pid = test::start([&queue, text] { return test::put(queue, text) ? 0 : 1; });
  EXPECT_EQ(test::wait_status(pid), 0);
  return pid;
}

bool is_registered(const std::string& name) {
  return test::status_line(name).find("NOTIFY_PID:0 ") == std::string::npos;
}

TEST_F(MqArrivals, TellsTheSenderAndTakesNothing) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  EXPECT_EQ(source->mechanism(), "mq");
  EXPECT_EQ(source->name(), "/q");
  EXPECT_EQ(source->waiting(), std::nullopt);
  EXPECT_TRUE(nothing_comes(*source));
  const pid_t sender = send_from_another(peer, "text");
  const Arrival arrival = next(*source);
  EXPECT_EQ(arrival.outcome, Outcome::done);
  EXPECT_EQ(arrival.name, "/q");
  EXPECT_EQ(arrival.waiting, "1");
  EXPECT_EQ(arrival.pid, sender);
  EXPECT_EQ(arrival.uid, ::getuid());
  EXPECT_TRUE(nothing_comes(*source));
  EXPECT_EQ(test::take_all(peer), (std::vector<test::Taken>{{"text", 0}}));
}

TEST_F(MqArrivals, TellsAgainAfterTheQueueWasEmptied) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  for (int round = 0; round < 100; ++round) {
    ASSERT_TRUE(test::put(peer, "text"));
    const Arrival arrival = next(*source);
    ASSERT_EQ(arrival.outcome, Outcome::done) << round;
    EXPECT_EQ(arrival.waiting, "1");
    ASSERT_EQ(test::take_all(peer).size(), 1U);
  }
  EXPECT_TRUE(nothing_comes(*source));
}

TEST_F(MqArrivals, OnlyInAnEmptyQueue) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  ASSERT_TRUE(test::put(peer, "first"));
  EXPECT_EQ(next(*source).waiting, "1");
  ASSERT_TRUE(test::put(peer, "second"));
  EXPECT_TRUE(nothing_comes(*source));
}

TEST_F(MqArrivals, WhatComesBetweenTwoLooksIsCounted) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  ASSERT_TRUE(test::put(peer, "one") && test::take(peer) && test::put(peer, "two") && test::put(peer, "three"));
  const Arrival arrival = next(*source);  // the registration had served with "one"
  EXPECT_EQ(arrival.waiting, "2");
  EXPECT_EQ(test::take_all(peer).size(), 2U);
  ASSERT_TRUE(test::put(peer, "four"));
  EXPECT_EQ(next(*source).waiting, "1");
}

TEST_F(MqArrivals, WhatWaitedBeforeIsToldWithoutASender) {
  const Fd full = test::make_queue("/full");
  const Fd empty = test::make_queue("/empty");
  ASSERT_TRUE(test::put(full, "one") && test::put(full, "two"));
  const Fd last = test::make_queue("/last");
  ASSERT_TRUE(test::put(last, "three"));
  const auto source = arrivals_in({"empty", "full", "last"});
  const Arrival arrival = next(*source);
  EXPECT_EQ(arrival.name, "/full");
  EXPECT_EQ(arrival.waiting, "2");
  EXPECT_EQ(arrival.pid, std::nullopt);
  EXPECT_EQ(arrival.uid, std::nullopt);
  EXPECT_EQ(next(*source).name, "/last");
  EXPECT_TRUE(nothing_comes(*source));
}

TEST_F(MqArrivals, SeveralQueues) {
  const Fd one = test::make_queue("/one");
  const Fd two = test::make_queue("/two");
  const auto source = arrivals_in({"one", "two"});
  const pid_t second = send_from_another(two, "text");
  Arrival arrival = next(*source);
  EXPECT_EQ(arrival.name, "/two");
  EXPECT_EQ(arrival.pid, second);
  const pid_t first = send_from_another(one, "text");
  arrival = next(*source);
  EXPECT_EQ(arrival.name, "/one");
  EXPECT_EQ(arrival.pid, first);
}

TEST_F(MqArrivals, EmptyMessagesArriveToo) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  ASSERT_TRUE(test::put(peer, ""));
  EXPECT_EQ(next(*source).waiting, "1");
}

TEST_F(MqArrivals, ReceiverThatWaitsGetsItUntold) {
  const Fd peer = test::make_queue("/q");
  const test::Pipe ready = test::make_pipe();
  const auto source = arrivals_in({"q"});
  std::thread receiver{[&ready] {
    const Fd blocking{::mq_open("/q", O_RDONLY | O_CLOEXEC)};
    const pid_t self = ::gettid();
    EXPECT_EQ(::write(ready.writer.get(), &self, sizeof self), static_cast<ssize_t>(sizeof self));
    EXPECT_EQ(test::take(blocking), (test::Taken{"for the one who waits", 0}));
  }};
  pid_t thread = 0;
  ASSERT_EQ(::read(ready.reader.get(), &thread, sizeof thread), static_cast<ssize_t>(sizeof thread));
  EXPECT_TRUE(test::wait_until_asleep(thread));
  send_from_another(peer, "for the one who waits");
  receiver.join();
  EXPECT_TRUE(nothing_comes(*source));
}

TEST_F(MqArrivals, RegistrationIsAnothers) {
  const Fd peer = test::make_queue("/q");
  const test::Companion other{[] {
    ::prctl(PR_SET_NAME, "the\x1bother");
    sigevent event{};
    event.sigev_notify = SIGEV_NONE;
    const int queue = ::mq_open("/q", O_RDONLY);
    return queue >= 0 && ::mq_notify(queue, &event) == 0;
  }};
  try {
    static_cast<void>(arrivals_in({"q"}));
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), EBUSY);
    EXPECT_EQ(error.what(), "/q: process " + std::to_string(other.pid()) +
                                " (the\\x1bother) holds the registration for notification; a queue has only one");
  }
  EXPECT_TRUE(is_registered("/q"));
}

TEST_F(MqArrivals, RegistrationEndsWithIt) {
  const Fd peer = test::make_queue("/q");
  {
    const auto source = arrivals_in({"q"});
    EXPECT_TRUE(is_registered("/q"));
  }
  EXPECT_FALSE(is_registered("/q"));
  const auto again = arrivals_in({"q"});
  EXPECT_TRUE(is_registered("/q"));
}

TEST_F(MqArrivals, NoRegistrationIsLeftWhenOneIsRefused) {
  const Fd free = test::make_queue("/free");
  const Fd taken = test::make_queue("/taken");
  const test::Companion other{[] {
    sigevent event{};
    event.sigev_notify = SIGEV_NONE;
    const int queue = ::mq_open("/taken", O_RDONLY);
    return queue >= 0 && ::mq_notify(queue, &event) == 0;
  }};
  EXPECT_THROW(static_cast<void>(arrivals_in({"free", "taken"})), Error);
  EXPECT_FALSE(is_registered("/free"));
}

TEST_F(MqArrivals, SignalsOfOthersAreNoArrivals) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  ASSERT_EQ(::sigqueue(::getpid(), SIGRTMIN, {.sival_int = 0}), 0);
  ASSERT_EQ(::kill(::getpid(), SIGRTMIN), 0);
  EXPECT_TRUE(nothing_comes(*source));
  const pid_t sender = send_from_another(peer, "text");
  EXPECT_EQ(next(*source).pid, sender);
}

TEST_F(MqArrivals, TimesOutAndStops) {
  const Fd peer = test::make_queue("/q");
  const auto source = arrivals_in({"q"});
  EXPECT_EQ(next(*source, {.deadline = Deadline::after(10ms)}).outcome, Outcome::timed_out);
  {
    const StopSignals stop;
    std::thread killer{[self = ::pthread_self(), tid = ::gettid()] {
      EXPECT_TRUE(test::wait_until_asleep(tid));
      ::pthread_kill(self, SIGTERM);
    }};
    EXPECT_EQ(next(*source, {.stop = &stop}).outcome, Outcome::stopped);
    killer.join();
  }
  ASSERT_TRUE(test::put(peer, "text"));
  {
    const StopSignals stop;
    ::raise(SIGINT);
    EXPECT_EQ(next(*source, {.stop = &stop}).outcome, Outcome::stopped);
  }
  const test::Pipe pipe = test::make_pipe();
  ASSERT_EQ(::write(pipe.writer.get(), "x", 1), 1);
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  EXPECT_EQ(next(*source, {.also = also}).waiting, "1");
  EXPECT_EQ(next(*source, {.also = also}).outcome, Outcome::woken);
}

TEST_F(MqArrivals, NothingWasTakenSoNothingIsLost) {
  const Fd peer = test::make_queue("/q");
  ASSERT_TRUE(test::put(peer, "text"));
  const auto source = arrivals_in({"q"});
  std::vector<char> place(source->capacity());
  Message message;
  ASSERT_EQ(source->receive({.data = place}, message, {.deadline = Deadline::now()}), Outcome::done);
  EXPECT_TRUE(source->give_back(message));
  EXPECT_EQ(test::count(peer), 1);
}

}  // namespace
}  // namespace ipctl
