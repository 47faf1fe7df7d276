// open_elsewhere: one packet from the child, with the descriptor or with the failure in words.
#include "os/open_elsewhere.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/nsfs.h>
#include <linux/openat2.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>
#include <string_view>

#include "os/error.hpp"
#include "os/namespace.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

enum class Kind { opened, error, usage };

struct Packet {
  Kind kind;
  Exit status;
  std::size_t length;
  std::array<char, 4096> text;  // the failure, cut where it is longer
};

// Of one descriptor.
union Control {
  cmsghdr header;
  std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

void send(int socket, const Packet& packet, int fd) {
  iovec piece{const_cast<Packet*>(&packet), sizeof packet};
  Control control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
    control.header = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    std::memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
  }
  static_cast<void>(::sendmsg(socket, &message, MSG_NOSIGNAL));  // a lost packet is an error there
}

Packet failure(Kind kind, const std::exception& error, Exit status = Exit::failed) {
  Packet packet{.kind = kind, .status = status, .length = 0, .text = {}};
  const std::string_view text = error.what();
  packet.length = std::min(text.size(), packet.text.size());
  std::copy_n(text.begin(), packet.length, packet.text.begin());
  return packet;
}

[[noreturn]] void serve(int socket, const std::function<Fd()>& open) {
  try {
    const Fd fd = open();
    send(socket, {.kind = Kind::opened, .status = Exit::ok, .length = 0, .text = {}}, fd.get());
  } catch (const Error& error) {
    send(socket, failure(Kind::error, error, error.status()), -1);
  } catch (const UsageError& error) {
    send(socket, failure(Kind::usage, error), -1);
  } catch (const std::exception& error) {
    send(socket, failure(Kind::error, error), -1);
  }
  std::_Exit(0);
}

Fd receive(int socket) {
  Packet packet;
  iovec piece{&packet, sizeof packet};
  Control control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = &control;
  message.msg_controllen = sizeof control;
  ssize_t size = -1;
  do {
    size = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof packet) throw Error{Exit::failed, {}, "the process that entered the namespace ended"};
  const std::string text(packet.text.data(), packet.length);
  if (packet.kind == Kind::usage) throw UsageError(text);
  if (packet.kind == Kind::error) throw Error{packet.status, {}, text};
  int fd = -1;
  if (message.msg_controllen > 0) std::memcpy(&fd, CMSG_DATA(&control.header), sizeof fd);
  if (fd < 0) throw Error{EMFILE, "recvmsg", {}, "too many open descriptors (RLIMIT_NOFILE; ulimit -n)"};
  return Fd{fd};
}

struct Reaper {
  pid_t child;
  ~Reaper() {
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
};

// `open` runs in a child, which may join what it cannot leave again.
Fd open_in_child(const std::function<Fd()>& open) {
  std::array<int, 2> ends{};
  check(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), "socketpair");
  const Fd ours{ends[0]};
  Fd theirs{ends[1]};
  const pid_t child = check(::fork(), "fork");
  if (child == 0) serve(theirs.get(), open);
  theirs.reset();
  const Reaper reaper{child};
  return receive(ours.get());
}

// Below `root`, whose symbolic links then lead nowhere else: whoever made them may not be trusted. openat2(2).
Fd open_directory_below(int root, const std::string& path) {
  open_how how{};
  how.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  return Fd{static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how))};
}

[[noreturn]] void refuse_process(int code, const std::string& where) {
  if (code == ENOENT || code == ESRCH) throw Error{Exit::missing, where, "no such process"};
  if (code == EACCES || code == EPERM) {
    throw Error{code, "open", where, "not permitted to look at that process: this needs CAP_SYS_PTRACE (run as root)"};
  }
  throw Error{code, "open", where};
}

// The open file itself, where that may be used so: pidfd_getfd(2). Its position and flags are shared.
Fd same_descriptor(pid_t pid, int fd, int flags) {
  Fd same = same_descriptor_of(pid, fd);
  if (!same) return same;
  const int mode = ::fcntl(same.get(), F_GETFL);
  const bool fits =
      (mode & O_APPEND) == 0 && ((mode & O_ACCMODE) == O_RDWR || (mode & O_ACCMODE) == (flags & O_ACCMODE));
  if (!fits) same.reset();
  return same;
}

Fd directory_of_process(const std::string& where, const std::string& path) {
  const auto pid = to_number(where);
  if (!pid || *pid == 0 || *pid > INT_MAX) throw Error{Exit::missing, where, "no such process"};
  const Fd process{static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(*pid), 0))};
  const Fd root{::open(("/proc/" + where + "/root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (!root) refuse_process(errno, where);
  Fd directory = open_directory_below(root.get(), path);
  if (!directory) throw ObjectError{errno, "open", path};
  // Still running: so the number had not passed to another process when its root was opened.
  pollfd ended{.fd = process.get(), .events = POLLIN, .revents = 0};
  if (process && ::poll(&ended, 1, 0) > 0) throw Error{Exit::missing, where, "no such process"};
  return directory;
}

Fd directory_of_namespace(const std::string& where, const std::string& path) {
  const Fd file{::open(where.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  if (!file && where.starts_with("/proc/")) refuse_process(errno, where);
  if (!file) throw ObjectError{errno, "open", where};
  if (::ioctl(file.get(), NS_GET_NSTYPE) != CLONE_NEWNS) throw Error{Exit::failed, where, "is not a mount namespace"};
  return open_in_child([&] {
    const auto enter = [](const Fd& target, int type, std::string_view name) {
      return trace::call(::setns(target.get(), type), "setns", "{}, {}", target.get(), name) == 0;
    };
    if (!enter(file, CLONE_NEWNS, "CLONE_NEWNS")) {
      const int code = errno;
      // Our rights there may come from the user namespace that owns it.
      const Fd owner{::ioctl(file.get(), NS_GET_USERNS)};
      if (!owner || !enter(owner, CLONE_NEWUSER, "CLONE_NEWUSER") || !enter(file, CLONE_NEWNS, "CLONE_NEWNS")) {
        throw Error{code, "setns", where,
                    "not permitted to enter this mount namespace: this needs CAP_SYS_ADMIN and CAP_SYS_CHROOT (run as "
                    "root)"};
      }
    }
    const Fd root{::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)};
    Fd directory = open_directory_below(root.get(), path);
    if (!directory) throw ObjectError{errno, "open", path};
    return directory;
  });
}

}  // namespace

Fd open_elsewhere(const std::string& where, const std::function<Fd()>& open) {
  if (where.empty()) return open();
  return open_in_child([&] {
    const IpcNamespace there{where};
    return open();
  });
}

Fd open_directory_elsewhere(const std::string& where, const std::string& path) {
  const bool is_pid = where.find_first_not_of("0123456789") == std::string::npos;
  return is_pid ? directory_of_process(where, path) : directory_of_namespace(where, path);
}

Fd same_descriptor_of(pid_t pid, int fd) {
  const Fd process{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  if (!process) return {};
  const auto same = static_cast<int>(::syscall(SYS_pidfd_getfd, process.get(), fd, 0));
  return Fd{trace::call(same, "pidfd_getfd", "pid {}, {}, 0", pid, fd)};
}

Fd open_descriptor_of(pid_t pid, int fd, int flags) {
  const std::string object = std::to_string(pid) + ":" + std::to_string(fd);
  Fd opened{::open(fmt::format("/proc/{}/fd/{}", pid, fd).c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  if (opened) return opened;
  const int code = errno;
  if (code == EACCES || code == EPERM) {
    if (Fd same = same_descriptor(pid, fd, flags)) return same;
  }
  switch (code) {
    case ENOENT:
    case ESRCH: throw Error{Exit::missing, object, "there is no such process, or it has no such descriptor"};
    case EACCES:
    case EPERM:
      throw Error{code, "open", object,
                  "permission denied: the process is another user's, or what it has open may not be opened so"};
    case ENXIO: throw Error{code, "open", object, "is a socket or the like, not a file"};
    default: throw Error{code, "open", object};
  }
}

}  // namespace ipctl
