// region: what is written and read, what is refused before a byte moves, and how a signal ends it.
#include "io/region.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <limits>

#include <nlohmann/json.hpp>

#include "io/stoppable.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/signals.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;

/// Memory without a name.
class TestRegion final : public Region {
 public:
  explicit TestRegion(std::string_view text = {}) : file_(test::memory_file(text)) {}

  [[nodiscard]] std::string_view mechanism() const override { return "shm"; }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] int fd() const { return file_.get(); }
  [[nodiscard]] TransferEnd at(std::uint64_t offset) const override { return {file_.get(), offset}; }
  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> data) const override {
    return read_at(file_.get(), data, offset, name_);
  }
  [[nodiscard]] ssize_t write(std::uint64_t offset, std::string_view text) override {
    return ::pwrite(file_.get(), text.data(), text.size(), static_cast<off_t>(offset));
  }
  [[nodiscard]] const void* futex_word(std::uint64_t /*offset*/) override { return nullptr; }
  [[nodiscard]] std::uint64_t size() const override {
    struct stat status {};
    EXPECT_EQ(::fstat(file_.get(), &status), 0);
    return static_cast<std::uint64_t>(status.st_size) + claimed;
  }
  void grow(std::uint64_t size) override {
    if (size > std::numeric_limits<off_t>::max()) throw Error{EFBIG, "ftruncate", name_};
    EXPECT_EQ(::ftruncate(file_.get(), static_cast<off_t>(size)), 0);
  }
  [[nodiscard]] std::string why_not(int code) const override {
    return code == EPERM ? "it is sealed against that" : "";
  }
  [[nodiscard]] std::string text() const {
    const Fd again{::open(("/proc/self/fd/" + std::to_string(file_.get())).c_str(), O_RDONLY | O_CLOEXEC)};
    return test::rest_of(again.get());
  }

  std::uint64_t claimed = 0;  // bytes that somebody took away since it was asked

 private:
  std::string name_ = "/x";
  Fd file_;
};

constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();

RegionWriteOptions data(std::string_view text, std::uint64_t offset = 0, bool grow = false) {
  RegionWriteOptions options;
  options.data = text;
  options.offset = {offset};
  options.grow = grow;
  return options;
}

RegionReadOptions range(std::uint64_t offset, std::optional<std::uint64_t> length = {}) {
  RegionReadOptions options;
  options.offset = {offset};
  if (length) options.length = Size{*length};
  return options;
}

/// "" or what() of an Error.
template <class Action>
std::string failure(Action action) {
  try {
    action();
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Exit::failed);
    return error.what();
  }
}

/// Writes, with `input` as standard input, in a child process; its standard error has what() of an Error.
test::Ended write_in_child(TestRegion& region, const RegionWriteOptions& options, int input = -1, bool json = false) {
  return test::run_child(
      [&] {
        Output output;
        output.json = json;
        try {
          return static_cast<int>(write_region(region, options, output));
        } catch (const Error& error) {
          std::fprintf(stderr, "%s", error.what());
          return static_cast<int>(error.status());
        }
      },
      -1, input);
}

test::Ended read_in_child(const TestRegion& region, const RegionReadOptions& options, bool json = false, int out = -1) {
  return test::run_child(
      [&] {
        Output output;
        output.json = json;
        try {
          return static_cast<int>(read_region(region, options, output));
        } catch (const Error& error) {
          std::fprintf(stderr, "%s", error.what());
          return static_cast<int>(error.status());
        }
      },
      out);
}

/// A pipe that has `text` and then ends.
test::Pipe filled_pipe(std::string_view text) {
  test::Pipe pipe = test::make_pipe();
  test::put(pipe.writer.get(), text);
  pipe.writer.reset();
  return pipe;
}

TEST(RegionOptions, ExcludeEachOther) {
  validate(data("x"));
  RegionWriteOptions write = data("x");
  write.file = "f";
  EXPECT_THROW(validate(write), UsageError);
  write = data("x");
  write.length = Size{1};
  EXPECT_THROW(validate(write), UsageError);
  write = {};
  write.decoding = Encoding::hexdump;
  EXPECT_THROW(validate(write), UsageError);
  write = {};
  write.file = "f";
  write.length = Size{1};
  validate(write);
  RegionReadOptions read;
  read.no_newline = true;
  validate(read);
  read.framing = FramingKind::null;
  EXPECT_THROW(validate(read), UsageError);
}

TEST(WriteRegion, DataAtAnOffset) {
  TestRegion region{"0123456789"};
  EXPECT_EQ(write_input(region, data("ab"), {}), 2U);
  EXPECT_EQ(write_input(region, data("\0\xff"s, 4), {}), 2U);
  EXPECT_EQ(write_input(region, data("yz", 8), {}), 2U);
  EXPECT_EQ(write_input(region, data("", 10), {}), 0U);
  EXPECT_EQ(region.text(),
            "ab23\0\xff"
            "67yz"s);
}

TEST(WriteRegion, DataThatDoesNotFit) {
  TestRegion region{"0123456789"};
  for (const auto& [text, offset] : {std::pair<std::string, std::uint64_t>{"abc", 8},
                                     {"0123456789a", 0},
                                     {"a", 10},
                                     {"a", 11},
                                     {"", 11},
                                     {"a", std::uint64_t{1} << 63U},
                                     {"a", huge},
                                     {"abcdef", huge - 2}}) {
    EXPECT_EQ(failure([&, t = text, o = offset] { write_input(region, data(t, o), {}); }),
              "/x: " + std::to_string(text.size()) + " bytes at offset " + std::to_string(offset) +
                  " do not fit: it has 10 bytes, and none were written (--grow enlarges it)");
  }
  EXPECT_EQ(region.text(), "0123456789");
}

TEST(WriteRegion, Grows) {
  TestRegion region{"0123"};
  EXPECT_EQ(write_input(region, data("abc", 2, true), {}), 3U);
  EXPECT_EQ(region.text(), "01abc");
  EXPECT_EQ(write_input(region, data("z", 7, true), {}), 1U);
  EXPECT_EQ(region.text(), "01abc\0\0z"s);
  EXPECT_EQ(write_input(region, data("", 10, true), {}), 0U);
  EXPECT_EQ(region.size(), 8U) << "no bytes need no room";
  EXPECT_EQ(write_input(region, data("A", 2, true), {}), 1U);
  EXPECT_EQ(region.size(), 8U) << "it never shrinks";
}

TEST(WriteRegion, GrowsNotBeyondWhatAFileCanHave) {
  TestRegion region{"0123"};
  for (const std::uint64_t offset : {huge, huge - 1, std::uint64_t{1} << 63U, (std::uint64_t{1} << 63U) - 1}) {
    EXPECT_NE(failure([&, o = offset] { write_input(region, data("abc", o, true), {}); }), "") << offset;
  }
  EXPECT_EQ(region.text(), "0123");
}

TEST(WriteRegion, Decodes) {
  TestRegion region{"0123456789"};
  RegionWriteOptions options = data("6162 00");
  options.decoding = Encoding::hex;
  EXPECT_EQ(write_input(region, options, {}), 3U);
  EXPECT_EQ(region.text(),
            "ab\0"
            "3456789"s);
  options.data = "6x";
  EXPECT_NE(failure([&] { write_input(region, options, {}); }).find("is not hexadecimal"), std::string::npos);
  const test::TemporaryDirectory directory;
  options.data.reset();
  options.file = directory.file("f", "7a\n7a\n");
  EXPECT_EQ(write_input(region, options, {}), 2U);
  options.length = Size{3};
  EXPECT_EQ(write_input(region, options, {}), 1U) << "the length is that of the input";
  EXPECT_EQ(region.text(),
            "zz\0"
            "3456789"s);
}

TEST(WriteRegion, AFileWhoseLengthIsKnown) {
  const test::TemporaryDirectory directory;
  TestRegion region{"0123456789"};
  RegionWriteOptions options;
  options.file = directory.file("fits", "abc");
  options.offset = {7};
  EXPECT_EQ(write_input(region, options, {}), 3U);
  EXPECT_EQ(region.text(), "0123456abc");
  options.offset = {8};
  EXPECT_EQ(failure([&] { write_input(region, options, {}); }),
            "/x: 3 bytes at offset 8 do not fit: it has 10 bytes, and none were written (--grow enlarges it)");
  options.otherwise = "give it a larger SIZE";
  EXPECT_NE(failure([&] { write_input(region, options, {}); }).find("(give it a larger SIZE)"), std::string::npos);
  options.grow = true;
  EXPECT_EQ(write_input(region, options, {}), 3U);
  EXPECT_EQ(region.text(), "0123456aabc");
  options.file = directory.path() + "/missing";
  EXPECT_NE(failure([&] { write_input(region, options, {}); }).find("missing: open: No such file"), std::string::npos);
  options.file = directory.file("empty", "");
  options.grow = false;
  EXPECT_EQ(write_input(region, options, {}), 0U);
  options.file = "/proc/self/comm";  // claims to be empty
  options.offset = {0};
  EXPECT_GT(write_input(region, options, {}), 0U);
}

TEST(WriteRegion, ExactlySoManyBytes) {
  const test::TemporaryDirectory directory;
  TestRegion region{"0123456789"};
  RegionWriteOptions options;
  options.file = directory.file("f", "abcdef");
  options.length = Size{2};
  EXPECT_EQ(write_input(region, options, {}), 2U);
  EXPECT_EQ(region.text(), "ab23456789");
  options.length = Size{7};
  EXPECT_EQ(failure([&] { write_input(region, options, {}); }),
            options.file + ": has 6 bytes, not 7; none were written");
  options.length = Size{0};
  EXPECT_EQ(write_input(region, options, {}), 0U);
  options.length = Size{huge};
  EXPECT_NE(failure([&] { write_input(region, options, {}); }), "");
  EXPECT_EQ(region.text(), "ab23456789");
}

TEST(WriteRegion, TakesNoMoreOfStandardInputThanItWrites) {
  TestRegion region{"0123456789"};
  const Fd input = test::memory_file("abcdef");
  RegionWriteOptions options;
  options.length = Size{2};
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(write_in_child(region, options, input.get()).exit(), 0);
    options.offset = {4};
  }
  EXPECT_EQ(region.text(), "ab23cd6789");
  const test::Ended ended = write_in_child(region, options, input.get());
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(write_in_child(region, options, input.get()).err, "standard input: has 0 bytes, not 2; none were written");
}

TEST(WriteRegion, InputOfUnknownLengthIsHeldBack) {
  TestRegion region{"0123456789"};
  RegionWriteOptions options;
  options.offset = {7};
  EXPECT_EQ(write_in_child(region, options, filled_pipe("abc").reader.get()).exit(), 0);
  EXPECT_EQ(region.text(), "0123456abc");
  const test::Ended ended = write_in_child(region, options, filled_pipe("abcd").reader.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(ended.err,
            "/x: 4 bytes or more at offset 7 do not fit: it has 10 bytes, and none were written (--grow enlarges it)");
  EXPECT_EQ(region.text(), "0123456abc");
  options.file = "-";
  EXPECT_EQ(write_in_child(region, options, filled_pipe("").reader.get()).exit(), 0);
  options.offset = {10};
  EXPECT_EQ(write_in_child(region, options, filled_pipe("").reader.get()).exit(), 0);
  options.offset = {11};
  EXPECT_EQ(write_in_child(region, options, filled_pipe("").reader.get()).exit(), 1);
}

TEST(WriteRegion, InputOfUnknownLengthGrowsIt) {
  TestRegion region{"0123"};
  RegionWriteOptions options;
  options.grow = true;
  options.offset = {2};
  const std::string text(50000, 'x');
  EXPECT_EQ(write_in_child(region, options, filled_pipe(text).reader.get()).exit(), 0);
  EXPECT_TRUE(region.text() == "01" + text);
}

TEST(WriteRegion, InputThatEndsTooSoon) {
  TestRegion region{"0123456789"};
  RegionWriteOptions options;
  options.length = Size{5};
  const test::Ended ended = write_in_child(region, options, filled_pipe("abc").reader.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(ended.err, "standard input: ended after 3 of 5 bytes; those were written");
  EXPECT_EQ(region.text(), "abc3456789");
}

TEST(WriteRegion, InputThatCannotBeRead) {
  TestRegion region{"0123456789"};
  RegionWriteOptions options;
  options.file = "/dev";
  EXPECT_NE(failure([&] { write_input(region, options, {}); }), "");
  EXPECT_EQ(region.text(), "0123456789");
}

TEST(WriteRegion, SealedMemory) {
  TestRegion region{"0123456789"};
  const Fd sealed{::memfd_create("region_test", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  test::put(sealed.get(), "0123");
  ASSERT_EQ(::fcntl(sealed.get(), F_ADD_SEALS, F_SEAL_WRITE), 0);
  ASSERT_GE(::dup3(sealed.get(), region.fd(), O_CLOEXEC), 0);
  EXPECT_EQ(failure([&] { write_input(region, data("a"), {}); }),
            "/x: it is sealed against that; 0 bytes were written");
}

TEST(WriteRegion, Json) {
  TestRegion region{"0123456789"};
  const test::Ended ended = write_in_child(region, data("abc", 2), -1, true);
  const auto json = nlohmann::json::parse(ended.out);
  EXPECT_EQ(json.at("mechanism"), "shm");
  EXPECT_EQ(json.at("name"), "/x");
  EXPECT_EQ(json.at("offset"), 2);
  EXPECT_EQ(json.at("written"), 3);
  EXPECT_EQ(write_in_child(region, data("abc")).out, "");
}

TEST(ReadRegion, TheBytesExactly) {
  const std::string text = test::all_bytes() + std::string(200000, 'x');
  const TestRegion region{text};
  EXPECT_TRUE(read_in_child(region, {}).out == text);
  EXPECT_EQ(read_in_child(region, range(65, 3)).out, "ABC");
  EXPECT_EQ(read_in_child(region, range(text.size() - 2)).out, "xx");
  EXPECT_EQ(read_in_child(region, range(text.size())).out, "");
  EXPECT_EQ(read_in_child(region, range(5, 0)).out, "");
  EXPECT_EQ(read_in_child(TestRegion{}, {}).out, "");
}

TEST(ReadRegion, RangesThatAreNotThere) {
  const TestRegion region{"0123456789"};
  const auto error = [&region](const RegionReadOptions& options) {
    const test::Ended ended = read_in_child(region, options);
    EXPECT_EQ(ended.exit(), 1);
    EXPECT_EQ(ended.out, "");
    return ended.err;
  };
  EXPECT_EQ(error(range(11)), "/x: offset 11 is beyond the end: it has 10 bytes");
  EXPECT_EQ(error(range(huge)), "/x: offset 18446744073709551615 is beyond the end: it has 10 bytes");
  EXPECT_EQ(error(range(0, 11)), "/x: 11 bytes at offset 0 are beyond the end: it has 10 bytes");
  EXPECT_EQ(error(range(10, 1)), "/x: 1 bytes at offset 10 are beyond the end: it has 10 bytes");
  EXPECT_EQ(error(range(5, huge)), "/x: 18446744073709551615 bytes at offset 5 are beyond the end: it has 10 bytes");
  EXPECT_EQ(error(range(5, huge - 4)),
            "/x: 18446744073709551611 bytes at offset 5 are beyond the end: it has 10 bytes");
  RegionReadOptions framed = range(0, 11);
  framed.framing = FramingKind::lines;
  EXPECT_NE(error(framed), "");
  framed.encoding = Encoding::hex;
  EXPECT_NE(error(framed), "");
}

TEST(ReadRegion, Encodings) {
  const TestRegion region{"\0\x1f 345é\xff"s};
  RegionReadOptions options;
  const auto read = [&](Encoding encoding) {
    options.encoding = encoding;
    return read_in_child(region, options).out;
  };
  EXPECT_EQ(read(Encoding::hex), "001f20333435c3a9ff\n");
  EXPECT_EQ(read(Encoding::base64), "AB8gMzQ1w6n/\n");
  EXPECT_EQ(read(Encoding::quoted), "\\x00\\x1f 345é\\xff\n");
  options.offset = {3};
  EXPECT_EQ(read(Encoding::hexdump),
            "00000003  33 34 35 c3 a9 ff                                 |345...|\n00000009\n");
  options.no_newline = true;
  EXPECT_EQ(read(Encoding::hex), "333435c3a9ff");
}

TEST(ReadRegion, EncodingsOfMuch) {
  std::mt19937 random{5};
  const std::string text = test::random_bytes(random, 300001);
  const TestRegion region{text};
  for (const Encoding encoding : {Encoding::hex, Encoding::base64, Encoding::quoted, Encoding::hexdump}) {
    RegionReadOptions options;
    options.encoding = encoding;
    EXPECT_TRUE(read_in_child(region, options).out == encode(encoding, text) + "\n") << static_cast<int>(encoding);
  }
}

TEST(ReadRegion, AsOneMessage) {
  const TestRegion region{"0123456789"};
  RegionReadOptions options = range(2, 3);
  options.framing = FramingKind::null;
  EXPECT_EQ(read_in_child(region, options).out, "234\0"s);
  options.framing = FramingKind::length_prefix;
  EXPECT_EQ(read_in_child(region, options).out,
            "\3\0\0\0"
            "234"s);
  options = range(2, 3);
  options.format = Format{"%n %s %l"};
  EXPECT_EQ(read_in_child(region, options).out, "/x 234 3\n");
  options.no_newline = true;
  EXPECT_EQ(read_in_child(region, options).out, "/x 234 3");
  const auto json = nlohmann::json::parse(read_in_child(region, range(2, 3), true).out);
  EXPECT_EQ(json.at("mechanism"), "shm");
  EXPECT_EQ(json.at("name"), "/x");
  EXPECT_EQ(json.at("data"), "234");
}

TEST(ReadRegion, ShrunkMeanwhile) {
  TestRegion region{"0123456789"};
  region.claimed = 5;
  RegionReadOptions options;
  const std::string error = "/x: was shrunk by another process while it was read: after 10 of 15 bytes";
  EXPECT_EQ(read_in_child(region, options).err, error);
  options.encoding = Encoding::hex;
  EXPECT_EQ(read_in_child(region, options).err, error);
  options.encoding = Encoding::raw;
  options.framing = FramingKind::lines;
  EXPECT_EQ(read_in_child(region, options).err, error);
}

TEST(ReadRegion, OutputThatFails) {
  const TestRegion region{std::string(100000, 'x')};
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  RegionReadOptions options;
  for (const Encoding encoding : {Encoding::raw, Encoding::hex}) {
    options.encoding = encoding;
    const test::Ended ended = read_in_child(region, options, false, full.get());
    EXPECT_EQ(ended.exit(), 1);
    EXPECT_NE(ended.err.find("standard output"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("No space left on device"), std::string::npos) << ended.err;
  }
}

TEST(UntilStopped, PassesTheStatusAndOtherErrorsThrough) {
  EXPECT_EQ(until_stopped([] { return Exit::no; }), Exit::no);
  EXPECT_THROW(static_cast<void>(until_stopped([]() -> Exit { throw Error{EIO, "read", "/x"}; })), Error);
  EXPECT_THROW(static_cast<void>(until_stopped([]() -> Exit {
                 throw Error{EINTR, "read", "/x"};
               })),
               Error)
      << "no signal came";
  EXPECT_EQ(until_stopped([] {
              ::raise(SIGTERM);
              return Exit::ok;
            }),
            Exit::ok)
      << "it was done";
}

TEST(UntilStopped, DiesOfTheSignal) {
  const test::Ended ended = test::run_child([] {
    return static_cast<int>(until_stopped([]() -> Exit {
      ::raise(SIGTERM);
      throw Error{EINTR, "read", "/x"};
    }));
  });
  EXPECT_EQ(ended.signal(), SIGTERM);
}

TEST(UntilStopped, AnotherFailureIsToldAlthoughASignalCame) {
  EXPECT_EQ(failure([] {
              static_cast<void>(until_stopped([]() -> Exit {
                ::raise(SIGTERM);
                throw Error{ENOSPC, "write", "/x"};
              }));
            }),
            "/x: write: No space left on device");
}

}  // namespace
}  // namespace ipctl
