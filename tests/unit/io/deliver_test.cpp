// deliver: the bytes of a record in every style, writes that fail, and what a command is given.
#include "io/deliver.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "io/json.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;

Message message_of(std::string_view data) {
  Message message;
  message.mechanism = "mq";
  message.name = "/jobs";
  message.data = data;
  message.priority = 7;
  message.sequence = 3;
  return message;
}

Framing delimited(std::string delimiter) {
  Framing framing{FramingKind::delimiter};
  framing.delimiter = std::move(delimiter);
  return framing;
}

std::string written(RecordStyle style, std::string_view data) {
  Recorder recorder{std::move(style)};
  const Fd file = test::memory_file();
  EXPECT_EQ(recorder.write(file.get(), message_of(data)), 0);
  return test::all_of(file);
}

TEST(Recorder, Framings) {
  EXPECT_EQ(written({}, "a\nb"), "a\nb\n");
  EXPECT_EQ(written({.framing = FramingKind::lines}, ""), "\n");
  EXPECT_EQ(written({.framing = FramingKind::null}, "a"), "a\0"s);
  EXPECT_EQ(written({.framing = delimited("--")}, "a"), "a--");
  EXPECT_EQ(written({.framing = FramingKind::whole}, "a"), "a");
  EXPECT_EQ(written({.framing = FramingKind::whole}, ""), "");
  EXPECT_EQ(written({.framing = FramingKind::length_prefix}, "abc"), "\3\0\0\0abc"s);
  EXPECT_EQ(written({.framing = FramingKind::length_prefix}, ""), "\0\0\0\0"s);
  EXPECT_EQ(written({.no_newline = true}, test::all_bytes()), test::all_bytes());
}

TEST(Recorder, Styles) {
  EXPECT_EQ(written({.encoding = Encoding::hex}, "a\n"), "610a\n");
  EXPECT_EQ(written({.framing = FramingKind::length_prefix, .encoding = Encoding::hex}, "a\n"),
            length_prefix(4) + "610a");
  EXPECT_EQ(written({.encoding = Encoding::base64}, "a"), "YQ==\n");
  EXPECT_EQ(written({.encoding = Encoding::quoted}, "\x1b"), "\\x1b\n");
  EXPECT_EQ(written({.format = Format{"%p:%s"}}, "a"), "7:a\n");
  EXPECT_EQ(written({.format = Format{"%p:%s"}, .no_newline = true}, "a"), "7:a");
  EXPECT_EQ(written({.format = Format{""}}, "a"), "\n");
  EXPECT_EQ(written({.json = true}, "a"), message_json(message_of("a")) + "\n");
}

TEST(Recorder, BodyIsWithoutFraming) {
  Recorder lines{{.framing = FramingKind::lines}};
  EXPECT_EQ(lines.body(message_of("a")), "a");
  Recorder prefixed{{.framing = FramingKind::length_prefix, .encoding = Encoding::hex}};
  EXPECT_EQ(prefixed.body(message_of("a")), "61");
}

TEST(Recorder, OneAfterTheOther) {
  Recorder recorder{{.framing = FramingKind::length_prefix, .format = Format{"%l"}}};
  const Fd file = test::memory_file();
  for (const char* data : {"aaa", "", "bb"}) EXPECT_EQ(recorder.write(file.get(), message_of(data)), 0);
  EXPECT_EQ(test::all_of(file), length_prefix(1) + "3" + length_prefix(1) + "0" + length_prefix(1) + "2");
}

TEST(Recorder, RecordsOfAllSizes) {
  for (const std::size_t size : {4090UL, 4091UL, 4092UL, 4093UL, 4095UL, 4096UL, 4097UL, 100000UL}) {
    const std::string data(size, 'x');
    EXPECT_TRUE(written({}, data) == data + "\n") << size;
    EXPECT_TRUE(written({.framing = FramingKind::length_prefix}, data) == length_prefix(size) + data) << size;
  }
}

// A pipe that takes a little at a time: write(2) and writev(2) return short counts.
TEST(Recorder, ShortWrites) {
  const std::string data(300001, 'x');
  for (const int flags : {0, O_NONBLOCK}) {
    test::Pipe pipe = test::make_pipe(flags);
    ::fcntl(pipe.reader.get(), F_SETFL, 0);
    std::string got;
    std::thread reader{[&] { got = test::rest_of(pipe.reader.get()); }};
    Recorder recorder{{.framing = FramingKind::length_prefix}};
    EXPECT_EQ(recorder.write(pipe.writer.get(), message_of(data)), 0);
    pipe.writer.reset();
    reader.join();
    EXPECT_TRUE(got == length_prefix(data.size()) + data);
  }
}

TEST(Recorder, WritesThatFail) {
  const StopSignals ignoring_sigpipe;
  for (const std::size_t size : {1UL, 100000UL}) {
    const std::string data(size, 'x');
    Recorder recorder{{}};
    test::Pipe pipe = test::make_pipe();
    pipe.reader.reset();
    EXPECT_EQ(recorder.write(pipe.writer.get(), message_of(data)), EPIPE);
    const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
    EXPECT_EQ(recorder.write(full.get(), message_of(data)), ENOSPC);
    EXPECT_EQ(recorder.write(-1, message_of(data)), EBADF);
  }
}

std::string value_of(const Environment& environment, std::string_view name) {
  for (const auto& [key, value] : environment) {
    if (key == name) return value;
  }
  return "missing";
}

TEST(EnvironmentOf, WhatIsKnownOfAMessage) {
  Message message = message_of("four");
  message.sender_pid = 4711;
  message.type = 9;
  const Environment environment = environment_of(message);
  EXPECT_EQ(value_of(environment, "IPCTL_MECHANISM"), "mq");
  EXPECT_EQ(value_of(environment, "IPCTL_NAME"), "/jobs");
  EXPECT_EQ(value_of(environment, "IPCTL_SEQ"), "3");
  EXPECT_EQ(value_of(environment, "IPCTL_LENGTH"), "4");
  EXPECT_EQ(value_of(environment, "IPCTL_PRIORITY"), "7");
  EXPECT_EQ(value_of(environment, "IPCTL_TYPE"), "9");
  EXPECT_EQ(value_of(environment, "IPCTL_SENDER_PID"), "4711");
  message.in_doubt = true;
  EXPECT_EQ(value_of(environment_of(message), "IPCTL_IN_DOUBT"), "1");
}

TEST(EnvironmentOf, FieldsOfTheMechanismsOwn) {
  const std::array fields{MessageField{"sender_command", "cat"}, MessageField{"lost", true}, MessageField{"band", {}}};
  Message message = message_of("x");
  message.fields = fields;
  const Environment environment = environment_of(message);
  EXPECT_EQ(value_of(environment, "IPCTL_SENDER_COMMAND"), "cat");
  EXPECT_EQ(value_of(environment, "IPCTL_LOST"), "1");
  EXPECT_EQ(value_of(environment, "IPCTL_BAND"), "");
}

// A listen inside a listen: what the outer one knew must not seem to be known of the inner one's message.
TEST(EnvironmentOf, WhatIsUnknownIsNotInherited) {
  const Environment environment = environment_of(message_of("x"));
  for (const char* name : {"IPCTL_TYPE", "IPCTL_SENDER_PID", "IPCTL_SENDER_UID", "IPCTL_IN_DOUBT"}) {
    EXPECT_EQ(value_of(environment, name), "") << name;
  }
}

test::Ended run_command(const std::vector<std::string>& command, std::string_view body) {
  return test::run_child(
      [&] { return start_command(find_command(command[0]), command, body, message_of(body)).wait(); });
}

TEST(StartCommand, HasTheWholeBodyOnStandardInput) {
  const std::string body = test::all_bytes() + std::string(200000, 'x');
  EXPECT_TRUE(run_command({"cat"}, body).out == body);
  EXPECT_EQ(run_command({"cat"}, "").out, "");
}

TEST(StartCommand, HasTheMessageInItsEnvironment) {
  EXPECT_EQ(run_command({"sh", "-c", "echo \"$IPCTL_NAME $IPCTL_LENGTH $IPCTL_PRIORITY\""}, "abc").out, "/jobs 3 7\n");
}

TEST(StartCommand, ItsStatus) {
  EXPECT_EQ(run_command({"sh", "-c", "exit 9"}, "").exit(), 9);
  EXPECT_EQ(run_command({"sh", "-c", "kill -9 $$"}, "").exit(), 128 + SIGKILL);
}

TEST(StartCommand, MayLeaveItsInput) {
  EXPECT_EQ(run_command({"true"}, std::string(1 << 20, 'x')).exit(), 0);
}

}  // namespace
}  // namespace ipctl
