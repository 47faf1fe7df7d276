// help: --help of program, mechanism and verb, made from the tables. At most 80 columns.
#pragma once

#include <string>

#include "cli/dispatch.hpp"

namespace ipctl {

[[nodiscard]] std::string program_help(Index mechanisms);
[[nodiscard]] std::string mechanism_help(const Mechanism& mechanism);
[[nodiscard]] std::string verb_help(const Mechanism& mechanism, const Verb& verb);
/// The table of exit statuses.
[[nodiscard]] std::string exit_status_help();

}  // namespace ipctl
