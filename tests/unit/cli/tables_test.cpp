// tables: what holds for every mechanism, verb and option that the program has.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "cli/words.hpp"
#include "commands/index.hpp"

namespace ipctl {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// One line that goes on after a colon: printable ASCII, no capital in front unless the word is a name, no full stop.
void expect_phrase(std::string_view text, const std::string& where) {
  EXPECT_FALSE(text.empty()) << where;
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char byte) { return byte >= ' ' && byte <= '~'; })) << where;
  EXPECT_FALSE(text.ends_with('.') || text.ends_with(' ') || text.starts_with(' ')) << where;
}

template <class Check>
void for_each_verb(Check check) {
  for (const Mechanism* const mechanism : mechanisms()) {
    for (const Verb& verb : mechanism->verbs)
      check(*mechanism, verb, std::string(mechanism->name) + " " + std::string(verb.name));
  }
}

TEST(Tables, Mechanisms) {
  ASSERT_FALSE(mechanisms().empty());
  const auto by_name = [](const Mechanism* a, const Mechanism* b) { return a->name < b->name; };
  EXPECT_TRUE(std::is_sorted(mechanisms().begin(), mechanisms().end(), by_name));
  for (const Mechanism* const mechanism : mechanisms()) {
    EXPECT_TRUE(is_name(mechanism->name));
    expect_phrase(mechanism->summary, std::string(mechanism->name));
    EXPECT_FALSE(mechanism->verbs.empty());
    EXPECT_FALSE(mechanism->manual.empty());
  }
}

TEST(Tables, NoWordIsTwoVerbs) {
  for (const Mechanism* const mechanism : mechanisms()) {
    std::set<std::string_view> words{"help"};  // as dispatch reads it
    const auto add = [&](std::string_view word) {
      EXPECT_TRUE(is_name(word)) << word;
      EXPECT_TRUE(words.insert(word).second) << mechanism->name << ": " << word;
    };
    for (const Verb& verb : mechanism->verbs) {
      add(verb.name);
      for (const std::string_view alias : verb.aliases) add(alias);
    }
    for (const AbsentVerb& absent : mechanism->absent) {
      add(absent.name);
      expect_phrase(absent.why, std::string(absent.name));
    }
  }
}

TEST(Tables, NoNameOrLetterIsTwoOptions) {
  for_each_verb([](const Mechanism&, const Verb& verb, const std::string& where) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const std::span<const Arg> table : {verb.args, common_args()}) {
      for (const Arg& arg : table) {
        if (!is_option(arg)) continue;
        EXPECT_TRUE(is_name(arg.name)) << where;
        EXPECT_TRUE(names.insert(arg.name).second) << where << " --" << arg.name;
        EXPECT_TRUE(arg.letter == 0 || letters.insert(arg.letter).second) << where << " -" << arg.letter;
        EXPECT_EQ(arg.metavar.empty(), arg.kind == Arg::Kind::flag) << where << " --" << arg.name;
      }
    }
  });
}

TEST(Tables, EveryArgumentIsExplainedAndStored) {
  for_each_verb([](const Mechanism&, const Verb& verb, const std::string& where) {
    expect_phrase(verb.summary, where);
    for (const Arg& arg : verb.args) {
      expect_phrase(arg.help, where + " " + std::string(arg.name));
      EXPECT_NE(arg.store, nullptr) << where << " " << arg.name;
    }
  });
}

TEST(Tables, OperandsCanBeToldApart) {
  for_each_verb([](const Mechanism&, const Verb& verb, const std::string& where) {
    int repeating = 0;
    int commands = 0;
    bool optional = false;
    for (const Arg& arg : verb.args) {
      commands += arg.kind == Arg::Kind::command ? 1 : 0;
      if (arg.kind != Arg::Kind::operand) continue;
      repeating += arg.repeats ? 1 : 0;
      EXPECT_FALSE(optional && arg.required) << where << ": " << arg.name << " follows one that may be left out";
      optional = optional || !arg.required;
    }
    EXPECT_LE(repeating, 1) << where;
    EXPECT_LE(commands, 1) << where;
  });
}

// By its name, or by one that is native to the mechanism.
TEST(Tables, ExamplesAreOfTheirVerb) {
  for_each_verb([](const Mechanism& mechanism, const Verb& verb, const std::string& where) {
    EXPECT_FALSE(verb.examples.empty()) << where;
    const std::string before = std::string(mechanism.name) + " ";
    for (const Example& example : verb.examples) {
      const bool is_its_own = example.line.starts_with(where + " ") ||
                              std::any_of(verb.aliases.begin(), verb.aliases.end(), [&](std::string_view alias) {
                                return example.line.starts_with(before + std::string(alias) + " ");
                              });
      EXPECT_TRUE(is_its_own || example.line == where) << example.line;
      expect_phrase(example.what, where);
    }
  });
}

}  // namespace
}  // namespace ipctl
