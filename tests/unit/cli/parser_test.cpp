// parser: what reaches an options struct, and what is refused with which words.
#include <gtest/gtest.h>

#include "cli/invocation.hpp"
#include "os/error.hpp"
#include "tests/unit/cli/example.hpp"

namespace ipctl {
namespace {

using example::Copy;
using example::Put;
using example::Take;
using List = std::vector<std::string>;

template <class Options>
Options parse(const char* verb, std::vector<const char*> words, Output* output = nullptr) {
  Options options;
  Invocation invocation{example::box, *find_verb(example::box, verb), words};
  invocation.parse(&options);
  if (output != nullptr) *output = invocation.output();
  return options;
}
Take take(std::vector<const char*> words) {
  return parse<Take>("take", std::move(words));
}
Put put(std::vector<const char*> words) {
  return parse<Put>("put", std::move(words));
}

template <class Options = Take>
std::string refusal(const char* verb, std::vector<const char*> words) {
  try {
    parse<Options>(verb, std::move(words));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Parser, CountInEverySpelling) {
  for (const auto& words : std::vector<std::vector<const char*>>{{"-c5", "/q"},
                                                                 {"-c", "5", "/q"},
                                                                 {"--count=5", "/q"},
                                                                 {"--count", "5", "/q"},
                                                                 {"/q", "-c5"},
                                                                 {"-ac5", "/q"},
                                                                 {"/q", "--count", "5"},
                                                                 {"-lac", "5", "/q"},
                                                                 {"--count", "4", "/q", "-c5"}}) {
    const Take options = take(words);
    EXPECT_EQ(options.count, 5U) << words[0];
    EXPECT_EQ(options.name, "/q") << words[0];
  }
}

TEST(Parser, InheritedMembersAreStoredAtTheirOwnPlace) {
  const Take options = take({"-c", "5", "/q"});
  EXPECT_EQ(options.count, 5U);
  EXPECT_EQ(options.before, 11U);
  EXPECT_EQ(options.after, 22U);
  EXPECT_EQ(options.text, "untouched");
}

TEST(Parser, FlagsAloneAndBundled) {
  EXPECT_TRUE(take({"-la", "/q"}).all);
  EXPECT_TRUE(take({"-la", "/q"}).lines);
  EXPECT_FALSE(take({"-l", "/q"}).all);
  EXPECT_TRUE(take({"--all", "--all", "/q"}).all);
}

TEST(Parser, ValuesThatLookLikeOptionsAreValues) {
  EXPECT_EQ(take({"-d", "-", "/q"}).delimiter, "-");
  EXPECT_EQ(take({"-d", "--", "/q"}).delimiter, "--");
  EXPECT_EQ(take({"-d", "-x", "/q"}).delimiter, "-x");
  EXPECT_EQ(take({"-d", "--count", "/q"}).delimiter, "--count");
  EXPECT_EQ(take({"--delimiter=-", "/q"}).delimiter, "-");
  EXPECT_EQ(take({"--delimiter=--all", "/q"}).delimiter, "--all");
  EXPECT_EQ(take({"-d-", "/q"}).delimiter, "-");
  EXPECT_EQ(take({"-d=", "/q"}).delimiter, "=");
  EXPECT_EQ(take({"-ld-a", "/q"}).delimiter, "-a");
}

TEST(Parser, AnEmptyValueIsRefused) {
  EXPECT_THROW(take({"--delimiter", "", "/q"}), UsageError);
  EXPECT_THROW(take({"--delimiter=", "/q"}), UsageError);
}

TEST(Parser, ValuesArriveByteForByte) {
  for (const char* const value :
       {" ",        "  x  ", "{}",   "[]",       "[a,b]", "[a]", "%%",  "\"x\"", "'x'", "a=b", "=",   "a,b",
        "\xff\xfe", "\n",    "true", "\x1b[31m", "--",    "++",  "`x`", "$(x)",  "#",   ";",   "\\n", "/x:y"}) {
    EXPECT_EQ(take({"--delimiter", value, "/q"}).delimiter, value);
    EXPECT_EQ(take({(std::string("--delimiter=") + value).c_str(), "/q"}).delimiter, value);
    EXPECT_EQ(take({"-d", value, "/q"}).delimiter, value);
    EXPECT_EQ(take({"--filter", value, "--filter", value, "/q"}).filters, (List{value, value}));
    if (std::string_view(value) != "--") {
      EXPECT_EQ(put({"/q", value}).messages, (List{value}));
    }
    EXPECT_EQ(put({"/q", "--", value, value}).messages, (List{value, value}));
    EXPECT_EQ(take({"/q", "--", "cmd", value}).command, (List{"cmd", value}));
  }
}

TEST(Parser, TheEnvironmentAndConfigurationFilesHaveNoSay) {
  EXPECT_EQ(refusal("take", {"--config", "x", "/q"}), "unknown option '--config'");
  ::setenv("COUNT", "7", 1);
  EXPECT_EQ(take({"-l", "/q"}).count, std::nullopt);
  ::unsetenv("COUNT");
}

TEST(Parser, TheLastOfSeveralWins) {
  EXPECT_EQ(take({"-d", "a", "-d", "b", "/q"}).delimiter, "b");
  EXPECT_EQ(take({"-0n", "/q"}).framing.kind, FramingKind::lines);
  EXPECT_EQ(take({"-n", "/q", "-0"}).framing.kind, FramingKind::null);
  EXPECT_EQ(take({"-n0n", "/q"}).framing.kind, FramingKind::lines);
}

TEST(Parser, OptionsThatRepeatAreCollectedInOrder) {
  EXPECT_EQ(take({"--filter", "a=1", "/q", "--filter=b=2"}).filters, (List{"a=1", "b=2"}));
}

TEST(Parser, OperandsInOrder) {
  const Put options = put({"/q", "-f", "x", "one", "-", ""});
  EXPECT_EQ(options.name, "/q");
  EXPECT_EQ(options.file, "x");
  EXPECT_EQ(options.messages, (List{"one", "-", ""}));
  EXPECT_EQ(put({"/q"}).messages, List{});
  EXPECT_EQ(put({"", ""}).messages, List{""});
  EXPECT_EQ(put({"--", "-f", "--"}).name, "-f");
  EXPECT_EQ(put({"--", "-f", "--"}).messages, List{"--"});
}

TEST(Parser, ARepeatingOperandLeavesWhatLaterOnesNeed) {
  EXPECT_EQ(parse<Copy>("copy", {"a", "b", "c"}).from, (List{"a", "b"}));
  EXPECT_EQ(parse<Copy>("copy", {"a", "b", "c"}).to, "c");
  EXPECT_EQ(parse<Copy>("copy", {"a", "b"}).from, (List{"a"}));
  EXPECT_EQ(refusal<Copy>("copy", {"a"}), "TO is missing (where to)");
  EXPECT_EQ(refusal<Copy>("copy", {}), "FROM is missing (where from)");
}

TEST(Parser, TheCommandFollowsTwoDashes) {
  const Take options = take({"/q", "-c5", "--", "cmd", "-c", "--", "--help", ""});
  EXPECT_EQ(options.name, "/q");
  EXPECT_EQ(options.count, 5U);
  EXPECT_EQ(options.command, (List{"cmd", "-c", "--", "--help", ""}));
  EXPECT_EQ(refusal("take", {"/q", "--"}), "after -- CMD is missing (run CMD for each message)");
  EXPECT_EQ(refusal("take", {"--", "/q"}), "NAME is missing (queue to read)");
}

TEST(Parser, Operands) {
  EXPECT_EQ(refusal("take", {}), "NAME is missing (queue to read)");
  EXPECT_EQ(refusal("take", {"-l"}), "NAME is missing (queue to read)");
  EXPECT_EQ(refusal("take", {"/q", "x\x1b"}), "unexpected 'x\\x1b'");
}

TEST(Parser, UnknownOptions) {
  EXPECT_EQ(refusal("take", {"--cout", "/q"}), "unknown option '--cout'; did you mean '--count'?");
  EXPECT_EQ(refusal("take", {"--cout=5", "/q"}), "unknown option '--cout'; did you mean '--count'?");
  EXPECT_EQ(refusal("take", {"--jsn", "/q"}), "unknown option '--jsn'; did you mean '--json'?");
  EXPECT_EQ(refusal("take", {"--zzz", "/q"}), "unknown option '--zzz'");
  EXPECT_EQ(refusal("take", {"---", "/q"}), "unknown option '---'");
  EXPECT_EQ(refusal("take", {"--=x", "/q"}), "unknown option '--'");
  EXPECT_EQ(refusal("take", {"-z", "/q"}), "unknown option '-z'");
  EXPECT_EQ(refusal("take", {"-lz", "/q"}), "unknown option '-z'");
  EXPECT_EQ(refusal("take", {"-5", "/q"}), "unknown option '-5'");
  EXPECT_EQ(refusal("take", {"-!", "/q"}), "unknown option '-!'");
  EXPECT_EQ(refusal("take", {"- ", "/q"}), "unknown option '- '");
  EXPECT_EQ(refusal("take", {"-l-", "/q"}), "unknown option '--'");
  EXPECT_EQ(refusal("take", {"-l-null", "/q"}), "unknown option '--'");
  EXPECT_EQ(refusal("take", {"-\xc3\xa9", "/q"}), "unknown option '-\xc3\xa9'");
  EXPECT_EQ(refusal("take", {"-\x1b", "/q"}), "unknown option '-\\x1b'");
  EXPECT_EQ(refusal("take", {"--c", "5", "/q"}), "unknown option '--c'");
  EXPECT_EQ(refusal("take", {"--NAME", "5"}), "unknown option '--NAME'");
  EXPECT_EQ(refusal("take", {"--Count", "5", "/q"}), "unknown option '--Count'; did you mean '--count'?");
}

TEST(Parser, ValuesWhereNoneBelongsAndTheReverse) {
  EXPECT_EQ(refusal("take", {"--all=true", "/q"}), "--all takes no value");
  EXPECT_EQ(refusal("take", {"--all=", "/q"}), "--all takes no value");
  EXPECT_EQ(refusal("take", {"--help=x", "/q"}), "--help takes no value");
  EXPECT_EQ(refusal("take", {"/q", "--count"}), "--count needs a value (N)");
  EXPECT_EQ(refusal("take", {"/q", "-c"}), "--count needs a value (N)");
  EXPECT_EQ(refusal("take", {"/q", "-lc"}), "--count needs a value (N)");
  EXPECT_TRUE(refusal("take", {"--count=", "5"}).starts_with("--count: "));
}

TEST(Parser, ABadValueIsToldWithItsOption) {
  EXPECT_TRUE(refusal("take", {"-c", "x", "/q"}).starts_with("--count: 'x'")) << refusal("take", {"-c", "x", "/q"});
  EXPECT_TRUE(refusal("take", {"-c", "-1", "/q"}).starts_with("--count: '-1'"));
  EXPECT_TRUE(refusal("take", {"--on-failure", "x", "/q"}).starts_with("--on-failure: "));
  EXPECT_TRUE(refusal("take", {"--color", "x", "/q"}).starts_with("--color: "));
}

TEST(Parser, CommonOptionsReachOutput) {
  Output output;
  parse<Take>("take", {"/q"}, &output);
  EXPECT_EQ(output.command, "box take");
  EXPECT_FALSE(output.json || output.quiet || output.verbose);
  parse<Take>("take", {"-Jq", "/q", "--color=never"}, &output);
  EXPECT_TRUE(output.json && output.quiet);
  EXPECT_EQ(output.color, Color::never);
}

TEST(Parser, HelpUnwinds) {
  EXPECT_THROW(take({"--help"}), HelpRequested);
  EXPECT_THROW(take({"-lh", "/q"}), HelpRequested);
  EXPECT_EQ(take({"/q", "--", "--help"}).command, List{"--help"});
}

}  // namespace
}  // namespace ipctl
