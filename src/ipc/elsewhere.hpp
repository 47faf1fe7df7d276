// elsewhere: a Source of objects in another IPC namespace, for callers who stay where they are.
#pragma once

#include <memory>

#include "ipc/message.hpp"
#include "os/namespace.hpp"

namespace ipctl {

/// `source`, with its calls made inside `there`, which is left right away and between them: commands and files are the
/// caller's. Where a user namespace had to be joined there is no way back; all happens there then. Where `there` is no
/// other namespace, `source` itself. `there` must live as long as the result.
[[nodiscard]] std::unique_ptr<Source> elsewhere(IpcNamespace& there, std::unique_ptr<Source> source);

}  // namespace ipctl
