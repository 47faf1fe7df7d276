// CommandPipe
#include "os/command_pipe.hpp"

#include <csignal>
#include <cstring>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/signals.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using Way = CommandPipe::Way;

std::string all_of(int fd) {
  std::string text;
  std::array<char, 4096> data{};
  ssize_t got = 0;
  while ((got = ::read(fd, data.data(), data.size())) > 0) text.append(data.data(), static_cast<std::size_t>(got));
  EXPECT_EQ(got, 0);
  return text;
}

TEST(CommandPipe, From) {
  CommandPipe pipe{Way::from, {"printf", "%s|", "a b", "$(x)"}};
  EXPECT_EQ(all_of(pipe.end()), "a b|$(x)|");
  EXPECT_EQ(pipe.close(), 0);
  EXPECT_EQ(pipe.end(), -1);
  EXPECT_EQ(pipe.close(), 0);
}

TEST(CommandPipe, To) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.path() + "/file";
  CommandPipe pipe{Way::to, shell_command("cat >\"$FILE\"; exit 6"), {{"FILE", file}}};
  ASSERT_EQ(write_all(pipe.end(), "text"), 0);
  EXPECT_FALSE(pipe.child().poll());
  EXPECT_EQ(pipe.close(), 6);
  const Fd read{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  EXPECT_EQ(all_of(read.get()), "text");
}

TEST(CommandPipe, TheEndIsOursAlone) {
  CommandPipe pipe{Way::to, {"cat"}};
  CommandPipe other{Way::to, {"cat"}};
  EXPECT_NE(::fcntl(pipe.end(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_EQ(pipe.close(), 0) << "the other command does not keep it open";
  Fd taken = other.take_end();
  EXPECT_EQ(other.end(), -1);
  other.close_end();
  EXPECT_FALSE(other.child().poll());
  taken.reset();
  EXPECT_EQ(other.close(), 0);
}

TEST(CommandPipe, AWriteToACommandThatEndedFails) {
  const StopSignals stop;
  CommandPipe pipe{Way::to, {"true"}};
  EXPECT_EQ(pipe.child().wait(), 0);
  EXPECT_EQ(write_all(pipe.end(), "text"), EPIPE);
}

TEST(CommandPipe, TheCommandSeesThatNobodyReads) {
  CommandPipe pipe{Way::from, {"yes"}};
  EXPECT_EQ(pipe.close(), 128 + SIGPIPE);
  EXPECT_EQ(pipe.child().end()->signal, SIGPIPE);
}

TEST(CommandPipe, ShellTextThatBeginsWithADash) {
  CommandPipe pipe{Way::from, shell_command("-no-such-option")};
  EXPECT_EQ(all_of(pipe.end()), "");
  EXPECT_EQ(pipe.close(), 127);
}

TEST(CommandPipe, NotFound) {
  const Fd lowest{::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)};
  try {
    CommandPipe pipe{Way::to, {"no-such-command"}};
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Exit::not_found);
  }
  const Fd next{::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)};
  EXPECT_EQ(next.get(), lowest.get() + 1) << "no descriptor is left over";
}

}  // namespace
}  // namespace ipctl
