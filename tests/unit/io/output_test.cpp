// output: writes that are checked, lines for a person, and when there are colours.
#include "io/output.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "os/error.hpp"
#include "os/signals.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

Output named() {
  return {.command = "mq send"};
}

TEST(Output, WritesAtOnce) {
  const test::Ended ended = test::run_child([] {
    named().write("one");
    named().write("");
    named().write(std::string(100000, 'x'));
    return ::raise(SIGKILL);  // nothing was left to flush
  });
  EXPECT_TRUE(ended.out == "one" + std::string(100000, 'x'));
}

int code_of_write() {
  const StopSignals ignoring_sigpipe;
  try {
    named().write("text");
    return 0;
  } catch (const Error& error) {
    return error.code();
  }
}

TEST(Output, WritesThatFail) {
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  EXPECT_EQ(test::run_child(code_of_write, full.get()).exit(), ENOSPC);
  test::Pipe pipe = test::make_pipe();
  pipe.reader.reset();
  EXPECT_EQ(test::run_child(code_of_write, pipe.writer.get()).exit(), EPIPE);
}

TEST(Output, LinesForAPerson) {
  const test::Ended ended = test::run_child([] {
    Output output = named();
    output.note("a note");
    output.complain("a failure");
    output.quiet = true;
    output.note("another note");
    output.complain("another failure");
    return 0;
  });
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.err, "ipctl: mq send: a note\nipctl: mq send: a failure\nipctl: mq send: another failure\n");
}

bool colored(Color color, const char* no_color, const char* terminal, int out) {
  return test::run_child(
             [&] {
               no_color == nullptr ? ::unsetenv("NO_COLOR") : ::setenv("NO_COLOR", no_color, 1);
               terminal == nullptr ? ::unsetenv("TERM") : ::setenv("TERM", terminal, 1);
               return Output{.color = color}.colored() ? 1 : 0;
             },
             out)
             .exit() == 1;
}

TEST(Output, Colors) {
  EXPECT_TRUE(colored(Color::always, "1", "dumb", -1));
  EXPECT_FALSE(colored(Color::automatic, nullptr, "xterm", -1)) << "a file";
  const Fd terminal{::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
  if (!terminal) GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_TRUE(colored(Color::automatic, nullptr, "xterm", terminal.get()));
  EXPECT_TRUE(colored(Color::automatic, "", "xterm", terminal.get()));
  EXPECT_FALSE(colored(Color::automatic, "1", "xterm", terminal.get()));
  EXPECT_FALSE(colored(Color::automatic, nullptr, "dumb", terminal.get()));
  EXPECT_FALSE(colored(Color::automatic, nullptr, nullptr, terminal.get()));
  EXPECT_FALSE(colored(Color::never, nullptr, "xterm", terminal.get()));
}

}  // namespace
}  // namespace ipctl
