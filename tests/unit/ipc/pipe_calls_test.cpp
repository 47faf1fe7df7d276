// pipe_calls
#include "ipc/pipe_calls.hpp"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace ipctl::pipes {
namespace {

TEST(PipeCalls, EpollTellsFilesAndEvents) {
  const auto watched = parse_epoll(
      "pos:\t0\nflags:\t02\nmnt_id:\t16\nino:\t1057\n"
      "tfd:        4 events:       19 data:                4  pos:0 ino:1a2b sdev:e\n"
      "tfd:        5 events:        4 data:                5  pos:0 ino:10 sdev:800001\n"
      "tfd:        6 events:        5 data:                6  pos:0 ino:11 sdev:e\n"
      "tfd:        7 events:       18 data:                7  pos:0 ino:12 sdev:e\n");
  ASSERT_EQ(watched.size(), 4U);
  EXPECT_EQ(watched[0].wants, Wants::bytes);
  EXPECT_EQ(watched[0].inode, 0x1a2bU);
  EXPECT_EQ(watched[0].device, makedev(0, 14));
  EXPECT_EQ(watched[0].fd, -1);
  EXPECT_EQ(watched[1].wants, Wants::room);
  EXPECT_EQ(watched[1].device, makedev(8, 1));
  EXPECT_EQ(watched[2].wants, Wants::either);
  EXPECT_EQ(watched[3].wants, Wants::end);
}

TEST(PipeCalls, EpollOfOlderKernelsOrNothing) {
  EXPECT_TRUE(parse_epoll("").empty());
  EXPECT_TRUE(parse_epoll("tfd:        4 events:       19 data:                4").empty());
  EXPECT_TRUE(parse_epoll("tfd: 4 events: zz ino:1 sdev:e").empty());
}

TEST(PipeCalls, DescriptorsOfSimpleCalls) {
  const auto read = pipe_call(::getpid(), {.number = SYS_read, .arguments = {7, 0, 1, 0, 0, 0}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "read");
  ASSERT_EQ(read->descriptors.size(), 1U);
  EXPECT_EQ(read->descriptors[0].fd, 7);
  const auto splice = pipe_call(::getpid(), {.number = SYS_splice, .arguments = {3, 0, 0xFFFFFFFF00000004, 0, 1, 0}});
  ASSERT_TRUE(splice);
  ASSERT_EQ(splice->descriptors.size(), 2U);
  EXPECT_EQ(splice->descriptors[1].fd, 4);  // the upper half of the register is of no meaning
  EXPECT_EQ(splice->descriptors[1].wants, Wants::room);
  EXPECT_FALSE(pipe_call(::getpid(), {.number = SYS_getpid, .arguments = {}}));
}

TEST(PipeCalls, UnreadableMemoryGivesNothing) {
  const auto call = pipe_call(::getpid(), {.number = SYS_ppoll, .arguments = {16, 1U << 30U, 0, 0, 0, 0}});
  ASSERT_TRUE(call);
  EXPECT_TRUE(call->descriptors.empty());
  EXPECT_FALSE(open_call(::getpid(), {.number = SYS_openat, .arguments = {0, 16, 0, 0, 0, 0}}));
}

TEST(PipeCalls, OpenLeadsToTheFile) {
  static const char path[] = "/dev/null";
  const auto address = reinterpret_cast<std::uintptr_t>(path);
  const auto open = open_call(::getpid(), {.number = SYS_openat, .arguments = {0xFFFFFF9C, address, 1, 0, 0, 0}});
  ASSERT_TRUE(open);
  EXPECT_EQ(open->direction, Direction::write);
  EXPECT_TRUE(open->file);
}

}  // namespace
}  // namespace ipctl::pipes
