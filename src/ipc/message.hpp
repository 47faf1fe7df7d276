// Message, Source, Sink: what every mechanism that carries messages offers to the one send loop and the one receive
// loop.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "os/wait.hpp"

namespace ipctl {

/// What one mechanism alone tells of a message.
struct MessageField {
  std::string_view key;  // as in JSON and in -F '%{key}'; a command finds IPCTL_KEY in its environment
  std::variant<std::monostate, std::int64_t, bool, std::string_view> value;  // monostate: unknown
};

/// One message, and all that its mechanism tells about it. Views point into the buffer it was received into, and into
/// its Source.
struct Message {
  std::string_view mechanism;  // "mq"
  std::string_view name;       // the object, as users name it
  std::string_view data;
  std::optional<std::uint32_t> priority;  // mq: 0 to 32767
  std::optional<std::int64_t> type;       // sysv-mq: from 1
  std::optional<pid_t> sender_pid;
  std::optional<uid_t> sender_uid;
  std::span<const MessageField> fields;  // always the same keys for one mechanism
  std::uint64_t sequence = 0;            // 1, 2, ... in this run
  timespec time{};                       // when it was received, CLOCK_REALTIME
  bool in_doubt = false;                 // recovered from a journal: may have been delivered, its end may be missing
};

/// Where a message is received into.
struct Buffer {
  std::span<char> data;
  /// The kernel writes the message's attribute (mq: priority) here in the same call, where it can.
  std::uint32_t* attribute = nullptr;
  /// Stands right before `data`: msgrcv(2) writes the type there, in the same call.
  long* type = nullptr;
  /// Where it is set, it is what `data` lies in, and a source of messages that may be of any length may make it longer.
  std::vector<char>* memory = nullptr;
};

enum class Outcome {
  done,
  timed_out,  // the deadline passed; for Deadline::now(): empty (receive) or full (send)
  stopped,    // a stop request came; nothing was received or sent
  woken,      // one of Wait::also is ready; nothing was received or sent
  ended,      // nothing will come any more
};

/// What the end of a wait means for the call that waited.
[[nodiscard]] constexpr Outcome outcome_of(Waited waited) {
  switch (waited) {
    case Waited::timed_out: return Outcome::timed_out;
    case Waited::stopped: return Outcome::stopped;
    case Waited::woken: return Outcome::woken;
    case Waited::ready: break;
  }
  return Outcome::done;
}

class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  [[nodiscard]] virtual std::string_view mechanism() const = 0;
  /// The object's name, or the first one's where there are several.
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Bytes that a Buffer must have.
  [[nodiscard]] virtual std::size_t capacity() const = 0;
  /// Bytes that one must have at first, where Buffer::memory lets it grow.
  [[nodiscard]] virtual std::size_t first_capacity() const { return capacity(); }
  /// Messages waiting now; nullopt where the mechanism cannot tell.
  [[nodiscard]] virtual std::optional<std::uint64_t> waiting() const = 0;
  /// Takes one message. Fills mechanism, name, data and what else is known; not sequence and time. Throws Error.
  [[nodiscard]] virtual Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) = 0;
  /// False: receive() copies, and leaves the object as it is.
  [[nodiscard]] virtual bool takes() const { return true; }
  /// The next receive() only hands out what was taken together with the last: no deadline or stop request divides them.
  [[nodiscard]] virtual bool is_divided() const { return false; }
  /// Nothing more will be received: what was taken for later calls goes back.
  virtual void finish() {}
  /// `message` is delivered, or safe elsewhere: where receive() left it in the object, it is taken now. Throws Error.
  virtual void accept(const Message& /*message*/) {}
  /// Moves `message`, which receive() left in the object, behind all others. False where it stays where it is, or was
  /// taken: then give_back() does it.
  [[nodiscard]] virtual bool move_back(const Message& /*message*/) { return false; }
  /// Puts a message that receive() gave back without waiting, at its priority or type. False where that cannot be.
  [[nodiscard]] virtual bool give_back(const Message& message) = 0;
};

class Sink {
 public:
  Sink() = default;
  virtual ~Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  [[nodiscard]] virtual std::string_view mechanism() const = 0;
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// The longest message it takes, in bytes.
  [[nodiscard]] virtual std::size_t capacity() const = 0;
  /// Sends one message, whole or not at all. Throws Error, also for one that is too long.
  [[nodiscard]] virtual Outcome send(std::string_view data, const Wait& wait) = 0;
  /// Waits until the other side has taken all that was sent, where the mechanism can tell. Throws Error.
  [[nodiscard]] virtual Outcome drain(const Wait& /*wait*/) { return Outcome::done; }
  /// The error for a message that is longer than capacity(); bytes: its length, or nullopt where only that is known.
  [[noreturn]] virtual void refuse_length(std::optional<std::uint64_t> bytes) const = 0;
};

}  // namespace ipctl
