// process: which system calls others are blocked in, and whose IPC namespace is ours.
#include <fcntl.h>
#include <sched.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>

#include <array>
#include <atomic>
#include <climits>
#include <csignal>
#include <set>
#include <vector>

#include "os/file.hpp"
#include "os/process.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

class Queue {
 public:
  Queue() { EXPECT_GE(id_, 0); }
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  ~Queue() { remove(); }
  void remove() const { ::msgctl(id_, IPC_RMID, nullptr); }
  [[nodiscard]] int id() const { return id_; }
  /// Blocks until it is removed.
  int wait(long type) const {
    struct {
      long type;
      char bytes[7];
    } text{};
    return ::msgrcv(id_, &text, sizeof text.bytes, type, MSG_NOERROR) < 0 && errno == EIDRM ? 0 : 1;
  }

 private:
  int id_ = ::msgget(IPC_PRIVATE, 0600);
};

struct Found {
  pid_t pid;
  pid_t thread;
  BlockedCall call;
};

/// Threads that are blocked in msgrcv on `queue`.
std::vector<Found> find(const Queue& queue, ScanReport* report = nullptr) {
  std::vector<Found> all;
  const ScanReport seen = scan_blocked_calls([&](pid_t pid, pid_t thread, const BlockedCall& call) {
    if (call.number == SYS_msgrcv && call.arguments[0] == static_cast<std::uint64_t>(queue.id()))
      all.push_back({pid, thread, call});
  });
  if (report != nullptr) *report = seen;
  return all;
}

/// The same, once there are `count` of them.
std::vector<Found> wait_for(const Queue& queue, std::size_t count) {
  std::vector<Found> all;
  for (int i = 0; i < 2000 && all.size() != count; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
    all = find(queue);
  }
  EXPECT_EQ(all.size(), count);
  return all;
}

TEST(ParseBlockedCall, NumberAndArguments) {
  const auto call = parse_blocked_call("70 0x8001 0x7ffe0010 0x40 0xffffffffffffffff 0x0 0xABC 0x7ffd00 0x7f3b00\n");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->number, 70);
  EXPECT_EQ(call->arguments, (std::array<std::uint64_t, 6>{0x8001, 0x7ffe0010, 0x40, UINT64_MAX, 0, 0xabc}));
  EXPECT_EQ(parse_blocked_call("2147483647 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8")->number, INT_MAX);
  EXPECT_EQ(parse_blocked_call("0 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8")->number, 0);
}

TEST(ParseBlockedCall, Refuses) {
  for (const char* bad : {"",
                          "\n",
                          " ",
                          "running",
                          "running\n",
                          "-1 0x7ffd00 0x7f3b00\n",
                          "-1",
                          "0",
                          "0 ",
                          "0 0x1",
                          "0\n",
                          "0 0x1 0x2 0x3 0x4 0x5",
                          "0 0x1 0x2 0x3 0x4 0x5 ",
                          "0 0x1 0x2 0x3 0x4 0x5 6 0x7 0x8",
                          "0 0x1 0x2 0x3 0x4 0x5 0x 0x7 0x8",
                          "0 1 2 3 4 5 6 7 8",
                          "0 0x1  0x2 0x3 0x4 0x5 0x6 0x7",
                          " 0 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "x 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "2147483648 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "18446744073709551616 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "0 0x10000000000000000 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "0 0xg 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "0 0x-1 0x2 0x3 0x4 0x5 0x6 0x7 0x8",
                          "0 0x0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8"}) {
    EXPECT_FALSE(parse_blocked_call(bad)) << bad;
  }
  EXPECT_FALSE(parse_blocked_call({"0 0x1\0 0x2 0x3 0x4 0x5 0x6 0x7 0x8", 35}));
}

TEST(ScanBlockedCalls, FindsAnotherProcess) {
  const Queue queue;
  const pid_t pid = test::start([&queue] { return queue.wait(-5); });
  const auto found = wait_for(queue, 1);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, pid);
  EXPECT_EQ(found[0].thread, pid);
  EXPECT_EQ(found[0].call.arguments[2], 7U);
  EXPECT_EQ(static_cast<std::int64_t>(found[0].call.arguments[3]), -5);
  EXPECT_EQ(found[0].call.arguments[4], static_cast<std::uint64_t>(MSG_NOERROR));
  ScanReport report;
  EXPECT_EQ(find(queue, &report).size(), 1U);
  EXPECT_GE(report.seen, 2U);
  queue.remove();
  EXPECT_EQ(test::wait_status(pid), 0);
  EXPECT_TRUE(find(queue).empty());
}

TEST(ScanBlockedCalls, FindsEveryThread) {
  const Queue queue;
  const pid_t pid = test::start([&queue] {
    std::thread one{[&queue] { static_cast<void>(queue.wait(1)); }};
    std::thread two{[&queue] { static_cast<void>(queue.wait(2)); }};
    const int result = queue.wait(3);
    one.join();
    two.join();
    return result;
  });
  std::set<pid_t> threads;
  std::set<std::uint64_t> types;
  for (const Found& one : wait_for(queue, 3)) {
    EXPECT_EQ(one.pid, pid);
    threads.insert(one.thread);
    types.insert(one.call.arguments[3]);
    if (one.call.arguments[3] == 3) {
      EXPECT_EQ(one.thread, pid);
    }
  }
  EXPECT_EQ(threads.size(), 3U);
  EXPECT_EQ(types, (std::set<std::uint64_t>{1, 2, 3}));
  queue.remove();
  EXPECT_EQ(test::wait_status(pid), 0);
}

TEST(ScanBlockedCalls, FindsThreadsAfterTheFirstEnded) {
  const Queue queue;
  const pid_t pid = test::start([&queue]() -> int {
    std::thread other{[&queue, leader = ::getpid()] {
      const std::string path = "/proc/" + std::to_string(leader) + "/stat";
      while (read_small_file(path).value_or("").find(") Z ") == std::string::npos) ::usleep(1000);
      ::_exit(queue.wait(1));
    }};
    ::syscall(SYS_exit, 0);
    return 2;
  });
  const auto found = wait_for(queue, 1);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, pid);
  EXPECT_NE(found[0].thread, pid);
  queue.remove();
  EXPECT_EQ(test::wait_status(pid), 0);
}

TEST(ScanBlockedCalls, LeavesOursOut) {
  const Queue queue;
  std::atomic<pid_t> tid{0};
  std::thread ours{[&] {
    tid = ::gettid();
    static_cast<void>(queue.wait(1));
  }};
  while (tid == 0) std::this_thread::yield();
  EXPECT_TRUE(test::wait_until_asleep(tid));
  EXPECT_TRUE(find(queue).empty());
  queue.remove();
  ours.join();
}

TEST(ScanBlockedCalls, AnotherUsersProcessIsUnreadable) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  const Queue queue;
  const pid_t pid = test::start([&queue] { return queue.wait(1); });
  EXPECT_EQ(wait_for(queue, 1).size(), 1U);
  const int status = test::in_child([&queue] {
    if (!test::become_nobody()) return 2;
    ScanReport report;
    if (!find(queue, &report).empty()) return 3;
    return report.unreadable > 0 && report.seen > 0 && !report.complete() ? 0 : 4;
  });
  EXPECT_EQ(WEXITSTATUS(status), 0);
  queue.remove();
  test::wait_status(pid);
}

TEST(SharesIpcNamespace, OursAndOthers) {
  EXPECT_EQ(shares_ipc_namespace(::getpid()), true);
  const test::Pipe hold = test::make_pipe();
  const auto wait = [&hold] {
    ::close(hold.writer.get());
    char byte = 0;
    return static_cast<int>(::read(hold.reader.get(), &byte, 1));
  };
  const pid_t near = test::start(wait);
  EXPECT_EQ(shares_ipc_namespace(near), true);
  ::kill(near, SIGKILL);
  test::wait_status(near);
  EXPECT_EQ(shares_ipc_namespace(near), std::nullopt);
}

TEST(SharesIpcNamespace, AnotherOne) {
  test::Pipe ready = test::make_pipe();
  const test::Pipe hold = test::make_pipe();
  const pid_t far = test::start([&] {
    ::close(hold.writer.get());
    char byte = 'x';
    if (::unshare(CLONE_NEWIPC) != 0 || ::write(ready.writer.get(), &byte, 1) != 1) return 1;
    return static_cast<int>(::read(hold.reader.get(), &byte, 1));
  });
  ready.writer.reset();
  char byte = 0;
  const bool is_ready = ::read(ready.reader.get(), &byte, 1) == 1;
  if (is_ready) {
    EXPECT_EQ(shares_ipc_namespace(far), false);
  }
  ::kill(far, SIGKILL);
  test::wait_status(far);
  if (!is_ready) GTEST_SKIP() << "cannot make an IPC namespace";
}

TEST(SharesIpcNamespace, OneThatMayNotBeLookedAt) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  const int status = test::in_child([parent = ::getpid()] {
    if (!test::become_nobody()) return 2;
    return shares_ipc_namespace(parent) == std::nullopt && shares_ipc_namespace(::getpid()) == true ? 0 : 3;
  });
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace ipctl
