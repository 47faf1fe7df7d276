// open_elsewhere: open what is in another namespace, or in another process, without ever being in it.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "os/fd.hpp"

namespace ipctl {

/// Calls `open` in the IPC namespace that `where` names (as IpcNamespace takes it) and returns the descriptor it
/// returns. A child enters and hands the descriptor over, SCM_RIGHTS of unix(7): to get there it may have to join a
/// user namespace, which cannot be left again. With `where` empty it is called here. Throws what IpcNamespace and
/// `open` do.
[[nodiscard]] Fd open_elsewhere(const std::string& where, const std::function<Fd()>& open);

/// Opens the directory `path` (absolute) as a mount namespace sees it, mount_namespaces(7): that of a process, named by
/// its pid, or that of a namespace file such as /proc/PID/ns/mnt. No symbolic link there leads out of it.
/// Throws Error: missing when there is no such process, file or directory; failed with the reason when not permitted or
/// not a mount namespace.
[[nodiscard]] Fd open_directory_elsewhere(const std::string& where, const std::string& path);

/// The open file itself that process `pid` has as descriptor `fd`, pidfd_getfd(2): position and flags are shared, and
/// nothing is opened, so that nobody notices. Without one, errno tells: EPERM where tracing that process is not
/// permitted, ESRCH or EBADF where it or the descriptor is gone.
[[nodiscard]] Fd same_descriptor_of(pid_t pid, int fd);

/// Opens what process `pid` has as descriptor `fd` once more, through /proc, with its own position and flags; where
/// that is not permitted, takes the open file itself, pidfd_getfd(2), which shares them. Throws Error: missing when
/// there is no such process or descriptor; failed when not permitted.
[[nodiscard]] Fd open_descriptor_of(pid_t pid, int fd, int flags);

}  // namespace ipctl
