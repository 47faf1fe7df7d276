// ProcessHandle: a child is sent to and waited for, and is not mixed up with another.
#include "os/process_handle.hpp"

#include <csignal>

#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

pid_t start_sleeper() {
  return test::start([] {
    for (;;) ::pause();
    return 0;
  });
}

TEST(ProcessHandle, SendsAndWaits) {
  const pid_t pid = start_sleeper();
  const ProcessHandle handle = ProcessHandle::of_process(pid);
  EXPECT_EQ(handle.pid(), pid);
  EXPECT_EQ(handle.send(0, std::nullopt), 0);
  EXPECT_FALSE(handle.has_ended());
  EXPECT_EQ(handle.wait_for_end({Deadline::after(10ms)}), Waited::timed_out);
  EXPECT_EQ(handle.send(SIGTERM, std::nullopt), 0);
  EXPECT_EQ(handle.wait_for_end({}), Waited::ready);
  EXPECT_TRUE(handle.has_ended());
  EXPECT_EQ(handle.end_status(), SIGTERM);
  test::wait_status(pid);
  EXPECT_TRUE(handle.has_ended());
  EXPECT_EQ(handle.send(SIGTERM, std::nullopt), ESRCH);
}

TEST(ProcessHandle, TellsTheStatusAfterTheParentWaited) {
  const pid_t pid = test::start([] {
    ::pause();
    return 0;
  });
  const ProcessHandle handle = ProcessHandle::of_process(pid);
  ::kill(pid, SIGKILL);
  const int status = test::wait_status(pid);
  const auto told = handle.end_status();
  if (!told) GTEST_SKIP() << "this kernel does not tell it (Linux 6.15 does)";
  EXPECT_EQ(told, status);
}

TEST(ProcessHandle, HasAnInodeOfItsOwn) {
  const pid_t one = start_sleeper();
  const pid_t other = start_sleeper();
  const auto inode = ProcessHandle::of_process(one).inode();
  EXPECT_EQ(inode, ProcessHandle::of_process(one).inode());
  EXPECT_TRUE(!inode || inode != ProcessHandle::of_process(other).inode());
  for (const pid_t pid : {one, other}) {
    ::kill(pid, SIGKILL);
    test::wait_status(pid);
  }
}

TEST(ProcessHandle, IsNotOfWhatIsGone) {
  const pid_t pid = start_sleeper();
  ::kill(pid, SIGKILL);
  test::wait_status(pid);
  for (const auto make : {+[](pid_t gone) { return ProcessHandle::of_process(gone); },
                          +[](pid_t gone) { return ProcessHandle::of_group(gone); },
                          +[](pid_t gone) { return ProcessHandle::of_thread(::getpid(), gone); }}) {
    try {
      static_cast<void>(make(pid));
      ADD_FAILURE() << "found";
    } catch (const Error& error) {
      EXPECT_EQ(error.status(), Exit::missing) << error.what();
    }
  }
}

}  // namespace
}  // namespace ipctl
