// Deadline
#include "os/deadline.hpp"

#include <gtest/gtest.h>
#include <time.h>

#include <thread>
#include <type_traits>

namespace ipctl {
namespace {

using namespace std::chrono_literals;

TEST(Deadline, NeverHasNoEnd) {
  const Deadline deadline = Deadline::never();
  EXPECT_TRUE(deadline.is_never());
  EXPECT_FALSE(deadline.is_now());
  EXPECT_FALSE(deadline.passed());
  EXPECT_EQ(deadline.remaining(), std::nullopt);
}

TEST(Deadline, NowHasPassed) {
  const Deadline deadline = Deadline::now();
  EXPECT_FALSE(deadline.is_never());
  EXPECT_TRUE(deadline.is_now());
  EXPECT_TRUE(deadline.passed());
  EXPECT_EQ(deadline.remaining(), Duration::zero());
}

TEST(Deadline, AfterCountsDown) {
  const Deadline deadline = Deadline::after(1h);
  EXPECT_FALSE(deadline.is_never());
  EXPECT_FALSE(deadline.is_now());
  EXPECT_FALSE(deadline.passed());
  const Duration first = *deadline.remaining();
  EXPECT_LE(first, 1h);
  EXPECT_GT(first, 59min);
  std::this_thread::sleep_for(2ms);
  EXPECT_LE(*deadline.remaining(), first - 2ms);
}

TEST(Deadline, AfterPassesAndStaysPassed) {
  const Deadline deadline = Deadline::after(1ms);
  std::this_thread::sleep_for(2ms);
  EXPECT_TRUE(deadline.passed());
  EXPECT_EQ(deadline.remaining(), Duration::zero());
}

TEST(Deadline, ZeroAndNegativeHavePassed) {
  EXPECT_TRUE(Deadline::after(0s).passed());
  EXPECT_TRUE(Deadline::after(-1s).passed());
  EXPECT_TRUE(Deadline::after(Duration::min()).passed());
}

TEST(Deadline, BeyondTheClockIsNever) {
  EXPECT_TRUE(Deadline::after(Duration::max()).is_never());
  EXPECT_TRUE(Deadline::after(Duration::max() - 1ns).is_never());
  EXPECT_FALSE(Deadline::after(24h * 365 * 100).is_never());
}

TEST(Deadline, UsesTheMonotonicClock) {
  static_assert(Deadline::Clock::is_steady);
  timespec time{};
  ASSERT_EQ(::clock_gettime(CLOCK_MONOTONIC, &time), 0);
  const auto kernel = std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
  const auto difference = Deadline::Clock::now().time_since_epoch() - kernel;
  EXPECT_GE(difference, 0s);
  EXPECT_LT(difference, 10s);
}

}  // namespace
}  // namespace ipctl
