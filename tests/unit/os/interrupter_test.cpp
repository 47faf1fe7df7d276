// Interrupter: deadlines that are met, stop requests that are never slept through, and calls that do nothing when
// interrupted. The calls are those it is for: they have no timeout, and no descriptor.
#include "os/interrupter.hpp"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <vector>

#include "os/error.hpp"
#include "os/file.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct Text {
  long type = 1;
  char byte = 'x';
};

class Queue {
 public:
  Queue() { EXPECT_GE(id_, 0); }
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  ~Queue() { ::msgctl(id_, IPC_RMID, nullptr); }

  void put(long type = 1) const {
    const Text text{.type = type};
    EXPECT_EQ(::msgsnd(id_, &text, 1, 0), 0);
  }
  [[nodiscard]] std::uint64_t count() const {
    msqid_ds status{};
    EXPECT_EQ(::msgctl(id_, IPC_STAT, &status), 0);
    return status.msg_qnum;
  }
  /// As run() wants it: one call that may block.
  bool receive() { return ::msgrcv(id_, &last_, 1, 0, 0) >= 0 || errno != EINTR; }
  bool send() const {
    const Text text;
    return ::msgsnd(id_, &text, 1, 0) == 0 || errno != EINTR;
  }
  /// Until no more go in.
  void fill() const {
    const Text text;
    while (::msgsnd(id_, &text, 1, IPC_NOWAIT) == 0) {
    }
    EXPECT_EQ(errno, EAGAIN);
  }
  [[nodiscard]] int id() const { return id_; }
  [[nodiscard]] long last() const { return last_.type; }

 private:
  int id_ = ::msgget(IPC_PRIVATE, 0600);
  Text last_;
};

class Semaphore {
 public:
  Semaphore() { EXPECT_GE(id_, 0); }
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;
  ~Semaphore() { ::semctl(id_, 0, IPC_RMID); }
  [[nodiscard]] bool take() const {
    sembuf one{.sem_num = 0, .sem_op = -1, .sem_flg = 0};
    return ::semop(id_, &one, 1) == 0 || errno != EINTR;
  }

 private:
  int id_ = ::semget(IPC_PRIVATE, 1, 0600);
};

std::size_t timers() {
  const std::string text = read_small_file("/proc/self/timers").value_or("");
  std::size_t count = 0;
  for (std::size_t at = text.find("ID:"); at != std::string::npos; at = text.find("ID:", at + 1)) ++count;
  return count;
}

/// True when no signal came within `duration`.
bool sleeps(Duration duration) {
  const timespec time{.tv_sec = 0, .tv_nsec = duration.count()};
  return ::nanosleep(&time, nullptr) == 0;
}

/// Sends a message where the test would never end.
class Rescue {
 public:
  explicit Rescue(const Queue& queue) : thread_([this, &queue] { work(queue); }) {}
  Rescue(const Rescue&) = delete;
  Rescue& operator=(const Rescue&) = delete;
  ~Rescue() {
    {
      const std::lock_guard lock{mutex_};
      is_over_ = true;
    }
    over_.notify_one();
    thread_.join();
  }

 private:
  void work(const Queue& queue) {
    std::unique_lock lock{mutex_};
    if (!over_.wait_for(lock, 10s, [this] { return is_over_; })) queue.put();
  }

  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread thread_;
};

TEST(Interrupter, TheDeadlineIsExact) {
  Queue empty;
  Queue full;
  full.fill();
  const Semaphore semaphore;
  const std::array<std::function<bool()>, 3> calls{[&] { return empty.receive(); }, [&] { return full.send(); },
                                                   [&] { return semaphore.take(); }};
  Interrupter interrupter;
  for (const auto& call : calls) {
    for (const Duration duration : {Duration{1us}, Duration{1ms}, Duration{7ms}, Duration{60ms}}) {
      Duration best = 1h;
      for (int i = 0; i < 5; ++i) {  // the machine may be busy
        const auto begin = Clock::now();
        EXPECT_EQ(interrupter.run({.deadline = Deadline::after(duration)}, call), Waited::timed_out);
        const Duration took = Clock::now() - begin;
        EXPECT_GE(took, duration);
        best = std::min(best, took);
      }
      EXPECT_LE(best, duration + 5ms) << duration.count();
    }
  }
}

TEST(Interrupter, NowMakesNoCall) {
  Interrupter interrupter;
  int calls = 0;
  for (const Deadline deadline : {Deadline::now(), Deadline::after(-1s), Deadline::after(0s)}) {
    EXPECT_EQ(interrupter.run({.deadline = deadline}, [&] { return ++calls > 0; }), Waited::timed_out);
  }
  EXPECT_EQ(calls, 0);
}

TEST(Interrupter, TriesUntilItIsDone) {
  Interrupter interrupter;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    int calls = 0;
    EXPECT_EQ(interrupter.run({.deadline = deadline}, [&] { return ++calls == 4; }), Waited::ready);
    EXPECT_EQ(calls, 4);
  }
}

TEST(Interrupter, KeepsErrno) {
  const StopSignals stop;
  Interrupter interrupter;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    EXPECT_EQ(interrupter.run({.deadline = deadline},
                              [] {
                                errno = E2BIG;
                                return true;
                              }),
              Waited::ready);
    EXPECT_EQ(errno, E2BIG);
    EXPECT_EQ(interrupter.run({.deadline = deadline, .stop = nullptr},
                              [] {
                                ::raise(SIGTERM);
                                errno = EXDEV;
                                return true;
                              }),
              Waited::ready);
    EXPECT_EQ(errno, EXDEV);
  }
}

TEST(Interrupter, TakesWhatComes) {
  Queue queue;
  Interrupter interrupter;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    std::thread sender{[&queue, tid = ::gettid()] {
      EXPECT_TRUE(test::wait_until_asleep(tid));
      queue.put(5);
    }};
    EXPECT_EQ(interrupter.run({.deadline = deadline}, [&] { return queue.receive(); }), Waited::ready);
    sender.join();
    EXPECT_EQ(queue.last(), 5);
  }
}

TEST(Interrupter, AStopRequestBeforeWins) {
  Queue queue;
  queue.put();
  Interrupter interrupter;
  const StopSignals stop;
  ::raise(SIGTERM);
  for (const Deadline deadline : {Deadline::never(), Deadline::now(), Deadline::after(1h)}) {
    EXPECT_EQ(interrupter.run({.deadline = deadline, .stop = &stop}, [&] { return queue.receive(); }), Waited::stopped);
  }
  EXPECT_EQ(queue.count(), 1U);
}

TEST(Interrupter, AStopRequestEndsABlockedCall) {
  Queue queue;
  Interrupter interrupter;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const StopSignals stop;
    std::thread killer{[self = ::pthread_self(), tid = ::gettid()] {
      EXPECT_TRUE(test::wait_until_asleep(tid));
      ::pthread_kill(self, SIGINT);
    }};
    EXPECT_EQ(interrupter.run({.deadline = deadline, .stop = &stop}, [&] { return queue.receive(); }), Waited::stopped);
    killer.join();
  }
}

// The signal comes after the last look and before the call: the call would sleep for ever.
TEST(Interrupter, AStopRequestJustBeforeTheCallIsNotSleptThrough) {
  Queue queue;
  Interrupter interrupter;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const StopSignals stop;
    const Rescue rescue{queue};
    const auto begin = Clock::now();
    EXPECT_EQ(interrupter.run({.deadline = deadline, .stop = &stop},
                              [&] {
                                ::raise(SIGTERM);
                                return queue.receive();
                              }),
              Waited::stopped);
    EXPECT_LT(Clock::now() - begin, 5s);
  }
}

TEST(Interrupter, AnotherThreadsHandlerEndsTheCallToo) {
  Queue queue;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const StopSignals stop;
    const Rescue rescue{queue};
    std::atomic<pid_t> tid{0};
    std::atomic<Waited> waited{Waited::ready};
    std::thread receiver{[&] {
      Interrupter interrupter;
      tid = ::gettid();
      waited = interrupter.run({.deadline = deadline, .stop = &stop}, [&] { return queue.receive(); });
    }};
    while (tid == 0) std::this_thread::yield();
    EXPECT_TRUE(test::wait_until_asleep(tid));
    ::raise(SIGTERM);  // handled by this thread
    receiver.join();
    EXPECT_EQ(waited, Waited::stopped);
  }
}

/// A thread that sends this process one SIGTERM in each round, and a message to `queue` where that was slept through.
class Killer {
 public:
  explicit Killer(const Queue& queue) : queue_(queue), thread_([this] { work(); }) {}
  Killer(const Killer&) = delete;
  Killer& operator=(const Killer&) = delete;
  ~Killer() {
    round_ = -1;
    thread_.join();
  }
  void begin(int spin) {
    spin_ = spin;
    is_over_ = false;
    ++round_;
  }
  void end() {
    is_over_ = true;
    while (done_ != round_) std::this_thread::yield();
  }
  [[nodiscard]] int slept_through() const { return slept_through_; }

 private:
  void work() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
    for (int round = 1;; ++round) {
      while (round_ != round) {
        if (round_ < 0) return;
      }
      for (volatile int spin = spin_; spin > 0;) spin = spin - 1;
      ::kill(::getpid(), SIGTERM);
      const auto begin = Clock::now();
      while (!is_over_ && Clock::now() - begin < 5s) {
      }
      if (!is_over_) {
        ++slept_through_;
        queue_.put();
      }
      done_ = round;
    }
  }

  const Queue& queue_;
  std::atomic<int> round_{0};
  std::atomic<int> done_{0};
  std::atomic<int> spin_{0};
  std::atomic<bool> is_over_{false};
  std::atomic<int> slept_through_{0};
  std::thread thread_;
};

TEST(Interrupter, AStopRequestAtAnyMomentIsNotSleptThrough) {
  Queue queue;
  Interrupter interrupter;
  Killer killer{queue};
  std::mt19937 random{4711};
  int early = 0;
  int late = 0;
  for (int i = 0; i < 6000 && killer.slept_through() == 0; ++i) {
    const StopSignals stop;
    const Deadline deadline = i % 3 == 0 ? Deadline::after(1h) : Deadline::never();
    int calls = 0;
    killer.begin(static_cast<int>(random() % 6000));
    const Waited waited = interrupter.run({.deadline = deadline, .stop = &stop}, [&] {
      ++calls;
      return queue.receive();
    });
    killer.end();
    ASSERT_EQ(waited, Waited::stopped) << i;
    ++(calls == 0 ? early : late);
  }
  EXPECT_EQ(killer.slept_through(), 0);
  EXPECT_GT(late, 0) << "the call was made in some rounds: " << early << " before it";
}

// An interrupted call has done nothing: none is lost, none comes twice.
TEST(Interrupter, DeadlinesLoseNoMessage) {
  constexpr long most = 4000;
  Queue queue;
  const pid_t sender = test::start([&queue] {
    std::mt19937 random{17};
    for (long type = 1; type <= most; ++type) {
      queue.put(type);
      for (volatile auto spin = random() % 100000; spin > 0;) spin = spin - 1;
      if (type % 64 == 0) ::usleep(1000);  // longer than any wait for it
    }
    return 0;
  });
  Interrupter interrupter;
  std::mt19937 random{42};
  long expected = 1;
  int timeouts = 0;
  const auto begin = Clock::now();
  while (expected <= most && Clock::now() - begin < 60s) {
    const Duration duration{1000 + random() % 60000};
    const Waited waited = interrupter.run({.deadline = Deadline::after(duration)}, [&] { return queue.receive(); });
    if (waited == Waited::timed_out) {
      ++timeouts;
    } else {
      ASSERT_EQ(waited, Waited::ready);
      ASSERT_EQ(queue.last(), expected++);
    }
  }
  EXPECT_EQ(expected, most + 1);
  EXPECT_GT(timeouts, 0);
  EXPECT_EQ(test::wait_status(sender), 0);
  EXPECT_EQ(queue.count(), 0U);
}

TEST(Interrupter, AnythingElseEndsTheWait) {
  Queue queue;
  Interrupter interrupter;
  for (const Deadline deadline : {Deadline::never(), Deadline::after(1h)}) {
    const test::Pipe pipe = test::make_pipe();
    const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
    int calls = 0;
    const auto receive = [&] {
      ++calls;
      return queue.receive();
    };
    std::thread writer{[&pipe, tid = ::gettid()] {
      EXPECT_TRUE(test::wait_until_asleep(tid));
      EXPECT_EQ(::write(pipe.writer.get(), "x", 1), 1);
    }};
    const auto begin = Clock::now();
    EXPECT_EQ(interrupter.run({.deadline = deadline, .also = also}, receive), Waited::woken);
    EXPECT_LT(Clock::now() - begin, 5s);
    writer.join();
    EXPECT_GT(calls, 0);
    calls = 0;
    EXPECT_EQ(interrupter.run({.deadline = deadline, .also = also}, receive), Waited::woken);
    EXPECT_EQ(calls, 0) << "it is there already";
  }
}

TEST(Interrupter, LookingAtOthersMovesNoDeadline) {
  Queue queue;
  Interrupter interrupter;
  const test::Pipe pipe = test::make_pipe();
  const std::array<pollfd, 1> also{{{pipe.reader.get(), POLLIN, 0}}};
  for (const Duration duration : {Duration{3ms}, Duration{230ms}}) {
    Duration best = 1h;
    for (int i = 0; i < 3; ++i) {
      const auto begin = Clock::now();
      EXPECT_EQ(interrupter.run({.deadline = Deadline::after(duration), .also = also}, [&] { return queue.receive(); }),
                Waited::timed_out);
      const Duration took = Clock::now() - begin;
      EXPECT_GE(took, duration);
      best = std::min(best, took);
    }
    EXPECT_LE(best, duration + 5ms);
  }
}

TEST(Interrupter, OtherSignalsDoNotEndIt) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  Queue queue;
  Interrupter interrupter;
  std::thread sender{[&queue, self = ::pthread_self(), tid = ::gettid()] {
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(test::wait_until_asleep(tid));
      ::pthread_kill(self, SIGUSR1);
    }
    EXPECT_TRUE(test::wait_until_asleep(tid));
    queue.put(3);
  }};
  EXPECT_EQ(interrupter.run({.deadline = Deadline::after(1h)}, [&] { return queue.receive(); }), Waited::ready);
  sender.join();
  EXPECT_EQ(queue.last(), 3);
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST(Interrupter, LeavesNoTimerRunning) {
  const StopSignals stop;
  Interrupter interrupter;
  EXPECT_EQ(interrupter.run({.deadline = Deadline::after(2ms)}, [] { return true; }), Waited::ready);
  EXPECT_TRUE(sleeps(20ms)) << "the deadline of a call that is over";
  EXPECT_EQ(interrupter.run({.deadline = Deadline::after(1ms)}, [] { return !sleeps(500ms) && false; }),
            Waited::timed_out);
  EXPECT_TRUE(sleeps(20ms)) << "one that passed";
  EXPECT_EQ(interrupter.run({.stop = nullptr},
                            [] {
                              ::raise(SIGTERM);
                              return true;
                            }),
            Waited::ready);
  EXPECT_TRUE(sleeps(20ms)) << "a stop request meanwhile";
  ::raise(SIGTERM);
  EXPECT_TRUE(sleeps(20ms)) << "and one when no call is made";
}

TEST(Interrupter, LeavesNoTimerRunningAfterAnException) {
  const StopSignals stop;
  Interrupter interrupter;
  const auto fail = []() -> bool { throw 1; };
  EXPECT_THROW(static_cast<void>(interrupter.run({.deadline = Deadline::after(2ms)}, fail)), int);
  EXPECT_TRUE(sleeps(20ms)) << "its deadline";
  EXPECT_THROW(static_cast<void>(interrupter.run({.stop = &stop}, fail)), int);
  ::raise(SIGTERM);
  EXPECT_TRUE(sleeps(20ms)) << "a stop request has nothing to interrupt any more";
}

TEST(Interrupter, PutsMaskHandlerAndTimersBack) {
  static std::atomic<int> handled{0};
  struct sigaction action {};
  action.sa_handler = [](int) { ++handled; };
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGRTMIN, &action, &former), 0);
  sigset_t some;
  ::sigemptyset(&some);
  for (const int signal : {SIGRTMIN, SIGUSR2, SIGCHLD}) ::sigaddset(&some, signal);
  sigset_t former_mask;
  ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, &some, &former_mask), 0);
  const auto blocked = [](int signal) {
    sigset_t now;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &now);
    return ::sigismember(&now, signal) == 1;
  };
  const std::size_t before = timers();
  {
    Interrupter interrupter;
    EXPECT_EQ(interrupter.run({}, [] { return true; }), Waited::ready);
    EXPECT_FALSE(blocked(SIGRTMIN));
    EXPECT_TRUE(blocked(SIGUSR2) && blocked(SIGCHLD));
    EXPECT_FALSE(blocked(SIGTERM) || blocked(SIGINT) || blocked(SIGRTMIN + 1));
    Queue queue;
    EXPECT_EQ(interrupter.run({.deadline = Deadline::after(2ms)}, [&] { return queue.receive(); }), Waited::timed_out)
        << "also where its signal was blocked";
  }
  EXPECT_EQ(timers(), before);
  EXPECT_TRUE(blocked(SIGRTMIN) && blocked(SIGUSR2) && blocked(SIGCHLD));
  EXPECT_FALSE(blocked(SIGTERM) || blocked(SIGINT));
  struct sigaction after {};
  ASSERT_EQ(::sigaction(SIGRTMIN, nullptr, &after), 0);
  EXPECT_EQ(after.sa_handler, action.sa_handler);
  ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, &former_mask, nullptr), 0);
  EXPECT_EQ(handled, 0) << "what it sent is not left over";
  ::sigaction(SIGRTMIN, &former, nullptr);
}

// One for what is received, one for what is sent; the first may go first.
TEST(Interrupter, SeveralGoInAnyOrder) {
  const auto is_default = [] {
    struct sigaction action {};
    return ::sigaction(SIGRTMIN, nullptr, &action) == 0 && action.sa_handler == SIG_DFL;
  };
  ASSERT_TRUE(is_default());
  sigset_t mine;
  ::sigemptyset(&mine);
  ::sigaddset(&mine, SIGRTMIN);
  sigset_t former_mask;
  ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &mine, &former_mask), 0);
  Queue queue;
  const auto receive = [&queue] { return queue.receive(); };
  for (const bool is_first_first : {true, false}) {
    std::optional<Interrupter> first;
    std::optional<Interrupter> second;
    first.emplace();
    second.emplace();
    for (Interrupter* const each : {&*first, &*second}) {
      EXPECT_EQ(each->run({.deadline = Deadline::after(2ms)}, receive), Waited::timed_out);
    }
    (is_first_first ? first : second).reset();
    Interrupter& left = is_first_first ? *second : *first;
    const Rescue rescue{queue};
    EXPECT_EQ(left.run({.deadline = Deadline::after(2ms)}, receive), Waited::timed_out);
    (is_first_first ? second : first).reset();
    EXPECT_TRUE(is_default());
    sigset_t now;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &now);
    EXPECT_EQ(::sigismember(&now, SIGRTMIN), 1);
  }
  ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, &former_mask, nullptr), 0);
}

TEST(Interrupter, SeveralThreadsHaveOneEach) {
  Queue queue;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&queue, i] {
      for (int round = 0; round < 50; ++round) {
        Interrupter interrupter;
        Text text;
        const auto receive = [&] { return ::msgrcv(queue.id(), &text, 1, 0, 0) >= 0 || errno != EINTR; };
        EXPECT_EQ(interrupter.run({.deadline = Deadline::after(i * 300us + 100us)}, receive), Waited::timed_out);
      }
    });
  }
  for (std::thread& each : threads) each.join();
  struct sigaction action {};
  EXPECT_EQ(::sigaction(SIGRTMIN, nullptr, &action), 0);
  EXPECT_EQ(action.sa_handler, SIG_DFL);
}

// It is asked for when a call may block, and not before.
TEST(Interrupter, NoTimerToBeHad) {
  const int status = test::in_child([] {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    if (::setrlimit(RLIMIT_SIGPENDING, &none) != 0) return 2;
    Interrupter interrupter;
    if (interrupter.run({.deadline = Deadline::now()}, [] { return true; }) != Waited::timed_out) return 3;
    try {
      static_cast<void>(interrupter.run({}, [] { return true; }));
      return 77;
    } catch (const Error& error) {
      const std::string_view words{error.what()};
      if (error.code() != EAGAIN || words.find("RLIMIT_SIGPENDING") == std::string_view::npos) return 4;
    }
    struct sigaction after {};
    return ::sigaction(SIGRTMIN, nullptr, &after) == 0 && after.sa_handler == SIG_DFL ? 0 : 5;
  });
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "RLIMIT_SIGPENDING does not limit timers here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace ipctl
