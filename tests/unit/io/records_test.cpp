// records: options that exclude each other.
#include "io/records.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "os/error.hpp"

namespace ipctl {
namespace {

TEST(Records, SendOptionsThatExcludeEachOther) {
  EXPECT_NO_THROW(validate(RecordSendOptions{}));
  RecordSendOptions framed;
  framed.messages = {"x"};
  framed.framing = FramingKind::null;
  EXPECT_NO_THROW(validate(framed)) << "it is that of the pipe";
  framed.content = Content::bytes;
  EXPECT_THROW(validate(framed), UsageError);
  RecordSendOptions drained;
  drained.drain = drained.nonblock = true;
  EXPECT_THROW(validate(drained), UsageError);
  RecordSendOptions locked;
  locked.long_messages = LongMessages::locked;
  EXPECT_NO_THROW(validate(locked));
  for (const Content content : {Content::packets, Content::bytes}) {
    locked.content = content;
    EXPECT_THROW(validate(locked), UsageError);
  }
}

TEST(Records, ReceiveOptionsThatExcludeEachOther) {
  EXPECT_NO_THROW(validate(RecordReceiveOptions{}));
  RecordReceiveOptions none;
  none.longest.bytes = 0;
  EXPECT_THROW(validate(none), UsageError);
  RecordReceiveOptions bytes;
  bytes.content = Content::bytes;
  EXPECT_NO_THROW(validate(bytes));
  bytes.count = 2;
  EXPECT_THROW(validate(bytes), UsageError);
  RecordReceiveOptions plain;
  plain.framing = FramingKind::null;
  plain.no_newline = true;
  EXPECT_NO_THROW(validate(plain)) << "of the pipe, and of the output";
}

TEST(Records, OneMessageUnlessToldOtherwise) {
  RecordReceiveOptions options;
  EXPECT_EQ(one_message(options).count, 1U);
  options.all = true;
  EXPECT_EQ(one_message(options).count, std::nullopt);
  EXPECT_EQ(open_flags(Content::packets), O_DIRECT);
  EXPECT_EQ(open_flags(Content::messages), 0);
}

}  // namespace
}  // namespace ipctl
