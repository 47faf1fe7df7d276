// Fd
#include "os/fd.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace ipctl {
namespace {

int open_null() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

TEST(Fd, EmptyOwnsNothing) {
  const Fd fd;
  EXPECT_FALSE(fd);
  EXPECT_EQ(fd.get(), -1);
}

TEST(Fd, ZeroIsADescriptor) {
  Fd fd{0};
  EXPECT_TRUE(fd);
  EXPECT_EQ(fd.release(), 0);
}

TEST(Fd, ClosesAtTheEnd) {
  const int raw = open_null();
  ASSERT_GE(raw, 0);
  {
    const Fd fd{raw};
    EXPECT_TRUE(fd);
    EXPECT_EQ(fd.get(), raw);
  }
  EXPECT_FALSE(is_open(raw));
}

TEST(Fd, MoveHandsOver) {
  const int raw = open_null();
  Fd first{raw};
  Fd second{std::move(first)};
  EXPECT_FALSE(first);
  EXPECT_EQ(second.get(), raw);
  EXPECT_TRUE(is_open(raw));
}

TEST(Fd, MoveAssignmentClosesTheFormer) {
  const int one = open_null();
  const int two = open_null();
  Fd first{one};
  Fd second{two};
  first = std::move(second);
  EXPECT_FALSE(is_open(one));
  EXPECT_TRUE(is_open(two));
  EXPECT_EQ(first.get(), two);
  EXPECT_FALSE(second);
}

TEST(Fd, SelfMoveKeepsIt) {
  const int raw = open_null();
  Fd fd{raw};
  Fd& same = fd;
  fd = std::move(same);
  EXPECT_EQ(fd.get(), raw);
  EXPECT_TRUE(is_open(raw));
}

TEST(Fd, ReleaseGivesUp) {
  const int raw = open_null();
  Fd fd{raw};
  EXPECT_EQ(fd.release(), raw);
  EXPECT_FALSE(fd);
  EXPECT_TRUE(is_open(raw));
  ::close(raw);
}

TEST(Fd, ResetClosesAndTakesAnother) {
  const int one = open_null();
  const int two = open_null();
  Fd fd{one};
  fd.reset(two);
  EXPECT_FALSE(is_open(one));
  EXPECT_EQ(fd.get(), two);
  fd.reset();
  EXPECT_FALSE(is_open(two));
  EXPECT_FALSE(fd);
}

static_assert(!std::is_copy_constructible_v<Fd> && !std::is_copy_assignable_v<Fd>);
static_assert(std::is_nothrow_move_constructible_v<Fd> && std::is_nothrow_move_assignable_v<Fd>);

}  // namespace
}  // namespace ipctl
