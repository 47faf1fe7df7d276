// CommandEnd, signal_name and end_as
#include "os/command_end.hpp"

#include <csignal>

#include "support.hpp"

namespace ipctl {
namespace {

TEST(CommandEnd, FromAWaitStatus) {
  const CommandEnd by_itself = command_end(test::in_child([] { return 143; }));
  EXPECT_EQ(by_itself.status, 143);
  EXPECT_EQ(by_itself.signal, 0);
  const CommandEnd killed = command_end(test::in_child([] { return ::kill(::getpid(), SIGKILL); }));
  EXPECT_EQ(killed.status, 128 + SIGKILL);
  EXPECT_EQ(killed.signal, SIGKILL);
}

TEST(SignalName, AsInSignal7) {
  EXPECT_EQ(signal_name(SIGTERM), "SIGTERM");
  EXPECT_EQ(signal_name(SIGCHLD), "SIGCHLD");
  EXPECT_EQ(signal_name(SIGRTMIN), "SIGRTMIN");
  EXPECT_EQ(signal_name(SIGRTMIN + 2), "SIGRTMIN+2");
  EXPECT_EQ(signal_name(99), "signal 99");
  EXPECT_EQ(signal_name(0), "signal 0");
}

TEST(EndAs, TheSignalThatEndedBothIsSeen) {
  EXPECT_EQ(static_cast<int>(end_as(7, SIGINT)), 7);
  EXPECT_EQ(static_cast<int>(end_as(128 + SIGINT, 0)), 128 + SIGINT);
  EXPECT_EQ(static_cast<int>(end_as(128 + SIGINT, SIGTERM)), 128 + SIGINT);
  const int status = test::in_child([] { return static_cast<int>(end_as(128 + SIGTERM, SIGTERM)); });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGTERM);
}

}  // namespace
}  // namespace ipctl
