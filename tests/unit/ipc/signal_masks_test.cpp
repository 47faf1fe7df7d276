// signals: which settings follow from options, and what a process has then.
#include "ipc/signal_masks.hpp"

#include <csignal>

#include "os/error.hpp"
#include "tests/unit/os/support.hpp"

namespace ipctl::signals {
namespace {

TEST(SignalMasks, ANameGoesBeforeAll) {
  const Settings settings = parse_settings({"all"}, {"TERM"}, {"HUP"}, {"all"});
  EXPECT_EQ(settings.unblock, bit(SIGTERM));
  EXPECT_EQ(settings.block & bit(SIGTERM), 0U);
  EXPECT_NE(settings.block & bit(SIGHUP), 0U);
  EXPECT_EQ(settings.block & (bit(SIGKILL) | bit(SIGSTOP) | bit(32) | bit(33)), 0U);
  EXPECT_EQ(settings.ignore, bit(SIGHUP));
  EXPECT_EQ(settings.restore & bit(SIGHUP), 0U);
}

TEST(SignalMasks, ContradictionsAreRefused) {
  EXPECT_THROW(static_cast<void>(parse_settings({"TERM"}, {"HUP,TERM"}, {}, {})), UsageError);
  EXPECT_THROW(static_cast<void>(parse_settings({"all"}, {"all"}, {}, {})), UsageError);
  EXPECT_THROW(static_cast<void>(parse_settings({}, {}, {"USR1"}, {"USR1"})), UsageError);
  EXPECT_THROW(static_cast<void>(parse_settings({}, {}, {"KILL"}, {})), UsageError);
  EXPECT_THROW(static_cast<void>(parse_settings({}, {"STOP"}, {}, {})), UsageError);
}

TEST(SignalMasks, AreApplied) {
  const int status = test::in_child([] {
    apply(parse_settings({"USR1,USR2"}, {}, {"HUP"}, {}));
    apply(parse_settings({}, {"USR2"}, {}, {}));
    sigset_t set;
    struct sigaction action {};
    ::sigprocmask(SIG_BLOCK, nullptr, &set);
    ::sigaction(SIGHUP, nullptr, &action);
    if (::sigismember(&set, SIGUSR1) != 1 || ::sigismember(&set, SIGUSR2) != 0 || action.sa_handler != SIG_IGN)
      return 1;
    apply(parse_settings({}, {}, {}, {"all"}));
    ::sigaction(SIGHUP, nullptr, &action);
    return action.sa_handler == SIG_DFL ? 0 : 2;
  });
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace ipctl::signals
