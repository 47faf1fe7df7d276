// namespace: work inside another process's IPC namespace, ipc_namespaces(7), setns(2).
#pragma once

#include <string>

#include "os/fd.hpp"

namespace ipctl {

/// While one lives, this thread is in the IPC namespace that `where` names: a pid, or the path of a namespace file such
/// as /proc/PID/ns/ipc. Empty: nothing happens. The destructor goes back.
/// Needs CAP_SYS_ADMIN over both namespaces; where only the target's user namespace gives that, it is joined first,
/// with a mount namespace in which its file systems can be mounted. Those two cannot be left again
/// (user_namespaces(7)). Throws Error: missing when there is no such process or file; failed with the reason when not
/// permitted or not an IPC namespace.
class IpcNamespace {
 public:
  explicit IpcNamespace(const std::string& where);
  ~IpcNamespace();
  IpcNamespace(const IpcNamespace&) = delete;
  IpcNamespace& operator=(const IpcNamespace&) = delete;

  /// It is another than the one where this was made.
  [[nodiscard]] bool is_other() const { return static_cast<bool>(former_); }
  /// Back to where this was made, until enter(). Nothing happens where that cannot be.
  void leave();
  /// Throws Error.
  void enter();

 private:
  Fd former_;
  Fd inside_;
  bool is_inside_ = true;
};

}  // namespace ipctl
