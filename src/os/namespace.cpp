// namespace: setns(2) by pidfd or namespace file.
#include "os/namespace.hpp"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "os/error.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

// Of this thread: setns(2) does not change the others.
constexpr const char* own_ipc = "/proc/thread-self/ns/ipc";
constexpr const char* own_user = "/proc/thread-self/ns/user";

Fd open_file(const char* path) {
  return Fd{::open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
}

bool is_pid(const std::string& where) {
  return std::all_of(where.begin(), where.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What setns(2) may be given: `file`, or `process` where there is no right to open the file.
struct Target {
  Fd file;
  Fd process;
};

bool has_ended(const Fd& process) {
  pollfd one{.fd = process.get(), .events = POLLIN, .revents = 0};
  return process && ::poll(&one, 1, 0) > 0;
}

Target open_process(const std::string& where) {
  const auto pid = to_number(where);
  if (!pid || *pid == 0 || *pid > INT_MAX) throw Error{Exit::missing, where, "no such process"};
  Target target;
  target.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(*pid), 0)));
  if (!target.process && errno == ESRCH) throw Error{Exit::missing, where, "no such process"};
  target.file = open_file(("/proc/" + where + "/ns/ipc").c_str());
  const int code = target.file ? 0 : errno;
  // Still running: so the number had not passed to another process when the file was opened. A process that runs may
  // have no entry for us: hidepid, proc(5).
  if (has_ended(target.process) || (code == ENOENT && !target.process)) {
    throw Error{Exit::missing, where, "no such process"};
  }
  if (code != 0 && !target.process) throw ObjectError{code, "open", where};
  return target;
}

Target open_path(const std::string& where) {
  Target target{.file = open_file(where.c_str()), .process = {}};
  if (!target.file && errno == EACCES && where.starts_with("/proc/")) {
    throw Error{EACCES, "open", where,
                "not permitted to look at that process: this needs CAP_SYS_PTRACE (run as root)"};
  }
  if (!target.file) throw ObjectError{errno, "open", where};
  if (::ioctl(target.file.get(), NS_GET_NSTYPE) != CLONE_NEWIPC) {
    throw Error{Exit::failed, where, "is not an IPC namespace"};
  }
  return target;
}

bool is_same(const Fd& file, const char* own) {
  struct stat other {};
  struct stat ours {};
  return file && ::fstat(file.get(), &other) == 0 && ::stat(own, &ours) == 0 && other.st_dev == ours.st_dev &&
         other.st_ino == ours.st_ino;
}

bool enter(const Fd& fd, int type, std::string_view type_name) {
  return trace::call(::setns(fd.get(), type), "setns", "{}, {}", fd.get(), type_name) == 0;
}

bool join_ipc(const Target& target) {
  if (target.process) {
    if (enter(target.process, CLONE_NEWIPC, "CLONE_NEWIPC")) return true;
    if (errno != EINVAL) return false;  // EINVAL: Linux 5.3 to 5.7 have pidfds, but not for this
  }
  return target.file && enter(target.file, CLONE_NEWIPC, "CLONE_NEWIPC");
}

// The user namespace that owns the IPC namespace: the one that our rights are counted in.
bool join_owner(const Target& target) {
  if (!target.file) return false;
  const Fd owner{::ioctl(target.file.get(), NS_GET_USERNS)};
  return owner && !is_same(owner, own_user) && enter(owner, CLONE_NEWUSER, "CLONE_NEWUSER");
}

}  // namespace

IpcNamespace::IpcNamespace(const std::string& where) {
  if (where.empty()) return;
  const Target target = is_pid(where) ? open_process(where) : open_path(where);
  if (is_same(target.file, own_ipc)) return;
  Fd former{open_file(own_ipc)};
  if (!join_ipc(target)) {
    const int code = errno;
    if (code == ESRCH) throw Error{Exit::missing, where, "no such process"};
    if (code != EPERM && code != EACCES) throw Error{code, "setns", where};
    if (!join_owner(target) || !join_ipc(target)) {
      throw Error{code, "setns", where,
                  "not permitted to enter its IPC namespace: this needs CAP_SYS_ADMIN there and here (run as root)"};
    }
    // What was joined gives the right to mount only in a mount namespace of its own, mount_namespaces(7). Without one,
    // what needs a mount says so.
    static_cast<void>(::unshare(CLONE_NEWNS));
  }
  former_ = std::move(former);
}

IpcNamespace::~IpcNamespace() {
  leave();
}

void IpcNamespace::leave() {
  if (!former_ || !is_inside_) return;
  if (!inside_) inside_ = open_file(own_ipc);
  is_inside_ = ::setns(former_.get(), CLONE_NEWIPC) != 0;
}

void IpcNamespace::enter() {
  if (!former_ || is_inside_) return;
  // The same id here would be another object.
  check(::setns(inside_.get(), CLONE_NEWIPC), "setns");
  is_inside_ = true;
}

}  // namespace ipctl
