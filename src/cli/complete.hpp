// complete: what may stand at the end of a command line, for the shells' completion scripts.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/dispatch.hpp"

namespace ipctl {

struct Candidate {
  std::string text;         // the whole word, any bytes but NUL
  std::string description;  // printable, may be empty
};

/// words: those after "ipctl", the last being the one under the cursor (may be empty). Sorted, without duplicates.
/// Files are not listed: where a file or directory is wanted, one candidate has an empty text and the description
/// ":files" or ":directories"; after "--" of a verb that runs a command it is ":command". What is wanted then is the
/// part of the word after "--OPTION=" or "save:". Never fails.
[[nodiscard]] std::vector<Candidate> complete(Index mechanisms, std::span<const std::string_view> words);

/// `ipctl __complete -- WORDS...`: prints each candidate as TEXT TAB DESCRIPTION NUL.
/// `ipctl __complete --bash LINE REPLACED` (cli/bash_line.hpp): TEXT is what COMPREPLY must hold.
[[nodiscard]] Exit complete_command(Index mechanisms, std::span<const char* const> arguments);

}  // namespace ipctl
