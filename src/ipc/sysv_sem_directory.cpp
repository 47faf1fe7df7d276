// sysv_sem: which sets there are, what is known of each, and who is blocked on it, semctl(2), proc(5).
#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <climits>

#include "ipc/sysv_sem.hpp"
#include "ipc/sysv_sem_calls.hpp"
#include "os/error.hpp"

namespace ipctl::sysv_sem {
namespace {

SetObject read_status(int id, const semid_ds& status) {
  SetObject object;
  object.mechanism = "sysv-sem";
  sysv::fill_permissions(object, id, status.sem_perm);
  object.size = status.sem_nsems;
  object.operated = sysv::time_of(status.sem_otime);
  object.changed = sysv::time_of(status.sem_ctime);
  return object;
}

// What of IPC_STAT, in another way, needs no permission to read.
std::optional<SetObject> look_without_reading(int id) {
  semid_ds status{};
  const auto stat = [&status](int index) {
    return control(index, 0, SEM_STAT_ANY, "SEM_STAT_ANY", {.status = &status});
  };
  if (sysv::stat_by_index(id, stat)) return read_status(id, status);
  std::optional<SetObject> found;
  static_cast<void>(sysv::for_each_row("sem", [&](sysv::Row row) {
    if (auto object = read_row(row); object && object->id == id) found = std::move(object);
  }));
  return found;
}

// No call tells these of all semaphores at once.
Semaphore look_at(int id, std::size_t number, unsigned short value, bool ever) {
  const int at = static_cast<int>(number);
  const auto count = [](int result) {
    return result < 0 ? std::nullopt : std::optional{static_cast<std::uint64_t>(result)};
  };
  Semaphore semaphore{.value = value, .waiting = {}, .waiting_zero = {}, .last_pid = {}};
  semaphore.waiting = count(control(id, at, GETNCNT, "GETNCNT"));
  semaphore.waiting_zero = count(control(id, at, GETZCNT, "GETZCNT"));
  if (const int pid = control(id, at, GETPID, "GETPID"); pid >= 0)
    semaphore.last_pid = sysv::pid_of(pid, value != 0 || ever);
  return semaphore;
}

// False when the set is gone.
bool read_values(SetObject& object) {
  const std::size_t size = object.size.value_or(0);
  std::vector<unsigned short> values(size);
  auto& semaphores = object.semaphores.emplace(size);
  if (size == 0) return true;
  if (control(object.id, 0, GETALL, "GETALL", {.values = values.data()}) < 0) return !is_gone(errno);
  for (std::size_t i = 0; i < size; ++i) semaphores[i] = look_at(object.id, i, values[i], object.operated.has_value());
  return true;
}

std::string read_operations(pid_t pid, std::uint64_t address, std::uint64_t count) {
  std::array<sembuf, 8> operations{};
  const std::size_t shown = std::min<std::size_t>(operations.size(), count);
  const iovec here{.iov_base = operations.data(), .iov_len = shown * sizeof(sembuf)};
  // NOLINTNEXTLINE(performance-no-int-to-ptr): it is an address in another process
  const iovec there{.iov_base = reinterpret_cast<void*>(address), .iov_len = here.iov_len};
  if (shown == 0 || ::process_vm_readv(pid, &here, 1, &there, 1, 0) != static_cast<ssize_t>(here.iov_len))
    return "unknown";
  std::string out;
  for (const sembuf& each : std::span{operations}.first(shown)) {
    const bool undo = (static_cast<unsigned>(each.sem_flg) & SEM_UNDO) != 0;
    out += (out.empty() ? "" : " ") + to_string(Operation{each.sem_num, each.sem_op, undo && each.sem_op != 0});
  }
  return out + (count > shown ? " ..." : "");
}

std::optional<sysv::Blocked> describe(pid_t pid, const BlockedCall& call) {
  // Machines whose libc multiplexes them through ipc(2) do not have these numbers.
#ifdef SYS_semop
  if (call.number == SYS_semop)
    return sysv::Blocked{"semop", read_operations(pid, call.arguments[1], call.arguments[2])};
#endif
#ifdef SYS_semtimedop
  // glibc calls it for semop(2) too.
  if (call.number == SYS_semtimedop)
    return sysv::Blocked{call.arguments[3] == 0 ? "semop" : "semtimedop",
                         read_operations(pid, call.arguments[1], call.arguments[2])};
#endif
  return std::nullopt;
}

void find_waiters(std::span<sysv::Item* const> items) {
  sysv::find_blocked(items, describe);
  for (sysv::Item* const item : items) {
    // Nobody has a handle: that nobody waits now does not mean that nobody uses it.
    item->usage = item->waiters.empty() ? Usage::unknown : Usage::used;
  }
}

std::vector<SetObject> list_by_index() {
  std::vector<SetObject> found;
  seminfo info{};
  const int highest = check(control(0, 0, SEM_INFO, "SEM_INFO", {.info = &info}), "semctl");
  for (int index = 0; index <= highest; ++index) {
    semid_ds status{};
    int id = control(index, 0, SEM_STAT_ANY, "SEM_STAT_ANY", {.status = &status});
    if (id < 0) id = control(index, 0, SEM_STAT, "SEM_STAT", {.status = &status});  // before Linux 4.17
    if (id >= 0) found.push_back(read_status(id, status));
  }
  return found;
}

}  // namespace

std::optional<SetObject> read_row(sysv::Row row) {
  constexpr std::size_t columns = 10;
  if (row.size() < columns || row[1] < 0 || row[1] > INT_MAX || row[3] < 0) return std::nullopt;
  SetObject object;
  object.mechanism = "sysv-sem";
  sysv::fill_permissions(object, row, 4);
  object.size = static_cast<std::uint64_t>(row[3]);
  object.operated = sysv::time_of(row[8]);
  object.changed = sysv::time_of(row[9]);
  return object;
}

SetObject inspect(const sysv::Found& set, Holders holders, Values values) {
  semid_ds status{};
  std::optional<SetObject> object;
  if (control(set.id, 0, IPC_STAT, "IPC_STAT", {.status = &status}) >= 0) {
    object = read_status(set.id, status);
  } else if (errno == EACCES) {
    object = look_without_reading(set.id);
    if (!object) throw Error{EACCES, "semctl", set.text, "permission to read denied"};
  } else {
    fail(set, is_gone(errno) ? EINVAL : errno, "semctl", "look at it");
  }
  if (values == Values::read && !read_values(*object)) fail(set, EINVAL, "semctl", "read its values");
  sysv::Item* const one = &*object;
  if (holders == Holders::find) find_waiters({&one, 1});
  return std::move(*object);
}

std::vector<SetObject> list(Holders holders, Values values) {
  std::vector<SetObject> found;
  const auto add = [&found](sysv::Row row) {
    if (auto object = read_row(row)) found.push_back(std::move(*object));
  };
  if (!sysv::for_each_row("sem", add)) found = list_by_index();
  std::sort(found.begin(), found.end(), [](const auto& one, const auto& other) { return one.id < other.id; });
  if (values == Values::read) std::erase_if(found, [](SetObject& object) { return !read_values(object); });
  std::vector<sysv::Item*> items;
  for (SetObject& object : found) items.push_back(&object);
  if (holders == Holders::find) find_waiters(items);
  return found;
}

}  // namespace ipctl::sysv_sem
