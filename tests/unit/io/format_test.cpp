// format: each conversion, unknown values, escapes, and what is refused.
#include "io/format.hpp"

#include <gtest/gtest.h>

#include "io/json.hpp"
#include "os/error.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;

Message example() {
  Message message;
  message.mechanism = "mq";
  message.name = "/jobs";
  message.data = "it's\n";
  message.priority = 7;
  message.sender_pid = 4711;
  message.sender_uid = 1000;
  message.sequence = 3;
  message.time = {.tv_sec = 1769860800, .tv_nsec = 5};
  return message;
}

std::string applied(std::string_view format, const Message& message = example()) {
  std::string out;
  Format{format}.apply(message, out);
  return out;
}

std::string refusal(std::string_view format) {
  try {
    return "taken: " + applied(format);
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(Format, Conversions) {
  EXPECT_EQ(applied("%s"), "it's\n");
  EXPECT_EQ(applied("%x"), "697427730a");
  EXPECT_EQ(applied("%B"), "aXQncwo=");
  EXPECT_EQ(applied("%q"), "$'it\\'s\\n'");
  EXPECT_EQ(applied("%l"), "5");
  EXPECT_EQ(applied("%n"), "/jobs");
  EXPECT_EQ(applied("%p"), "7");
  EXPECT_EQ(applied("%c"), "3");
  EXPECT_EQ(applied("%P"), "4711");
  EXPECT_EQ(applied("%u"), "1000");
  EXPECT_EQ(applied("%I"), "2026-01-31T12:00:00.000000005Z");
  EXPECT_EQ(applied("%U"), "1769860800.000000005");
  EXPECT_EQ(applied("%j"), message_json(example()));
  EXPECT_EQ(applied("%%"), "%");
  EXPECT_EQ(applied("<%p %l> %%%s|%s"), "<7 5> %it's\n|it's\n");
}

TEST(Format, WhatIsUnknownIsADash) {
  const Message message;
  EXPECT_EQ(applied("%p %P %u", message), "- - -");
  EXPECT_EQ(applied("%s%l%n", message), "0");
}

TEST(Format, TheTypeStandsForThePriority) {
  Message message = example();
  message.priority.reset();
  message.type = 12345678901;
  EXPECT_EQ(applied("%p", message), "12345678901");
  message.priority = 0;
  EXPECT_EQ(applied("%p", message), "0");
}

TEST(Format, FieldsOfTheMechanismsOwn) {
  const std::array fields{MessageField{"number", std::int64_t{-5}}, MessageField{"lost", true},
                          MessageField{"kept", false}, MessageField{"code", "a \"b\""}, MessageField{"band", {}}};
  Message message = example();
  message.fields = fields;
  EXPECT_EQ(applied("%{number} %{lost} %{kept} %{code} %{band} %{other}", message), "-5 1 - a \"b\" - -");
  EXPECT_EQ(applied("%{number}"), "-") << "another mechanism";
}

TEST(Format, Escapes) {
  EXPECT_EQ(applied("a\\n\\t\\r\\e\\0\\\\\\x41\\xfFz"), "a\n\t\r\x1b\0\\A\xffz"s);
  EXPECT_EQ(applied("\\x25s"), "%s") << "what an escape stands for is no conversion";
}

TEST(Format, AnyBytesOfAMessage) {
  Message message = example();
  const std::string all = test::all_bytes();
  message.data = all;
  message.name = all;
  EXPECT_EQ(applied("%s%n", message), all + all);
  EXPECT_EQ(applied("%l", message), "256");
}

TEST(Format, Appends) {
  std::string out = "before ";
  const Format format{"%l;"};
  format.apply(example(), out);
  format.apply(example(), out);
  EXPECT_EQ(out, "before 5;5;");
}

TEST(Format, AnEmptyTextIsAFormat) {
  EXPECT_TRUE(Format{}.empty());
  EXPECT_FALSE(Format{""}.empty());
  EXPECT_EQ(applied(""), "");
}

TEST(Format, Refusals) {
  EXPECT_EQ(refusal("%z"), "'%z' is no conversion; there are: %s %x %B %q %l %n %p %c %P %u %I %U %j %{KEY} %%");
  EXPECT_EQ(refusal("%\x1b").substr(0, 8), "'%\\x1b' ");
  EXPECT_EQ(refusal("100%"), "a '%' at the end: '%%' is a percent sign");
  EXPECT_EQ(refusal("a\\q"), "'\\\\q' is no escape; there are: \\n \\t \\r \\e \\0 \\\\ \\xNN");
  EXPECT_EQ(refusal("\\x4").substr(0, 18), "'\\\\x4' is no escap");
  EXPECT_EQ(refusal("\\"), "'\\\\' is no escape; there are: \\n \\t \\r \\e \\0 \\\\ \\xNN");
}

}  // namespace
}  // namespace ipctl
