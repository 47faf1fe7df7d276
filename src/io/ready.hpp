// ready: tells whoever started us that nothing can be missed any more.
#pragma once

#include <optional>

namespace ipctl {

/// A newline to `fd` where there is one, and READY=1 to NOTIFY_SOCKET, sd_notify(3). Throws Error where `fd` takes
/// nothing.
void announce_ready(std::optional<int> fd);

}  // namespace ipctl
