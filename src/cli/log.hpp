// log: diagnostics on standard error; the only part that knows spdlog.
#pragma once

namespace ipctl::log {

/// Shows each IPC system call from now on (os/trace.hpp).
void show_calls();

}  // namespace ipctl::log
