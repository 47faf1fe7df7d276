// holder
#include "os/holder.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "os/error.hpp"
#include "os/pipe.hpp"

namespace ipctl {
namespace {

// A holder that is left to us is our child: init's, once ipctl has ended.
Held hold_pipe(const Fd& owner, Fd& read) {
  PipeEnds ends = make_pipe();
  read = std::move(ends.read);
  std::vector<Fd> fds;
  fds.push_back(std::move(ends.write));
  return start_holder(fds, "test", owner);
}

bool is_closed(const Fd& read) {
  char byte = 0;
  return ::read(read.get(), &byte, 1) == 0;
}

TEST(Holder, KeepsUntilItIsEnded) {
  Fd read;
  const Held held = hold_pipe({}, read);
  EXPECT_EQ(held.first, 3);
  pollfd end{.fd = read.get(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&end, 1, 0), 0);
  EXPECT_THROW((HolderProcess{held.pid, "other", "x"}), Error);
  const HolderProcess holder{held.pid, "test", "x"};
  holder.end("x");
  EXPECT_TRUE(is_closed(read));
  EXPECT_THROW((HolderProcess{held.pid, "test", "x"}), Error);  // not even while its number is still taken
  ::waitpid(held.pid, nullptr, 0);
}

TEST(Holder, EndsWithItsOwner) {
  const pid_t owner = ::fork();
  if (owner == 0) {
    for (;;) ::pause();
  }
  Fd read;
  const Held held = hold_pipe(watched_process(owner), read);
  ::kill(owner, SIGKILL);
  EXPECT_TRUE(is_closed(read));
  ::waitpid(owner, nullptr, 0);
  ::waitpid(held.pid, nullptr, 0);
  EXPECT_THROW(static_cast<void>(watched_process(owner)), Error);
}

TEST(Holder, OthersAreNotEnded) {
  try {
    const HolderProcess other{::getpid(), "test", "1:2"};
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("'ipctl test create' did not start"), std::string::npos) << error.what();
  }
}

TEST(Holder, WhoAskedIsThere) {
  EXPECT_TRUE(asking_process());
}

}  // namespace
}  // namespace ipctl
