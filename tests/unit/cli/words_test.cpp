// words: options whose value may be left out. All else is in parser_test.cpp.
#include "cli/words.hpp"

#include <gtest/gtest.h>

#include "cli/dispatch.hpp"
#include "cli/invocation.hpp"
#include "os/error.hpp"

namespace ipctl {
namespace {

using List = std::vector<std::string>;

struct Look {
  std::string name;
  std::optional<std::uint64_t> peek, count;
  std::vector<std::string> more, command;
};

constexpr Arg one_args[] = {
    operand<Look, &Look::name>("NAME", "what to look at"),
    option<Look, &Look::peek>('p', "peek", "INDEX", "look", Group::object).with_default("0"),
    option<Look, &Look::count>('c', "count", "N", "how many", Group::object),
    command<Look, &Look::command>("run CMD"),
};
constexpr Arg several_args[] = {
    operand<Look, &Look::name>("NAME", "what to look at"),
    operand<Look, &Look::more>("MORE", "and at these").optional(),
    option<Look, &Look::peek>('p', "peek", "INDEX", "look", Group::object).with_default("0"),
};
constexpr Arg none_args[] = {
    option<Look, &Look::peek>('p', "peek", "INDEX", "look", Group::object).with_default("0"),
};

Exit do_nothing(const Look& /*options*/, Output& /*output*/) {
  return Exit::ok;
}

constexpr Verb verbs[] = {
    verb<do_nothing>("none", "look at nothing", none_args),
    verb<do_nothing>("one", "look at one", one_args),
    verb<do_nothing>("several", "look at several", several_args),
};
constexpr Mechanism eye{"eye", "eyes", "eye(7)", verbs, {}};

Look look(const char* verb, std::vector<const char*> words) {
  Look options;
  Invocation invocation{eye, *find_verb(eye, verb), words};
  invocation.parse(&options);
  return options;
}

std::string refusal(const char* verb, std::vector<const char*> words) {
  try {
    look(verb, std::move(words));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(OptionalValue, LeftOut) {
  for (const auto& words : std::vector<std::vector<const char*>>{{"--peek", "/q"},
                                                                 {"/q", "--peek"},
                                                                 {"-p", "/q"},
                                                                 {"/q", "-p"},
                                                                 {"--peek", "-c5", "/q"},
                                                                 {"--peek", "0x5"},
                                                                 {"--peek", "5x"},
                                                                 {"--peek", ""},
                                                                 {"--peek", "-"}}) {
    EXPECT_EQ(look("one", words).peek, 0U) << words[0];
  }
  EXPECT_EQ(look("one", {"/q"}).peek, std::nullopt);
  EXPECT_EQ(look("one", {"--peek", "/q"}).name, "/q");
  EXPECT_EQ(look("none", {"--peek"}).peek, 0U);
}

TEST(OptionalValue, Given) {
  for (const auto& words : std::vector<std::vector<const char*>>{{"--peek=3", "/q"},
                                                                 {"--peek", "3", "/q"},
                                                                 {"/q", "--peek", "3"},
                                                                 {"/q", "--peek=3"},
                                                                 {"-p3", "/q"},
                                                                 {"-p", "3", "/q"},
                                                                 {"/q", "-p", "3"},
                                                                 {"-c", "5", "--peek", "3", "/q"},
                                                                 {"--peek", "3", "-c", "5", "/q"},
                                                                 {"--peek", "3", "/q", "--", "cmd", "4"},
                                                                 {"/q", "--peek", "3", "--", "5"}}) {
    const Look options = look("one", words);
    EXPECT_EQ(options.peek, 3U) << words[0] << ' ' << words[1];
    EXPECT_EQ(options.name, "/q") << words[0] << ' ' << words[1];
  }
  EXPECT_EQ(look("none", {"--peek", "3"}).peek, 3U);
  EXPECT_EQ(look("one", {"--peek", "3", "/q", "--", "cmd", "4"}).command, (List{"cmd", "4"}));
}

// A queue's name may be a number.
TEST(OptionalValue, ANumberThatIsNeededAsAnOperandIsOne) {
  EXPECT_EQ(look("one", {"--peek", "5"}).name, "5");
  EXPECT_EQ(look("one", {"--peek", "5"}).peek, 0U);
  EXPECT_EQ(look("one", {"-p", "5"}).name, "5");
  EXPECT_EQ(look("one", {"--peek", "3", "5"}).name, "5");
  EXPECT_EQ(look("one", {"--peek", "3", "5"}).peek, 3U);
  EXPECT_EQ(look("one", {"5", "--peek", "3"}).name, "5");
  EXPECT_EQ(look("one", {"5", "--peek", "3"}).peek, 3U);
  EXPECT_EQ(look("one", {"--peek=3", "5"}).name, "5");
  EXPECT_EQ(look("one", {"-c", "4", "--peek", "5"}).name, "5");
  EXPECT_EQ(look("one", {"--peek", "5", "--", "cmd"}).name, "5");
  EXPECT_EQ(refusal("one", {"--peek", "3", "4", "5"}), "unexpected '5'");
  EXPECT_EQ(refusal("one", {"--peek", "3", "--", "5"}), "accepted");
  EXPECT_EQ(refusal("one", {"--peek=3"}), "NAME is missing (what to look at)");
}

TEST(OptionalValue, WithOperandsThatMayBeLeftOut) {
  EXPECT_EQ(look("several", {"--peek", "5"}).name, "5");
  EXPECT_EQ(look("several", {"--peek", "3", "a", "b"}).peek, 3U);
  EXPECT_EQ(look("several", {"--peek", "3", "a", "b"}).more, List{"b"});
  EXPECT_EQ(look("several", {"a", "b", "--peek", "3", "c"}).more, (List{"b", "c"}));
  EXPECT_EQ(look("several", {"a", "b", "--peek", "3", "c"}).peek, 3U);
  EXPECT_EQ(look("several", {"--peek", "3", "--", "4"}).peek, 3U);
  EXPECT_EQ(look("several", {"--peek", "3", "--", "4"}).name, "4");
}

TEST(OptionalValue, TheLastOfSeveralWins) {
  EXPECT_EQ(look("one", {"--peek", "1", "--peek", "2", "/q"}).peek, 2U);
  EXPECT_EQ(look("one", {"--peek", "1", "--peek", "2", "/q"}).name, "/q");
  EXPECT_EQ(look("one", {"--peek", "1", "/q", "--peek", "2"}).peek, 2U);
  EXPECT_EQ(look("one", {"--peek=1", "--peek", "/q"}).peek, 0U);
  EXPECT_EQ(look("one", {"--peek", "--peek", "2", "/q"}).peek, 2U);
  EXPECT_EQ(look("one", {"-p1", "-p", "2", "-p3", "/q"}).peek, 3U);
  EXPECT_EQ(look("none", {"-p", "1", "-p", "2"}).peek, 2U);
}

TEST(OptionalValue, Refuses) {
  EXPECT_TRUE(refusal("one", {"--peek=", "/q"}).starts_with("--peek: ")) << refusal("one", {"--peek=", "/q"});
  EXPECT_TRUE(refusal("one", {"--peek=x", "/q"}).starts_with("--peek: 'x'"));
  EXPECT_TRUE(refusal("one", {"--peek=-1", "/q"}).starts_with("--peek: '-1'"));
  EXPECT_TRUE(refusal("one", {"-px", "/q"}).starts_with("--peek: 'x'"));
  EXPECT_EQ(refusal("one", {"--peek", "-1", "/q"}), "unknown option '-1'");
  EXPECT_EQ(refusal("one", {"--peek", "99999999999999999999", "/q"}), "unexpected '/q'");
}

TEST(OptionalValue, IsNotAskedForByCompletion) {
  const std::vector<std::string_view> words{"--peek"};
  EXPECT_EQ(read_words(verbs[1], words).wanting, nullptr);
}

}  // namespace
}  // namespace ipctl
