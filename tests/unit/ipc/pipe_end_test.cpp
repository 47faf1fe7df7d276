// PipeEnd: an end that is ours alone, whatever it was opened from.
#include "ipc/pipe_end.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using test::expect_error;
using test::make_pipe;
using test::Pipe;

// As if ipctl had inherited it: what is its own is close-on-exec.
DescriptorAddress inherited(const Fd& fd) {
  EXPECT_EQ(::fcntl(fd.get(), F_SETFD, 0), 0);
  return {.pid = std::nullopt, .fd = fd.get()};
}

TEST(PipeEnd, OpensEitherEndAndLeavesItsFlags) {
  const Pipe pipe = make_pipe();
  const PipeEnd writer = PipeEnd::open(inherited(pipe.reader), PipeSide::write);
  const PipeEnd reader = PipeEnd::open({.pid = ::getpid(), .fd = pipe.writer.get()}, PipeSide::read);
  std::string text = "hello";
  const iovec out{text.data(), text.size()};
  EXPECT_EQ(writer.write({&out, 1}), 5);
  std::array<char, 16> buffer{};
  const iovec in{buffer.data(), buffer.size()};
  EXPECT_EQ(reader.read({&in, 1}), 5);
  EXPECT_EQ(reader.read({&in, 1}), -1);
  EXPECT_EQ(errno, EAGAIN);
  for (const Fd* fd : {&pipe.reader, &pipe.writer}) EXPECT_EQ(::fcntl(fd->get(), F_GETFL) & O_NONBLOCK, 0);
}

TEST(PipeEnd, WritesPacketsWhereAskedTo) {
  const Pipe pipe = make_pipe();
  const PipeEnd writer = PipeEnd::open(inherited(pipe.writer), PipeSide::write, O_DIRECT);
  EXPECT_NE(::fcntl(writer.fd(), F_GETFL) & O_DIRECT, 0);
  EXPECT_EQ(::fcntl(pipe.writer.get(), F_GETFL) & O_DIRECT, 0);
}

TEST(PipeEnd, RefusesWhatIsNoPipe) {
  const test::TemporaryDirectory directory;
  const Fd file{::open(directory.file("file", "").c_str(), O_RDONLY | O_CLOEXEC)};
  expect_error(Exit::failed, 0, "is no pipe or FIFO",
               [&file] { static_cast<void>(PipeEnd::open(inherited(file), PipeSide::read)); });
  expect_error(Exit::missing, 0, "ipctl has inherited no such descriptor",
               [] { static_cast<void>(PipeEnd::open({.pid = std::nullopt, .fd = 987}, PipeSide::read)); });
  const Pipe pipe = make_pipe();
  expect_error(Exit::missing, 0, "ipctl has inherited no such descriptor", [&pipe] {
    static_cast<void>(PipeEnd::open({.pid = std::nullopt, .fd = pipe.reader.get()}, PipeSide::read));
  });
}

TEST(PipeEnd, DuplicatesTheOpenFile) {
  Pipe pipe = make_pipe(O_NONBLOCK);
  const PipeEnd end{std::move(pipe.writer), "p"};
  const PipeEnd copy = end.duplicate();
  EXPECT_NE(copy.fd(), end.fd());
  EXPECT_EQ(copy.name(), "p");
  EXPECT_NE(::fcntl(copy.fd(), F_GETFD) & FD_CLOEXEC, 0);
}

}  // namespace
}  // namespace ipctl
