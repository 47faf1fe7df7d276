// PipeWriter: whole messages, locks, room and readers that leave.
#include "ipc/pipe_writer.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include "tests/unit/io/support.hpp"
#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using test::expect_error;
using test::make_pipe;
using test::Pipe;

const Wait no_wait{.deadline = Deadline::now()};

class PipeWriterTest : public testing::Test {
 protected:
  PipeWriterTest() { ::fcntl(pipe_.writer.get(), F_SETPIPE_SZ, 65536); }
  Outcome write(std::string text, const Wait& wait = no_wait) {
    std::array pieces{iovec{text.data(), text.size()}};
    return writer_.write(pieces, wait);
  }
  std::string read_all() {
    std::string all = test::rest_of(pipe_.reader.get());
    return all;
  }

  const StopSignals stop_;  // SIGPIPE
  Pipe pipe_ = make_pipe(O_NONBLOCK);
  Fd same_{::open(("/proc/self/fd/" + std::to_string(pipe_.writer.get())).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)};
  PipeWriter writer_{PipeEnd{std::move(same_), "p"}};
};

TEST_F(PipeWriterTest, WritesWholeMessagesOrNone) {
  EXPECT_EQ(write("hello"), Outcome::done);
  EXPECT_EQ(read_all(), "hello");
  ::fcntl(pipe_.writer.get(), F_SETPIPE_SZ, 4096);
  EXPECT_EQ(write(std::string(3000, 'x')), Outcome::done);
  EXPECT_EQ(write(std::string(2000, 'y')), Outcome::timed_out);
  EXPECT_EQ(read_all(), std::string(3000, 'x'));
}

TEST_F(PipeWriterTest, LongMessagesBeginOnlyWhereTheyFit) {
  EXPECT_EQ(write(std::string(60000, 'x')), Outcome::done);
  EXPECT_EQ(write(std::string(5000, 'y')), Outcome::timed_out);
  EXPECT_EQ(read_all(), std::string(60000, 'x'));
  expect_error(Exit::failed, 0, "message is 70000 bytes with what ends it, and 65536 fit at once",
               [this] { static_cast<void>(write(std::string(70000, 'x'))); });
}

TEST_F(PipeWriterTest, TellsHowMuchOfAMessageIsThere) {
  expect_error(Exit::timed_out, 0, "timed out in the middle of a message: 65536 of its 100000 bytes are written",
               [this] {
                 static_cast<void>(
                     write(std::string(100000, 'x'), {.deadline = Deadline::after(std::chrono::milliseconds{50})}));
               });
}

TEST_F(PipeWriterTest, WaitsForLocksOfOthers) {
  const auto with_lock = [this](int kind, std::size_t size) {
    const Fd other{::open(("/proc/self/fd/" + std::to_string(pipe_.reader.get())).c_str(), O_RDONLY | O_NONBLOCK)};
    EXPECT_EQ(::flock(other.get(), kind), 0);
    return write(std::string(size, 'x'));
  };
  EXPECT_EQ(with_lock(LOCK_EX, 10), Outcome::timed_out);
  EXPECT_EQ(with_lock(LOCK_SH, 10), Outcome::done);
  EXPECT_EQ(read_all().size(), 10U);
  EXPECT_EQ(with_lock(LOCK_SH, 5000), Outcome::timed_out);
  EXPECT_EQ(write(std::string(5000, 'x')), Outcome::done) << "the lock is gone with its holder";
}

TEST_F(PipeWriterTest, NoticesThatNobodyReads) {
  pipe_.reader.reset();
  expect_error(Exit::failed, 0, "no reader has it open any more", [this] { static_cast<void>(write("x")); });
  EXPECT_EQ(writer_.drain(no_wait), Outcome::done) << "nothing was written";
}

TEST_F(PipeWriterTest, Drains) {
  EXPECT_EQ(writer_.drain(no_wait), Outcome::done);
  EXPECT_EQ(write("hello"), Outcome::done);
  EXPECT_EQ(writer_.drain(no_wait), Outcome::timed_out);
  EXPECT_EQ(read_all(), "hello");
  EXPECT_EQ(writer_.drain({}), Outcome::done);
  EXPECT_EQ(write("hello"), Outcome::done);
  pipe_.reader.reset();
  expect_error(Exit::failed, 0, "its readers left, and 5 bytes were not read",
               [this] { static_cast<void>(writer_.drain({})); });
}

}  // namespace
}  // namespace ipctl
