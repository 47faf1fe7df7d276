// bash_line: a line of bash(1) that is being typed, unquoted without running any of it, and completions quoted to fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ipctl {

struct BashLine {
  enum class Quote { none, single, twofold, ansi };  // '...', "...", $'...'
  std::vector<std::string> words;                    // the command first, the word under the cursor last (may be empty)
  bool redirection = false;                          // the last word is where a redirection goes
  Quote open = Quote::none;                          // the quotes in which the part to be replaced stands
  std::size_t kept = 0;                              // bytes of the last word that stand before that part
};

/// line: the command up to the cursor ($COMP_LINE, $COMP_POINT). replaced: the end of it that readline(3) puts a
/// completion in place of ($2 of a completion function).
[[nodiscard]] BashLine read_bash_line(std::string_view line, std::string_view replaced);

/// What COMPREPLY must hold to complete the last word to `candidate`, which begins with it.
[[nodiscard]] std::string bash_reply(const BashLine& line, std::string_view candidate);

}  // namespace ipctl
