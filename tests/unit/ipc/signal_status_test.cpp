// signals: status files, and what a signal does to threads that have this status.
#include "ipc/signal_status.hpp"

#include <csignal>

#include "ipc/signal_target.hpp"
#include "tests/unit/ipc/support.hpp"

namespace ipctl::signals {
namespace {

constexpr std::string_view text =
    "Name:\tSigBlk: x\nState:\tS (sleeping)\nUid:\t1\t2\t3\t4\nSigQ:\t3/100\nSigPnd:\t0000000000000001\n"
    "ShdPnd:\t0000000200000000\nSigBlk:\t0000000000000200\nSigIgn:\t0000000000001000\nSigCgt:\tffffffffffffffff\n";

TEST(SignalStatus, IsRead) {
  const Status status = parse_status(text);
  EXPECT_EQ(status.state, "sleeping");
  EXPECT_EQ(status.uid, 2U);
  EXPECT_EQ(status.queued, 3U);
  EXPECT_EQ(status.limit, 100U);
  EXPECT_EQ(status.pending, bit(SIGHUP));
  EXPECT_EQ(status.shared, bit(SIGRTMIN));
  EXPECT_EQ(status.blocked, bit(SIGUSR1));
  EXPECT_EQ(status.ignored, bit(SIGPIPE));
  EXPECT_EQ(status.caught, ~Mask{0});
}

TEST(SignalStatus, WithoutTheLinesIsUnknown) {
  for (const std::string_view other : {"", "\n\n", "Name:\n", "SigQ:\t\nSigBlk:\tx\nUid:\t\n", ":::", "SigBlk"}) {
    const Status status = parse_status(other);
    EXPECT_EQ(status.blocked, std::nullopt) << other;
    EXPECT_EQ(status.queued, std::nullopt) << other;
    EXPECT_EQ(status.uid, std::nullopt) << other;
  }
}

std::vector<ThreadObject> threads(std::vector<Mask> blocked, Mask ignored = 0, Mask caught = 0) {
  std::vector<ThreadObject> all;
  for (const Mask mask : blocked) {
    ThreadObject& thread = all.emplace_back();
    thread.pid = 100;
    thread.process.threads = blocked.size();
    thread.status.blocked = mask;
    thread.status.ignored = ignored;
    thread.status.caught = caught;
  }
  return all;
}

std::vector<std::string> effects(std::vector<ThreadObject> all, int signal) {
  set_effects(all, signal);
  std::vector<std::string> out;
  for (const ThreadObject& thread : all) out.push_back(thread.effect);
  return out;
}

using Effects = std::vector<std::string>;

TEST(SignalStatus, TellsTheEffect) {
  const Mask term = bit(SIGTERM);
  EXPECT_EQ(effects(threads({0}), SIGTERM), Effects{"ends the process"});
  EXPECT_EQ(effects(threads({term, 0}), SIGTERM),
            (Effects{"another thread gets it: ends the process", "ends the process"}));
  EXPECT_EQ(effects(threads({term, term}), SIGTERM),
            (Effects{"waits: all threads block it", "waits: all threads block it"}));
  EXPECT_EQ(effects(threads({0}, term), SIGTERM), Effects{"nothing: it is ignored"});
  EXPECT_EQ(effects(threads({term, 0}, term), SIGTERM), (Effects{"nothing: it is ignored", "nothing: it is ignored"}));
  EXPECT_EQ(effects(threads({0}, 0, term), SIGTERM), Effects{"its handler runs"});
  EXPECT_EQ(effects(threads({0}), SIGCONT), Effects{"continues the process if it is stopped"});
  EXPECT_EQ(effects(threads({bit(SIGCONT)}), SIGCONT),
            Effects{"continues the process if it is stopped; waits: all threads block it"});
}

TEST(SignalStatus, OfProcess1IsProtected) {
  auto first = threads({0}, 0, bit(SIGHUP));
  first[0].pid = 1;
  EXPECT_EQ(effects(first, SIGHUP), Effects{"its handler runs"});
  EXPECT_EQ(effects(first, SIGTERM), Effects{"nothing: process 1 does not catch it"});
  EXPECT_EQ(effects(first, SIGKILL), Effects{"nothing: process 1 is protected"});
}

TEST(SignalStatus, ThatIsUnknownHasNoEffect) {
  auto hidden = threads({0});
  hidden[0].status.caught.reset();
  EXPECT_EQ(effects(hidden, SIGTERM), Effects{""});
}

TEST(SignalTarget, IsRead) {
  EXPECT_EQ(parse_target("12").pid, 12);
  EXPECT_EQ(parse_target("12").inode, std::nullopt);
  EXPECT_EQ(parse_target("12:345").inode, 345U);
  for (const char* wrong : {"", "0", "-1", ":", "1:", ":1", "1:x", "1:2:3", "x", "2147483648", "TERM"}) {
    EXPECT_THROW(static_cast<void>(parse_target(wrong)), UsageError) << wrong;
  }
}

TEST(SignalStatus, OfThisProcessIsFound) {
  const auto all = inspect(std::to_string(::getpid()), SIGKILL);
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().thread, ::getpid());
  EXPECT_EQ(all.front().uid, ::geteuid());
  EXPECT_EQ(all.front().effect, "ends the process");
}

}  // namespace
}  // namespace ipctl::signals
