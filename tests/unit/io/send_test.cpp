// send: what goes into a sink, when sending ends, and that input which was not sent is still there.
#include "io/send.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "os/error.hpp"
#include "tests/unit/io/memory.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

class SendTest : public testing::Test {
 protected:
  // Sends in a child process with `in` as its standard input. An Error is its last line on standard error.
  test::Ended send(int in = -1) {
    sink_.log = log_.get();
    return test::run_child(
        [&] {
          ::setenv("XDG_STATE_HOME", directory_.path().c_str(), 1);
          if (in_child_) in_child_();
          try {
            return send_messages(sink_, options_, output_);
          } catch (const Error& error) {
            output_.complain(error.what());
            return error.status();
          }
        },
        -1, in);
  }
  test::Ended send_text(std::string_view text) {
    const test::Pipe pipe = pipe_with(text, true);
    return send(pipe.reader.get());
  }
  static test::Pipe pipe_with(std::string_view text, bool ends) {
    test::Pipe pipe = test::make_pipe();
    test::put(pipe.writer.get(), text);
    if (ends) pipe.writer.reset();
    return pipe;
  }
  [[nodiscard]] std::string sent() const { return test::all_of(log_); }
  // The one file that holds what was not sent.
  [[nodiscard]] std::string saved(const test::Ended& ended) const {
    const std::string directory = directory_.path() + "/ipctl";
    const auto files = test::names_in(directory);
    EXPECT_EQ(files.size(), 1U);
    EXPECT_TRUE(files.at(0).starts_with("mq-memory-unsent-"));
    EXPECT_NE(ended.err.find(directory + "/" + files.at(0)), std::string::npos) << ended.err;
    return test::all_of(directory + "/" + files.at(0));
  }

  test::TemporaryDirectory directory_;
  Fd log_ = test::memory_file();
  test::MemorySink sink_;
  SendOptions options_;
  Output output_{.command = "mq send"};
  std::function<void()> in_child_;
};

TEST_F(SendTest, EachArgumentIsAMessage) {
  options_.messages = {"one", "", "three\n"};
  const test::Ended ended = send();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out + ended.err, "");
  EXPECT_EQ(sent(), "sent one\nsent \nsent three\n\n");
}

TEST_F(SendTest, StandardInputIsAMessage) {
  EXPECT_EQ(send_text("a\nb\n").exit(), 0);
  EXPECT_EQ(sent(), "sent a\nb\n\n");
}

TEST_F(SendTest, NoInputIsAnEmptyMessage) {
  EXPECT_EQ(send_text("").exit(), 0);
  EXPECT_EQ(sent(), "sent \n");
}

TEST_F(SendTest, InputIsSplit) {
  options_.framing = FramingKind::lines;
  EXPECT_EQ(send_text("one\n\nlast").exit(), 0);
  EXPECT_EQ(sent(), "sent one\nsent \nsent last\n");
}

TEST_F(SendTest, NoLinesAreNoMessages) {
  options_.framing = FramingKind::lines;
  EXPECT_EQ(send_text("").exit(), 0);
  EXPECT_EQ(sent(), "");
}

TEST_F(SendTest, AFileIsAMessage) {
  options_.file = directory_.file("file", "from a file");
  EXPECT_EQ(send().exit(), 0);
  options_.file = "-";
  EXPECT_EQ(send_text("from -").exit(), 0);
  EXPECT_EQ(sent(), "sent from a file\nsent from -\n");
  options_.file = directory_.path() + "/none";
  const test::Ended ended = send();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::failed));
  EXPECT_EQ(ended.err, "ipctl: mq send: " + options_.file + ": open: No such file or directory\n");
}

TEST_F(SendTest, EncodedTextIsDecoded) {
  options_.decoding = Encoding::hex;
  options_.framing = FramingKind::lines;
  const std::string full(sink_.capacity(), 'x');
  EXPECT_EQ(send_text("6869\n 6f 6B \n" + encode(Encoding::hex, full) + "\n").exit(), 0);
  EXPECT_EQ(sent(), "sent hi\nsent ok\nsent " + full + "\n");
}

TEST_F(SendTest, JsonTellsHowMany) {
  options_.messages = {"a", "b"};
  output_.json = true;
  EXPECT_EQ(send().out, "{\"mechanism\":\"mq\",\"name\":\"/memory\",\"sent\":2}\n");
}

TEST_F(SendTest, ALongMessageIsAnErrorAndStaysInTheFile) {
  options_.framing = FramingKind::lines;
  const Fd file = test::memory_file("one\n" + std::string(21, 'x') + "\nthree\n");
  const test::Ended ended = send(file.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_TRUE(ended.err.ends_with("ipctl: mq send: /memory: too long: 21; 1 message sent before it\n")) << ended.err;
  EXPECT_EQ(sent(), "sent one\n");
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_CUR), 4);
}

TEST_F(SendTest, WhatAPipeHeldIsSaved) {
  options_.framing = FramingKind::lines;
  const std::string rest = std::string(21, 'x') + "\nthree\n";
  const test::Ended ended = send_text("one\n" + rest);
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(sent(), "sent one\n");
  EXPECT_EQ(saved(ended), rest);
}

TEST_F(SendTest, WhatCannotBeDecodedIsSaved) {
  options_.framing = FramingKind::lines;
  options_.decoding = Encoding::hex;
  const test::Ended ended = send_text("6f6e65\nxx\n00\n");
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_NE(ended.err.find("is not hexadecimal: 'x' at byte 1"), std::string::npos) << ended.err;
  EXPECT_EQ(sent(), "sent one\n");
  EXPECT_EQ(saved(ended), "xx\n00\n");
}

TEST_F(SendTest, AFullQueueAndNonblock) {
  options_.framing = FramingKind::lines;
  options_.nonblock = true;
  sink_.most = 2;
  const Fd file = test::memory_file("one\ntwo\nthree\nfour\n");
  const test::Ended ended = send(file.get());
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::no));
  EXPECT_EQ(sent(), "sent one\nsent two\n");
  EXPECT_EQ(test::rest_of(file.get()), "three\nfour\n") << "the next reader finds the rest";
  EXPECT_NE(ended.err.find("/memory: is full; 2 messages sent"), std::string::npos) << ended.err;
}

TEST_F(SendTest, QuietStillTellsWhereTheRestIs) {
  options_.framing = FramingKind::lines;
  options_.nonblock = true;
  output_.quiet = true;
  sink_.most = 1;
  const test::Ended ended = send_text("one\ntwo\n");
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::no));
  EXPECT_EQ(saved(ended), "two\n");
  EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
}

TEST_F(SendTest, NonblockStillWaitsForInput) {
  options_.nonblock = true;
  in_child_ = [] {
    test::Pipe pipe = test::make_pipe();
    ::dup2(pipe.reader.get(), STDIN_FILENO);
    std::thread{[writer = std::move(pipe.writer), sender = ::gettid()]() mutable {
      if (test::wait_until_asleep(sender)) test::put(writer.get(), "late");
      writer.reset();
    }}.detach();
  };
  EXPECT_EQ(send().exit(), 0);
  EXPECT_EQ(sent(), "sent late\n");
}

TEST_F(SendTest, ATimeoutOfTheQueue) {
  options_.messages = {"one", "two"};
  options_.timeout = 20ms;
  sink_.most = 1;
  const test::Ended ended = send();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::timed_out));
  EXPECT_EQ(sent(), "sent one\n");
  EXPECT_EQ(ended.err, "ipctl: mq send: /memory: timed out; 1 message sent\n");
}

TEST_F(SendTest, ATimeoutOfTheInput) {
  options_.framing = FramingKind::lines;
  options_.timeout = 20ms;
  const test::Pipe pipe = pipe_with("one\nbegun", false);
  const test::Ended ended = send(pipe.reader.get());
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::timed_out));
  EXPECT_EQ(sent(), "sent one\n");
  EXPECT_EQ(saved(ended), "begun");
}

TEST_F(SendTest, AStopRequestEndsItByThatSignal) {
  options_.framing = FramingKind::lines;
  sink_.before_send = [this] {
    if (sink_.sent.size() == 1) ::raise(SIGTERM);
  };
  const test::Ended ended = send_text("one\ntwo\nthree\n");
  EXPECT_EQ(ended.signal(), SIGTERM);
  EXPECT_EQ(sent(), "sent one\nsent two\n");
  EXPECT_EQ(saved(ended), "three\n");
}

TEST_F(SendTest, ASinkThatFails) {
  options_.framing = FramingKind::lines;
  sink_.before_send = [this] {
    if (sink_.sent.size() == 1) throw Error{EBADF, "send", "/memory"};
  };
  const Fd file = test::memory_file("one\ntwo\n");
  const test::Ended ended = send(file.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_CUR), 4);
  EXPECT_EQ(ended.err, "ipctl: mq send: /memory: send: Bad file descriptor; 1 message sent before it\n");
}

std::string refusal(const SendOptions& options) {
  try {
    validate(options);
    return "taken";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(SendOptions, WhatExcludesWhat) {
  SendOptions options;
  EXPECT_EQ(refusal(options), "taken");
  options.framing = FramingKind::lines;
  options.file = "f";
  options.timeout = 1s;
  EXPECT_EQ(refusal(options), "taken");
  options.nonblock = true;
  EXPECT_EQ(refusal(options), "--nonblock and --timeout exclude each other");
  options.timeout.reset();
  options.messages = {"x"};
  EXPECT_EQ(refusal(options), "messages come from arguments or from --file, not both");
  options.file.clear();
  EXPECT_EQ(refusal(options), "each argument is one message: what splits input has no use with MSG");
}

}  // namespace
}  // namespace ipctl
