// BusGuard: memory whose file was shortened, inside and outside of what is guarded.
#include "os/bus_guard.hpp"

#include <semaphore.h>
#include <sys/mman.h>

#include <csignal>
#include <cstdint>
#include <cstring>
#include <string>

#include "os/mapping.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

const std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

/// Shared memory that can be shortened.
struct Shared {
  explicit Shared(std::size_t pages) : file{::memfd_create("bus_guard_test", MFD_CLOEXEC)} {
    EXPECT_EQ(::ftruncate(file.get(), static_cast<off_t>(pages * page)), 0);
    memory = Mapping{file.get(), pages * page, PROT_READ | PROT_WRITE, MAP_SHARED, "memory"};
    std::memset(at(0), 'm', pages * page);
  }
  [[nodiscard]] char* at(std::size_t offset) const { return memory.bytes().data() + offset; }
  // A read that no compiler leaves out.
  [[nodiscard]] char read(std::size_t offset) const { return *static_cast<const volatile char*>(at(offset)); }
  void shorten(std::size_t size) const { EXPECT_EQ(::ftruncate(file.get(), static_cast<off_t>(size)), 0); }

  Fd file;
  Mapping memory;
};

/// The signal that ends a process that runs `body`, without a handler of anybody's (sanitizers have one).
template <class Body>
int signal_of(Body body) {
  const int status = test::in_child([&body] {
    static_cast<void>(::signal(SIGBUS, SIG_DFL));
    body();
    return 0;
  });
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

TEST(BusGuard, SomethingStandsInForWhatIsGone) {
  const Shared shared{1};
  const BusGuard guard{shared.at(0), 32};
  EXPECT_EQ(shared.read(0), 'm');
  EXPECT_FALSE(BusGuard::gone());
  shared.shorten(0);
  errno = 4711;
  static_cast<void>(shared.read(4));
  EXPECT_EQ(errno, 4711);
  EXPECT_TRUE(BusGuard::gone());
  for (std::size_t at = 0; at < page; at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, shared.at(at), sizeof word);
    ASSERT_EQ(word, 128U) << at;
  }
}

// The C library aborts where it finds a mark that it does not know, or wakes what is no futex.
TEST(BusGuard, ASemaphoreThatIsGoneCanBeUsed) {
  const auto with_semaphore = [](const auto& use) {
    const Shared shared{1};
    auto* const semaphore = reinterpret_cast<sem_t*>(shared.at(8));
    ASSERT_EQ(::sem_init(semaphore, 1, 0), 0);
    const BusGuard guard{semaphore, sizeof *semaphore};
    shared.shorten(0);
    use(semaphore);
    EXPECT_TRUE(BusGuard::gone());
  };
  with_semaphore([](sem_t* semaphore) { EXPECT_EQ(::sem_post(semaphore), 0); });
  with_semaphore([](sem_t* semaphore) { EXPECT_EQ(::sem_wait(semaphore), 0); });
  with_semaphore([](sem_t* semaphore) { EXPECT_EQ(::sem_trywait(semaphore), 0); });
  with_semaphore([](sem_t* semaphore) {
    int value = 0;
    EXPECT_EQ(::sem_getvalue(semaphore, &value), 0);
    EXPECT_GT(value, 0);
  });
}

TEST(BusGuard, WritesGoToTheStandIn) {
  const Shared shared{1};
  const BusGuard guard{shared.at(0), 32};
  shared.shorten(0);
  *static_cast<volatile char*>(shared.at(100)) = 'w';
  EXPECT_TRUE(BusGuard::gone());
  EXPECT_EQ(shared.read(100), 'w');
  EXPECT_EQ(shared.read(99), 0);
  struct stat status {};
  ASSERT_EQ(::fstat(shared.file.get(), &status), 0);
  EXPECT_EQ(status.st_size, 0);
}

TEST(BusGuard, WhatIsStillThereStays) {
  const Shared shared{3};
  const BusGuard guard{shared.at(page - 8), page + 16};  // in all three
  shared.shorten(page);
  EXPECT_EQ(shared.read(page + 4), 0);
  EXPECT_EQ(shared.read(page - 1), 'm');
  EXPECT_EQ(shared.read(2 * page + 4), 0);
}

// The bytes behind the end, in the last page that is left, are zeros and raise nothing: mmap(2).
TEST(BusGuard, TheRestOfTheLastPageIsNotGone) {
  const Shared shared{1};
  const BusGuard guard{shared.at(0), 32};
  shared.shorten(8);
  EXPECT_EQ(shared.read(16), 0);
  EXPECT_FALSE(BusGuard::gone());
}

TEST(BusGuard, OutsideKills) {
  EXPECT_EQ(signal_of([] {
              const Shared shared{2};
              const BusGuard guard{shared.at(0), page};
              shared.shorten(0);
              static_cast<void>(shared.read(page));
            }),
            SIGBUS);
  EXPECT_EQ(signal_of([] {
              const Shared shared{2};
              const BusGuard guard{shared.at(page), 1};
              shared.shorten(0);
              static_cast<void>(shared.read(page - 1));
            }),
            SIGBUS);
}

TEST(BusGuard, GuardsNothingByDefaultAndAfterItsEnd) {
  EXPECT_EQ(signal_of([] {
              const Shared shared{1};
              const BusGuard none;
              shared.shorten(0);
              static_cast<void>(shared.read(0));
            }),
            SIGBUS);
  EXPECT_EQ(signal_of([] {
              const Shared shared{1};
              { const BusGuard guard{shared.at(0), 1}; }
              shared.shorten(0);
              static_cast<void>(shared.read(0));
            }),
            SIGBUS);
}

TEST(BusGuard, SignalsThatAreSentStillKill) {
  EXPECT_EQ(signal_of([] {
              const Shared shared{1};
              const BusGuard guard{shared.at(0), 1};
              ::raise(SIGBUS);
              ::raise(SIGBUS);
            }),
            SIGBUS);
}

TEST(BusGuard, PutsTheFormerHandlerBack) {
  struct sigaction before {};
  ASSERT_EQ(::sigaction(SIGBUS, nullptr, &before), 0);
  const Shared shared{1};
  {
    BusGuard first{shared.at(0), 1};
    const BusGuard second{std::move(first)};
  }
  struct sigaction after {};
  ASSERT_EQ(::sigaction(SIGBUS, nullptr, &after), 0);
  EXPECT_EQ(after.sa_sigaction, before.sa_sigaction);
}

TEST(BusGuard, TheOneThatItWasMovedToGuards) {
  const Shared shared{2};
  BusGuard last;
  {
    BusGuard first{shared.at(0), 2 * page};
    BusGuard second{std::move(first)};
    last = std::move(second);
  }
  shared.shorten(page);
  EXPECT_EQ(shared.read(page + 4), 0);
  EXPECT_TRUE(BusGuard::gone());
}

TEST(BusGuard, ANewOneKnowsNothingOfTheLast) {
  const Shared shared{1};
  {
    const BusGuard guard{shared.at(0), 1};
    shared.shorten(0);
    static_cast<void>(shared.read(0));
    EXPECT_TRUE(BusGuard::gone());
  }
  const Shared other{1};
  const BusGuard guard{other.at(0), 1};
  EXPECT_FALSE(BusGuard::gone());
  EXPECT_EQ(other.read(0), 'm');
}

}  // namespace
}  // namespace ipctl
