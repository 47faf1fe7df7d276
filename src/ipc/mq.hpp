// mq: POSIX message queues, mq_overview(7). Works with and without a mounted mqueue file system.
#pragma once

#include <mqueue.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/message.hpp"
#include "ipc/object.hpp"
#include "os/fd.hpp"
#include "os/units.hpp"

namespace ipctl::mq {

constexpr std::uint32_t max_priority = 32767;  // sysconf(_SC_MQ_PRIO_MAX) - 1

/// `name` with one leading slash. Throws UsageError for what the kernel refuses: empty, ".", "..", another slash,
/// a NUL byte, or more than 255 bytes.
[[nodiscard]] std::string canonical_name(std::string_view name);

/// What a new queue is to be. Members that are nullopt: the system's defaults (fs.mqueue.msg_default, msgsize_default).
struct Attributes {
  std::optional<std::uint64_t> max_messages;
  std::optional<std::uint64_t> message_size;  // bytes
  std::optional<Mode> mode;                   // exact, whatever the umask; 0600 when nullopt
  Owner owner;
};

/// Bytes that such a queue counts against its creator's RLIMIT_MSGQUEUE, getrlimit(2).
[[nodiscard]] std::uint64_t accounted_bytes(std::uint64_t max_messages, std::uint64_t message_size);

enum class Access { read, write };

/// mq_getattr(3) on an open queue. Throws Error.
[[nodiscard]] mq_attr attributes_of(const Fd& fd, std::string_view name);

/// One open queue, mq_open(3).
class Queue {
 public:
  /// Takes over a descriptor that mq_open(3) gave for `name` (canonical), O_NONBLOCK.
  Queue(std::string name, Fd fd) : name_(std::move(name)), fd_(std::move(fd)) {}
  /// Opens what exists. Throws Error: missing, or the reason (permission).
  [[nodiscard]] static Queue open(std::string_view name, Access access);
  /// Creates and opens. Throws Error: exists; beyond msg_max or msgsize_max (EINVAL), RLIMIT_MSGQUEUE (EMFILE) and
  /// queues_max (ENOSPC) each say so and what to do.
  [[nodiscard]] static Queue create(std::string_view name, const Attributes& attributes);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int fd() const { return fd_.get(); }
  [[nodiscard]] Fd into_fd() && { return std::move(fd_); }
  [[nodiscard]] mq_attr attributes() const { return attributes_of(fd_, name_); }
  /// Blocking or O_NONBLOCK; remembered, so that asking again costs nothing.
  void set_blocking(bool blocking);

 private:
  std::string name_;
  Fd fd_;
  bool blocking_ = false;
};

/// Takes from one or more queues, in turn where several have messages. mq_receive(3); give_back: mq_send(3).
[[nodiscard]] std::unique_ptr<Source> source(std::vector<Queue> queues);

/// Sends at one priority, mq_send(3).
[[nodiscard]] std::unique_ptr<Sink> sink(Queue queue, std::uint32_t priority);

/// Removes a queue, mq_unlink(3). Throws Error: missing; the sticky directory's refusal in words.
void remove(std::string_view name);

struct QueueObject : Object {
  std::optional<std::uint64_t> messages, capacity;   // waiting; the most there can be
  std::optional<std::uint64_t> message_size, bytes;  // the longest message; the sum of all waiting
  std::optional<std::string_view> notify;            // "none", or SIGEV_SIGNAL, SIGEV_THREAD, SIGEV_NONE
  std::optional<int> notify_signal;
  std::optional<pid_t> notify_pid;  // 0: of a process that is not visible here
};

/// All about one queue, without changing it or disturbing a registration. Throws Error: missing.
[[nodiscard]] QueueObject inspect(std::string_view name, Holders holders);

/// Requested attributes that an existing queue does not have, in words; empty when it has them all. Throws Error where
/// one of them is unknown: this user may neither read nor write the queue.
[[nodiscard]] std::string differences(const QueueObject& queue, const Attributes& wanted);

/// All queues of this IPC namespace, sorted by name; one that vanishes meanwhile is left out. Throws Error where they
/// cannot be listed: no mqueue file system is mounted and this user may not mount one.
[[nodiscard]] std::vector<QueueObject> list(Holders holders);

/// Names only; empty where they cannot be listed. Never throws Error.
[[nodiscard]] std::vector<std::string> names();

/// The status line that read(2) gives on a queue: QSIZE, NOTIFY, SIGNO, NOTIFY_PID. False when it is not one.
[[nodiscard]] bool parse_status(std::string_view text, QueueObject& object);

/// Tells of arrivals in empty queues and takes nothing, mq_notify(3). A message from it has the number of messages that
/// wait as its data, in decimal, and the sender's pid and uid; without them for what waited before.
/// Registers for notification; throws Error that names the process which holds the registration when it is taken.
[[nodiscard]] std::unique_ptr<Source> arrivals(std::vector<Queue> queues);

}  // namespace ipctl::mq
