// command_records: a command's status, and how its end and its time limit decide ours.
#include "io/command_records.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using test::Ended;
using test::run_child;

Ended send(const std::string& command, RecordSendOptions options) {
  return run_child([&] {
    const Output output{.command = "pipe send"};
    return send_to_command(command, options, output);
  });
}

Ended receive(const std::string& command, const RecordReceiveOptions& options) {
  return run_child([&] {
    const Output output{.command = "pipe recv"};
    return receive_from_command(command, options, output);
  });
}

TEST(CommandRecords, SendsAndHasItsStatus) {
  const Ended ended = send("cat; exit 7", {{.messages = {"a", "b c"}}});
  EXPECT_EQ(ended.exit(), 7);
  EXPECT_EQ(ended.out, "a\nb c\n");
  EXPECT_EQ(ended.err, "");
}

TEST(CommandRecords, SendsMessagesOfAnyLength) {
  const Ended ended = send("wc -c", {{.messages = {std::string(100'000, 'x')}}});
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "100001\n");
}

TEST(CommandRecords, FailsWhereTheCommandDoesNotRead) {
  const Ended ended = send("true", {{.messages = {std::string(100'000, 'x')}}});
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_NE(ended.err.find("no reader"), std::string::npos) << ended.err;
  EXPECT_EQ(send("exit 6", {{.messages = {std::string(100'000, 'x')}}}).exit(), 6);
}

TEST(CommandRecords, ReceivesAndHasItsStatus) {
  const Ended ended = receive("echo a; echo b; exit 5", {});
  EXPECT_EQ(ended.exit(), 5);
  EXPECT_EQ(ended.out, "a\nb\n");
}

TEST(CommandRecords, MoreThanWasWantedIsNoFailure) {
  RecordReceiveOptions one;
  one.count = 1;
  const Ended ended = receive("while echo y; do :; done", one);
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "y\n");
  EXPECT_EQ(receive("exit 3", one).exit(), 3);
  EXPECT_EQ(receive("true", one).exit(), static_cast<int>(Exit::no));
}

TEST(CommandRecords, TheTimeIsForTheCommandToo) {
  RecordReceiveOptions one;
  one.count = 1;
  one.timeout = 100ms;
  const std::string late = "trap 'echo asked >&2; kill $!; exit' TERM; sleep 1000 <&- >&- 2>&- & wait";
  const Ended received = receive("echo a; " + late, one);
  EXPECT_EQ(received.exit(), static_cast<int>(Exit::timed_out));
  EXPECT_EQ(received.out, "a\n");
  EXPECT_NE(received.err.find("asked"), std::string::npos) << received.err;
  RecordSendOptions options;
  options.messages = {"a"};
  options.timeout = 100ms;
  const Ended sent = send(late, options);
  EXPECT_EQ(sent.exit(), static_cast<int>(Exit::timed_out));
  EXPECT_NE(sent.err.find("asked"), std::string::npos) << sent.err;
}

}  // namespace
}  // namespace ipctl
