// sem: which semaphores there are, what is known of each, and how one is removed, sem_unlink(3).
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ipc/sem_file.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl::sem {
namespace {

struct Found {
  SemaphoreObject object;
  bool is_semaphore;  // else a stranger has its name, and no value is known
};

Found look(const shm::Directory& directory, const Address& address) {
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
  const bool is_semaphore = address.kind != Address::Kind::name ||
                            shm::kind_of(fd.get(), file_of(address.text), status) == shm::Kind::semaphore;
  if (const auto contents = fd && is_semaphore ? read_contents(read_bytes(fd.get(), address.offset)) : std::nullopt) {
    object.value = contents->value;
    object.waiters = contents->waiters;
  }
  if (address.kind != Address::Kind::name) set_mapped_identity(object, fd.get());
  return {std::move(object), is_semaphore};
}

}  // namespace

bool is_file_of_semaphore(const shm::Directory& directory, const std::string& name) {
  return shm::kind_at(directory, file_of(name)) == shm::Kind::semaphore;
}

void require_semaphore(const shm::Directory& directory, const std::string& name) {
  if (shm::kind_at(directory, file_of(name)).value_or(shm::Kind::semaphore) == shm::Kind::semaphore) return;
  throw Error{Exit::failed, name,
              fmt::format("{}; it is the file /dev/shm/{}", no_semaphore, printable(file_of(name)))};
}

void remove(const shm::Directory& directory, const std::string& name) {
  require_semaphore(directory, name);
  shm::remove_file(directory, file_of(name), name, {::sem_unlink, "sem_unlink", missing_hint, "a semaphore"});
}

SemaphoreObject inspect(const shm::Directory& directory, const Address& address, Holders holders) {
  SemaphoreObject object = look(directory, address).object;  // which has closed it again: we are no holder
  Object* const one = &object;
  if (holders == Holders::find) find_file_holders({&one, 1});
  return object;
}

std::vector<SemaphoreObject> list(const shm::Directory& directory, Holders holders) {
  std::vector<SemaphoreObject> found;
  constexpr std::string_view prefix = "sem.";
  for (const std::string& file : shm::files_in(directory)) {
    if (!file.starts_with(prefix) || file == prefix) continue;
    try {
      Found one = look(directory, {.kind = Address::Kind::name, .text = "/" + file.substr(prefix.size()), .path = {}});
      if (one.is_semaphore) found.push_back(std::move(one.object));
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
