// sem: POSIX semaphores, sem_overview(7): named ones, and unnamed ones in shared memory or a file.
#pragma once

#include <semaphore.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/dev_shm.hpp"
#include "ipc/message.hpp"
#include "ipc/object.hpp"
#include "ipc/sem_layout.hpp"
#include "os/bus_guard.hpp"
#include "os/mapping.hpp"
#include "os/units.hpp"

namespace ipctl::sem {

/// `name` with one leading slash, up to 251 bytes: the file is sem.NAME. Throws UsageError.
[[nodiscard]] std::string canonical_name(std::string_view name);

/// Where a semaphore is: a name, or an offset in memory or a file.
struct Address {
  enum class Kind { name, memory, file };
  Kind kind = Kind::name;
  std::string text;          // as users see it: "/s", "shm:/x+64", "file:data+0", "1234:5+64"
  std::string path;          // kind file
  shm::Reference memory{};   // kind memory
  std::uint64_t offset = 0;  // bytes
};
/// "/NAME" or "NAME"; "shm:/NAME+OFFSET", "file:PATH+OFFSET", "PID:FD+OFFSET", "fd:N+OFFSET". "+OFFSET" may be missing:
/// 0; it is decimal, or hexadecimal after 0x. Throws UsageError, also for an offset at which no semaphore can be.
[[nodiscard]] Address parse_address(std::string_view text);

/// What a new semaphore is to be.
struct Attributes {
  std::uint32_t value = 0;
  std::optional<Mode> mode;  // exact, whatever the umask; 0600 when nullopt
  Owner owner;
};

/// A semaphore that this process can use: sem_open(3), or its memory mapped.
/// All throw Error: also when its memory is gone meanwhile, because another process shortened the file.
class Semaphore {
 public:
  /// Throws Error: missing; not permitted (reading and writing both are needed); no semaphore is there.
  [[nodiscard]] static Semaphore open(const shm::Directory& directory, const Address& address);
  /// sem_open(3) with O_CREAT and O_EXCL. Throws Error: exists; /dev/shm is full.
  static void create(const shm::Directory& directory, const std::string& name, const Attributes& attributes);

  enum class Existing { refuse, replace };
  /// sem_init(3) at an address. Throws Error: exists, when a semaphore is there already.
  static void init(const shm::Directory& directory, const Address& address, std::uint32_t value, Existing existing);
  enum class Waiters { refuse, ignore };
  /// sem_destroy(3), and clears its bytes, so that nothing takes them for a semaphore. Throws Error: Waiters::refuse
  /// and somebody waits on it.
  static void destroy(const shm::Directory& directory, const Address& address, Waiters waiters);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// sem_post(3). Throws Error (EOVERFLOW) at its largest value.
  void post();
  /// sem_trywait(3). False: its value is 0.
  [[nodiscard]] bool try_wait();
  /// Takes one, sem_wait(3). At least every `slice` it looks whether something else ended the wait.
  [[nodiscard]] Outcome wait(const Wait& wait);
  /// sem_getvalue(3).
  [[nodiscard]] std::uint32_t value() const;

 private:
  struct Close {
    void operator()(sem_t* opened) const noexcept { ::sem_close(opened); }
  };
  using Opened = std::unique_ptr<sem_t, Close>;

  Semaphore(std::string name, Opened opened);
  Semaphore(std::string name, Mapping mapping, std::uint64_t offset);
  /// For a moment; nullopt: neither taken nor late.
  [[nodiscard]] std::optional<Outcome> wait_slice(const Wait& wait);
  /// Passes `result` of a call through, unless the memory was gone under it.
  int unless_gone(int result) const;

  std::string name_;
  Opened opened_;    // what sem_open(3) mapped
  Mapping mapping_;  // or else
  sem_t* semaphore_ = nullptr;
  BusGuard guard_;
};

/// A message from it is one post, taken; of no bytes. It takes `batch` or none: while it waits for the rest it holds
/// what it has, and what is not received when it ends goes back.
[[nodiscard]] std::unique_ptr<Source> source(Semaphore semaphore, std::uint64_t batch);

/// Removes a name, sem_unlink(3). Throws Error: missing; not permitted; what is no semaphore.
void remove(const shm::Directory& directory, const std::string& name);

struct SemaphoreObject : Object {
  std::optional<std::uint32_t> value,
      waiters;                          // waiters: a process that was killed while it waited is counted for ever
  std::optional<std::uint64_t> offset;  // of an unnamed one
};

/// All about one, without changing it; reading it suffices. An address at which no semaphore is has no value.
/// Throws Error: missing.
[[nodiscard]] SemaphoreObject inspect(const shm::Directory& directory, const Address& address, Holders holders);
/// Whether what has the file of this name is a semaphore, as shm::kind_of() tells.
[[nodiscard]] bool is_file_of_semaphore(const shm::Directory& directory, const std::string& name);
/// All named ones, sorted by name; what vanishes meanwhile is left out. Throws Error.
[[nodiscard]] std::vector<SemaphoreObject> list(const shm::Directory& directory, Holders holders);
/// Names only; empty where they cannot be listed. Never throws Error.
[[nodiscard]] std::vector<std::string> names();

}  // namespace ipctl::sem
