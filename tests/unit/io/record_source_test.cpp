// RecordSource: messages out of a pipe, whatever pieces they come in, and nothing more than them.
#include "io/record_source.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/unit/io/support.hpp"
#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using test::expect_error;
using test::make_pipe;
using test::Pipe;

const Wait no_wait{.deadline = Deadline::now()};

Framing delimited(std::string delimiter) {
  Framing framing{FramingKind::delimiter};
  framing.delimiter = std::move(delimiter);
  return framing;
}

class RecordSourceTest : public testing::Test {
 protected:
  void open(Framing framing, std::size_t longest = 1 << 20, Scope scope = Scope::as_it_comes) {
    pipe_ = make_pipe(O_NONBLOCK);
    rest_ = Fd{::fcntl(pipe_.reader.get(), F_DUPFD_CLOEXEC, 0)};
    source_.emplace(
        PipeReader{PipeEnd{std::move(pipe_.reader), "p"}, PipeReader::Writer::was_there},
        RecordSourceOptions{.mechanism = "pipe", .framing = std::move(framing), .longest = longest, .scope = scope},
        output_);
    memory_.resize(sizeof(long) + source_->first_capacity());
  }
  void put(std::string_view text) { test::put(pipe_.writer.get(), text); }
  Outcome receive(const Wait& wait = no_wait) {
    const Buffer buffer{.data = std::span{memory_}.subspan(sizeof(long)), .memory = &memory_};
    message_ = {};
    return source_->receive(buffer, message_, wait);
  }
  std::string next() {
    const Outcome outcome = receive();
    return outcome == Outcome::done ? std::string(message_.data) : "(" + std::string(source_->why_none()) + ")";
  }
  std::string rest() { return test::rest_of(rest_.get()); }

  Output output_{.command = "pipe recv", .quiet = true};
  Pipe pipe_;
  Fd rest_;
  std::optional<RecordSource> source_;
  std::vector<char> memory_;
  Message message_;
};

TEST_F(RecordSourceTest, TakesOneMessageAndLeavesTheRest) {
  open(FramingKind::lines);
  put("one\n\ntwo\nunfinished");
  EXPECT_EQ(next(), "one");
  EXPECT_EQ(message_.name, "p");
  EXPECT_EQ(next(), "");
  EXPECT_EQ(next(), "two");
  EXPECT_EQ(next(), "(the end of a message has not come yet)");
  EXPECT_EQ(rest(), "unfinished");
}

TEST_F(RecordSourceTest, KnowsEachFraming) {
  open(FramingKind::null);
  put("a\nb\0\0"s);
  EXPECT_EQ(next(), "a\nb");
  EXPECT_EQ(next(), "");
  EXPECT_EQ(next(), "(nothing is in it)");
  open(delimited("--"));
  put("a-b--c-");
  EXPECT_EQ(next(), "a-b");
  put("-");
  EXPECT_EQ(next(), "c");
  open(FramingKind::length_prefix);
  put("\3\0\0\0a\nb\0\0\0\0\1\0"s);
  EXPECT_EQ(next(), "a\nb");
  EXPECT_EQ(next(), "");
  EXPECT_EQ(next(), "(the end of a message has not come yet)");
  put("\0\0x"s);
  EXPECT_EQ(next(), "x");
}

TEST_F(RecordSourceTest, TheLastNeedsNoMark) {
  open(FramingKind::lines);
  put("one\ntwo");
  pipe_.writer.reset();
  EXPECT_EQ(next(), "one");
  EXPECT_EQ(next(), "two");
  EXPECT_EQ(receive(), Outcome::ended);
  EXPECT_EQ(source_->why_none(), "the writers have gone");
  EXPECT_EQ(receive(), Outcome::ended);
}

TEST_F(RecordSourceTest, RefusesWhatIsTooLong) {
  const std::string words = "more than the 4 that are taken";
  open(FramingKind::lines, 4);
  put("12345\n");
  expect_error(Exit::failed, 0, words, [this] { static_cast<void>(receive()); });
  EXPECT_EQ(rest(), "12345\n");
  open(FramingKind::lines, 4);
  put("12345");
  expect_error(Exit::failed, 0, words, [this] { static_cast<void>(receive()); });
  open(FramingKind::lines, 4);
  put("1234");
  EXPECT_EQ(receive(), Outcome::timed_out) << "its end may come";
  pipe_.writer.reset();
  EXPECT_EQ(next(), "1234");
  open(FramingKind::length_prefix, 4);
  put("\5\0\0\0"s);
  expect_error(Exit::failed, 0, words, [this] { static_cast<void>(receive()); });
}

TEST_F(RecordSourceTest, TakesInPartsWhatIsLongerThanThePipe) {
  for (const Framing& framing :
       {Framing{FramingKind::lines}, delimited("-end-"), Framing{FramingKind::length_prefix}}) {
    open(framing);
    std::string text(300000, 'x');
    std::string record = framing.kind == FramingKind::length_prefix ? length_prefix(text.size()) + text
                                                                    : text + std::string(framing.terminator());
    record += "next";
    std::thread writer{[&] {
      ::fcntl(pipe_.writer.get(), F_SETFL, 0);
      put(record);
    }};
    EXPECT_EQ(receive({}), Outcome::done);
    EXPECT_EQ(message_.data, text);
    writer.join();
    EXPECT_EQ(rest(), "next");
  }
}

TEST_F(RecordSourceTest, WhoDoesNotWaitTakesNoPart) {
  open(FramingKind::lines);
  put(std::string(65536, 'x'));
  EXPECT_EQ(next(), "(the end of a message has not come yet)");
  EXPECT_EQ(rest().size(), 65536U);
}

TEST_F(RecordSourceTest, AsItIsEndsWithWhatWasThere) {
  open(FramingKind::lines, 100, Scope::as_it_is);
  put("one\ntwo\n");
  EXPECT_EQ(next(), "one");
  put("three\n");
  EXPECT_EQ(next(), "two");
  EXPECT_EQ(receive(), Outcome::timed_out);
  EXPECT_EQ(rest(), "three\n");
}

TEST_F(RecordSourceTest, FillsAJournalWithPartsToo) {
  open(FramingKind::length_prefix);
  std::vector<char> journal(200000, '?');
  const Buffer buffer{.data = journal};
  put(length_prefix(100000) + std::string(65532, 'x'));
  EXPECT_EQ(source_->receive(buffer, message_, {.deadline = Deadline::after(std::chrono::milliseconds{20})}),
            Outcome::timed_out);
  EXPECT_EQ((std::string{journal.data(), 65533}), std::string(65532, 'x') + '?') << "without its length";
  std::fill(journal.begin(), journal.end(), '?');
  put(std::string(34468, 'y'));
  EXPECT_EQ(source_->receive(buffer, message_, no_wait), Outcome::done);
  EXPECT_EQ(message_.data, std::string(65532, 'x') + std::string(34468, 'y'));
}

}  // namespace
}  // namespace ipctl
