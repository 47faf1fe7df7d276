// PipeReader: what is seen, what is taken, and who is noticed.
#include "ipc/pipe_reader.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using test::expect_error;
using test::make_pipe;
using test::Pipe;
using Look = PipeReader::Look;

const Wait no_wait{.deadline = Deadline::now()};

void write_text(const Fd& fd, std::string_view text) {
  ASSERT_EQ(::write(fd.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

PipeReader reader_of(Pipe& pipe) {
  return PipeReader{PipeEnd{std::move(pipe.reader), "p"}, PipeReader::Writer::was_there};
}

std::string take(PipeReader& reader, std::size_t size) {
  std::string text(size, '\0');
  const iovec piece{text.data(), size};
  text.resize(reader.take({&piece, 1}));
  return text;
}

// A FIFO in a directory that is gone afterwards.
struct Fifo {
  test::TemporaryDirectory directory;
  std::string path = directory.path() + "/fifo";
  Fifo() { EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0); }
  [[nodiscard]] Fd open(int flags) const { return Fd{::open(path.c_str(), flags | O_CLOEXEC)}; }
  [[nodiscard]] PipeReader reader() const {
    return PipeReader{PipeEnd{open(O_RDONLY | O_NONBLOCK), path}, PipeReader::Writer::expected};
  }
};

TEST(PipeReader, LooksAndTakesNoMoreThanIsWanted) {
  Pipe pipe = make_pipe(O_NONBLOCK);
  const Fd other{::fcntl(pipe.reader.get(), F_DUPFD_CLOEXEC, 0)};
  PipeReader reader = reader_of(pipe);
  EXPECT_EQ(reader.look(no_wait), Look::timed_out);
  write_text(pipe.writer, "one two");
  EXPECT_EQ(reader.look(no_wait), Look::more);
  EXPECT_EQ(reader.ahead(), "one two");
  EXPECT_EQ(reader.unread(), 7U);
  EXPECT_EQ(take(reader, 4), "one ");
  EXPECT_EQ(reader.ahead(), "two");
  EXPECT_EQ(reader.unread(), 3U);
  EXPECT_EQ(reader.taken(), 4U);
  EXPECT_EQ(reader.look(no_wait), Look::timed_out) << "nothing more came";
  write_text(pipe.writer, "!");
  EXPECT_EQ(reader.look(no_wait), Look::more);
  EXPECT_EQ(reader.ahead(), "two!");
  pipe.writer.reset();
  EXPECT_EQ(reader.look(no_wait), Look::ended);
  EXPECT_EQ(take(reader, 4), "two!");
  EXPECT_FALSE(reader.is_disturbed());
}

TEST(PipeReader, SeesThatThePipeIsFull) {
  Pipe pipe = make_pipe(O_NONBLOCK);
  ASSERT_EQ(::fcntl(pipe.writer.get(), F_SETPIPE_SZ, 4096), 4096);
  PipeReader reader = reader_of(pipe);
  write_text(pipe.writer, "x");  // its page can take more
  EXPECT_EQ(reader.look(no_wait), Look::more);
  EXPECT_EQ(reader.look(no_wait), Look::full) << "a writer that does not wait finds no page";
}

TEST(PipeReader, NoticesAnotherReader) {
  Pipe pipe = make_pipe(O_NONBLOCK);
  const Fd other{::fcntl(pipe.reader.get(), F_DUPFD_CLOEXEC, 0)};
  PipeReader reader = reader_of(pipe);
  write_text(pipe.writer, "abcdef");
  EXPECT_EQ(reader.look(no_wait), Look::more);
  char byte = 0;
  ASSERT_EQ(::read(other.get(), &byte, 1), 1);
  EXPECT_EQ(take(reader, 3), "bcd");
  EXPECT_TRUE(reader.is_disturbed());
}

TEST(PipeReader, TellsWritersThatAreExpectedFromThoseThatLeft) {
  const Fifo fifo;
  PipeReader reader = fifo.reader();
  EXPECT_EQ(reader.look(no_wait), Look::timed_out);
  EXPECT_TRUE(reader.is_writer_expected());
  Fd writer = fifo.open(O_WRONLY);
  EXPECT_EQ(reader.look(no_wait), Look::timed_out);
  EXPECT_FALSE(reader.is_writer_expected());
  writer.reset();
  EXPECT_EQ(reader.look(no_wait), Look::ended);
  reader.expect_writer();
  EXPECT_TRUE(reader.is_writer_expected());
  EXPECT_EQ(reader.look(no_wait), Look::timed_out);
  write_text(fifo.open(O_WRONLY), "came and went");
  EXPECT_EQ(reader.look(no_wait), Look::more);
  EXPECT_EQ(take(reader, 13), "came and went");
  EXPECT_EQ(reader.look(no_wait), Look::ended);
}

TEST(PipeReader, WhatComesWhileTheNextWriterIsExpectedIsNotLost) {
  const Fifo fifo;
  PipeReader reader = fifo.reader();
  write_text(fifo.open(O_WRONLY), "unfinished");
  reader.expect_writer();  // as if it had come just before
  EXPECT_EQ(reader.look(no_wait), Look::more);
  EXPECT_EQ(reader.look(no_wait), Look::ended) << "it has gone: what it wrote is all there will be";
}

TEST(PipeReader, TakesPackets) {
  Pipe pipe = make_pipe(O_NONBLOCK | O_DIRECT);
  PipeReader reader = reader_of(pipe);
  write_text(pipe.writer, "one");
  write_text(pipe.writer, "two");
  std::array<char, 4096> data{};
  std::size_t length = 0;
  EXPECT_EQ(reader.take_packet(data, length, no_wait), Look::more);
  EXPECT_EQ((std::string_view{data.data(), length}), "one");
  EXPECT_EQ(reader.take_packet(data, length, no_wait), Look::more);
  EXPECT_EQ(reader.take_packet(data, length, no_wait), Look::timed_out);
  EXPECT_EQ(reader.taken(), 6U);
  pipe.writer.reset();
  EXPECT_EQ(reader.take_packet(data, length, no_wait), Look::ended);
}

TEST(PipeReader, WaitsForWhatComesBehind) {
  Pipe pipe = make_pipe(O_NONBLOCK);
  PipeReader reader = reader_of(pipe);
  write_text(pipe.writer, "a");
  EXPECT_EQ(reader.look(no_wait), Look::more);
  std::thread writer = test::once_asleep([&pipe] { write_text(pipe.writer, "b"); });
  EXPECT_EQ(reader.look({}), Look::more);
  EXPECT_EQ(reader.ahead(), "ab");
  writer.join();
}

}  // namespace
}  // namespace ipctl
