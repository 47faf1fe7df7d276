// sysv_mq: what there is, from /proc/sysvipc/msg and msgctl(2), and who is blocked in it.
#include <fmt/format.h>
#include <sys/msg.h>
#include <sys/syscall.h>

#include <algorithm>

#include "ipc/sysv_mq.hpp"
#include "ipc/sysv_mq_calls.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_mq {
namespace {

void fill(QueueObject& object, int id, const msqid_ds& status) {
  object.mechanism = "sysv-mq";
  sysv::fill_permissions(object, id, status.msg_perm);
  object.messages = status.msg_qnum;
  object.bytes = status.msg_cbytes;
  object.capacity = status.msg_qbytes;
  object.sent = sysv::time_of(status.msg_stime);
  object.received = sysv::time_of(status.msg_rtime);
  object.changed = sysv::time_of(status.msg_ctime);
  object.last_sender = sysv::pid_of(status.msg_lspid, object.sent.has_value());
  object.last_receiver = sysv::pid_of(status.msg_lrpid, object.received.has_value());
}

// key msqid perms cbytes qnum lspid lrpid uid gid cuid cgid stime rtime ctime
bool fill(QueueObject& object, sysv::Row row) {
  constexpr std::size_t columns = 14;
  if (row.size() < columns) return false;
  object.mechanism = "sysv-mq";
  sysv::fill_permissions(object, row, 7);
  object.bytes = static_cast<std::uint64_t>(row[3]);
  object.messages = static_cast<std::uint64_t>(row[4]);
  object.sent = sysv::time_of(row[11]);
  object.received = sysv::time_of(row[12]);
  object.changed = sysv::time_of(row[13]);
  object.last_sender = sysv::pid_of(static_cast<pid_t>(row[5]), object.sent.has_value());
  object.last_receiver = sysv::pid_of(static_cast<pid_t>(row[6]), object.received.has_value());
  return true;
}

int stat_at(int index, msqid_ds& status) {
  const int id = ::msgctl(index, MSG_STAT_ANY, &status);
  // Before Linux 4.17, and where one may read it.
  return id < 0 && errno == EINVAL ? ::msgctl(index, MSG_STAT, &status) : id;
}

std::vector<QueueObject> list_by_index() {
  msginfo info{};
  const int last = check(::msgctl(0, MSG_INFO, reinterpret_cast<msqid_ds*>(&info)), "msgctl");
  std::vector<QueueObject> found;
  for (int index = 0; index <= last; ++index) {
    msqid_ds status{};
    if (const int id = stat_at(index, status); id >= 0) fill(found.emplace_back(), id, status);
  }
  return found;
}

std::optional<sysv::Blocked> describe(const BlockedCall& call) {
  if (call.number == SYS_msgsnd) return sysv::Blocked{"msgsnd", fmt::format("room for {} bytes", call.arguments[2])};
  if (call.number != SYS_msgrcv) return std::nullopt;
  const auto type = static_cast<std::int64_t>(call.arguments[3]);
  const auto flags = static_cast<unsigned>(call.arguments[4]);
  if (type == 0) return sysv::Blocked{"msgrcv", "any type"};
  if (type < 0) return sysv::Blocked{"msgrcv", fmt::format("types 1 to {}", -static_cast<__int128_t>(type))};
  return sysv::Blocked{"msgrcv", fmt::format("{}type {}", (flags & MSG_EXCEPT) != 0 ? "not " : "", type)};
}

void find_holders(std::span<QueueObject> objects) {
  std::vector<sysv::Item*> items;
  for (QueueObject& object : objects) items.push_back(&object);
  sysv::find_blocked(items, [](pid_t /*pid*/, const BlockedCall& call) { return describe(call); });
  // Nobody has a queue open: who will use it cannot be known.
  for (QueueObject& object : objects) object.usage = object.waiters.empty() ? Usage::unknown : Usage::used;
}

}  // namespace

std::optional<msqid_ds> stat_any(int id) {
  msqid_ds status{};
  if (sysv::stat_by_index(id, [&](int index) { return stat_at(index, status); })) return status;
  return std::nullopt;
}

QueueObject inspect(const sysv::Found& queue, Holders holders) {
  QueueObject object;
  msqid_ds status{};
  if (trace::call(::msgctl(queue.id, IPC_STAT, &status), "msgctl", "{}, IPC_STAT", queue.id) == 0) {
    fill(object, queue.id, status);
  } else if (is_gone(errno)) {
    throw Error{Exit::missing, queue.text, missing_hint};
  } else if (const auto any = stat_any(queue.id)) {
    fill(object, queue.id, *any);
  } else {
    static_cast<void>(sysv::for_each_row("msg", [&](sysv::Row row) {
      if (row[1] == queue.id) static_cast<void>(fill(object, row));
    }));
    if (object.id < 0) throw Error{Exit::missing, queue.text, missing_hint};
  }
  if (holders == Holders::find) find_holders({&object, 1});
  return object;
}

std::vector<QueueObject> list(Holders holders, Capacity capacity) {
  std::vector<QueueObject> found;
  found.reserve(static_cast<std::size_t>(queues_in_use()));  // growing costs as much as reading
  const bool is_listed = sysv::for_each_row("msg", [&](sysv::Row row) {
    if (QueueObject object; fill(object, row)) found.push_back(std::move(object));
  });
  if (!is_listed) {
    found = list_by_index();
  } else if (capacity == Capacity::find) {
    std::erase_if(found, [](QueueObject& object) {
      errno = 0;
      const auto status = stat_any(object.id);
      if (status) object.capacity = status->msg_qbytes;
      return !status && errno != EACCES;  // removed meanwhile; EACCES: before Linux 4.17
    });
  }
  if (holders == Holders::find) find_holders(found);
  return found;
}

std::vector<QueueObject> known() {
  try {
    return list(Holders::skip, Capacity::skip);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace ipctl::sysv_mq
