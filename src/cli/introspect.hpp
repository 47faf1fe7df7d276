// introspect: `ipctl __spec`, all tables as JSON, for the tests that keep man pages and completions true.
#pragma once

#include <string>

#include "cli/dispatch.hpp"

namespace ipctl {

/// {"schema":1,"version":...,"common":[arg...],"exit_statuses":[{"status","meaning"}],"mechanisms":[{"name","summary",
/// "manual","absent":[{"name","why"}],"verbs":[{"name","aliases","summary","examples":[{"line","what"}],"args":[...]}]}]}
/// An arg: {"kind":"operand|option|flag|command","letter":string|null,"name","metavar":string|null,"default":
/// string|null (of an option that may go without a value),"help","group","required","repeats","choices":[...],
/// "dynamic":bool}.
[[nodiscard]] std::string spec_json(Index mechanisms);

}  // namespace ipctl
