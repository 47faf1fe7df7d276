// ProcessStat: the fields of /proc/PID/stat, whatever the command is called.
#include "os/process_stat.hpp"

#include <csignal>

#include "support.hpp"

namespace ipctl {
namespace {

std::string text(const std::string& command) {
  return "12 (" + command +
         ") Z 9862 9861 6720 0 -1 4227148 16 0 0 0 0 0 0 0 20 0 1 0 226433 0 0 18446744073709551615 " +
         "0 0 0 0 0 0 0 0 0 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 10752\n";
}

TEST(ProcessStat, IsRead) {
  for (const char* command : {"sleep", "a b", ") S 1 (", "", "x\n)"}) {
    const auto stat = parse_process_stat(text(command));
    ASSERT_TRUE(stat) << command;
    EXPECT_EQ(stat->state, 'Z');
    EXPECT_EQ(stat->parent, 9862);
    EXPECT_EQ(stat->group, 9861);
    EXPECT_EQ(stat->threads, 1U);
    EXPECT_EQ(stat->start, 226433U);
    EXPECT_EQ(stat->exit, 10752U);
    EXPECT_TRUE(stat->is_zombie());
    EXPECT_FALSE(stat->is_kernel_thread());
  }
}

TEST(ProcessStat, IsNoOtherText) {
  for (const char* other : {"", "12", "12 (x)", "12 (x) S", "12 (x) S 1 2 3", "12 x S 1"}) {
    EXPECT_FALSE(parse_process_stat(other)) << other;
  }
  std::string cut = text("x");
  cut.resize(cut.rfind(' '));
  EXPECT_FALSE(parse_process_stat(cut));
}

TEST(ProcessStat, OfProcessesIsFound) {
  const auto own = process_stat(::getpid());
  ASSERT_TRUE(own);
  EXPECT_EQ(own->parent, ::getppid());
  EXPECT_EQ(own->group, ::getpgrp());
  EXPECT_FALSE(own->is_zombie());
  const auto members = living_in_group(::getpgrp());
  EXPECT_NE(std::find(members.begin(), members.end(), ::getpid()), members.end());
}

TEST(ProcessStat, ZombiesAreNotLiving) {
  const pid_t pid = test::start([] {
    ::setpgid(0, 0);
    return 3;
  });
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
  EXPECT_TRUE(living_in_group(pid).empty());
  const auto stat = process_stat(pid);
  ASSERT_TRUE(stat);
  EXPECT_TRUE(stat->is_zombie());
  test::wait_status(pid);
  EXPECT_FALSE(process_stat(pid));
}

}  // namespace
}  // namespace ipctl
