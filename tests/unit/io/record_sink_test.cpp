// RecordSink: what frames a message, and which are refused.
#include "io/record_sink.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <climits>

#include "tests/unit/io/support.hpp"
#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using test::expect_error;

std::string written(const Framing& framing, std::string_view data) {
  test::Pipe pipe = test::make_pipe(O_NONBLOCK);
  RecordSink sink{PipeEnd{std::move(pipe.writer), "p"}, "pipe", {.name = "p", .framing = framing}};
  EXPECT_EQ(sink.send(data, {.deadline = Deadline::now()}), Outcome::done);
  return test::rest_of(pipe.reader.get());
}

TEST(RecordSink, FramesMessages) {
  Framing delimiter{FramingKind::delimiter};
  delimiter.delimiter = "--";
  EXPECT_EQ(written(FramingKind::lines, "a"), "a\n");
  EXPECT_EQ(written(FramingKind::null, "a\n"), "a\n\0"s);
  EXPECT_EQ(written(delimiter, "-a"), "-a--");
  EXPECT_EQ(written(FramingKind::length_prefix, "a\n"), "\2\0\0\0a\n"s);
  EXPECT_EQ(written(FramingKind::length_prefix, ""), "\0\0\0\0"s);
  EXPECT_EQ(written(FramingKind::whole, "a\n"), "a\n");
}

TEST(RecordShape, RefusesWhatWouldBeTwoOrMixed) {
  const RecordShape lines{.name = "p", .framing = FramingKind::lines};
  EXPECT_EQ(lines.capacity(), std::size_t{PIPE_BUF} - 1);
  EXPECT_EQ((RecordShape{.name = "p", .framing = FramingKind::length_prefix}.capacity()), std::size_t{PIPE_BUF} - 4);
  EXPECT_NO_THROW(lines.check(std::string(4095, 'x')));
  expect_error(Exit::failed, 0, "only 4095 are written whole", [&] { lines.check(std::string(4096, 'x')); });
  expect_error(Exit::failed, 0, "holds a newline, which ends a message", [&] { lines.check("a\nb"); });
  const RecordShape nulls{.name = "p", .framing = FramingKind::null};
  expect_error(Exit::failed, 0, "holds \\x00, which", [&] { nulls.check("a\0b"s); });
  Framing dashes{FramingKind::delimiter};
  dashes.delimiter = "--";
  const RecordShape dashed{.name = "p", .framing = dashes};
  EXPECT_NO_THROW(dashed.check("-a"));
  expect_error(Exit::failed, 0, "which ends a message", [&] { dashed.check("a-"); });
  const RecordShape packets{.name = "p", .framing = FramingKind::whole};
  expect_error(Exit::failed, 0, "a packet cannot be empty", [&] { packets.check(""); });
  const RecordShape locked{.name = "p", .framing = FramingKind::lines, .long_messages = LongMessages::locked};
  EXPECT_NO_THROW(locked.check(std::string(100000, 'x')));
  expect_error(Exit::failed, 0, "use --stream", [&] { locked.refuse_length(std::nullopt); });
}

}  // namespace
}  // namespace ipctl
