// shm: opening, creating, sizing and removing POSIX shared memory, shm_open(3), posix_fallocate(3), shm_unlink(3).
#include "ipc/shm.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <limits>

#include "ipc/posix_name.hpp"
#include "os/error.hpp"
#include "os/open_elsewhere.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::shm {
namespace {

constexpr std::string_view list_hint = "no such object (ipctl shm ls lists them)";

std::string_view bare(const std::string& name) {
  return std::string_view(name).substr(1);
}

bool is_memory(Kind kind) {
  return kind == Kind::memory;
}

// What is found under `name`; nullopt with errno set.
struct Found {
  struct stat status {};
  Kind kind{};
};
std::optional<Found> find(const Directory& directory, const std::string& name) {
  Found found;
  if (::fstatat(directory.fd(), directory.entry(bare(name)).c_str(), &found.status, AT_SYMLINK_NOFOLLOW) != 0) {
    return std::nullopt;
  }
  found.kind = kind_of(directory, bare(name), found.status);
  return found;
}

[[noreturn]] void refuse_kind(const std::string& name, Kind kind, std::string_view call) {
  if (kind == Kind::semaphore) {
    throw Error{Exit::failed, name,
                fmt::format("is the semaphore {} (ipctl sem)", printable("/" + name.substr(sizeof "/sem." - 1)))};
  }
  throw Error{Exit::failed, name,
              fmt::format("is a {}, not shared memory: {} does not take it", to_string(kind), call)};
}

int open_file(const Directory& directory, const std::string& name, int flags, std::string_view flags_text,
              mode_t mode = 0) {
  // O_NONBLOCK: should it be a FIFO by now, nobody waits for its other end.
  const int all = flags | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
  if (directory.is_own()) {
    return trace::call(::shm_open(name.c_str(), all, mode), "shm_open", "{}, {}, {:04o}", trace::quoted(name),
                       flags_text, mode);
  }
  return trace::call(::openat(directory.fd(), directory.entry(bare(name)).c_str(), all, mode), "openat",
                     "{}, {}, {}|O_NOFOLLOW, {:04o}", directory.fd(), trace::quoted(bare(name)), flags_text, mode);
}

[[noreturn]] void refuse_open(const Directory& directory, int code, const std::string& name, Access access) {
  if (code == ENOENT) throw ObjectError{code, "shm_open", name, list_hint};
  if (code == EACCES) {
    deny(inspect(directory, {.text = name, .pid = {}}, Holders::skip), "shm_open",
         access == Access::read ? "read" : "write");
  }
  throw Error{code, "shm_open", name};
}

// Once more through /proc: the position of the caller's own does not move then.
Fd open_inherited(const Reference& reference, Access access) {
  const int flags = ::fcntl(reference.descriptor, F_GETFL);
  if (flags < 0) throw ObjectError{ENOENT, "fcntl", reference.text, "there is no such descriptor"};
  const int mode = flags & O_ACCMODE;
  if (mode == O_WRONLY || (mode == O_RDONLY && access == Access::write)) {
    throw Error{EBADF, "fcntl", reference.text,
                mode == O_WRONLY ? "is not open for reading" : "is not open for writing"};
  }
  const std::string path = "/proc/self/fd/" + std::to_string(reference.descriptor);
  Fd fd{::open(path.c_str(), mode | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)};
  if (!fd) fd.reset(::fcntl(reference.descriptor, F_DUPFD_CLOEXEC, 0));  // its mode may not allow it
  return fd;
}

Fd open_descriptor(const Reference& reference, Access access) {
  Fd fd;
  if (*reference.pid == 0) {
    fd = open_inherited(reference, access);
  } else {
    fd = open_descriptor_of(*reference.pid, reference.descriptor, access == Access::read ? O_RDONLY : O_RDWR);
  }
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", reference.text);
  if (!S_ISREG(status.st_mode)) throw Error{Exit::failed, reference.text, "is neither memory nor a file"};
  return fd;
}

std::string why_not_created(int code) {
  switch (code) {
    case EEXIST: return "the object exists already (--if-missing accepts it)";
    case EACCES: return "permission denied: /dev/shm may not be written to";
    default: return {};
  }
}

[[noreturn]] void refuse_create(int code, const std::string& name, int directory) {
  const std::string full = why_no_room(code, directory, std::nullopt);
  throw ObjectError{code, "linkat", name, full.empty() ? why_not_created(code) : full};
}

off_t to_offset(std::uint64_t size, const std::string& name) {
  constexpr std::uint64_t most = std::numeric_limits<off_t>::max();
  if (size > most) throw Error{EFBIG, "ftruncate", name, fmt::format("no object can have {} bytes", size)};
  return static_cast<off_t>(size);
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

Reference parse_reference(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto number = colon == std::string_view::npos ? std::nullopt : to_number(text.substr(colon + 1));
  constexpr std::uint64_t most = std::numeric_limits<int>::max();
  if (!number || *number > most) return {.text = canonical_name(text), .pid = {}};
  const std::string_view owner = text.substr(0, colon);
  const auto pid = owner == "fd" ? std::optional<std::uint64_t>{0} : to_number(owner);
  if (!pid || *pid > most || (*pid == 0 && owner != "fd")) return {.text = canonical_name(text), .pid = {}};
  return {.text = std::string(text), .pid = static_cast<pid_t>(*pid), .descriptor = static_cast<int>(*number)};
}

void require_no_semaphore_name(const std::string& name) {
  if (!bare(name).starts_with("sem.") || bare(name) == "sem.") return;
  throw UsageError(fmt::format("'{}' is the name of a semaphore: sem_open(3) calls the file of {} so", printable(name),
                               printable("/" + name.substr(sizeof "/sem." - 1))));
}

Memory Memory::open(const Directory& directory, const Reference& reference, Access access) {
  if (!reference.is_name()) return {reference.text, open_descriptor(reference, access)};
  const std::string& name = reference.text;
  const auto found = find(directory, name);
  if (!found && errno == ENOENT) throw ObjectError{ENOENT, "shm_open", name, list_hint};
  const bool is_readable = found && found->kind == Kind::semaphore && access == Access::read;
  if (found && !is_memory(found->kind) && !is_readable) refuse_kind(name, found->kind, "shm_open");
  Fd fd{access == Access::read ? open_file(directory, name, O_RDONLY, "O_RDONLY")
                               : open_file(directory, name, O_RDWR, "O_RDWR")};
  if (!fd) refuse_open(directory, errno, name, access);
  return {name, std::move(fd)};
}

NewMemory::NewMemory(const Directory& directory, const std::string& name)
    : directory_(directory.open()),
      draft_(directory_.get(), std::string(bare(name))),
      memory_(name, draft_.duplicate()) {
  const int code = errno;
  require_no_semaphore_name(name);
  if (find(directory, name)) refuse_create(EEXIST, name, directory_.get());
  if (memory_.fd() < 0) refuse_create(code, name, directory_.get());
}

void NewMemory::publish() {
  if (!draft_.publish(Draft::Existing::keep)) refuse_create(errno, memory_.name(), directory_.get());
}

std::uint64_t Memory::size() const {
  struct stat status {};
  check(::fstat(fd_.get(), &status), "fstat", name_);
  return static_cast<std::uint64_t>(status.st_size);
}

void Memory::set_size(std::uint64_t size) {
  const off_t end = to_offset(size, name_);
  if (trace::call(::ftruncate(fd_.get(), end), "ftruncate", "{}, {}", fd_.get(), end) == 0) return;
  throw Error{errno, "ftruncate", name_, why_not(errno)};
}

void Memory::reserve(std::uint64_t from, std::uint64_t to) {
  const off_t start = to_offset(from, name_);
  const off_t length = to_offset(to, name_) - start;
  if (length <= 0) return;
  int code = EINTR;
  while (code == EINTR && StopSignals::requested() == 0) {
    code = ::posix_fallocate(fd_.get(), start, length);  // returns the error, and leaves errno alone
    errno = code;
    trace::call(code == 0 ? 0 : -1, "posix_fallocate", "{}, {}, {}", fd_.get(), start, length);
  }
  if (code == 0) return;
  const auto asked = static_cast<std::uint64_t>(length);
  throw Error{code, "posix_fallocate", name_, code == EPERM ? why_not(code) : why_no_room(code, fd_.get(), asked)};
}

std::string Memory::why_not(int code) const {
  return code == EPERM ? "it is sealed against that, memfd_create(2)" : why_no_room(code, fd_.get(), std::nullopt);
}

void Memory::grow(std::uint64_t size) {
  reserve(this->size(), size);
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
      "-o "
      "remount,size=SIZE /dev/shm",
      wanted, space.f_bavail * space.f_frsize, space.f_blocks * space.f_frsize);
}

void remove(const Directory& directory, const std::string& name) {
  const auto found = find(directory, name);
  if (found && !is_memory(found->kind)) refuse_kind(name, found->kind, "shm_unlink");
  const std::string entry = directory.entry(bare(name));
  const int result = directory.is_own()
                         ? trace::call(::shm_unlink(name.c_str()), "shm_unlink", "{}", trace::quoted(name))
                         : trace::call(::unlinkat(directory.fd(), entry.c_str(), 0), "unlinkat", "{}, {}, 0",
                                       directory.fd(), trace::quoted(entry));
  if (result == 0) return;
  const int code = errno;
  if (code == ENOENT) throw ObjectError{code, "shm_unlink", name, list_hint};
  if (code == EACCES || code == EPERM) {
    throw Error{code, "shm_unlink", name,
                "permission denied: only its owner or root may remove an object (/dev/shm is sticky)"};
  }
  throw Error{code, "shm_unlink", name};
}

}  // namespace ipctl::shm
