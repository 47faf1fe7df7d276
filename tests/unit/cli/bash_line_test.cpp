// bash_line: unquoting what was typed, quoting what completes it.
#include "cli/bash_line.hpp"

#include <gtest/gtest.h>

namespace ipctl {
namespace {

using Quote = BashLine::Quote;
using List = std::vector<std::string>;

List words(std::string_view line) {
  return read_bash_line(line, "").words;
}

TEST(BashLine, Words) {
  EXPECT_EQ(words("ipctl mq  rm"), (List{"ipctl", "mq", "rm"}));
  EXPECT_EQ(words("ipctl mq "), (List{"ipctl", "mq", ""}));
  EXPECT_EQ(words("ipctl a:b --x=y"), (List{"ipctl", "a:b", "--x=y"}));
  EXPECT_EQ(words(""), (List{""}));
}

TEST(BashLine, Unquotes) {
  EXPECT_EQ(words("c a\\ b").back(), "a b");
  EXPECT_EQ(words("c a\\$\\(x\\)").back(), "a$(x)");
  EXPECT_EQ(words("c 'a b\\'\"c d\"e").back(), "a b\\c de");
  EXPECT_EQ(words("c \"a\\\"\\$\\`\\\\\\n\"").back(), "a\"$`\\\\n");
  EXPECT_EQ(words("c $'a\\n\\x41\\e\\'\\033\\\\'z").back(), "a\nA\x1b'\x1b\\z");
  EXPECT_EQ(words("c '' ''"), (List{"c", "", ""}));
  EXPECT_EQ(words("c '' "), (List{"c", "", ""}));
  EXPECT_EQ(words("c $(touch x)"), (List{"c", "$(touch", "x)"}));
  EXPECT_EQ(words("c $HOME").back(), "$HOME");
}

TEST(BashLine, UnfinishedQuotes) {
  EXPECT_EQ(words("c 'a b").back(), "a b");
  EXPECT_EQ(words("c \"a b").back(), "a b");
  EXPECT_EQ(words("c $'a\\nb").back(), "a\nb");
  EXPECT_EQ(words("c a\\").back(), "a");
  EXPECT_EQ(words("c \"a\\").back(), "a");
  EXPECT_EQ(words("c $'a\\").back(), "a");
}

TEST(BashLine, Redirections) {
  EXPECT_EQ(words("c a >file b"), (List{"c", "a", "b"}));
  EXPECT_EQ(words("c 2>/dev/null < in b"), (List{"c", "b"}));
  EXPECT_EQ(words("c 2>&1 x"), (List{"c", "x"}));
  EXPECT_EQ(words("c 2 x"), (List{"c", "2", "x"}));
  EXPECT_TRUE(read_bash_line("c >fi", "fi").redirection);
  EXPECT_TRUE(read_bash_line("c > ", "").redirection);
  EXPECT_FALSE(read_bash_line("c > fi ", "").redirection);
  EXPECT_FALSE(read_bash_line("c '>fi", ">fi").redirection);
}

void expect_cut(std::string_view line, std::string_view replaced, std::size_t kept, Quote open) {
  const BashLine read = read_bash_line(line, replaced);
  EXPECT_EQ(read.kept, kept) << line;
  EXPECT_EQ(read.open, open) << line;
}

// What readline replaces is what bash 5.2 gave as $2 for these lines.
TEST(BashLine, WhereTheReplacedPartBegins) {
  expect_cut("c mq foo", "foo", 0, Quote::none);
  expect_cut("c mq ", "", 0, Quote::none);
  expect_cut("c mq 'a b", "a b", 0, Quote::single);
  expect_cut("c mq \"a $b", "a $b", 0, Quote::twofold);
  expect_cut("c mq $'a\\nb", "a\\nb", 0, Quote::ansi);
  expect_cut("c mq a'b c", "b c", 1, Quote::single);
  expect_cut("c mq 'a b'c", "'a b'c", 0, Quote::none);
  expect_cut("c mq a:b", "b", 2, Quote::none);
  expect_cut("c mq --ns=12", "12", 5, Quote::none);
  expect_cut("c mq 'a:b'c:d", "d", 5, Quote::none);
  expect_cut("c mq 'a b", "'a b", 0, Quote::single);  // as for "sudo c mq 'a b"
  expect_cut("c mq $'a b", "$'a b", 0, Quote::ansi);
  expect_cut("c mq a\"b", "a\"b", 1, Quote::twofold);
}

std::string reply(std::string_view line, std::string_view replaced, std::string_view candidate) {
  return bash_reply(read_bash_line(line, replaced), candidate);
}

TEST(BashLine, Replies) {
  EXPECT_EQ(reply("c x", "x", "x$(touch y) 'z'"), "x\\$\\(touch\\ y\\)\\ \\'z\\'");
  EXPECT_EQ(reply("c a:", "", "a:b c"), "b\\ c");
  EXPECT_EQ(reply("c ", "", "a\nb\x1b"), "a$'\\012'b$'\\033'");
  EXPECT_EQ(reply("c ", "", "\xc3\xa9"), "\xc3\xa9");
  EXPECT_EQ(reply("c ", "", "\xff"), "$'\\377'");
  EXPECT_EQ(reply("c ", "", "\xc2\x9b"), "$'\\302'$'\\233'");  // a terminal obeys it
  EXPECT_EQ(reply("c ", "", "*?[!~#&;|<>"), "\\*\\?\\[\\!\\~\\#\\&\\;\\|\\<\\>");
  EXPECT_EQ(reply("c x'", "", "x"), "");
}

TEST(BashLine, RepliesInsideQuotes) {
  EXPECT_EQ(reply("c '", "", "a $(b)"), "a $(b)");
  EXPECT_EQ(reply("c '", "", "a'b"), "a'\\''b");
  EXPECT_EQ(reply("c '", "", "'b"), "''\\''b");  // readline drops one of the two
  EXPECT_EQ(reply("c '", "", "a'"), "a'\\'''");  // readline adds none
  EXPECT_EQ(reply("c \"", "", "a$b`c\"d\\e"), "a\\$b\\`c\\\"d\\\\e");
  EXPECT_EQ(reply("c \"", "", "a!b"), "a\"'!'\"b");
  EXPECT_EQ(reply("c $'", "", "a'\n\\"), "a\\'\\012\\\\");
}

}  // namespace
}  // namespace ipctl
