// fifo: made, removed and opened relative to what was looked at, so that a name that changes meanwhile misleads nobody.
#include "ipc/fifo.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/interrupter.hpp"
#include "os/trace.hpp"

namespace ipctl::fifo {
namespace {

struct Place {
  Fd directory;
  std::string name;
};

// Where the last name of `path` is, or is to be.
Place place_of(const std::string& path) {
  if (path.empty()) throw Error{Exit::usage, path, "an empty name is no path"};
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (name.empty() || name == "." || name == "..") throw Error{Exit::failed, path, "names a directory"};
  const std::string parent = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  Fd directory{::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (!directory) throw ObjectError{errno, "open", path, fmt::format("its directory: {}", std::strerror(errno))};
  return {std::move(directory), name};
}

[[noreturn]] void refuse_kind(mode_t mode, const std::string& path) {
  throw Error{Exit::failed, path, fmt::format("is {}, not a FIFO", kind_of_file(mode))};
}

struct stat status_of(const Fd& fd, const std::string& path) {
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", path);
  return status;
}

// 0, or -1 with errno set. Nothing may be taken away from the mode, not even for a moment.
int make(const Place& place, mode_t mode) {
  const mode_t former = ::umask(0);
  const int made = trace::call(::mkfifoat(place.directory.get(), place.name.c_str(), mode), "mkfifoat", "{}, {}, {:#o}",
                               place.directory.get(), trace::quoted(place.name), mode);
  const int code = errno;
  ::umask(former);
  errno = code;
  return made;
}

void give_away(const Place& place, const Attributes& attributes, mode_t mode, const std::string& path) {
  if (!attributes.owner.user && !attributes.owner.group) return;
  const Fd fd{
      check(::openat(place.directory.get(), place.name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC), "open", path)};
  if (const struct stat status = status_of(fd, path); !S_ISFIFO(status.st_mode)) refuse_kind(status.st_mode, path);
  const auto user = attributes.owner.user.value_or(static_cast<uid_t>(-1));
  const auto group = attributes.owner.group.value_or(static_cast<gid_t>(-1));
  if (trace::call(::fchownat(fd.get(), "", user, group, AT_EMPTY_PATH), "fchownat", "{}, \"\", {}, {}, AT_EMPTY_PATH",
                  fd.get(), static_cast<int>(user), static_cast<int>(group)) != 0) {
    throw Error{errno, "fchownat", path, why_owner_refused(errno)};
  }
  check(::chmod(fmt::format("/proc/self/fd/{}", fd.get()).c_str(), mode), "chmod", path);
}

[[noreturn]] void fail_to_make(int code, const std::string& path) {
  switch (code) {
    case EEXIST: throw Error{Exit::exists, path, "exists already"};
    case EACCES: throw Error{code, "mkfifoat", path, "permission to write to its directory denied"};
    case EROFS: throw Error{code, "mkfifoat", path, "is on a file system that is read-only"};
    case EPERM:
    case EOPNOTSUPP: throw Error{code, "mkfifoat", path, "its file system has no FIFOs"};
    default: throw ObjectError{code, "mkfifoat", path};
  }
}

void compare(const Place& place, const Attributes& attributes, const std::string& path) {
  const Fd fd{::openat(place.directory.get(), place.name.c_str(), O_PATH | O_CLOEXEC)};
  if (!fd) throw ObjectError{errno, "open", path};
  const struct stat status = status_of(fd, path);
  if (!S_ISFIFO(status.st_mode)) {
    throw Error{Exit::exists, path, fmt::format("exists, and is {}, not a FIFO", kind_of_file(status.st_mode))};
  }
  Object object;
  fill_status(object, status);
  const std::string different = differences(object, attributes.mode, attributes.owner);
  if (!different.empty()) throw Error{Exit::exists, path, "exists with other attributes: " + different};
}

[[noreturn]] void fail_to_open(int code, const Fd& fifo, std::string_view purpose, const std::string& path) {
  if (code == ESTALE) throw Error{Exit::failed, path, "was replaced while it was being opened"};
  if (code != EACCES && code != EPERM) throw ObjectError{code, "open", path};
  Object object;
  object.name = path;
  fill_status(object, status_of(fifo, path));
  deny(object, "open", purpose);
}

}  // namespace

bool create(const std::string& path, const Attributes& attributes, Existing existing) {
  const Place place = place_of(path);
  const mode_t mode = attributes.mode.value_or(Mode{}).bits;
  const bool given_away = attributes.owner.user || attributes.owner.group;
  if (make(place, given_away ? 0 : mode) != 0) {
    if (errno != EEXIST || existing == Existing::refuse) fail_to_make(errno, path);
    compare(place, attributes, path);
    return false;
  }
  try {
    give_away(place, attributes, mode, path);
  } catch (const Error&) {
    ::unlinkat(place.directory.get(), place.name.c_str(), 0);
    throw;
  }
  return true;
}

void remove(const std::string& path) {
  const Place place = place_of(path);
  const Fd fd{::openat(place.directory.get(), place.name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)};
  if (!fd) throw ObjectError{errno, "open", path, errno == ENOENT ? "there is no such FIFO" : ""};
  if (const struct stat status = status_of(fd, path); !S_ISFIFO(status.st_mode)) refuse_kind(status.st_mode, path);
  if (trace::call(::unlinkat(place.directory.get(), place.name.c_str(), 0), "unlinkat", "{}, {}, 0",
                  place.directory.get(), trace::quoted(place.name)) != 0) {
    const bool forbidden = errno == EACCES || errno == EPERM;
    throw ObjectError{errno, "unlinkat", path, forbidden ? "permission to remove it from its directory denied" : ""};
  }
}

Made::Made(const std::string& path) : path_(path) {
  const struct stat status = status_of(find(path), path);
  device_ = status.st_dev;
  inode_ = status.st_ino;
}

void Made::remove() noexcept {
  struct stat status {};
  const bool is_there = !path_.empty() && ::lstat(path_.c_str(), &status) == 0;
  if (is_there && status.st_dev == device_ && status.st_ino == inode_) ::unlink(path_.c_str());
  path_.clear();
}

Fd find(const std::string& path) {
  Fd fd{::open(path.c_str(), O_PATH | O_CLOEXEC)};
  if (!fd) {
    throw ObjectError{errno, "open", path,
                      errno == ENOENT ? "there is no such FIFO ('ipctl fifo create' makes one)" : ""};
  }
  if (const struct stat status = status_of(fd, path); !S_ISFIFO(status.st_mode)) refuse_kind(status.st_mode, path);
  return fd;
}

PipeEnd open_reader(const std::string& path) {
  const Fd fifo = find(path);
  Fd fd = open_again(fifo.get(), path, O_RDONLY | O_NONBLOCK);
  if (!fd) fail_to_open(errno, fifo, "read", path);
  return {std::move(fd), path};
}

std::optional<PipeEnd> open_writer(const std::string& path, const Wait& wait, Waited& waited, int flags) {
  const Fd fifo = find(path);
  Fd fd = open_again(fifo.get(), path, O_WRONLY | O_NONBLOCK);
  waited = Waited::ready;
  if (!fd && errno == ENXIO) {
    Interrupter interrupter;
    waited = interrupter.run(wait, [&] {
      fd = open_again(fifo.get(), path, O_WRONLY);
      return fd || errno != EINTR;
    });
    if (waited != Waited::ready) return std::nullopt;
  }
  if (!fd) fail_to_open(errno, fifo, "write", path);
  // open(2) takes O_DIRECT for files alone.
  check(::fcntl(fd.get(), F_SETFL, O_NONBLOCK | flags), "fcntl", path);
  return PipeEnd{std::move(fd), path};
}

}  // namespace ipctl::fifo
