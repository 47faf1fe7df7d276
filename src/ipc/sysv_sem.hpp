// sysv_sem: System V semaphore sets, semget(2), semop(2), semctl(2).
#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/message.hpp"
#include "ipc/sysv.hpp"

namespace ipctl::sysv_sem {

/// The most that a value can be, SEMVMX.
constexpr std::uint64_t max_value = 32767;

/// What kernel.sem sets for this IPC namespace, semctl(2), IPC_INFO; and what is in use, SEM_INFO.
struct Limits {
  std::uint64_t set_size, semaphores, operations, sets;  // SEMMSL, SEMMNS, SEMOPM, SEMMNI
  std::uint64_t used_semaphores, used_sets;
};
/// Throws Error.
[[nodiscard]] Limits limits();

/// "A,B,...", each from 0 to max_value. Throws UsageError.
[[nodiscard]] std::vector<std::uint16_t> parse_values(std::string_view text);

/// One operation of semop(2).
struct Operation {
  std::uint64_t number = 0;  // of the semaphore in its set
  int change = 0;            // added to its value, -max_value to max_value; 0: wait until the value is 0
  bool undo = false;         // SEM_UNDO
  friend bool operator==(const Operation&, const Operation&) = default;
};
/// NUM:-K, NUM:+K, NUM:=0; a "u" behind the first two is SEM_UNDO. Throws UsageError.
[[nodiscard]] Operation parse_operation(std::string_view text);
[[nodiscard]] std::string to_string(const Operation& operation);

/// Finds a set by its key; an id is taken as it is. Throws Error: missing.
[[nodiscard]] sysv::Found find(const sysv::Selector& selector);

/// What a new set is to be.
struct Attributes {
  key_t key = IPC_PRIVATE;
  std::string text;                   // the key as given
  std::uint64_t count = 1;            // semaphores
  std::vector<std::uint16_t> values;  // none (zeros), or `count`
  std::optional<Mode> mode;           // 0600 when nullopt
  Owner owner;
};
/// Never takes over what exists, unless told to accept it: then it must have the count, mode and owner asked for, and
/// where values are asked for their creator gets 5 seconds to set his. A new set has its values from one semop(2),
/// which also sets sem_otime: who looks at that (semget(2), NOTES) waits until then, and who does not finds zeros.
/// Nothing is left of a set that could not be completed.
/// Throws Error: exists; beyond SEMMSL (EINVAL), SEMMNI or SEMMNS (ENOSPC); EINTR: a stop request ended the wait.
[[nodiscard]] sysv::Created create(const Attributes& wanted, sysv::Existing existing);

/// All of `operations` at once, or none, semop(2). Throws Error, which names the operation where one is at fault:
/// no such semaphore, beyond max_value, too many; missing: the set is gone, also while this waited.
[[nodiscard]] Outcome perform(const sysv::Found& set, std::span<const Operation> operations, const Wait& wait);

/// A message from it is 1, taken of semaphore `number`; of no bytes. It takes `batch` or none at once, and gives back
/// what is not received when it ends.
[[nodiscard]] std::unique_ptr<Source> source(sysv::Found set, std::uint64_t number, std::uint64_t batch);

/// SETALL, SETVAL. Throw Error, and UsageError for a count of values that is not the set's. What others have to undo is
/// forgotten: all of it, or that of the one semaphore.
void set_values(const sysv::Found& set, const std::vector<std::uint16_t>& values);
void set_value(const sysv::Found& set, std::uint64_t number, std::uint16_t value);
/// IPC_SET. Throws Error.
void change(const sysv::Found& set, const sysv::Change& change);
/// IPC_RMID. Throws Error: missing; not permitted.
void remove(const sysv::Found& set);

struct Semaphore {
  std::optional<std::uint64_t> value, waiting, waiting_zero;  // threads that wait until it rises, until it is 0
  std::optional<pid_t> last_pid;                              // 0: nobody yet
};

struct SetObject : sysv::Item {
  std::optional<std::uint64_t> size;
  std::optional<timespec> operated;                  // the last semop(2); never: nullopt
  std::optional<std::vector<Semaphore>> semaphores;  // nullopt: not looked at
};

enum class Values { skip, read };
/// All about one; what may not be read is unknown. Holders::find: who is blocked. Throws Error: missing.
[[nodiscard]] SetObject inspect(const sysv::Found& set, Holders holders, Values values);
/// All of this IPC namespace, by id; what vanishes meanwhile is left out. Throws Error.
[[nodiscard]] std::vector<SetObject> list(Holders holders, Values values);
/// What a line of /proc/sysvipc/sem says; nullopt when it is none.
[[nodiscard]] std::optional<SetObject> read_row(sysv::Row row);

}  // namespace ipctl::sysv_sem
