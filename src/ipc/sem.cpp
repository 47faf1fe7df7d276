// sem: opening, making and unmaking POSIX semaphores, sem_open(3), sem_init(3), sem_destroy(3).
#include "ipc/sem.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ipc/draft.hpp"
#include "ipc/sem_file.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sem {
namespace {

// The pages that a semaphore is on; it begins `within` the first.
struct Place {
  explicit Place(std::uint64_t offset)
      : within(offset % static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))), start(offset - within) {}
  std::uint64_t within;
  std::uint64_t start;
};

Mapping map(int fd, const Address& address) {
  require_room(fd, address);
  const Place place{address.offset};
  return {fd, place.within + size, PROT_READ | PROT_WRITE, MAP_SHARED, address.text, place.start};
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

bool exists(const std::string& name) {
  struct stat status {};
  return ::lstat((std::string(shm::Directory::path) + "/" + file_of(name)).c_str(), &status) == 0;
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
  sem_t* created = SEM_FAILED;
  {
    const NoUmask exact;
    created = ::sem_open(name.c_str(), O_CREAT | O_EXCL, mode, attributes.value);
    trace::call(created == SEM_FAILED ? -1 : 0, "sem_open", "{}, O_CREAT|O_EXCL, {:04o}, {}", trace::quoted(name), mode,
                attributes.value);
  }
  if (created == SEM_FAILED) {
    // sem_open(3) first makes a temporary file, and may find no room for that.
    const int code = errno;
    refuse_create(code == ENOSPC && exists(name) ? EEXIST : code, name);
  }
  ::sem_close(created);
}

// What sem_open(3) does, in another mount namespace, or with another owner before it can be seen.
void create_itself(const shm::Directory& directory, const std::string& name, const Attributes& attributes) {
  sem_t image{};
  ::sem_init(&image, 1, attributes.value);
  const Fd root = directory.open();
  Draft draft{root.get(), file_of(name)};
  if (draft.fd() < 0) refuse_create(errno, name);
  if (::pwrite(draft.fd(), &image, sizeof image, 0) != static_cast<ssize_t>(sizeof image)) refuse_create(ENOSPC, name);
  change_owner(draft.fd(), attributes.owner, name);
  change_mode(draft.fd(), attributes.mode.value_or(Mode{}).bits, name);
  if (!draft.publish(Draft::Existing::keep)) refuse_create(errno, name);
}

}  // namespace

Semaphore::Semaphore(std::string name, Opened opened)
    : name_(std::move(name)), opened_(std::move(opened)), semaphore_(opened_.get()), guard_(semaphore_, size) {}

Semaphore::Semaphore(std::string name, Mapping mapping, std::uint64_t offset)
    : name_(std::move(name)),
      mapping_(std::move(mapping)),
      semaphore_(reinterpret_cast<sem_t*>(mapping_.bytes().data() + Place{offset}.within)),
      guard_(semaphore_, size) {}

Semaphore Semaphore::open(const shm::Directory& directory, const Address& address) {
  if (address.kind == Address::Kind::name) require_semaphore(directory, address.text);
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
  Semaphore semaphore{address.text, Opened{opened}};
  const std::string_view bytes{reinterpret_cast<const char*>(semaphore.semaphore_), size};
  if (!read_contents(bytes)) throw Error{Exit::failed, address.text, no_semaphore};  // the name means another by now
  return semaphore;
}

void Semaphore::create(const shm::Directory& directory, const std::string& name, const Attributes& attributes) {
  const bool is_given_away = attributes.owner.user || attributes.owner.group;
  if (directory.is_own() && !is_given_away) create_here(name, attributes);
  else create_itself(directory, name, attributes);
}

void Semaphore::init(const shm::Directory& directory, const Address& address, std::uint32_t value, Existing existing) {
  const Fd fd = open_file(directory, address, O_RDWR);
  require_room(fd.get(), address);
  // Into a hole: without memory for it, storing there would be SIGBUS.
  if (::posix_fallocate(fd.get(), static_cast<off_t>(address.offset), size) == ENOSPC) {
    throw Error{ENOSPC, "sem_init", address.text, shm::why_no_room(ENOSPC, fd.get(), size)};
  }
  Semaphore semaphore{address.text, map(fd.get(), address), address.offset};
  if (existing == Existing::refuse && is_semaphore(fd.get(), address)) {
    throw ObjectError{EEXIST, "sem_init", address.text, "a semaphore is there already (--force replaces it)"};
  }
  const int result = trace::call(::sem_init(semaphore.semaphore_, 1, value), "sem_init", "{}, 1, {}",
                                 trace::quoted(address.text), value);
  check(semaphore.unless_gone(result), "sem_init", address.text);
}

void Semaphore::destroy(const shm::Directory& directory, const Address& address, Waiters waiters) {
  Semaphore semaphore = open(directory, address);
  const Fd fd = open_file(directory, address, O_RDONLY);
  const auto contents = read_contents(read_bytes(fd.get(), address.offset));
  if (waiters == Waiters::refuse && contents && contents->waiters > 0) {
    throw Error{Exit::failed, address.text,
                fmt::format("those who wait on it, {}, would wait for ever; post first, or use --force (one that was "
                            "killed while it waited is counted too)",
                            contents->waiters)};
  }
  const int result = trace::call(::sem_destroy(semaphore.semaphore_), "sem_destroy", "{}", trace::quoted(address.text));
  check(semaphore.unless_gone(result), "sem_destroy", address.text);
  *semaphore.semaphore_ = {};
  semaphore.unless_gone(0);
}

}  // namespace ipctl::sem
