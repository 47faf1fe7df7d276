// open_elsewhere: open an object of another IPC namespace without ever being in it.
#pragma once

#include <functional>
#include <string>

#include "os/fd.hpp"

namespace ipctl {

/// Calls `open` in the IPC namespace that `where` names (as IpcNamespace takes it) and returns the descriptor it
/// returns. A child enters and hands the descriptor over, SCM_RIGHTS of unix(7): to get there it may have to join a
/// user namespace, which cannot be left again. With `where` empty it is called here. Throws what IpcNamespace and
/// `open` do.
[[nodiscard]] Fd open_elsewhere(const std::string& where, const std::function<Fd()>& open);

}  // namespace ipctl
