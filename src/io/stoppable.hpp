// stoppable: an action that cleans up after itself when a signal stops it.
#pragma once

#include <functional>

#include "os/exit.hpp"

namespace ipctl {

/// Runs `action` with stop requests noted rather than obeyed (os/signals.hpp). When one came and `action` failed for
/// it, with EINTR, the process ends by that signal.
[[nodiscard]] Exit until_stopped(const std::function<Exit()>& action);

}  // namespace ipctl
