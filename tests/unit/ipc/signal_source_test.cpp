// signals: what a source hands out of those that this process sends to itself, in children of their own.
#include "ipc/signal_source.hpp"

#include <algorithm>
#include <csignal>

#include "os/error.hpp"
#include "tests/unit/ipc/support.hpp"

namespace ipctl::signals {
namespace {

const MessageField& field(const Message& message, std::string_view key) {
  const auto found = std::find_if(message.fields.begin(), message.fields.end(),
                                  [key](const MessageField& each) { return each.key == key; });
  EXPECT_NE(found, message.fields.end()) << key;
  return *found;
}

std::int64_t number(const Message& message, std::string_view key) {
  const auto* const value = std::get_if<std::int64_t>(&field(message, key).value);
  EXPECT_NE(value, nullptr) << key;
  return value != nullptr ? *value : -1;
}

bool is_unknown(const Message& message, std::string_view key) {
  return std::holds_alternative<std::monostate>(field(message, key).value);
}

void queue(int signal, int value) {
  sigval data{};
  data.sival_int = value;
  EXPECT_EQ(::sigqueue(::getpid(), signal, data), 0);
}

TEST(SignalSource, HandsOutEachWithItsValue) {
  EXPECT_TRUE(test::holds_in_child([] {
    const auto from = source({SIGRTMIN, SIGUSR1});
    queue(SIGRTMIN, 1);
    queue(SIGRTMIN, -2);
    ::kill(::getpid(), SIGUSR1);
    ::kill(::getpid(), SIGUSR1);
    Message message;
    ASSERT_EQ(from->receive({}, message, {Deadline::now()}), Outcome::done);
    EXPECT_EQ(message.data, "USR1");
    EXPECT_EQ(message.sender_pid, ::getpid());
    EXPECT_EQ(message.sender_uid, ::getuid());
    EXPECT_TRUE(is_unknown(message, "value"));
    EXPECT_EQ(std::get<std::string_view>(field(message, "code").value), "user");
    EXPECT_EQ(std::get<bool>(field(message, "lost").value), false);
    for (const int value : {1, -2}) {
      ASSERT_EQ(from->receive({}, message, {Deadline::now()}), Outcome::done);
      EXPECT_EQ(message.name, "RTMIN");
      EXPECT_EQ(number(message, "value"), value);
      EXPECT_EQ(number(message, "si_code"), SI_QUEUE);
      EXPECT_EQ(number(message, "number"), SIGRTMIN);
    }
    EXPECT_EQ(from->receive({}, message, {Deadline::now()}), Outcome::timed_out);
    EXPECT_FALSE(from->give_back(message));
  }));
}

TEST(SignalSource, TellsOfTimers) {
  EXPECT_TRUE(test::holds_in_child([] {
    const auto from = source({SIGUSR2});
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGUSR2;
    event.sigev_value.sival_int = 11;
    timer_t timer{};
    ASSERT_EQ(::timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
    const itimerspec soon{.it_interval = {}, .it_value = {.tv_sec = 0, .tv_nsec = 1000000}};
    ASSERT_EQ(::timer_settime(timer, 0, &soon, nullptr), 0);
    Message message;
    ASSERT_EQ(from->receive({}, message, {}), Outcome::done);
    EXPECT_EQ(number(message, "value"), 11);
    EXPECT_EQ(number(message, "overrun"), 0);
    EXPECT_EQ(std::get<std::string_view>(field(message, "code").value), "timer");
    EXPECT_EQ(message.sender_pid, std::nullopt);
    ::timer_delete(timer);
  }));
}

TEST(SignalSource, TellsOfDescriptors) {
  EXPECT_TRUE(test::holds_in_child([] {
    const auto from = source({SIGIO});
    const test::Pipe pipe = test::make_pipe();
    ASSERT_EQ(::fcntl(pipe.reader.get(), F_SETOWN, ::getpid()), 0);
    ASSERT_EQ(::fcntl(pipe.reader.get(), F_SETSIG, SIGIO), 0);
    ASSERT_EQ(::fcntl(pipe.reader.get(), F_SETFL, O_ASYNC), 0);
    ASSERT_EQ(::write(pipe.writer.get(), "x", 1), 1);
    Message message;
    ASSERT_EQ(from->receive({}, message, {}), Outcome::done);
    EXPECT_EQ(number(message, "fd"), pipe.reader.get());
    EXPECT_EQ(std::get<std::string_view>(field(message, "code").value), "input");
  }));
}

TEST(SignalSource, RefusesWhatNobodyCanWaitFor) {
  EXPECT_THROW(require_receivable(SIGKILL), UsageError);
  EXPECT_THROW(require_receivable(SIGSTOP), UsageError);
  EXPECT_NO_THROW(require_receivable(SIGTERM));
}

TEST(SignalSource, HasWordsForCodes) {
  EXPECT_EQ(code_in_words(SIGUSR1, SI_TKILL), "tkill");
  EXPECT_EQ(code_in_words(SIGCHLD, CLD_DUMPED), "child dumped core");
  EXPECT_EQ(code_in_words(SIGUSR1, CLD_DUMPED), "");
  EXPECT_EQ(code_in_words(SIGIO, POLL_HUP), "hangup");
  EXPECT_EQ(code_in_words(SIGUSR1, -99), "");
}

}  // namespace
}  // namespace ipctl::signals
