// sem: which semaphores there are, what is known of each, and how one is removed, sem_unlink(3).
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ipc/sem_file.hpp"
#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::sem {
namespace {

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
  const bool is_stranger = address.kind == Address::Kind::name &&
                           shm::kind_of(fd.get(), file_of(address.text), status) != shm::Kind::semaphore;
  if (const auto contents = fd && !is_stranger ? read_contents(read_bytes(fd.get(), address.offset)) : std::nullopt) {
    object.value = contents->value;
    object.waiters = contents->waiters;
  }
  if (address.kind != Address::Kind::name) set_mapped_identity(object, fd.get());
  return object;
}

}  // namespace

bool is_file_of_semaphore(const shm::Directory& directory, const std::string& name) {
  struct stat status {};
  return ::fstatat(directory.fd(), directory.entry(file_of(name)).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         shm::kind_of(directory, file_of(name), status) == shm::Kind::semaphore;
}

void require_semaphore(const shm::Directory& directory, const std::string& name) {
  struct stat status {};
  const std::string entry = directory.entry(file_of(name));
  if (::fstatat(directory.fd(), entry.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (shm::kind_of(directory, file_of(name), status) == shm::Kind::semaphore) return;
  throw Error{Exit::failed, name,
              fmt::format("{}; it is the file /dev/shm/{}", no_semaphore, printable(file_of(name)))};
}

void remove(const shm::Directory& directory, const std::string& name) {
  require_semaphore(directory, name);
  const std::string entry = directory.entry(file_of(name));
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
