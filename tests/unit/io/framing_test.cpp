// framing: where messages end, what is left when not all were delivered, and how much is read.
#include "io/framing.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <future>
#include <thread>

#include "os/error.hpp"
#include "tests/unit/os/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using test::make_pipe;
using test::Pipe;
using Step = Splitter::Step;
using Records = std::vector<std::string>;

constexpr std::size_t limit = 100;
const Wait no_wait{.deadline = Deadline::now()};

Framing delimited(std::string delimiter) {
  Framing framing{FramingKind::delimiter};
  framing.delimiter = std::move(delimiter);
  return framing;
}

void put(const Fd& fd, std::string_view text) {
  ASSERT_EQ(::write(fd.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

// A pipe with `text` in it, and its end.
Fd full_pipe(std::string_view text) {
  Pipe pipe = make_pipe();
  ::fcntl(pipe.writer.get(), F_SETPIPE_SZ, 1 << 20);
  put(pipe.writer, text);
  return std::move(pipe.reader);
}

// A regular file without a name.
Fd regular(std::string_view text) {
  Fd file{::memfd_create("input", MFD_CLOEXEC)};
  put(file, text);
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

// All records, then the step that was not one; each is accepted.
Records split(Splitter& splitter, Step& last) {
  Records records;
  std::string_view record;
  while ((last = splitter.next(record, no_wait)) == Step::record) {
    records.emplace_back(record);
    splitter.accept();
  }
  return records;
}

Records split(std::string_view text, Framing framing, Step expected = Step::end, std::size_t most = limit) {
  Step last{};
  const Fd from_pipe = full_pipe(text);
  Splitter splitter{from_pipe.get(), framing, most};
  const Records records = split(splitter, last);
  EXPECT_EQ(last, expected);
  const Fd file = regular(text);
  Splitter same{file.get(), std::move(framing), most};
  EXPECT_EQ(split(same, last), records);
  EXPECT_EQ(last, expected);
  return records;
}

TEST(Framing, Terminators) {
  EXPECT_EQ(Framing{FramingKind::lines}.terminator(), "\n");
  EXPECT_EQ(Framing{FramingKind::null}.terminator(), "\0"s);
  EXPECT_EQ(delimited("aab").terminator(), "aab");
  EXPECT_EQ(Framing{FramingKind::whole}.terminator(), "");
  EXPECT_EQ(Framing{FramingKind::length_prefix}.terminator(), "");
  EXPECT_EQ(Framing{}.terminator(), "");
}

TEST(Framing, FindsWhatEndsAMessage) {
  std::size_t searched = 0;
  EXPECT_FALSE(find_terminated("abc-", "--", searched));
  EXPECT_EQ(searched, 3U) << "the last byte may begin it";
  const auto extent = find_terminated("abc---", "--", searched);
  ASSERT_TRUE(extent);
  EXPECT_EQ(extent->data, 3U);
  EXPECT_EQ(extent->size(), 5U);
  EXPECT_FALSE(find_prefixed("\3\0\0"s));
  const auto announced = find_prefixed("\3\0\0\0a"s);
  ASSERT_TRUE(announced);
  EXPECT_EQ(announced->before, 4U);
  EXPECT_EQ(announced->data, 3U);
  EXPECT_EQ(announced->size(), 7U);
}

TEST(Framing, LengthPrefixIsLittleEndian) {
  EXPECT_EQ(length_prefix(0), "\0\0\0\0"s);
  EXPECT_EQ(length_prefix(0x01020304), "\x04\x03\x02\x01");
  EXPECT_EQ(length_prefix(0xffffffff), "\xff\xff\xff\xff");
  EXPECT_THROW(static_cast<void>(length_prefix(0x100000000)), Error);
}

TEST(Splitter, Whole) {
  EXPECT_EQ(split("a\nb\n\0c"s, FramingKind::whole), Records{"a\nb\n\0c"s});
  EXPECT_EQ(split("", FramingKind::whole), Records{""});
  EXPECT_EQ(split("x", FramingKind::unset), Records{"x"});
}

TEST(Splitter, Lines) {
  EXPECT_EQ(split("one\ntwo\n\nfour\n", FramingKind::lines), (Records{"one", "two", "", "four"}));
  EXPECT_EQ(split("one\nlast", FramingKind::lines), (Records{"one", "last"}));
  EXPECT_EQ(split("\n", FramingKind::lines), Records{""});
  EXPECT_EQ(split("", FramingKind::lines), Records{});
  EXPECT_EQ(split("a\0b\r\n"s, FramingKind::lines), Records{"a\0b\r"s});
}

TEST(Splitter, Null) {
  EXPECT_EQ(split("one\ntwo\0\0x"s, FramingKind::null), (Records{"one\ntwo", "", "x"}));
}

TEST(Splitter, DelimiterThatOverlapsItself) {
  EXPECT_EQ(split("xaaabyaabaab", delimited("aab")), (Records{"xa", "y", ""}));
  EXPECT_EQ(split("aaaaa", delimited("aa")), (Records{"", "", "a"}));
  EXPECT_EQ(split("xaa", delimited("aab")), Records{"xaa"});
}

TEST(Splitter, LengthPrefix) {
  const std::string text = length_prefix(3) + "a\nb" + length_prefix(0) + length_prefix(1) + "\0"s;
  EXPECT_EQ(split(text, FramingKind::length_prefix), (Records{"a\nb", "", "\0"s}));
  EXPECT_EQ(split("", FramingKind::length_prefix), Records{});
}

TEST(Splitter, InputThatEndsInsideALengthPrefixedMessage) {
  for (const std::string& text : {"\3\0\0"s, "\3\0\0\0"s, "\3\0\0\0ab"s}) {
    const Fd input = full_pipe(length_prefix(1) + "x" + text);
    Splitter splitter{input.get(), FramingKind::length_prefix, limit};
    std::string_view record;
    ASSERT_EQ(splitter.next(record, no_wait), Step::record);
    splitter.accept();
    try {
      static_cast<void>(splitter.next(record, no_wait));
      FAIL() << "took " << text.size() << " bytes as a message";
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), "input: ends inside a message: " + std::to_string(text.size()) + " of the " +
                                  (text.size() < 4 ? "4" : "7") + " bytes of its length and data are there");
    }
    EXPECT_EQ(splitter.unread(), text);
  }
}

TEST(Splitter, LimitCountsTheMessageAlone) {
  const std::string exact(limit, 'x');
  const std::string longer(limit + 1, 'x');
  EXPECT_EQ(split(exact, FramingKind::whole), Records{exact});
  EXPECT_EQ(split(exact + "\n" + exact, FramingKind::lines), (Records{exact, exact}));
  EXPECT_EQ(split(exact + "aab" + exact + "aab", delimited("aab")), (Records{exact, exact}));
  EXPECT_EQ(split(length_prefix(limit) + exact, FramingKind::length_prefix), Records{exact});
  EXPECT_EQ(split(longer, FramingKind::whole, Step::too_long), Records{});
  EXPECT_EQ(split("a\n" + longer + "\n", FramingKind::lines, Step::too_long), Records{"a"});
  EXPECT_EQ(split("a\n" + longer, FramingKind::lines, Step::too_long), Records{"a"});
  EXPECT_EQ(split(longer + "aab", delimited("aab"), Step::too_long), Records{});
  EXPECT_EQ(split(length_prefix(limit + 1) + longer, FramingKind::length_prefix, Step::too_long), Records{});
  EXPECT_EQ(split("\n\nx", FramingKind::lines, Step::too_long, 0), (Records{"", ""}));
  EXPECT_EQ(split("a\nb", FramingKind::lines, Step::end, SIZE_MAX), (Records{"a", "b"}));
}

std::optional<std::uint64_t> too_long_size(const Fd& input, Framing framing) {
  Splitter splitter{input.get(), std::move(framing), limit};
  std::string_view record;
  EXPECT_EQ(splitter.next(record, no_wait), Step::too_long);
  EXPECT_EQ(splitter.next(record, no_wait), Step::too_long) << "and again";
  return splitter.too_long_size();
}

TEST(Splitter, TellsHowLongWhatIsTooLongIs) {
  const std::string big(300000, 'x');
  EXPECT_EQ(too_long_size(full_pipe(std::string(101, 'x')), FramingKind::lines), std::nullopt) << "more may come";
  EXPECT_EQ(too_long_size(full_pipe(std::string(200, 'x') + "\n"), FramingKind::lines), 200);
  EXPECT_EQ(too_long_size(full_pipe(length_prefix(4000000000)), FramingKind::length_prefix), 4000000000);
  EXPECT_EQ(too_long_size(full_pipe(big), FramingKind::whole), std::nullopt);
  EXPECT_EQ(too_long_size(regular(big), FramingKind::whole), 300000);
}

TEST(Splitter, AMessageWithoutEndIsNotReadWhole) {
  for (const FramingKind kind : {FramingKind::whole, FramingKind::lines}) {
    const Fd zero{::open("/dev/zero", O_RDONLY | O_CLOEXEC)};
    Splitter splitter{zero.get(), kind, limit};
    std::string_view record;
    EXPECT_EQ(splitter.next(record, {}), Step::too_long);
    EXPECT_LE(splitter.unread().size(), 65536U);
  }
}

TEST(Splitter, TerminatorsAcrossReads) {
  const std::string text = "one\0aab\n"s + length_prefix(2) + "aab" + "aaab\n\0aab"s;
  const Framing framings[] = {FramingKind::lines, FramingKind::null, delimited("aab"), delimited("b\n\0"s),
                              FramingKind::whole};
  for (const Framing& framing : framings) {
    const Records expected = split(text, framing);
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      Pipe pipe = make_pipe();
      Splitter splitter{pipe.reader.get(), framing, limit};
      Step last{};
      put(pipe.writer, std::string_view(text).substr(0, cut));
      Records records = split(splitter, last);
      EXPECT_EQ(last, Step::timed_out);
      put(pipe.writer, std::string_view(text).substr(cut));
      pipe.writer.reset();
      for (const std::string& record : split(splitter, last)) records.push_back(record);
      EXPECT_EQ(records, expected) << "cut at " << cut;
      EXPECT_EQ(last, Step::end);
    }
  }
}

TEST(Splitter, ALengthPrefixAcrossReads) {
  const std::string text = length_prefix(5) + "hello";
  Pipe pipe = make_pipe();
  Splitter splitter{pipe.reader.get(), FramingKind::length_prefix, limit};
  std::string_view record;
  for (const char each : text) {
    EXPECT_EQ(splitter.next(record, no_wait), Step::timed_out);
    put(pipe.writer, std::string_view{&each, 1});
  }
  EXPECT_EQ(splitter.next(record, no_wait), Step::record);
  EXPECT_EQ(record, "hello");
}

// Messages of all lengths around those of a read and of the buffer.
TEST(Splitter, LongMessages) {
  std::string text;
  Records expected;
  for (const std::size_t size :
       {1UL, 65535UL, 65536UL, 65537UL, 131071UL, 131072UL, 200000UL, 3UL, 1000000UL, 0UL, 7UL}) {
    expected.emplace_back(size, static_cast<char>('a' + expected.size()));
    text += expected.back() + "\n";
  }
  Step last{};
  const Fd file = regular(text);
  Splitter of_file{file.get(), FramingKind::lines, 1000000};
  EXPECT_TRUE(split(of_file, last) == expected);
  Pipe pipe = make_pipe();
  std::thread writer{[&] {
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(rest.size(), 4999))) {
      put(pipe.writer, rest.substr(0, 4999));
    }
    pipe.writer.reset();
  }};
  Splitter of_pipe{pipe.reader.get(), FramingKind::lines, 1000000};
  std::string_view record;
  Records records;
  while (of_pipe.next(record, {}) == Step::record) {
    records.emplace_back(record);
    of_pipe.accept();
  }
  writer.join();
  EXPECT_TRUE(records == expected);
}

TEST(Splitter, WhatIsNotAcceptedIsUnread) {
  const Fd input = full_pipe("one\ntwo\nthree\nfo");
  Splitter splitter{input.get(), FramingKind::lines, limit};
  EXPECT_EQ(splitter.unread(), "");
  std::string_view record;
  ASSERT_EQ(splitter.next(record, no_wait), Step::record);
  EXPECT_EQ(splitter.unread(), "one\ntwo\nthree\nfo");
  splitter.accept();
  EXPECT_EQ(splitter.unread(), "two\nthree\nfo");
  ASSERT_EQ(splitter.next(record, no_wait), Step::record);
  ASSERT_EQ(splitter.next(record, no_wait), Step::record);
  EXPECT_EQ(record, "three");
  splitter.accept();
  EXPECT_EQ(splitter.unread(), "fo") << "accepted with those before it";
  EXPECT_FALSE(splitter.seek_back()) << "a pipe cannot";
  EXPECT_EQ(splitter.unread(), "fo");
}

TEST(Splitter, SeeksBackInAFile) {
  const Fd file = regular("one\ntwo\nthree\n");
  Splitter splitter{file.get(), FramingKind::lines, limit};
  std::string_view record;
  ASSERT_EQ(splitter.next(record, no_wait), Step::record);
  splitter.accept();
  ASSERT_EQ(splitter.next(record, no_wait), Step::record);
  EXPECT_TRUE(splitter.seek_back());
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_CUR), 4);
  EXPECT_EQ(splitter.unread(), "");
  EXPECT_TRUE(splitter.seek_back()) << "nothing is left to give back";
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_CUR), 4);
}

TEST(Splitter, NothingLeftIsNothingToSave) {
  const Fd input = full_pipe("one\n");
  Splitter splitter{input.get(), FramingKind::lines, limit};
  Step last{};
  EXPECT_EQ(split(splitter, last), Records{"one"});
  EXPECT_TRUE(splitter.seek_back());
}

TEST(Splitter, ASilentPipeTimesOut) {
  const Pipe pipe = make_pipe();
  Splitter splitter{pipe.reader.get(), FramingKind::lines, limit};
  std::string_view record;
  put(pipe.writer, "begun");
  EXPECT_EQ(splitter.next(record, {.deadline = Deadline::after(std::chrono::milliseconds{20})}), Step::timed_out);
  EXPECT_EQ(splitter.unread(), "begun");
  put(pipe.writer, " and done\n");
  EXPECT_EQ(splitter.next(record, no_wait), Step::record);
  EXPECT_EQ(record, "begun and done");
}

TEST(Splitter, WhatIsInHandNeedsNoWait) {
  const Pipe pipe = make_pipe();
  put(pipe.writer, "one\ntwo\n");
  Splitter splitter{pipe.reader.get(), FramingKind::lines, limit};
  Step last{};
  EXPECT_EQ(split(splitter, last), (Records{"one", "two"}));
  EXPECT_EQ(last, Step::timed_out);
}

TEST(Splitter, ANonBlockingInputIsWaitedFor) {
  Pipe pipe = make_pipe(O_NONBLOCK);
  Splitter splitter{pipe.reader.get(), FramingKind::lines, limit};
  const pid_t tid = ::gettid();
  std::thread writer{[&] {
    EXPECT_TRUE(test::wait_until_asleep(tid));
    put(pipe.writer, "late\n");
    pipe.writer.reset();
  }};
  std::string_view record;
  EXPECT_EQ(splitter.next(record, {}), Step::record);
  EXPECT_EQ(record, "late");
  EXPECT_EQ(splitter.next(record, {}), Step::end);
  writer.join();
}

TEST(Splitter, OtherDescriptorsWakeIt) {
  const Pipe input = make_pipe();
  const Pipe other = make_pipe();
  put(other.writer, "x");
  const pollfd also{.fd = other.reader.get(), .events = POLLIN, .revents = 0};
  Splitter splitter{input.reader.get(), FramingKind::lines, limit};
  std::string_view record;
  EXPECT_EQ(splitter.next(record, {.also = {&also, 1}}), Step::woken);
}

TEST(Splitter, AStopRequestEndsIt) {
  for (const bool from_file : {false, true}) {
    EXPECT_EQ(test::in_child([from_file] {
                const Pipe pipe = make_pipe();
                const Fd file = regular("a\n");
                const StopSignals stop;
                ::raise(SIGTERM);
                Splitter splitter{from_file ? file.get() : pipe.reader.get(), FramingKind::lines, limit};
                std::string_view record;
                return splitter.next(record, {.stop = &stop}) == Step::stopped ? 0 : 1;
              }),
              0);
  }
}

TEST(Splitter, AReadThatFailsIsAnError) {
  const Fd directory{::open("/", O_RDONLY | O_CLOEXEC)};
  for (const int fd : {directory.get(), 987}) {
    Splitter splitter{fd, FramingKind::lines, limit};
    std::string_view record;
    EXPECT_THROW(static_cast<void>(splitter.next(record, no_wait)), Error);
  }
}

}  // namespace
}  // namespace ipctl
