// Stream: every byte, by splice(2) or by a copy, and how it ends.
#include "io/stream.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/unit/io/support.hpp"
#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using test::make_pipe;
using test::memory_file;
using test::Pipe;

const Wait no_wait{.deadline = Deadline::now()};

class StreamTest : public testing::Test {
 protected:
  const StopSignals stop_;  // SIGPIPE
  Pipe to_ = make_pipe(O_NONBLOCK);
};

TEST_F(StreamTest, PassesPipesFilesAndSparesThem) {
  Pipe from = make_pipe(O_NONBLOCK);
  test::put(from.writer.get(), "through pipes");
  from.writer.reset();
  Stream pipes{from.reader.get(), to_.writer.get()};
  EXPECT_EQ(pipes.run(no_wait), StreamEnd::input_ended);
  EXPECT_EQ(pipes.bytes(), 13U);
  const Fd file = memory_file(", of a file");
  Stream copied{file.get(), to_.writer.get()};
  EXPECT_EQ(copied.run(no_wait), StreamEnd::input_ended);
  EXPECT_EQ(test::rest_of(to_.reader.get()), "through pipes, of a file");
}

TEST_F(StreamTest, ToAFileThatOnlyAppends) {
  Pipe from = make_pipe(O_NONBLOCK);
  test::put(from.writer.get(), "text");
  from.writer.reset();
  const Fd file = memory_file();
  ::fcntl(file.get(), F_SETFL, O_APPEND);
  Stream stream{from.reader.get(), file.get()};
  EXPECT_EQ(stream.run(no_wait), StreamEnd::input_ended);
  EXPECT_EQ(test::all_of(file), "text");
}

TEST_F(StreamTest, WaitsForInputAndForRoom) {
  const Pipe from = make_pipe(O_NONBLOCK);
  Stream waits{from.reader.get(), to_.writer.get()};
  EXPECT_EQ(waits.run(no_wait), StreamEnd::timed_out);
  const Fd file = memory_file(std::string(100000, 'x'));
  Stream full{file.get(), to_.writer.get()};
  EXPECT_EQ(full.run(no_wait), StreamEnd::timed_out);
  EXPECT_EQ(full.bytes(), 65536U);
  EXPECT_EQ(full.bytes() + full.unsent().size(), 100000U);
}

TEST_F(StreamTest, TellsThatNobodyReads) {
  to_.reader.reset();
  const Fd file = memory_file("text");
  Stream stream{file.get(), to_.writer.get()};
  EXPECT_EQ(stream.run(no_wait), StreamEnd::write_failed);
  EXPECT_EQ(stream.code(), EPIPE);
  EXPECT_EQ(stream.unsent(), "text");
}

}  // namespace
}  // namespace ipctl
