// file: whole writes in spite of signals, small pipes and departed readers; small files and links.
#include "os/file.hpp"

#include <sys/socket.h>

#include <csignal>
#include <functional>
#include <vector>

#include "os/signals.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

constexpr std::size_t pipe_size = 4096;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 % 251);
  return text;
}

test::Pipe make_small_pipe(int writer_flags = 0) {
  test::Pipe pipe = test::make_pipe();
  EXPECT_EQ(::fcntl(pipe.writer.get(), F_SETPIPE_SZ, pipe_size), static_cast<int>(pipe_size));
  EXPECT_EQ(::fcntl(pipe.writer.get(), F_SETFL, O_WRONLY | writer_flags), 0);
  return pipe;
}

std::string read_to_end(const Fd& fd) {
  std::string all;
  std::array<char, 1000> chunk{};
  for (;;) {
    const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
    if (count <= 0) return all;
    all.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

// What arrives when `write` writes to the writing end and nobody reads before it sleeps.
std::string transfer(test::Pipe& pipe, const std::function<int(int)>& write) {
  std::string received;
  std::thread reader{[&received, &pipe, tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    received = read_to_end(pipe.reader);
  }};
  EXPECT_EQ(write(pipe.writer.get()), 0);
  pipe.writer.reset();
  reader.join();
  return received;
}

class WriteAll : public testing::TestWithParam<int> {  // flags of the writing end
  StopSignals stop_;                                   // none requested yet, and no SIGPIPE
};
INSTANTIATE_TEST_SUITE_P(, WriteAll, testing::Values(0, O_NONBLOCK),
                         [](const auto& parameter) { return parameter.param == 0 ? "Blocking" : "NonBlocking"; });

TEST_P(WriteAll, GoesThroughASmallPipe) {
  test::Pipe pipe = make_small_pipe(GetParam());
  const std::string text = pattern(300001);
  EXPECT_TRUE(transfer(pipe, [&text](int fd) { return write_all(fd, text); }) == text);
}

TEST_P(WriteAll, PiecesGoThroughASmallPipe) {
  test::Pipe pipe = make_small_pipe(GetParam());
  std::string text = pattern(300006);
  std::vector<iovec> pieces;
  std::size_t at = 0;
  for (const std::size_t size : {1UL, 0UL, 100000UL, 5UL, 0UL, 200000UL, 0UL}) {
    pieces.push_back({text.data() + at, size});
    at += size;
  }
  ASSERT_EQ(at, text.size());
  EXPECT_TRUE(transfer(pipe, [&pieces](int fd) { return write_all(fd, pieces); }) == text);
}

TEST_P(WriteAll, ReaderThatLeft) {
  test::Pipe pipe = make_small_pipe(GetParam());
  pipe.reader.reset();
  std::string text = "text";
  EXPECT_EQ(write_all(pipe.writer.get(), text), EPIPE);
  std::array<iovec, 2> pieces{{{text.data(), 2}, {text.data() + 2, 2}}};
  EXPECT_EQ(write_all(pipe.writer.get(), pieces), EPIPE);
}

TEST_P(WriteAll, ReaderThatLeavesInTheMiddle) {
  test::Pipe pipe = make_small_pipe(GetParam());
  std::thread reader{[&pipe, tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    pipe.reader.reset();
  }};
  EXPECT_EQ(write_all(pipe.writer.get(), pattern(20000)), EPIPE);
  reader.join();
}

// Sends `signals` to the caller, each once it sleeps; then what the pipe holds is read to its end.
std::thread interrupt_and_read(const test::Pipe& pipe, std::vector<int> signals, std::string* received) {
  return std::thread{[&pipe, signals = std::move(signals), received, self = ::pthread_self(), tid = ::gettid()] {
    for (const int signal : signals) {
      EXPECT_TRUE(test::wait_until_asleep(tid));
      ::pthread_kill(self, signal);
    }
    if (received == nullptr) return;
    EXPECT_TRUE(test::wait_until_asleep(tid));
    *received = read_to_end(pipe.reader);
  }};
}

TEST_P(WriteAll, FirstStopEndsItBeforeAnythingIsWritten) {
  const test::Pipe pipe = make_small_pipe(GetParam());
  ASSERT_EQ(write_all(pipe.writer.get(), std::string(pipe_size, 'f')), 0);
  std::thread other = interrupt_and_read(pipe, {SIGTERM}, nullptr);
  EXPECT_EQ(write_all(pipe.writer.get(), "text"), EINTR);
  other.join();
  EXPECT_EQ(StopSignals::count(), 1);
}

TEST_P(WriteAll, FirstStopLetsItFinishWhatItBegan) {
  test::Pipe pipe = make_small_pipe(GetParam());
  const std::string text = pattern(50000);
  std::string received;
  std::thread other = interrupt_and_read(pipe, {SIGTERM}, &received);
  EXPECT_EQ(write_all(pipe.writer.get(), text), 0);
  pipe.writer.reset();
  other.join();
  EXPECT_TRUE(received == text) << received.size();
  EXPECT_EQ(StopSignals::count(), 1);
}

TEST_P(WriteAll, SecondStopEndsItInTheMiddle) {
  const test::Pipe pipe = make_small_pipe(GetParam());
  std::thread other = interrupt_and_read(pipe, {SIGTERM, SIGINT}, nullptr);
  EXPECT_EQ(write_all(pipe.writer.get(), pattern(50000)), EINTR);
  other.join();
  EXPECT_EQ(StopSignals::count(), 2);
}

TEST_P(WriteAll, SecondStopEndsPiecesInTheMiddle) {
  const test::Pipe pipe = make_small_pipe(GetParam());
  std::string text = pattern(50000);
  std::array<iovec, 2> pieces{{{text.data(), 10}, {text.data() + 10, text.size() - 10}}};
  std::thread other = interrupt_and_read(pipe, {SIGHUP, SIGHUP}, nullptr);
  EXPECT_EQ(write_all(pipe.writer.get(), pieces), EINTR);
  other.join();
}

TEST_P(WriteAll, RegardlessOfStops) {
  test::Pipe pipe = make_small_pipe(GetParam());
  const std::string text = pattern(50000);
  std::string received;
  std::thread other = interrupt_and_read(pipe, {SIGTERM, SIGINT}, &received);
  EXPECT_EQ(write_regardless(pipe.writer.get(), text), 0);
  pipe.writer.reset();
  other.join();
  EXPECT_TRUE(received == text) << received.size();
  EXPECT_EQ(StopSignals::count(), 2);
}

TEST_P(WriteAll, OtherSignalsDoNotEndIt) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  test::Pipe pipe = make_small_pipe(GetParam());
  ASSERT_EQ(write_all(pipe.writer.get(), std::string(pipe_size, 'f')), 0);
  std::string received;
  std::thread other = interrupt_and_read(pipe, {SIGUSR1, SIGUSR1}, &received);
  EXPECT_EQ(write_all(pipe.writer.get(), "text"), 0);
  pipe.writer.reset();
  other.join();
  EXPECT_TRUE(received == std::string(pipe_size, 'f') + "text");
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST(WriteAllOnce, StopBeforeTheWaitIsNotSleptThrough) {
  const StopSignals stop;
  const test::Pipe pipe = make_small_pipe(O_NONBLOCK);
  ASSERT_EQ(write_all(pipe.writer.get(), std::string(pipe_size, 'f')), 0);
  ::raise(SIGTERM);
  EXPECT_EQ(write_all(pipe.writer.get(), "text"), EINTR);
}

TEST(WriteAllOnce, StopDoesNotEndWhatFits) {
  const StopSignals stop;
  const test::Pipe pipe = make_small_pipe();
  ::raise(SIGTERM);
  ::raise(SIGTERM);
  EXPECT_EQ(write_all(pipe.writer.get(), "text"), 0);
}

TEST(WriteAllOnce, KeepsTheSignalMask) {
  const StopSignals stop;
  test::Pipe pipe = make_small_pipe(O_NONBLOCK);
  transfer(pipe, [](int fd) { return write_all(fd, pattern(20000)); });
  sigset_t mask;
  ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, nullptr, &mask), 0);
  for (const int signal : stop_signals) EXPECT_EQ(::sigismember(&mask, signal), 0);
}

TEST(WriteAllOnce, PiecesAreOneWrite) {
  std::array<int, 2> ends{-1, -1};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), 0);
  const Fd reader{ends[0]};
  const Fd writer{ends[1]};
  std::string text = "one two";
  std::array<iovec, 3> pieces{{{text.data(), 3}, {text.data() + 3, 1}, {text.data() + 4, 3}}};
  EXPECT_EQ(write_all(writer.get(), pieces), 0);
  std::array<char, 20> packet{};
  EXPECT_EQ(::read(reader.get(), packet.data(), packet.size()), 7);
  EXPECT_STREQ(packet.data(), "one two");
  std::array<iovec, 1> one{{{text.data(), 5}}};
  EXPECT_EQ(write_all(writer.get(), one), 0);
  EXPECT_EQ(::read(reader.get(), packet.data(), packet.size()), 5);
}

TEST(WriteAllOnce, NothingIsNoWrite) {
  EXPECT_EQ(write_all(-1, ""), 0);
  EXPECT_EQ(write_all(-1, std::span<iovec>{}), 0);
  std::array<iovec, 2> empty{};
  EXPECT_EQ(write_all(-1, empty), 0);
}

TEST(WriteAllOnce, Failures) {
  EXPECT_EQ(write_all(-1, "text"), EBADF);
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  EXPECT_EQ(write_all(full.get(), "text"), ENOSPC);
  EXPECT_EQ(write_regardless(full.get(), "text"), ENOSPC);
  const Fd read_only{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  EXPECT_EQ(write_all(read_only.get(), "text"), EBADF);
}

TEST(ReadSmallFile, WholeOrItsStart) {
  const test::TemporaryDirectory directory;
  const std::string text = pattern(10000);
  const std::string path = directory.file("f", text);
  EXPECT_EQ(read_small_file(path), text);
  EXPECT_EQ(read_small_file(path, 10000), text);
  EXPECT_EQ(read_small_file(path, 9999), text.substr(0, 9999));
  EXPECT_EQ(read_small_file(path, 5), text.substr(0, 5));
  EXPECT_EQ(read_small_file(path, 0), "");
  EXPECT_EQ(read_small_file(directory.file("empty", "")), "");
}

TEST(ReadSmallFile, DefaultLimit) {
  const test::TemporaryDirectory directory;
  const auto text = read_small_file(directory.file("f", pattern(70000)));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->size(), 65536U);
}

TEST(ReadSmallFile, FilesOfProc) {
  const auto text = read_small_file("/proc/self/status");
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("\nPid:\t" + std::to_string(::getpid()) + "\n"), std::string::npos);
}

TEST(ReadSmallFile, Failures) {
  EXPECT_EQ(read_small_file("/nonexistent/file"), std::nullopt);
  EXPECT_EQ(errno, ENOENT);
  EXPECT_EQ(read_small_file("/proc"), std::nullopt);
  EXPECT_EQ(errno, EISDIR);
}

TEST(ReadNumberFile, NumberAtTheStart) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(read_number_file(directory.file("a", "10\n")), 10U);
  EXPECT_EQ(read_number_file(directory.file("b", "0")), 0U);
  EXPECT_EQ(read_number_file(directory.file("c", "250\t32000\t32\t128\n")), 250U);
  EXPECT_EQ(read_number_file(directory.file("d", "18446744073709551615\n")), 18446744073709551615ULL);
}

TEST(ReadNumberFile, Failures) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(read_number_file(directory.path() + "/missing"), std::nullopt);
  EXPECT_EQ(read_number_file(directory.file("a", "")), std::nullopt);
  EXPECT_EQ(read_number_file(directory.file("b", "max\n")), std::nullopt);
  EXPECT_EQ(read_number_file(directory.file("c", "-1\n")), std::nullopt);
  EXPECT_EQ(read_number_file(directory.file("d", "18446744073709551616\n")), std::nullopt);
}

TEST(ReadLink, WholeHoweverLong) {
  const test::TemporaryDirectory directory;
  const Fd fd{::open(directory.path().c_str(), O_PATH | O_CLOEXEC)};
  for (const std::size_t size : {1UL, 255UL, 256UL, 257UL, 1024UL, 4095UL}) {
    const std::string target(size, 'x');
    const std::string name = "link" + std::to_string(size);
    ASSERT_EQ(::symlinkat(target.c_str(), fd.get(), name.c_str()), 0);
    EXPECT_EQ(read_link(fd.get(), name), target);
    EXPECT_EQ(read_link(AT_FDCWD, directory.path() + '/' + name), target);
  }
}

TEST(ReadLink, Failures) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(read_link(AT_FDCWD, directory.path() + "/missing"), std::nullopt);
  EXPECT_EQ(errno, ENOENT);
  EXPECT_EQ(read_link(AT_FDCWD, directory.path()), std::nullopt);
  EXPECT_EQ(errno, EINVAL);
}

}  // namespace
}  // namespace ipctl
