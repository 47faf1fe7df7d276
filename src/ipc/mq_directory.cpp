// mq: which queues there are and what is known of each, mq_overview(7). Lists through a detached mount of the mqueue
// file system where permitted: that is always the one of this IPC namespace, and no mount table changes.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <limits>
#include <map>
#include <unordered_set>

#include "ipc/mq.hpp"
#include "os/directory.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::mq {
namespace {

constexpr long mqueue_magic = 0x19800202;  // MQUEUE_MAGIC, ipc/mqueue.c
constexpr unsigned fsopen_cloexec = 1;     // FSOPEN_CLOEXEC and the like: linux/mount.h clashes with sys/mount.h
constexpr unsigned fsconfig_create = 6;
constexpr unsigned fsmount_cloexec = 1;

Fd detached_mount() {
  const Fd context{trace::call(static_cast<int>(::syscall(SYS_fsopen, "mqueue", fsopen_cloexec)), "fsopen",
                               "\"mqueue\", FSOPEN_CLOEXEC")};
  if (!context) return {};
  if (trace::call(::syscall(SYS_fsconfig, context.get(), fsconfig_create, nullptr, nullptr, 0), "fsconfig",
                  "{}, FSCONFIG_CMD_CREATE", context.get()) < 0) {
    return {};
  }
  return Fd{trace::call(static_cast<int>(::syscall(SYS_fsmount, context.get(), fsmount_cloexec, 0)), "fsmount",
                        "{}, FSMOUNT_CLOEXEC", context.get())};
}

// In mountinfo a blank is \040, a newline \012: proc(5).
std::string unescape_octal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '\\' && i + 4 <= text.size() ? to_number(text.substr(i + 1, 3), 8) : std::nullopt;
    out += byte ? static_cast<char>(*byte) : text[i];
    if (byte) i += 3;
  }
  return out;
}

// "/dev/mqueue", or wherever /proc/self/mountinfo shows one (proc(5): field 5 is the mount point, the type follows " -
// ").
Fd mounted_directory() {
  std::string closed;
  const auto open = [&closed](const std::string& path) {
    Fd fd{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd && errno == EACCES) closed = path;
    struct statfs status {};
    if (fd && (::fstatfs(fd.get(), &status) != 0 || status.f_type != mqueue_magic)) fd.reset();
    return fd;
  };
  if (Fd fd = open("/dev/mqueue")) return fd;
  const std::string table = read_small_file("/proc/self/mountinfo", 4U << 20U).value_or("");
  for (std::size_t type = table.find(" - mqueue "); type != std::string::npos;
       type = table.find(" - mqueue ", type + 1)) {
    const std::size_t newline = table.rfind('\n', type);
    std::size_t field = newline == std::string::npos ? 0 : newline + 1;
    for (int i = 0; i < 4; ++i) field = table.find(' ', field) + 1;
    if (Fd fd = open(unescape_octal(table.substr(field, table.find(' ', field) - field)))) return fd;
  }
  if (!closed.empty())
    throw Error{EACCES, "open", closed, "cannot list queues: permission to read this directory denied"};
  return {};
}

// The mqueue file system's root.
struct Directory {
  Fd fd;
  bool own = false;  // surely this IPC namespace's
  explicit operator bool() const { return static_cast<bool>(fd); }
};

Directory open_directory() {
  if (Fd fd = detached_mount()) return {std::move(fd), true};
  return {mounted_directory(), false};
}

std::vector<std::string> entries(const Directory& directory) {
  // An fsmount(2) descriptor is O_PATH; "." opens what it stands for.
  return names_in(directory.fd.get(), ".", "the mqueue file system");
}

// What an open descriptor tells. Not opened for reading: the status line stays unknown.
void fill_open(QueueObject& object, const Fd& fd, bool readable) {
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", object.name);
  fill_status(object, status);
  const mq_attr attr = attributes_of(fd, object.name);
  object.messages = static_cast<std::uint64_t>(attr.mq_curmsgs);
  object.capacity = static_cast<std::uint64_t>(attr.mq_maxmsg);
  object.message_size = static_cast<std::uint64_t>(attr.mq_msgsize);
  if (!readable) return;
  char line[256];
  const ssize_t size =
      trace::call(::read(fd.get(), line, sizeof line), "read", "{}, status, {}", fd.get(), sizeof line);
  if (size > 0) static_cast<void>(parse_status({line, static_cast<std::size_t>(size)}, object));
}

// nullopt: gone. A queue that may neither be read nor written is known by its directory entry alone.
std::optional<QueueObject> look(const Directory& directory, const std::string& name) {
  QueueObject object;
  object.mechanism = "mq";
  object.name = name;
  const auto open = [&](int access, std::string_view text) {
    return Fd{trace::call(::mq_open(name.c_str(), access | O_NONBLOCK | O_CLOEXEC), "mq_open",
                          "{}, {}|O_NONBLOCK|O_CLOEXEC", trace::quoted(name), text)};
  };
  Fd fd = open(O_RDONLY, "O_RDONLY");
  const bool readable = static_cast<bool>(fd);
  if (!fd && errno == EACCES) fd = open(O_WRONLY, "O_WRONLY");
  if (fd) {
    fill_open(object, fd, readable);
    return object;
  }
  const int code = errno;
  if (code == ENOENT) return std::nullopt;
  if (code != EACCES) throw Error{code, "mq_open", name};
  struct stat status {};
  if (directory && ::fstatat(directory.fd.get(), name.c_str() + 1, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    fill_status(object, status);
  }
  return object;
}

// In a descriptor's link a queue is "/name", or "/dev/mqueue/name" when it was opened there; "(deleted)" may follow.
std::string_view queue_part(std::string_view target) {
  constexpr std::string_view deleted = " (deleted)";
  if (target.ends_with(deleted)) target.remove_suffix(deleted.size());
  const std::size_t slash = target.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : target.substr(slash);
}

void find_holders(std::span<QueueObject> objects) {
  std::unordered_set<std::string_view> names;
  std::map<std::pair<dev_t, ino_t>, QueueObject*> by_inode;
  for (QueueObject& object : objects) {
    names.insert(object.name);
    if (object.device && object.inode) by_inode[{*object.device, *object.inode}] = &object;
  }
  const ScanReport report = scan_descriptors(
      [&](std::string_view target) { return names.contains(queue_part(target)) || names.contains(target); },
      [&](const Descriptor& descriptor) {
        const auto object = by_inode.find({descriptor.device, descriptor.inode});
        if (object == by_inode.end()) return;
        object->second->holders.push_back({descriptor.pid, command_of(descriptor.pid).value_or(""), descriptor.fd,
                                           direction_of(descriptor.pid, descriptor.fd)});
      });
  for (QueueObject& object : objects) set_usage(object, report);
}

std::optional<struct stat> status_of(const Directory& directory, const std::string& entry) {
  struct stat status {};
  if (::fstatat(directory.fd.get(), entry.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return status;
}

// What stands under `entry`; nullopt when that is gone. A mount that was made in another IPC namespace shows names that
// mean nothing, or something else, in this one.
std::optional<QueueObject> look_at_entry(const Directory& directory, const std::string& entry) {
  const auto before = status_of(directory, entry);
  std::optional<QueueObject> object = look(directory, "/" + entry);
  if (directory.own || !before) return object;
  // A queue that was made anew between these lines has another inode, but the same device.
  const auto after = object ? before : status_of(directory, entry);
  const bool foreign =
      object ? object->device && object->device != before->st_dev : after && after->st_ino == before->st_ino;
  if (!foreign) return object;
  throw Error{Exit::failed, "",
              "cannot list queues: the mqueue file system that is mounted here belongs to another IPC namespace "
              "(mount a new one there, or name the queues: ipctl mq stat NAME)"};
}

}  // namespace

bool parse_status(std::string_view text, QueueObject& object) {
  const auto field = [text](std::string_view key) -> std::optional<std::uint64_t> {
    std::size_t at = text.find(key);
    if (at == std::string_view::npos) return std::nullopt;
    at += key.size();
    return to_number(text.substr(at, text.find_first_of(" \n", at) - at));
  };
  if (!text.starts_with("QSIZE:")) return false;
  const auto size = field("QSIZE:");
  const auto method = field(" NOTIFY:");
  const auto signal = field(" SIGNO:");
  const auto pid = field(" NOTIFY_PID:");
  constexpr std::uint64_t most = std::numeric_limits<int>::max();
  if (!size || !method || !signal || !pid || *signal > most || *pid > most) return false;
  object.bytes = *size;
  if (*pid == 0 && *signal == 0 && *method == SIGEV_SIGNAL) {
    object.notify = "none";
    return true;
  }
  object.notify_pid = static_cast<pid_t>(*pid);
  switch (*method) {
    case SIGEV_SIGNAL:
      object.notify = "SIGEV_SIGNAL";
      object.notify_signal = static_cast<int>(*signal);
      break;
    case SIGEV_THREAD: object.notify = "SIGEV_THREAD"; break;
    default: object.notify = "SIGEV_NONE"; break;
  }
  return true;
}

QueueObject inspect(std::string_view name, Holders holders) {
  const std::string canonical = canonical_name(name);
  std::optional<QueueObject> object = look({}, canonical);
  if (object && !object->inode) object = look(open_directory(), canonical);
  if (!object) throw ObjectError{ENOENT, "mq_open", canonical, "no such queue (ipctl mq ls lists them)"};
  if (holders == Holders::find) find_holders({&*object, 1});
  return std::move(*object);
}

std::vector<QueueObject> list(Holders holders) {
  const Directory directory = open_directory();
  if (!directory) {
    throw Error{
        Exit::failed, "",
        "cannot list queues: no mqueue file system is mounted, and only root can look without one. Have root mount "
        "it: mkdir -p /dev/mqueue && mount -t mqueue none /dev/mqueue; or name the queues: ipctl mq stat NAME"};
  }
  std::vector<QueueObject> found;
  for (const std::string& entry : entries(directory)) {
    if (auto object = look_at_entry(directory, entry)) found.push_back(std::move(*object));
  }
  if (holders == Holders::find) find_holders(found);
  return found;
}

std::vector<std::string> names() {
  std::vector<std::string> found;
  try {
    if (const Directory directory = open_directory()) {
      for (const std::string& entry : entries(directory)) found.push_back("/" + entry);
    }
  } catch (const Error&) {  // as the header says
  }
  return found;
}

}  // namespace ipctl::mq
