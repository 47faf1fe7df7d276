// PipeCopies
#include "ipc/pipe_copies.hpp"

#include <csignal>
#include <cstring>

#include "../os/support.hpp"
#include "os/pipe.hpp"
#include "os/signals.hpp"
#include "os/wait.hpp"

namespace ipctl {
namespace {

using test::Pipe;

// As the caller does: waits, at most 100 ms, and steps.
bool turn(PipeCopies& copies) {
  std::vector<pollfd> fds;
  copies.want(fds);
  EXPECT_EQ(fds.size(), copies.count());
  const auto waited = wait_for(fds, {.deadline = Deadline::after(std::chrono::milliseconds{100})});
  copies.step(fds);
  return waited == Waited::ready;
}

std::string what_is_in(const Fd& fd) {
  std::string text(1 << 20, '\0');
  const auto waiting = unread_bytes(fd.get()).value_or(0);
  if (waiting == 0) return {};
  const ssize_t got = ::read(fd.get(), text.data(), text.size());
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return text;
}

void put(const Fd& fd, const std::string& text) {
  ASSERT_EQ(::write(fd.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

bool is_at_end(const Fd& fd) {
  char byte = 0;
  return ::read(fd.get(), &byte, 1) == 0;
}

std::string content(const std::string& path) {
  const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  std::string text(1 << 20, '\0');
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(::read(file.get(), text.data(), text.size()), 0)));
  return text;
}

struct Two {
  StopSignals stop;  // no SIGPIPE
  Pipe source = test::make_pipe(), one = test::make_pipe(), two = test::make_pipe();
  PipeCopies copies{std::move(source.reader)};
};

TEST(PipeCopies, AllToEach) {
  Two t;
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_pipe(std::move(t.two.writer));
  for (const std::string text : {"first", "second", "x"}) {
    put(t.source.writer, text);
    EXPECT_TRUE(turn(t.copies));
    EXPECT_EQ(what_is_in(t.one.reader), text);
    EXPECT_EQ(what_is_in(t.two.reader), text);
  }
  EXPECT_FALSE(turn(t.copies)) << "nothing is to be done: it must not wake";
  EXPECT_FALSE(t.copies.done());
  t.source.writer.reset();
  EXPECT_TRUE(turn(t.copies));
  EXPECT_TRUE(t.copies.done());
  EXPECT_TRUE(is_at_end(t.one.reader));
  EXPECT_TRUE(is_at_end(t.two.reader));
}

TEST(PipeCopies, TheSlowestSetsThePaceAndGetsAll) {
  Two t;
  set_pipe_capacity(t.two.writer.get(), 4096, "");
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_pipe(std::move(t.two.writer));
  std::string text;
  for (int i = 0; text.size() < 60000; ++i) text += std::to_string(i) + ' ';
  put(t.source.writer, text);
  t.source.writer.reset();
  std::string one;
  std::string two;
  EXPECT_TRUE(turn(t.copies));
  EXPECT_FALSE(turn(t.copies)) << "full: it must not wake";
  EXPECT_FALSE(t.copies.done());
  EXPECT_EQ(what_is_in(t.one.reader), text);
  while (!t.copies.done()) {
    two += what_is_in(t.two.reader);
    EXPECT_TRUE(turn(t.copies));
  }
  two += what_is_in(t.two.reader);
  EXPECT_EQ(two, text);
  EXPECT_TRUE(is_at_end(t.one.reader));
}

TEST(PipeCopies, OneThatReadsNoMoreStopsNobody) {
  Two t;
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_pipe(std::move(t.two.writer));
  t.one.reader.reset();
  EXPECT_TRUE(turn(t.copies)) << "told before anything is written";
  put(t.source.writer, "text");
  EXPECT_TRUE(turn(t.copies));
  EXPECT_EQ(what_is_in(t.two.reader), "text");
  t.two.reader.reset();
  EXPECT_TRUE(turn(t.copies));
  EXPECT_TRUE(t.copies.done());
  EXPECT_EQ(::write(t.source.writer.get(), "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  EXPECT_TRUE(t.copies.failures().empty());
}

TEST(PipeCopies, IntoAFile) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("file", "", 0644);
  Two t;
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_file(Fd{::open(path.c_str(), O_WRONLY | O_CLOEXEC)}, "file");
  put(t.source.writer, "text");
  EXPECT_TRUE(turn(t.copies));
  EXPECT_EQ(what_is_in(t.one.reader), "text");
  EXPECT_EQ(content(path), "text");
  // With the last pipe's reader gone nobody is served any more.
  t.one.reader.reset();
  EXPECT_TRUE(turn(t.copies));
  EXPECT_TRUE(t.copies.done());
}

TEST(PipeCopies, IntoAFileThatCannotBeSpliced) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("file", "before ", 0644);
  Two t;
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_file(Fd{::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)}, "file");
  const std::string text(65536, 'x');
  put(t.source.writer, text);
  EXPECT_TRUE(turn(t.copies));
  EXPECT_EQ(content(path), "before " + text);
  EXPECT_TRUE(t.copies.failures().empty());
}

TEST(PipeCopies, AFileThatCannotBeWrittenIsTold) {
  Two t;
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_file(Fd{::open("/dev/full", O_WRONLY | O_CLOEXEC)}, "full");
  for (const std::string text : {"first", "second"}) {
    put(t.source.writer, text);
    EXPECT_TRUE(turn(t.copies));
    EXPECT_EQ(what_is_in(t.one.reader), text);
  }
  ASSERT_EQ(t.copies.failures().size(), 1U);
  EXPECT_EQ(t.copies.failures()[0].name, "full");
  EXPECT_EQ(t.copies.failures()[0].code, ENOSPC);
}

TEST(PipeCopies, AFullFifoHoldsUpTheRestAndNotUs) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path() + "/fifo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const Fd reader{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
  set_pipe_capacity(reader.get(), 4096, "");
  Two t;
  t.copies.add_pipe(std::move(t.one.writer));
  t.copies.add_file(Fd{::open(path.c_str(), O_WRONLY | O_CLOEXEC)}, "fifo");
  const std::string text(10000, 'x');
  put(t.source.writer, text);
  t.source.writer.reset();
  EXPECT_TRUE(turn(t.copies));
  EXPECT_FALSE(turn(t.copies));
  std::string got;
  while (!t.copies.done()) {
    got += what_is_in(reader);
    EXPECT_TRUE(turn(t.copies));
  }
  got += what_is_in(reader);
  EXPECT_EQ(got, text);
}

TEST(PipeCopies, PacketsStayPackets) {
  const StopSignals stop;
  Pipe source = test::make_pipe(O_DIRECT);
  Pipe one = test::make_pipe(O_DIRECT);
  Pipe two = test::make_pipe(O_DIRECT);
  PipeCopies copies{std::move(source.reader)};
  copies.add_pipe(std::move(one.writer));
  copies.add_pipe(std::move(two.writer));
  for (const std::string text : {"a", "bcd", "ef"}) put(source.writer, text);
  EXPECT_TRUE(turn(copies));
  for (const Fd* const reader : {&one.reader, &two.reader}) {
    for (const std::string text : {"a", "bcd", "ef"}) EXPECT_EQ(what_is_in(*reader), text);
  }
}

}  // namespace
}  // namespace ipctl
