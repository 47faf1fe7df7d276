// words: tells options, operands and the command apart in what follows a verb, for parser and completion alike.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/spec.hpp"

namespace ipctl {

struct GivenOption {
  const Arg* arg = nullptr;
  std::string_view value;  // empty for flags
};

/// The rules are those of getopt_long(3): "-c5", "-c 5", "--count=5", "--count 5", "-lN"; options may follow operands;
/// the word after an option that wants a value is its value, whatever it looks like; "-" is an operand. An option whose
/// value may be left out takes it after "=", or from the next word where that is a number and there are operands enough
/// without it.
struct Words {
  std::vector<GivenOption> options;  // in the order given
  std::vector<std::string_view> operands;
  std::vector<std::string_view> command;  // what follows "--", for verbs that run one
  bool ended = false;                     // "--" was there
  const Arg* wanting = nullptr;           // the last word is this option, and its value is still to come
  std::string problem;                    // about the first word that makes no sense; empty: none
};

[[nodiscard]] Words read_words(const Verb& verb, std::span<const std::string_view> arguments);

/// The option of `verb`, or common to all verbs, with this long name or letter; nullptr when there is none.
[[nodiscard]] const Arg* find_option(const Verb& verb, std::string_view name);
[[nodiscard]] const Arg* find_option(const Verb& verb, char letter);

/// The argument of `verb` that takes what follows "--"; nullptr when there is none.
[[nodiscard]] const Arg* command_of(const Verb& verb);

/// True for options and flags.
[[nodiscard]] bool is_option(const Arg& arg);

}  // namespace ipctl
