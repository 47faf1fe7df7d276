// shm: opening, creating, sizing and removing POSIX shared memory, shm_open(3), posix_fallocate(3), shm_unlink(3).
#include "ipc/shm.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <limits>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/open_elsewhere.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::shm {
namespace {

std::string_view bare(const std::string& name) {
  return std::string_view(name).substr(1);
}

[[noreturn]] void refuse_kind(const std::string& name, Kind kind) {
  if (kind == Kind::semaphore) {
    throw Error{Exit::failed, name,
                fmt::format("is the semaphore {} (ipctl sem)", printable("/" + name.substr(sizeof "/sem." - 1)))};
  }
  throw Error{Exit::failed, name,
              fmt::format("is a {}, not shared memory: ipctl shm leaves it alone", to_string(kind))};
}

int open_file(const Directory& directory, const std::string& name, int flags, std::string_view flags_text) {
  // O_NONBLOCK: should it be a FIFO by now, nobody waits for its other end.
  const int all = flags | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
  if (directory.is_own()) {
    return trace::call(::shm_open(name.c_str(), all, 0), "shm_open", "{}, {}, 0000", trace::quoted(name), flags_text);
  }
  return trace::call(::openat(directory.fd(), directory.entry(bare(name)).c_str(), all), "openat",
                     "{}, {}, {}|O_NOFOLLOW, 0000", directory.fd(), trace::quoted(bare(name)), flags_text);
}

[[noreturn]] void refuse_open(const Directory& directory, int code, const std::string& name, Access access) {
  if (code == ENOENT) throw ObjectError{code, "shm_open", name, missing_hint};
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
  if (fd) return fd;
  // Its mode does not allow it any more.
  if (access == Access::write && (flags & O_APPEND) != 0) {
    throw Error{EBADF, "fcntl", reference.text, "is open for appending only"};
  }
  return Fd{check(::fcntl(reference.descriptor, F_DUPFD_CLOEXEC, 0), "fcntl", reference.text)};
}

Fd open_descriptor(const Reference& reference, Access access) {
  struct stat status {};
  const std::string path = *reference.pid == 0 ? fmt::format("/proc/self/fd/{}", reference.descriptor)
                                               : fmt::format("/proc/{}/fd/{}", *reference.pid, reference.descriptor);
  // Opening a device may do something.
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error{Exit::failed, reference.text, "is neither memory nor a file"};
  }
  Fd fd;
  if (*reference.pid == 0) {
    fd = open_inherited(reference, access);
  } else {
    fd = open_descriptor_of(*reference.pid, reference.descriptor, access == Access::read ? O_RDONLY : O_RDWR);
  }
  check(::fstat(fd.get(), &status), "fstat", reference.text);
  if (!S_ISREG(status.st_mode)) throw Error{Exit::failed, reference.text, "is neither memory nor a file"};
  return fd;
}

std::string why_not_created(int code) {
  switch (code) {
    case EEXIST: return "the object exists already (--if-missing accepts it)";
    case EACCES: return "permission denied: /dev/shm may not be written to";
    case ENOENT: return "cannot get its name: /proc is not mounted";
    default: return {};
  }
}

[[noreturn]] void refuse_create(int code, const std::string& name, int directory) {
  const std::string full = why_no_room(code, directory, std::nullopt);
  throw ObjectError{code == ENOENT ? EIO : code, "linkat", name, full.empty() ? why_not_created(code) : full};
}

// Checked before a file is made.
Fd place_for(const Directory& directory, const std::string& name) {
  require_no_semaphore_name(name);
  Fd place = directory.open();
  if (const auto found = kind_at(directory, bare(name))) {
    if (*found == Kind::memory) refuse_create(EEXIST, name, place.get());
    throw Error{Exit::exists, name, fmt::format("what has this name is a {}", to_string(*found))};
  }
  return place;
}

off_t to_offset(std::uint64_t size, const std::string& name) {
  constexpr std::uint64_t most = std::numeric_limits<off_t>::max();
  if (size > most) throw Error{EFBIG, "ftruncate", name, fmt::format("no object can have {} bytes", size)};
  return static_cast<off_t>(size);
}

}  // namespace

Memory Memory::open(const Directory& directory, const Reference& reference, Access access) {
  if (!reference.is_name()) return {reference.text, open_descriptor(reference, access)};
  const std::string& name = reference.text;
  const auto refuse_strangers = [&](Kind kind) {
    const bool may_be_read = kind == Kind::semaphore && access == Access::read;
    if (kind != Kind::memory && !may_be_read) refuse_kind(name, kind);
  };
  const auto found = kind_at(directory, bare(name));
  if (!found && errno == ENOENT) throw ObjectError{ENOENT, "shm_open", name, missing_hint};
  if (found) refuse_strangers(*found);  // unopened: a device, say
  Fd fd{access == Access::read ? open_file(directory, name, O_RDONLY, "O_RDONLY")
                               : open_file(directory, name, O_RDWR, "O_RDWR")};
  if (!fd) refuse_open(directory, errno, name, access);
  // The name may mean another by now.
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", name);
  refuse_strangers(kind_of(fd.get(), bare(name), status));
  return {name, std::move(fd)};
}

NewMemory::NewMemory(const Directory& directory, const std::string& name)
    : directory_(place_for(directory, name)),
      draft_(directory_.get(), std::string(bare(name))),
      memory_(name, draft_.duplicate()) {
  if (memory_.fd() < 0) refuse_create(errno, name, directory_.get());
}

void NewMemory::publish() {
  if (!draft_.publish(Draft::Existing::keep)) refuse_create(errno, memory_.name(), directory_.get());
}

std::uint64_t Memory::size() const {
  struct stat status {};
  check(::fstat(fd_.get(), &status), "fstat", name_);
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t Memory::read(std::uint64_t offset, std::span<char> data) const {
  return read_at(fd_.get(), data, offset, name_);
}

ssize_t Memory::write(std::uint64_t offset, std::string_view text) {
  return trace::call(::pwrite(fd_.get(), text.data(), text.size(), static_cast<off_t>(offset)), "pwrite",
                     "{}, {}, {}, {}", fd_.get(), trace::quoted(text), text.size(), offset);
}

const void* Memory::futex_word(std::uint64_t offset) {
  // A word is aligned: it does not lie across pages.
  const std::uint64_t within = offset % static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  mapping_ = Mapping{fd_.get(), within + sizeof(std::uint32_t), PROT_READ, MAP_SHARED, name_, offset - within};
  return mapping_.bytes().data() + within;
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

void remove(const Directory& directory, const std::string& name) {
  const auto found = kind_at(directory, bare(name));
  if (found && *found != Kind::memory) refuse_kind(name, *found);
  remove_file(directory, bare(name), name, {::shm_unlink, "shm_unlink", missing_hint, "an object"});
}

}  // namespace ipctl::shm
