// dispatch: from argv to the one verb that runs.
#pragma once

#include <span>
#include <string_view>

#include "cli/spec.hpp"

namespace ipctl {

/// All mechanisms, sorted by name; commands/index.cpp fills it.
using Index = std::span<const Mechanism* const>;

/// Carries out a command line (argv without the program's name) and returns the status. Looks at the first two words,
/// and builds a parser for that verb alone. Every exception of the program ends here: its message goes to standard
/// error as "ipctl: MECHANISM VERB: what()".
[[nodiscard]] Exit dispatch(Index mechanisms, std::span<const char* const> arguments);

[[nodiscard]] const Mechanism* find_mechanism(Index mechanisms, std::string_view name);
/// By name or alias.
[[nodiscard]] const Verb* find_verb(const Mechanism& mechanism, std::string_view name);

}  // namespace ipctl
