// dev_shm: where it is, what is in it, and how users name that.
#include "ipc/dev_shm.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <limits>

#include "ipc/posix_name.hpp"
#include "ipc/sem_layout.hpp"
#include "os/directory.hpp"
#include "os/error.hpp"
#include "os/open_elsewhere.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::shm {
namespace {

// A file that has a semaphore's name and size is taken for one.
Kind kind_by_type(std::string_view file, const struct stat& status) {
  constexpr std::string_view prefix = "sem.";
  switch (status.st_mode & S_IFMT) {
    case S_IFREG: break;
    case S_IFDIR: return Kind::directory;
    case S_IFLNK: return Kind::symlink;
    case S_IFIFO: return Kind::fifo;
    case S_IFSOCK: return Kind::socket;
    default: return Kind::device;
  }
  const bool is_named_so = file.starts_with(prefix) && file.size() > prefix.size();
  return is_named_so && status.st_size == static_cast<off_t>(sem::size) ? Kind::semaphore : Kind::memory;
}

struct Named {
  pid_t pid;  // 0: our own
  int fd;
};

// "PID:FD" and "fd:N".
std::optional<Named> descriptor_in(std::string_view text) {
  constexpr std::uint64_t most = std::numeric_limits<int>::max();
  const std::size_t colon = text.find(':');
  const auto fd = colon == std::string_view::npos ? std::nullopt : to_number(text.substr(colon + 1));
  if (!fd || *fd > most) return std::nullopt;
  const std::string_view owner = text.substr(0, colon);
  if (owner == "fd") return Named{0, static_cast<int>(*fd)};
  const auto pid = to_number(owner);
  if (!pid || *pid == 0 || *pid > most) return std::nullopt;
  return Named{static_cast<pid_t>(*pid), static_cast<int>(*fd)};
}

}  // namespace

std::string canonical_name(std::string_view name) {
  return posix_name(name, {.what = "the name of shared memory", .many_slashes = true});
}

Directory::Directory(const std::string& where) {
  if (!where.empty()) fd_ = open_directory_elsewhere(where, path);
}

int Directory::fd() const {
  return fd_ ? fd_.get() : AT_FDCWD;
}

Fd Directory::open() const {
  Fd fd{::openat(this->fd(), entry(".").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (!fd && errno == ENOENT) {
    throw Error{Exit::failed, path, "does not exist; have root mount it: mount -t tmpfs -o mode=1777 tmpfs /dev/shm"};
  }
  if (!fd) throw Error{errno, "open", path};
  return fd;
}

std::string Directory::entry(std::string_view file) const {
  return fd_ ? std::string(file) : std::string(path).append("/").append(file);
}

bool is_descriptor(std::string_view text) {
  return descriptor_in(text).has_value();
}

std::string parse_name(std::string_view text) {
  if (!is_descriptor(text)) return canonical_name(text);
  throw UsageError(fmt::format("'{0}' is a descriptor; the name begins with a slash: /{0}", printable(text)));
}

Reference parse_reference(std::string_view text) {
  const auto named = descriptor_in(text);
  if (!named) return {.text = canonical_name(text), .pid = {}};
  return {.text = std::string(text), .pid = named->pid, .descriptor = named->fd};
}

void require_no_semaphore_name(const std::string& name) {
  constexpr std::string_view prefix = "/sem.";
  if (!name.starts_with(prefix) || name == prefix) return;
  throw UsageError(fmt::format("'{}' is the name of a semaphore: sem_open(3) calls the file of {} so", printable(name),
                               printable("/" + name.substr(prefix.size()))));
}

std::vector<std::string> files_in(const Directory& directory) {
  if (::faccessat(directory.fd(), directory.entry(".").c_str(), F_OK, 0) != 0 && errno == ENOENT) return {};
  return names_in(directory.fd(), directory.entry("."), Directory::path);
}

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::memory: return "shm";
    case Kind::semaphore: return "sem";
    case Kind::directory: return "directory";
    case Kind::symlink: return "symlink";
    case Kind::fifo: return "fifo";
    case Kind::socket: return "socket";
    case Kind::device: break;
  }
  return "device";
}

Kind kind_of(int fd, std::string_view file, const struct stat& status) {
  const Kind kind = kind_by_type(file, status);
  if (kind != Kind::semaphore || fd < 0) return kind;
  std::array<char, sem::size> bytes{};
  if (::pread(fd, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return kind;
  return sem::read_contents({bytes.data(), bytes.size()}) ? Kind::semaphore : Kind::memory;
}

Kind kind_of(const Directory& directory, std::string_view file, const struct stat& status) {
  if (kind_by_type(file, status) != Kind::semaphore) return kind_by_type(file, status);
  const Fd fd{::openat(directory.fd(), directory.entry(file).c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)};
  return kind_of(fd.get(), file, status);
}

std::optional<Kind> kind_at(const Directory& directory, std::string_view file) {
  struct stat status {};
  if (::fstatat(directory.fd(), directory.entry(file).c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return kind_of(directory, file, status);
}

void remove_file(const Directory& directory, std::string_view file, const std::string& name, const Removal& removal) {
  const std::string entry = directory.entry(file);
  const int result = directory.is_own()
                         ? trace::call(removal.unlink(name.c_str()), removal.call, "{}", trace::quoted(name))
                         : trace::call(::unlinkat(directory.fd(), entry.c_str(), 0), "unlinkat", "{}, {}, 0",
                                       directory.fd(), trace::quoted(entry));
  if (result == 0) return;
  const int code = errno;
  if (code == ENOENT) throw ObjectError{code, removal.call, name, removal.missing};
  if (code != EACCES && code != EPERM) throw Error{code, removal.call, name};
  throw Error{
      code, removal.call, name,
      fmt::format("permission denied: only its owner or root may remove {} (/dev/shm is sticky)", removal.what)};
}

std::string why_no_room(int code, int fd, std::optional<std::uint64_t> asked) {
  struct statvfs space {};
  if (code == EFBIG) return "beyond RLIMIT_FSIZE, or what the file system can hold (ulimit -f)";
  if ((code != ENOSPC && code != EDQUOT) || ::fstatvfs(fd, &space) != 0) return {};
  // A hard link counts as a file too: sem_open(3) fails with one left.
  if (space.f_favail <= 1 && space.f_files != 0 && space.f_bavail != 0) {
    return fmt::format("/dev/shm has as many files as it may, {}; remove some (ipctl shm ls)", space.f_files);
  }
  const std::string wanted = asked ? fmt::format("{} bytes do not fit: ", *asked) : "";
  return fmt::format(
      "{}/dev/shm is full: {} bytes are free of {}; remove some objects (ipctl shm ls), or have root enlarge it: mount "
      "-o remount,size=SIZE /dev/shm",
      wanted, space.f_bavail * space.f_frsize, space.f_blocks * space.f_frsize);
}

}  // namespace ipctl::shm
