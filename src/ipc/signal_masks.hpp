// signals: what a command starts with, sigprocmask(2), sigaction(2).
#pragma once

#include <string>
#include <vector>

#include "ipc/signal_names.hpp"

namespace ipctl::signals {

/// What becomes of which signals.
struct Settings {
  Mask block = 0, unblock = 0, ignore = 0, restore = 0;  // restore: to the default action
};

/// From lists such as "USR1,TERM" or "all"; what is named goes before "all". Throws UsageError for a signal that is in
/// two that exclude each other, and for those that nobody can change.
[[nodiscard]] Settings parse_settings(const std::vector<std::string>& block, const std::vector<std::string>& unblock,
                                      const std::vector<std::string>& ignore, const std::vector<std::string>& restore);

/// For this process, and what it becomes by execve(2). Throws Error.
void apply(const Settings& settings);

}  // namespace ipctl::signals
