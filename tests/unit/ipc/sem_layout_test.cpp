// sem_layout: what the C library itself makes, and what cannot be a semaphore.
#include "ipc/sem_layout.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>

#include "support.hpp"

namespace ipctl {
namespace {

std::string bytes_of(const sem_t& semaphore) {
  std::string bytes(sizeof semaphore, '\0');
  std::memcpy(bytes.data(), &semaphore, sizeof semaphore);
  return bytes;
}

std::string shared(unsigned value) {
  sem_t semaphore{};
  EXPECT_EQ(::sem_init(&semaphore, 1, value), 0);
  return bytes_of(semaphore);
}

/// A semaphore's bytes: value, waiters, mark.
std::string bytes_of(std::uint32_t value, std::uint32_t waiters, std::uint32_t mark, std::size_t size = sem::size) {
  std::string bytes(std::max<std::size_t>(size, 12), '\0');
  std::memcpy(bytes.data(), &value, 4);
  std::memcpy(bytes.data() + 4, &waiters, 4);
  std::memcpy(bytes.data() + 8, &mark, 4);
  bytes.resize(size);
  return bytes;
}

TEST(SemLayout, Constants) {
  EXPECT_EQ(sem::size, 32U);
  EXPECT_EQ(sem::alignment, 8U);
  EXPECT_EQ(sem::max_value, 2147483647U);
}

TEST(SemLayout, WhatTheLibraryMakes) {
  for (const unsigned value : {0U, 1U, 3U, 65536U, sem::max_value}) {
    const auto contents = sem::read_contents(shared(value));
    ASSERT_TRUE(contents) << value;
    EXPECT_EQ(contents->value, value);
    EXPECT_EQ(contents->waiters, 0U);
  }
}

TEST(SemLayout, CountsWaiters) {
  sem_t semaphore{};
  ASSERT_EQ(::sem_init(&semaphore, 1, 0), 0);
  constexpr std::size_t most = 3;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < most; ++i) threads.emplace_back([&semaphore] { EXPECT_EQ(::sem_wait(&semaphore), 0); });
  std::uint32_t waiters = 0;
  for (int i = 0; i < 10000 && waiters < most; ++i) {
    ::usleep(1000);
    waiters = sem::read_contents(bytes_of(semaphore)).value_or(sem::Contents{}).waiters;
  }
  EXPECT_EQ(waiters, most);
  for (std::size_t i = 0; i < most; ++i) ::sem_post(&semaphore);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sem::read_contents(bytes_of(semaphore)).value_or(sem::Contents{9, 9}).waiters, 0U);
}

TEST(SemLayout, PrivateOnesAreNotShared) {
  sem_t semaphore{};
  ASSERT_EQ(::sem_init(&semaphore, 0, 1), 0);
  EXPECT_FALSE(sem::read_contents(bytes_of(semaphore)));
}

TEST(SemLayout, Limits) {
  EXPECT_TRUE(sem::read_contents(bytes_of(sem::max_value, 4U << 20U, 128)));
  EXPECT_FALSE(sem::read_contents(bytes_of(sem::max_value + 1, 0, 128)));
  EXPECT_FALSE(sem::read_contents(bytes_of(UINT32_MAX, 0, 128)));
  EXPECT_FALSE(sem::read_contents(bytes_of(0, (4U << 20U) + 1, 128)));
  EXPECT_FALSE(sem::read_contents(bytes_of(1, 0, 0)));
  EXPECT_FALSE(sem::read_contents(bytes_of(1, 0, 1)));
  EXPECT_FALSE(sem::read_contents(bytes_of(1, 0, 128U | 1U << 31U)));
}

TEST(SemLayout, OnlyTheFirstBytesCount) {
  EXPECT_TRUE(sem::read_contents(bytes_of(5, 0, 128, 33) + "more"));
  EXPECT_FALSE(sem::read_contents(bytes_of(5, 0, 128, 31)));
  EXPECT_FALSE(sem::read_contents(""));
  EXPECT_FALSE(sem::read_contents(std::string(32, '\0')));
  EXPECT_FALSE(sem::read_contents(std::string(32, '\x01')));
}

}  // namespace
}  // namespace ipctl
