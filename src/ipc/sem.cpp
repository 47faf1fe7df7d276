// sem: opening, creating and removing POSIX semaphores, sem_open(3), sem_init(3), sem_unlink(3).
#include "ipc/sem.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "ipc/posix_name.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::sem {
namespace {

constexpr std::string_view missing_hint = "no such semaphore (ipctl sem ls lists them)";
constexpr std::string_view no_semaphore =
    "is no semaphore: what is there has not the form that glibc gives one which processes share";

std::string file_of(const std::string& name) {
  return "sem." + name.substr(1);
}

// The semaphore's 32 bytes; fewer where there are no more.
std::string read_bytes(int fd, std::uint64_t offset) {
  std::array<char, size> bytes{};
  const ssize_t count = ::pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
  return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

void require_room(int fd, const Address& address) {
  struct stat status {};
  check(::fstat(fd, &status), "fstat", address.text);
  const auto bytes = static_cast<std::uint64_t>(status.st_size);
  if (address.offset <= bytes && size <= bytes - address.offset) return;
  throw Error{Exit::failed, address.text,
              fmt::format("a semaphore's {} bytes at offset {} are beyond the end: there are {} bytes", size,
                          address.offset, bytes)};
}

Fd open_named(const shm::Directory& directory, const std::string& name, int flags) {
  return Fd{
      ::openat(directory.fd(), directory.entry(file_of(name)).c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
}

// Opens the file that a semaphore is in.
Fd open_file(const shm::Directory& directory, const Address& address, int flags) {
  if (address.kind == Address::Kind::memory) {
    const shm::Access access = flags == O_RDONLY ? shm::Access::read : shm::Access::write;
    return shm::Memory::open(directory, address.memory, access).into_fd();
  }
  if (address.kind == Address::Kind::name) {
    Fd fd = open_named(directory, address.text, flags);
    if (fd) return fd;
    const int code = errno;
    if (code == ENOENT) throw ObjectError{code, "sem_open", address.text, missing_hint};
    if (code == EACCES) deny(inspect(directory, address, Holders::skip), "sem_open", "read and write");
    throw Error{code, "sem_open", address.text, code == ELOOP ? no_semaphore : ""};
  }
  Fd fd{::open(address.path.c_str(), flags | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
  if (!fd) throw ObjectError{errno, "open", address.text};
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", address.text);
  if (!S_ISREG(status.st_mode)) throw Error{Exit::failed, address.text, "is no regular file"};
  return fd;
}

Mapping map(int fd, const Address& address) {
  require_room(fd, address);
  return {fd, address.offset + size, PROT_READ | PROT_WRITE, MAP_SHARED, address.text};
}

bool is_semaphore(int fd, const Address& address) {
  return read_contents(read_bytes(fd, address.offset)).has_value();
}

std::string why_not_created(int code) {
  switch (code) {
    case EEXIST: return "the semaphore exists already (--if-missing accepts it)";
    case ENOENT: return "there is no /dev/shm; have root mount it: mount -t tmpfs -o mode=1777 tmpfs /dev/shm";
    case EACCES: return "permission denied: /dev/shm may not be written to";
    default: break;
  }
  const Fd root{::open(shm::Directory::path, O_PATH | O_CLOEXEC)};
  return shm::why_no_room(code, root.get(), std::nullopt);
}

[[noreturn]] void refuse_create(int code, const std::string& name) {
  throw ObjectError{code == ENOENT ? EIO : code, "sem_open", name, why_not_created(code)};
}

// sem_open(3) takes the umask's bits away from the mode.
class NoUmask {
 public:
  NoUmask() : former_(::umask(0)) {}
  NoUmask(const NoUmask&) = delete;
  NoUmask& operator=(const NoUmask&) = delete;
  ~NoUmask() { ::umask(former_); }

 private:
  mode_t former_;
};

void create_here(const std::string& name, const Attributes& attributes) {
  const mode_t mode = attributes.mode.value_or(Mode{}).bits;
  const bool is_given_away = attributes.owner.user || attributes.owner.group;
  const mode_t first = is_given_away ? 0600 : mode;
  sem_t* created = SEM_FAILED;
  {
    const NoUmask exact;
    created = ::sem_open(name.c_str(), O_CREAT | O_EXCL, first, attributes.value);
    trace::call(created == SEM_FAILED ? -1 : 0, "sem_open", "{}, O_CREAT|O_EXCL, {:04o}, {}", trace::quoted(name),
                first, attributes.value);
  }
  if (created == SEM_FAILED) refuse_create(errno, name);
  ::sem_close(created);
  if (!is_given_away) return;
  try {
    const Fd fd = open_named(shm::Directory{}, name, O_RDONLY);
    check(fd.get(), "open", name);
    change_owner(fd.get(), attributes.owner, name);
    change_mode(fd.get(), mode, name);
  } catch (const Error&) {
    trace::call(::sem_unlink(name.c_str()), "sem_unlink", "{}", trace::quoted(name));
    throw;
  }
}

// In another mount namespace, what sem_open(3) does: a file that gets its name once it is complete.
void create_there(const shm::Directory& directory, const std::string& name, const Attributes& attributes) {
  sem_t image{};
  ::sem_init(&image, 1, attributes.value);
  const Fd fd{::openat(directory.fd(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)};
  if (!fd) refuse_create(errno, name);
  if (::pwrite(fd.get(), &image, sizeof image, 0) != static_cast<ssize_t>(sizeof image)) refuse_create(ENOSPC, name);
  change_owner(fd.get(), attributes.owner, name);
  change_mode(fd.get(), attributes.mode.value_or(Mode{}).bits, name);
  const std::string path = fmt::format("/proc/self/fd/{}", fd.get());
  const std::string entry = directory.entry(file_of(name));
  if (trace::call(::linkat(AT_FDCWD, path.c_str(), directory.fd(), entry.c_str(), AT_SYMLINK_FOLLOW), "linkat",
                  "AT_FDCWD, {}, {}, {}, AT_SYMLINK_FOLLOW", trace::quoted(path), directory.fd(),
                  trace::quoted(entry)) != 0) {
    refuse_create(errno, name);
  }
}

// Some file systems know a mapped file by other numbers than an open one: these are what the scan for mappings sees.
void set_mapped_identity(SemaphoreObject& object, const Fd& fd) {
  const Mapping probe{fd.get(), 1, PROT_READ, MAP_SHARED, object.name};
  if (const auto identity = mapped_identity(probe.bytes().data())) {
    object.device = identity->first;
    object.inode = identity->second;
  }
}

SemaphoreObject look(const shm::Directory& directory, const Address& address) {
  SemaphoreObject object;
  object.mechanism = "sem";
  object.name = address.text;
  struct stat status {};
  Fd fd;
  if (address.kind == Address::Kind::name) {
    const std::string entry = directory.entry(file_of(address.text));
    if (::fstatat(directory.fd(), entry.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      throw ObjectError{errno, "stat", address.text, errno == ENOENT ? missing_hint : ""};
    }
    fd = open_named(directory, address.text, O_RDONLY);
  } else {
    object.offset = address.offset;
    fd = open_file(directory, address, O_RDONLY);
  }
  if (fd) check(::fstat(fd.get(), &status), "fstat", address.text);
  fill_status(object, status);
  if (const auto contents = fd ? read_contents(read_bytes(fd.get(), address.offset)) : std::nullopt) {
    object.value = contents->value;
    object.waiters = contents->waiters;
  }
  if (address.kind == Address::Kind::file && status.st_size > 0) set_mapped_identity(object, fd);
  return object;
}

// The number after the last "+", where there is one: "64", "0x40".
std::optional<std::uint64_t> offset_of(std::string_view& text) {
  const std::size_t plus = text.rfind('+');
  if (plus == std::string_view::npos) return std::nullopt;
  std::string_view number = text.substr(plus + 1);
  const bool is_hexadecimal = number.starts_with("0x");
  if (is_hexadecimal) number.remove_prefix(2);
  const auto offset = to_number(number, is_hexadecimal ? 16 : 10);
  if (offset) text = text.substr(0, plus);
  return offset;
}

}  // namespace

std::string canonical_name(std::string_view name) {
  constexpr std::size_t longest = 251;  // NAME_MAX less "sem."
  return posix_name(name, {.what = "the name of a semaphore", .longest = longest, .many_slashes = true, .dots = true});
}

Address parse_address(std::string_view text) {
  constexpr std::string_view memory = "shm:";
  constexpr std::string_view file = "file:";
  Address address{.kind = Address::Kind::memory, .text = std::string(text), .path = {}};
  std::string_view rest = text;
  if (text.starts_with(memory)) {
    rest.remove_prefix(memory.size());
    address.offset = offset_of(rest).value_or(0);
    address.memory = {.text = shm::canonical_name(rest), .pid = {}};
  } else if (text.starts_with(file)) {
    rest.remove_prefix(file.size());
    address.kind = Address::Kind::file;
    address.offset = offset_of(rest).value_or(0);
    if (rest.empty()) throw UsageError(fmt::format("'{}': after file: stands a path", printable(text)));
    address.path = rest;
  } else {
    const auto offset =
        text.starts_with('/') || text.find(':') == std::string_view::npos ? std::nullopt : offset_of(rest);
    const bool is_descriptor = !rest.starts_with('/') && rest.find(':') != std::string_view::npos;
    if (is_descriptor) address.memory = shm::parse_reference(rest);
    if (!is_descriptor || address.memory.is_name()) {
      return {.kind = Address::Kind::name, .text = canonical_name(text), .path = {}};
    }
    address.offset = offset.value_or(0);
  }
  constexpr std::uint64_t most = 1ULL << 62U;
  if (address.offset % alignment != 0 || address.offset > most) {
    throw UsageError(
        fmt::format("'{}': a semaphore is at an offset that is a multiple of {}", printable(text), alignment));
  }
  return address;
}

Semaphore::Semaphore(std::string name, Opened opened)
    : name_(std::move(name)), opened_(std::move(opened)), semaphore_(opened_.get()), guard_(semaphore_, size) {}

Semaphore::Semaphore(std::string name, Mapping mapping, std::uint64_t offset)
    : name_(std::move(name)),
      mapping_(std::move(mapping)),
      semaphore_(reinterpret_cast<sem_t*>(mapping_.bytes().data() + offset)),
      guard_(semaphore_, size) {}

Semaphore Semaphore::open(const shm::Directory& directory, const Address& address) {
  const Fd fd = open_file(directory, address, O_RDWR);
  if (address.kind != Address::Kind::name) require_room(fd.get(), address);
  // A call on what is no semaphore would break it, and could wait for ever.
  if (!is_semaphore(fd.get(), address)) throw Error{Exit::failed, address.text, no_semaphore};
  if (address.kind != Address::Kind::name || !directory.is_own()) {
    return {address.text, map(fd.get(), address), address.offset};
  }
  sem_t* const opened = ::sem_open(address.text.c_str(), 0);
  trace::call(opened == SEM_FAILED ? -1 : 0, "sem_open", "{}, 0", trace::quoted(address.text));
  if (opened == SEM_FAILED) throw ObjectError{errno, "sem_open", address.text, errno == ENOENT ? missing_hint : ""};
  return {address.text, Opened{opened}};
}

void Semaphore::create(const shm::Directory& directory, const std::string& name, const Attributes& attributes) {
  if (directory.is_own()) create_here(name, attributes);
  else create_there(directory, name, attributes);
}

void Semaphore::init(const shm::Directory& directory, const Address& address, std::uint32_t value, Existing existing) {
  const Fd fd = open_file(directory, address, O_RDWR);
  Semaphore semaphore{address.text, map(fd.get(), address), address.offset};
  if (existing == Existing::refuse && is_semaphore(fd.get(), address)) {
    throw ObjectError{EEXIST, "sem_init", address.text, "a semaphore is there already (--force replaces it)"};
  }
  const int result = trace::call(::sem_init(semaphore.semaphore_, 1, value), "sem_init", "{}, 1, {}",
                                 trace::quoted(address.text), value);
  check(semaphore.verified(result), "sem_init", address.text);
}

void Semaphore::destroy(const shm::Directory& directory, const Address& address, Existing existing) {
  Semaphore semaphore = open(directory, address);
  const Fd fd = open_file(directory, address, O_RDONLY);
  const auto contents = read_contents(read_bytes(fd.get(), address.offset));
  if (existing == Existing::refuse && contents && contents->waiters > 0) {
    throw Error{Exit::failed, address.text,
                fmt::format("{} wait on it, and would wait for ever; post first, or use --force (one that was killed "
                            "while it waited is counted too)",
                            contents->waiters)};
  }
  const int result = trace::call(::sem_destroy(semaphore.semaphore_), "sem_destroy", "{}", trace::quoted(address.text));
  check(semaphore.verified(result), "sem_destroy", address.text);
  *semaphore.semaphore_ = {};
  semaphore.verified(0);
}

bool is_file_of_semaphore(const shm::Directory& directory, const std::string& name) {
  struct stat status {};
  return ::fstatat(directory.fd(), directory.entry(file_of(name)).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         shm::kind_of(directory, file_of(name), status) == shm::Kind::semaphore;
}

void remove(const shm::Directory& directory, const std::string& name) {
  const std::string entry = directory.entry(file_of(name));
  if (::faccessat(directory.fd(), entry.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0 &&
      !is_file_of_semaphore(directory, name)) {
    throw Error{Exit::failed, name,
                fmt::format("{}; it is the file /dev/shm/{}", no_semaphore, printable(file_of(name)))};
  }
  const int result = directory.is_own()
                         ? trace::call(::sem_unlink(name.c_str()), "sem_unlink", "{}", trace::quoted(name))
                         : trace::call(::unlinkat(directory.fd(), entry.c_str(), 0), "unlinkat", "{}, {}, 0",
                                       directory.fd(), trace::quoted(entry));
  if (result == 0) return;
  const int code = errno;
  if (code == ENOENT) throw ObjectError{code, "sem_unlink", name, missing_hint};
  if (code == EACCES || code == EPERM) {
    throw Error{code, "sem_unlink", name,
                "permission denied: only its owner or root may remove a semaphore (/dev/shm is sticky)"};
  }
  throw Error{code, "sem_unlink", name};
}

SemaphoreObject inspect(const shm::Directory& directory, const Address& address, Holders holders) {
  SemaphoreObject object = look(directory, address);  // which has closed it again: we are no holder
  Object* const one = &object;
  if (holders == Holders::find) find_file_holders({&one, 1});
  return object;
}

std::vector<SemaphoreObject> list(const shm::Directory& directory, Holders holders) {
  std::vector<SemaphoreObject> found;
  for (const shm::MemoryObject& object : shm::list(directory, Holders::skip)) {
    if (object.kind != shm::Kind::semaphore) continue;
    const Address address{
        .kind = Address::Kind::name, .text = "/" + object.name.substr(sizeof "/sem." - 1), .path = {}};
    try {
      found.push_back(inspect(directory, address, Holders::skip));
    } catch (const Error& error) {
      if (error.status() != Exit::missing) throw;
    }
  }
  std::vector<Object*> all;
  for (SemaphoreObject& object : found) all.push_back(&object);
  if (holders == Holders::find) find_file_holders(all);
  return found;
}

std::vector<std::string> names() {
  std::vector<std::string> found;
  try {
    for (const SemaphoreObject& object : sem::list(shm::Directory{}, Holders::skip)) found.push_back(object.name);
  } catch (const Error&) {  // as the header says
  }
  return found;
}

}  // namespace ipctl::sem
