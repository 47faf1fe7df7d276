// sysv_mq: System V message queues, sysvipc(7), msgget(2), msgop(2), msgctl(2).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ipc/message.hpp"
#include "ipc/sysv.hpp"

namespace ipctl::sysv_mq {

inline constexpr std::string_view missing_hint = "no such queue (ipctl sysv-mq ls lists them)";

struct QueueObject : sysv::Item {
  std::optional<std::uint64_t> messages, bytes;     // waiting; the sum of their lengths
  std::optional<std::uint64_t> capacity;            // the most bytes it holds, msg_qbytes
  std::optional<pid_t> last_sender, last_receiver;  // 0: nobody yet; nullopt: not visible here
  std::optional<timespec> sent, received;           // the last msgsnd and msgrcv; nullopt: never
};

struct Change : sysv::Change {
  std::optional<std::uint64_t> bytes;  // msg_qbytes
};

/// Creates a queue and returns its id; never one that exists. Throws Error: exists; ENOSPC with the limit MSGMNI and
/// its use; EPERM where `bytes` exceed kernel.msgmnb. A queue that cannot have what was asked for is removed again.
/// text: the key as the user gave it; empty: 0xKEY.
[[nodiscard]] int create(key_t key, const Change& attributes, const std::string& text = {});
/// The queue that `selector` names, msgget(2). Throws Error: missing. An id is not looked at.
[[nodiscard]] sysv::Found find(const sysv::Selector& selector);
/// IPC_SET. Throws Error: missing; only owner, creator or root; beyond kernel.msgmnb.
void change(const sysv::Found& queue, const Change& change);
/// IPC_RMID. Throws Error.
void remove(const sysv::Found& queue);

/// All about one, whatever its permissions. holders: who is blocked in it. Throws Error: missing.
[[nodiscard]] QueueObject inspect(const sysv::Found& queue, Holders holders);
/// Requested attributes that a queue does not have, in words; empty: none.
[[nodiscard]] std::string differences(const QueueObject& queue, const Change& wanted);
/// What list() is to find out beyond /proc/sysvipc/msg, at the price of a call for each queue.
enum class Capacity { skip, find };
/// All queues of this IPC namespace, by id; one that vanishes meanwhile is left out. Throws Error.
[[nodiscard]] std::vector<QueueObject> list(Holders holders, Capacity capacity);
/// Which messages to take, msgrcv(2).
struct Selection {
  std::int64_t type = 0;  // 0: the first; N: the first of type N; -N: the first of the lowest type up to N
  bool except = false;    // MSG_EXCEPT: the first that is not of type N
};
struct Receiving {
  Selection selection;
  std::optional<std::uint64_t> size;  // longest message taken; nullopt: the longest there can be
  bool truncate = false;              // MSG_NOERROR: cut what is longer, and lose the rest
};

/// Takes messages. give_back: msgsnd(2) at the message's type, behind all others.
[[nodiscard]] std::unique_ptr<Source> source(const sysv::Found& queue, const Receiving& how);
/// Copies messages from the `index`th that fits on, MSG_COPY, and takes none. Never waits.
[[nodiscard]] std::unique_ptr<Source> peek(const sysv::Found& queue, const Selection& selection, std::uint64_t index);
/// Copies the first message that fits, and takes it when it is accepted, Source::accept(). For queues from which nobody
/// else receives such messages; Error where somebody did.
[[nodiscard]] std::unique_ptr<Source> safe_source(const sysv::Found& queue, const Selection& selection);
/// Sends at one type, from 1.
[[nodiscard]] std::unique_ptr<Sink> sink(const sysv::Found& queue, std::int64_t type);

}  // namespace ipctl::sysv_mq
