// transfer: exact bytes between every pair of kinds, whatever either end does meanwhile.
#include "os/transfer.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <vector>

#include "os/file.hpp"
#include "os/mapping.hpp"
#include "os/signals.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using End = Transferred::End;
constexpr std::uint64_t to_the_end = UINT64_MAX;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 % 251);
  return text;
}

Fd make_file(const std::string& text = {}) {
  Fd file{::memfd_create("transfer", MFD_CLOEXEC)};
  EXPECT_EQ(write_regardless(file.get(), text), 0);
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_SET), 0);
  return file;
}

std::string read_to_end(const Fd& fd) {
  std::string all;
  std::vector<char> chunk(10007);
  for (;;) {
    const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
    if (count <= 0) return all;
    all.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

std::string text_of(const Fd& file) {
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_SET), 0);
  return read_to_end(file);
}

off_t position(const Fd& fd) {
  return ::lseek(fd.get(), 0, SEEK_CUR);
}

void expect_result(const Transferred& result, End end, std::uint64_t bytes, int code = 0) {
  EXPECT_EQ(static_cast<int>(result.end), static_cast<int>(end));
  EXPECT_EQ(result.bytes, bytes);
  EXPECT_EQ(result.code, code);
}

test::Pipe make_sockets(int flags) {
  std::array<int, 2> ends{-1, -1};
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  for (const int end : ends) EXPECT_EQ(::fcntl(end, F_SETFL, O_RDWR | flags), 0);
  return {Fd{ends[0]}, Fd{ends[1]}};
}

// Where bytes come from: a file at an offset, one at its position, pipe, socket; and where they go to.
enum class Kind { offset, position, pipe, small_pipe, socket };
constexpr std::array kinds{Kind::offset, Kind::position, Kind::pipe, Kind::small_pipe, Kind::socket};
constexpr std::size_t before = 4097;  // what precedes the bytes in a file

test::Pipe make_channel(Kind kind, int flags) {
  if (kind == Kind::socket) return make_sockets(flags);
  test::Pipe pipe = test::make_pipe(flags);
  if (kind == Kind::small_pipe) {
    EXPECT_EQ(::fcntl(pipe.writer.get(), F_SETPIPE_SZ, 4096), 4096);
  }
  return pipe;
}

bool is_file(Kind kind) {
  return kind == Kind::offset || kind == Kind::position;
}

struct Source {
  Fd fd;
  std::optional<std::uint64_t> offset;
  std::thread writer;
};

Source make_source(Kind kind, const std::string& text, int flags) {
  if (is_file(kind)) {
    Source source{make_file(std::string(before, 'b') + text), std::nullopt, {}};
    if (kind == Kind::offset) source.offset = before;
    else EXPECT_EQ(::lseek(source.fd.get(), before, SEEK_SET), static_cast<off_t>(before));
    return source;
  }
  test::Pipe pipe = make_channel(kind, flags);
  return {std::move(pipe.reader), std::nullopt,
          std::thread{[text, fd = std::move(pipe.writer)] { EXPECT_EQ(write_regardless(fd.get(), text), 0); }}};
}

struct Target {
  Fd fd;
  std::optional<std::uint64_t> offset;
  std::thread reader;
};

Target make_target(Kind kind, std::string* received, int flags) {
  if (is_file(kind)) {
    Target target{make_file(std::string(before, 'b') + "old"), std::nullopt, {}};
    if (kind == Kind::offset) target.offset = before;
    else EXPECT_EQ(::lseek(target.fd.get(), before, SEEK_SET), static_cast<off_t>(before));
    return target;
  }
  test::Pipe pipe = make_channel(kind, flags);
  return {std::move(pipe.writer), std::nullopt, std::thread{[received, fd = std::move(pipe.reader)] {
            pollfd one{.fd = fd.get(), .events = POLLIN, .revents = 0};
            std::array<char, 10007> chunk{};
            for (;;) {
              ::poll(&one, 1, -1);
              const ssize_t count = ::read(fd.get(), chunk.data(), chunk.size());
              if (count < 0 && errno == EAGAIN) continue;
              if (count <= 0) return;
              received->append(chunk.data(), static_cast<std::size_t>(count));
            }
          }}};
}

void expect_position(const Fd& fd, Kind kind, std::size_t size) {
  if (!is_file(kind)) return;
  EXPECT_EQ(position(fd), kind == Kind::offset ? 0 : static_cast<off_t>(before + size));
}

void expect_flags(const Fd& fd, int flags) {
  EXPECT_EQ(::fcntl(fd.get(), F_GETFL), flags);
}

// What came out of `target`, which is closed; of a file, with what else it held.
std::string take(Target& target, const std::string& received) {
  if (!target.reader.joinable()) return text_of(target.fd);
  target.fd.reset();
  target.reader.join();
  return received;
}

std::string expected(Kind to, const std::string& text) {
  if (!is_file(to)) return text;
  return std::string(before, 'b') + text + std::string{"old"}.substr(std::min<std::size_t>(text.size(), 3));
}

void expect_exact(Kind from, Kind to, std::size_t size, std::uint64_t length, int flags) {
  SCOPED_TRACE(testing::Message() << static_cast<int>(from) << " to " << static_cast<int>(to) << ", " << size);
  const std::string text = pattern(size);
  std::string received;
  Source source = make_source(from, text, flags);
  Target target = make_target(to, &received, flags);
  const int flags_in = ::fcntl(source.fd.get(), F_GETFL);
  const int flags_out = ::fcntl(target.fd.get(), F_GETFL);
  expect_result(transfer({source.fd.get(), source.offset}, {target.fd.get(), target.offset}, length, {}), End::complete,
                size);
  expect_flags(source.fd, flags_in);
  expect_flags(target.fd, flags_out);
  expect_position(source.fd, from, size);
  expect_position(target.fd, to, size);
  if (source.writer.joinable()) source.writer.join();
  EXPECT_TRUE(take(target, received) == expected(to, text));
}

class EveryPair : public testing::TestWithParam<int> {};  // flags of pipes and sockets
INSTANTIATE_TEST_SUITE_P(, EveryPair, testing::Values(0, O_NONBLOCK),
                         [](const auto& parameter) { return parameter.param == 0 ? "Blocking" : "NonBlocking"; });

// A non-blocking writer of write_regardless() waits as well.
TEST_P(EveryPair, ExactBytes) {
  for (const Kind from : kinds) {
    for (const Kind to : kinds) {
      for (const std::size_t size : {0UL, 1UL, 32769UL, 1000003UL}) {
        expect_exact(from, to, size, size, GetParam());
        expect_exact(from, to, size, to_the_end, GetParam());
      }
    }
  }
}

class TransferInPlace : public testing::Test {
  StopSignals stop_;  // none requested yet, and no SIGPIPE
};

TEST_F(TransferInPlace, ExactBytes) {
  for (const std::size_t size : {0UL, 1UL, 32769UL, 1000003UL}) {
    std::string text = pattern(size);
    for (const Kind kind : kinds) {
      std::string received;
      Target target = make_target(kind, &received, 0);
      expect_result(transfer(in_memory(text), {target.fd.get(), target.offset}, size, {}), End::complete, size);
      EXPECT_TRUE(take(target, received) == expected(kind, text));
      Source source = make_source(kind, text, 0);
      std::string copy(size, '\0');
      expect_result(transfer({source.fd.get(), source.offset}, in_memory(copy), size, {}), End::complete, size);
      if (source.writer.joinable()) source.writer.join();
      EXPECT_TRUE(copy == text);
    }
  }
}

TEST_F(TransferInPlace, BetweenMemory) {
  std::string from = pattern(300000);
  std::string to(300000, '\0');
  expect_result(transfer(in_memory(from), in_memory(to), 300000, {}), End::complete, 300000);
  EXPECT_TRUE(from == to);
}

// What does not fit is not taken.
TEST_F(TransferInPlace, EndsWhereTheMemoryEnds) {
  const Fd file = make_file("0123456789");
  std::string memory = "abcd";
  expect_result(transfer({file.get(), {}}, in_memory(memory), to_the_end, {}), End::write_failed, 4, ENOSPC);
  EXPECT_EQ(memory, "0123");
  EXPECT_EQ(position(file), 4);
  expect_result(transfer(in_memory(memory), {file.get(), {}}, 5, {}), End::input_ended, 4);
  expect_result(transfer(in_memory(memory), {file.get(), {}}, to_the_end, {}), End::complete, 4);
  EXPECT_EQ(text_of(file), "012301230123"s);
}

// As huge pages that cannot be had; a pointer would raise SIGBUS.
TEST_F(TransferInPlace, MemoryThatIsGone) {
  const Fd backing = make_file(std::string(4096, 'x'));
  const Mapping mapping{backing.get(), 8192, PROT_READ | PROT_WRITE, MAP_SHARED, "memory"};
  const Fd file = make_file(std::string(8192, 'y'));
  expect_result(transfer({file.get(), 0}, in_memory(mapping.bytes()), 8192, {}), End::write_failed, 4096, EFAULT);
  expect_result(transfer(in_memory(mapping.bytes()), {file.get(), 0}, 8192, {}), End::read_failed, 4096, EFAULT);
}

class Transfer : public testing::Test {
  StopSignals stop_;  // none requested yet, and no SIGPIPE
};

// What is left in a pipe with `text` of which `length` bytes were copied to `out`.
std::string rest_after(const std::string& text, std::uint64_t length, const Fd& out) {
  test::Pipe pipe = test::make_pipe();
  std::thread writer{[&pipe, &text] {
    EXPECT_EQ(write_regardless(pipe.writer.get(), text), 0);
    pipe.writer.reset();
  }};
  expect_result(transfer({pipe.reader.get(), {}}, {out.get(), 0}, length, {}), End::complete, length);
  std::string rest = read_to_end(pipe.reader);
  writer.join();
  return rest;
}

TEST_F(Transfer, TakesNoMoreThanLength) {
  const std::string text = pattern(200000);
  for (const std::size_t length : {1UL, 4096UL, 32768UL, 36864UL, 100001UL}) {
    const Fd out = make_file();
    EXPECT_TRUE(rest_after(text, length, out) == text.substr(length)) << length;
    EXPECT_TRUE(text_of(out) == text.substr(0, length)) << length;
  }
}

TEST_F(Transfer, InputShorterThanLength) {
  const Fd in = make_file("short");
  const Fd out = make_file();
  expect_result(transfer({in.get(), 2}, {out.get(), {}}, 4, {}), End::input_ended, 3);
  EXPECT_EQ(text_of(out), "ort");
  expect_result(transfer({in.get(), 5}, {out.get(), {}}, 1, {}), End::input_ended, 0);
  expect_result(transfer({in.get(), 50}, {out.get(), {}}, 1, {}), End::input_ended, 0);
}

TEST_F(Transfer, LengthZeroTouchesNothing) {
  expect_result(transfer({-1, {}}, {-1, {}}, 0, {}), End::complete, 0);
}

// What goes through a pipe when `in` is truncated while the pipe is full.
std::string truncate_meanwhile(const Fd& in, Transferred& result) {
  test::Pipe pipe = test::make_pipe();
  std::string received;
  std::thread reader{[&pipe, &in, &received, tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    EXPECT_EQ(::ftruncate(in.get(), 1000), 0);
    received = read_to_end(pipe.reader);
  }};
  result = transfer({in.get(), 0}, {pipe.writer.get(), {}}, 1000000, {});
  pipe.writer.reset();
  reader.join();
  return received;
}

TEST_F(Transfer, InputTruncatedInTheMiddle) {
  Transferred result{};
  const std::string received = truncate_meanwhile(make_file(pattern(1000000)), result);
  expect_result(result, End::input_ended, received.size());
  EXPECT_GE(received.size(), 65536U);
  EXPECT_LT(received.size(), 1000000U);
  EXPECT_TRUE(received == pattern(received.size()));
}

TEST_F(Transfer, PipeGetsCopies) {
  const test::Pipe pipe = test::make_pipe();
  const Fd in = make_file(std::string(8192, 'a'));
  expect_result(transfer({in.get(), 0}, {pipe.writer.get(), {}}, 8192, {}), End::complete, 8192);
  EXPECT_EQ(::pwrite(in.get(), "bbbb", 4, 0), 4);
  std::array<char, 4> start{};
  EXPECT_EQ(::read(pipe.reader.get(), start.data(), start.size()), 4);
  EXPECT_EQ(std::string(start.data(), start.size()), "aaaa");
}

TEST_F(Transfer, FullDevice) {
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  const Fd in = make_file(pattern(10000));
  ASSERT_EQ(::lseek(in.get(), 10, SEEK_SET), 10);
  expect_result(transfer({in.get(), {}}, {full.get(), {}}, 5000, {}), End::write_failed, 0, ENOSPC);
  EXPECT_EQ(position(in), 10);
}

// What did not fit is left in the input.
TEST_F(Transfer, FileSizeLimit) {
  const test::TemporaryDirectory directory;
  const Fd in = make_file(pattern(1000000));
  const Fd out{::open(directory.file("out", "").c_str(), O_RDWR | O_CLOEXEC)};
  rlimit former{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &former), 0);
  const rlimit limit{.rlim_cur = 300001, .rlim_max = former.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const Transferred result = transfer({in.get(), {}}, {out.get(), {}}, to_the_end, {});
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &former), 0);
  expect_result(result, End::write_failed, 300001, EFBIG);
  EXPECT_EQ(position(in), 300001);
  EXPECT_TRUE(text_of(out) == pattern(300001));
}

TEST_F(Transfer, AppendingOutput) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("out", "start ");
  const Fd out{::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
  const Fd in = make_file("text");
  expect_result(transfer({in.get(), 0}, {out.get(), {}}, to_the_end, {}), End::complete, 4);
  expect_result(transfer({in.get(), 0}, {out.get(), 0}, to_the_end, {}), End::complete, 4);
  EXPECT_EQ(read_small_file(path), "start texttext");
}

TEST_F(Transfer, FilesOfProc) {
  const Fd in{::open("/proc/self/maps", O_RDONLY | O_CLOEXEC)};
  const Fd out = make_file();
  const Transferred result = transfer({in.get(), {}}, {out.get(), {}}, to_the_end, {});
  EXPECT_EQ(static_cast<int>(result.end), static_cast<int>(End::complete));
  const std::string text = text_of(out);
  EXPECT_EQ(text.size(), result.bytes);
  EXPECT_NE(text.find("[stack]"), std::string::npos);
}

TEST_F(Transfer, Devices) {
  const Fd null{::open("/dev/null", O_RDWR | O_CLOEXEC)};
  const Fd zero{::open("/dev/zero", O_RDONLY | O_CLOEXEC)};
  const Fd file = make_file();
  expect_result(transfer({null.get(), {}}, {file.get(), {}}, to_the_end, {}), End::complete, 0);
  expect_result(transfer({zero.get(), {}}, {file.get(), {}}, 1000001, {}), End::complete, 1000001);
  EXPECT_TRUE(text_of(file) == std::string(1000001, '\0'));
  expect_result(transfer({file.get(), 1}, {null.get(), {}}, to_the_end, {}), End::complete, 1000000);
}

TEST_F(Transfer, Failures) {
  const Fd file = make_file("text");
  const Fd null{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  const Fd directory{::open("/", O_RDONLY | O_CLOEXEC)};
  test::Pipe pipe = test::make_pipe();
  expect_result(transfer({-1, {}}, {file.get(), {}}, 1, {}), End::read_failed, 0, EBADF);
  expect_result(transfer({pipe.writer.get(), {}}, {file.get(), {}}, 1, {}), End::read_failed, 0, EBADF);
  expect_result(transfer({directory.get(), {}}, {file.get(), {}}, 1, {}), End::read_failed, 0, EISDIR);
  expect_result(transfer({file.get(), {}}, {-1, {}}, 1, {}), End::write_failed, 0, EBADF);
  expect_result(transfer({file.get(), {}}, {null.get(), {}}, 1, {}), End::write_failed, 0, EBADF);
  expect_result(transfer({file.get(), 0}, {pipe.writer.get(), 0}, 1, {}), End::write_failed, 0, ESPIPE);
  expect_result(transfer({file.get(), UINT64_MAX}, {null.get(), 0}, 1, {}), End::read_failed, 0, EINVAL);
  EXPECT_EQ(position(file), 0);
  pipe.reader.reset();
  expect_result(transfer({file.get(), {}}, {pipe.writer.get(), {}}, 4, {}), End::write_failed, 0, EPIPE);
  EXPECT_EQ(position(file), 0);
}

TEST_F(Transfer, ReaderThatLeavesInTheMiddle) {
  test::Pipe pipe = test::make_pipe();
  const Fd in = make_file(pattern(1000000));
  std::thread reader{[&pipe, tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    pipe.reader.reset();
  }};
  const Transferred result = transfer({in.get(), {}}, {pipe.writer.get(), {}}, to_the_end, {});
  reader.join();
  expect_result(result, End::write_failed, 65536, EPIPE);
  EXPECT_EQ(position(in), 65536);
}

std::thread stop_when_asleep(int signal) {
  return std::thread{[signal, self = ::pthread_self(), tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    ::pthread_kill(self, signal);
  }};
}

class Stopped : public testing::TestWithParam<int> {  // flags of the pipe
  StopSignals stop_;
};
INSTANTIATE_TEST_SUITE_P(, Stopped, testing::Values(0, O_NONBLOCK),
                         [](const auto& parameter) { return parameter.param == 0 ? "Blocking" : "NonBlocking"; });

TEST_P(Stopped, InABlockedWrite) {
  const test::Pipe pipe = test::make_pipe(GetParam());
  const Fd in = make_file(pattern(1000000));
  std::thread other = stop_when_asleep(SIGTERM);
  expect_result(transfer({in.get(), {}}, {pipe.writer.get(), {}}, to_the_end, {}), End::stopped, 65536);
  other.join();
  EXPECT_EQ(position(in), 65536);
}

TEST_P(Stopped, InABlockedRead) {
  const test::Pipe pipe = test::make_pipe(GetParam());
  ASSERT_EQ(write_all(pipe.writer.get(), "text"), 0);
  const Fd out = make_file();
  std::thread other = stop_when_asleep(SIGINT);
  expect_result(transfer({pipe.reader.get(), {}}, {out.get(), {}}, to_the_end, {}), End::stopped, 4);
  other.join();
  EXPECT_EQ(text_of(out), "text");
}

TEST_P(Stopped, BeforeItBegan) {
  const test::Pipe pipe = test::make_pipe(GetParam());
  const Fd file = make_file("text");
  static_cast<void>(::raise(SIGTERM));
  expect_result(transfer({pipe.reader.get(), {}}, {file.get(), {}}, 1, {}), End::stopped, 0);
  expect_result(transfer({file.get(), {}}, {pipe.writer.get(), {}}, 1, {}), End::stopped, 0);
  EXPECT_EQ(position(file), 0);
}

TEST_P(Stopped, OtherSignalsDoNotStop) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction former {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &former), 0);
  test::Pipe pipe = test::make_pipe(GetParam());
  const Fd out = make_file();
  std::thread other{[&pipe, self = ::pthread_self(), tid = ::gettid()] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    ::pthread_kill(self, SIGUSR1);
    EXPECT_TRUE(test::wait_until_asleep(tid));
    EXPECT_EQ(write_all(pipe.writer.get(), "text"), 0);
    pipe.writer.reset();
  }};
  expect_result(transfer({pipe.reader.get(), {}}, {out.get(), {}}, to_the_end, {}), End::complete, 4);
  other.join();
  ::sigaction(SIGUSR1, &former, nullptr);
}

TEST_F(Transfer, TellsProgress) {
  const Fd zero{::open("/dev/zero", O_RDONLY | O_CLOEXEC)};
  const Fd null{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
  std::vector<std::uint64_t> told;
  const std::uint64_t size = 256 << 20;
  expect_result(transfer({zero.get(), {}}, {null.get(), {}}, size, [&told](std::uint64_t now) { told.push_back(now); }),
                End::complete, size);
  EXPECT_GE(told.size(), 4U);
  std::uint64_t last = 0;
  for (const std::uint64_t bytes : told) {
    EXPECT_GT(bytes, last);
    EXPECT_LE(bytes - last, 65U << 20);
    last = bytes;
  }
}

}  // namespace
}  // namespace ipctl
