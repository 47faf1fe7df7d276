// sysv_mq: messages through System V queues, msgsnd(2), msgrcv(2).
#include <fmt/format.h>
#include <sys/msg.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "ipc/sysv_mq.hpp"
#include "ipc/sysv_mq_calls.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/interrupter.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_mq {
namespace {

bool stop_requested(const Wait& wait) {
  return wait.stop != nullptr && StopSignals::requested() != 0;
}

// What msgsnd(2) takes: a type, and the text right behind it.
class Outgoing {
 public:
  void set(std::int64_t type, std::string_view data) {
    bytes_.resize(sizeof(long) + data.size());
    const long own = type;
    std::memcpy(bytes_.data(), &own, sizeof own);
    std::copy(data.begin(), data.end(), bytes_.begin() + sizeof own);
    type_ = type;
  }
  // 0, or -1 with errno set.
  [[nodiscard]] int send(int id, int flags) const {
    const std::size_t size = bytes_.size() - sizeof(long);
    return trace::call(::msgsnd(id, bytes_.data(), size, flags), "msgsnd", "{}, {{{}, {}}}, {}, {}", id, type_,
                       trace::quoted({bytes_.data() + sizeof(long), size}), size, flags == 0 ? "0" : "IPC_NOWAIT");
  }

 private:
  std::vector<char> bytes_;
  std::int64_t type_ = 0;
};

std::string flag_names(int flags) {
  std::string out;
  constexpr std::array<std::pair<int, const char*>, 4> names{
      {{IPC_NOWAIT, "IPC_NOWAIT"}, {MSG_NOERROR, "MSG_NOERROR"}, {MSG_EXCEPT, "MSG_EXCEPT"}, {MSG_COPY, "MSG_COPY"}}};
  for (const auto& [flag, name] : names) {
    if ((flags & flag) != 0) out.append(out.empty() ? "" : "|").append(name);
  }
  return out.empty() ? "0" : out;
}

// Bytes received into `buffer`, or -1 with errno set.
ssize_t call_msgrcv(int id, const Buffer& buffer, std::size_t size, std::int64_t type, int flags) {
  const ssize_t count = ::msgrcv(id, buffer.type, size, type, flags);
  if (trace::on()) {
    const int code = errno;
    const std::string names = flag_names(flags);
    const std::string got = count < 0
                                ? "..."
                                : fmt::format("{{{}, {}}}", *buffer.type,
                                              trace::quoted({buffer.data.data(), static_cast<std::size_t>(count)}));
    errno = code;
    trace::call(count, "msgrcv", "{}, {}, {}, {}, {}", id, got, size, type, names);
  }
  return count;
}

// Where a message is received into that no caller sees.
struct Room {
  std::vector<char> bytes;
  Buffer reserve(std::size_t size) {
    bytes.resize(sizeof(long) + size);
    return {.data = std::span{bytes}.subspan(sizeof(long)), .type = reinterpret_cast<long*>(bytes.data())};
  }
};

[[noreturn]] void fail(const sysv::Found& queue, std::string_view call, std::string_view purpose) {
  const int code = errno;
  if (is_gone(code)) fail_missing(queue.text);
  if (code == EACCES) sysv::deny(inspect(queue, Holders::skip), queue, call, purpose);
  throw Error{code, call, queue.text};
}

[[noreturn]] void fail_outgrown(const sysv::Found& queue, std::size_t bytes) {
  throw Error{
      E2BIG, "msgrcv", queue.text,
      fmt::format("a message of more than {} bytes waits: kernel.msgmax was raised since ipctl began; begin anew",
                  bytes)};
}

constexpr std::size_t spare = 64 << 10;

// The longest message that there can be: kernel.msgmax may have been lowered since one was sent. A queue's worth of
// bytes would tell that for sure, but room for that, in a journal too, is much for a rare case: --size asks for it.
std::size_t room_for(const sysv::Found& queue, const std::optional<std::uint64_t>& size) {
  const auto most = static_cast<std::size_t>(limits().msgmax);
  const auto status = stat_any(queue.id);
  const std::size_t waiting = status ? status->msg_cbytes : 0;
  if (size) return std::min<std::uint64_t>(*size, std::max(most, waiting));
  return std::max(most, std::min(waiting, spare));
}

class QueueSource : public Source {
 public:
  QueueSource(sysv::Found queue, const Receiving& how)
      : queue_(std::move(queue)),
        how_(how),
        capacity_(room_for(queue_, how.size)),
        flags_((how.selection.except ? MSG_EXCEPT : 0) | (how.truncate ? MSG_NOERROR : 0)) {}

  [[nodiscard]] std::string_view mechanism() const override { return "sysv-mq"; }
  [[nodiscard]] std::string_view name() const override { return queue_.name; }
  [[nodiscard]] std::size_t capacity() const override { return capacity_; }

  // Of all types: those that are selected are not counted anywhere.
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override {
    const auto status = stat_any(queue_.id);
    return status ? std::optional<std::uint64_t>{status->msg_qnum} : std::nullopt;
  }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    if (stop_requested(wait)) return Outcome::stopped;
    ssize_t size = wait.is_plain() ? -1 : call(buffer, capacity_, IPC_NOWAIT);
    if (size < 0 && (wait.is_plain() || errno == ENOMSG || errno == EINTR)) {
      const Waited waited = interrupter_.run(wait, [&] {
        size = call(buffer, capacity_, 0);
        return size >= 0 || errno != EINTR;
      });
      if (waited != Waited::ready) return outcome_of(waited);
    }
    if (size < 0) fail_to_receive();
    fill(message, buffer, static_cast<std::size_t>(size));
    return Outcome::done;
  }

  [[nodiscard]] bool give_back(const Message& message) override {
    outgoing_.set(message.type.value_or(1), message.data);
    return outgoing_.send(queue_.id, IPC_NOWAIT) == 0;
  }

 protected:
  [[nodiscard]] const sysv::Found& queue() const { return queue_; }
  [[nodiscard]] Interrupter& interrupter() { return interrupter_; }
  [[nodiscard]] Outgoing& outgoing() { return outgoing_; }
  // One msgrcv(2) of the selected messages.
  [[nodiscard]] ssize_t call(const Buffer& buffer, std::size_t size, int flags) const {
    return call_msgrcv(queue_.id, buffer, size, how_.selection.type, flags_ | flags);
  }
  void fill(Message& message, const Buffer& buffer, std::size_t size) const {
    message.mechanism = mechanism();
    message.name = queue_.name;
    message.data = {buffer.data.data(), size};
    message.type = *buffer.type;
  }
  [[noreturn]] void fail_to_receive() const {
    if (errno != E2BIG) fail(queue_, "msgrcv", "receive");
    if (!how_.size || *how_.size > capacity_) fail_outgrown(queue_, capacity_);
    throw Error{E2BIG, "msgrcv", queue_.text,
                fmt::format("the message has more than {} bytes, and stays in the queue; --size takes longer ones, "
                            "--truncate cuts them",
                            capacity_)};
  }

 private:
  sysv::Found queue_;
  Receiving how_;
  std::size_t capacity_;
  int flags_;
  Interrupter interrupter_;
  Outgoing outgoing_;
};

bool fits(std::int64_t type, const Selection& selection) {
  if (selection.type == 0) return true;
  if (selection.type < 0) return type <= -std::max(selection.type, -std::numeric_limits<std::int64_t>::max());
  return (type == selection.type) != selection.except;
}

// Looks at messages and leaves them where they are, MSG_COPY.
class Copies {
 public:
  Copies(const sysv::Found& queue, const Selection& selection, std::size_t capacity)
      : queue_(queue), selection_(selection), capacity_(capacity) {}

  // Copies the first that fits, in the order in which they would be received; nullopt: there is none.
  [[nodiscard]] std::optional<std::size_t> copy_first(const Buffer& buffer) const {
    long index = 0;
    return selection_.type < 0 ? copy_first_sorted(buffer) : copy_next(buffer, index);
  }

  // Copies the first that fits from `index` on, and leaves the index behind it there.
  [[nodiscard]] std::optional<std::size_t> copy_next(const Buffer& buffer, long& index) const {
    for (;;) {
      const auto size = copy_at(buffer, index);
      if (!size) return std::nullopt;
      ++index;
      if (fits(*buffer.type, selection_)) return size;
    }
  }

  struct Place {
    long type, index;
    auto operator<=>(const Place&) const = default;
  };
  // Those that fit, the lowest type first.
  [[nodiscard]] std::vector<Place> sorted(const Buffer& buffer) const {
    std::vector<Place> found;
    for (long index = 0; copy_next(buffer, index);) found.push_back({*buffer.type, index - 1});
    std::sort(found.begin(), found.end());
    return found;
  }

  // nullopt: it is not there any more, for others were received meanwhile.
  [[nodiscard]] std::optional<std::size_t> copy_place(const Buffer& buffer, const Place& place) const {
    const auto size = copy_at(buffer, place.index);
    return size && *buffer.type == place.type ? size : std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> copy_at(const Buffer& buffer, long index) const {
    const ssize_t size = call_msgrcv(queue_.id, buffer, capacity_, index, IPC_NOWAIT | MSG_COPY);
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno == ENOMSG) return std::nullopt;
    if (errno == EINVAL) refuse_long_copy();
    if (errno == E2BIG) fail_outgrown(queue_, capacity_);
    if (errno == ENOSYS) {
      throw Error{ENOSYS, "msgrcv", queue_.text,
                  "this kernel cannot look at a message without taking it (it lacks CONFIG_CHECKPOINT_RESTORE)"};
    }
    fail(queue_, "msgrcv", "receive");
  }

  // copy_msg() in ipc/msgutil.c makes no copy that is longer than the limit is now: EINVAL, too.
  void refuse_long_copy() const {
    if (stat_any(queue_.id)) {
      throw Error{EINVAL, "msgrcv", queue_.text,
                  fmt::format("a message there is longer than kernel.msgmax = {}, which was lowered since: it can be "
                              "taken, but not looked at",
                              limits().msgmax)};
    }
    errno = EINVAL;
  }

  [[nodiscard]] std::optional<std::size_t> copy_first_sorted(const Buffer& buffer) const {
    for (;;) {
      const std::vector<Place> places = sorted(buffer);
      if (places.empty()) return std::nullopt;
      if (const auto size = copy_place(buffer, places.front())) return size;
    }
  }

  const sysv::Found& queue_;
  Selection selection_;
  std::size_t capacity_;
};

class PeekSource final : public QueueSource {
 public:
  PeekSource(const sysv::Found& queue, const Selection& selection, std::uint64_t index)
      : QueueSource(queue, {.selection = selection}),
        copies_(this->queue(), selection, capacity()),
        is_sorted_(selection.type < 0),
        wanted_(index) {}

  [[nodiscard]] bool takes() const override { return false; }
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return true; }  // it is still there
  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& /*wait*/) override {
    const auto size = is_sorted_ ? next_sorted(buffer) : next(buffer);
    if (!size) return Outcome::timed_out;
    fill(message, buffer, *size);
    return Outcome::done;
  }

 private:
  // Each time from where it was: the kernel counts its way to an index.
  [[nodiscard]] std::optional<std::size_t> next(const Buffer& buffer) {
    for (;; --wanted_) {
      const auto size = copies_.copy_next(buffer, index_);
      if (!size || wanted_ == 0) return size;
    }
  }

  [[nodiscard]] std::optional<std::size_t> next_sorted(const Buffer& buffer) {
    if (!places_) places_ = copies_.sorted(buffer);
    while (wanted_ < places_->size()) {
      if (const auto size = copies_.copy_place(buffer, (*places_)[wanted_])) {
        ++wanted_;
        return size;
      }
      places_ = copies_.sorted(buffer);
    }
    return std::nullopt;
  }

  Copies copies_;
  bool is_sorted_;
  std::uint64_t wanted_;  // next: to be passed over; next_sorted: its place in the order
  long index_ = 0;
  std::optional<std::vector<Copies::Place>> places_;
};

class SafeSource final : public QueueSource {
 public:
  SafeSource(const sysv::Found& queue, const Selection& selection)
      : QueueSource(queue, {.selection = selection}), copies_(this->queue(), selection, capacity()) {}

  [[nodiscard]] bool takes() const override { return is_taken_; }
  [[nodiscard]] bool give_back(const Message& message) override {
    return !is_taken_ || QueueSource::give_back(message);
  }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    is_taken_ = false;
    for (;;) {
      if (stop_requested(wait)) return Outcome::stopped;
      if (const auto size = copies_.copy_first(buffer)) {
        fill(message, buffer, *size);
        return Outcome::done;
      }
      const Waited waited = interrupter().run(wait, [&] { return await(buffer); });
      if (waited != Waited::ready) return outcome_of(waited);
      if (!is_taken_) continue;
      fill(message, buffer, 0);
      return Outcome::done;
    }
  }

  // First the copy: whatever happens then, it is there at least once.
  [[nodiscard]] bool move_back(const Message& message) override {
    if (is_taken_ || !QueueSource::give_back(message)) return false;
    accept(message);
    return true;
  }

  void accept(const Message& message) override {
    if (is_taken_) return;
    const Buffer buffer = room_.reserve(capacity());
    const ssize_t size = call_msgrcv(queue().id, buffer, capacity(), *message.type, IPC_NOWAIT);
    if (size < 0 && errno != ENOMSG && errno != E2BIG) fail(queue(), "msgrcv", "receive");
    if (size >= 0 && message.data == std::string_view{buffer.data.data(), static_cast<std::size_t>(size)}) return;
    if (size >= 0) return_other(*buffer.type, {buffer.data.data(), static_cast<std::size_t>(size)});
    throw Error{Exit::failed, queue().text,
                "another process received the message that was just delivered: --safe is for a single receiver"};
  }

 private:
  // There is no call that only waits. This one fails when a message comes, for it does not fit into no bytes, and
  // leaves it in the queue: msgrcv(2), E2BIG. An empty one fits, and is taken.
  [[nodiscard]] bool await(const Buffer& buffer) {
    is_taken_ = call(buffer, 0, 0) >= 0;
    if (is_taken_ || errno == E2BIG) return true;
    if (errno == EINTR) return false;
    fail(queue(), "msgrcv", "receive");
  }

  // The room it had may be taken: it waits until there is some again, or a signal comes.
  void return_other(std::int64_t type, std::string_view data) {
    outgoing().set(type, data);
    int result = -1;
    const Wait wait{.stop = StopSignals::current()};
    const Waited waited = interrupter().run(wait, [&] {
      result = outgoing().send(queue().id, 0);
      return result == 0 || errno != EINTR;
    });
    if (waited == Waited::ready && result == 0) return;
    throw Error{Exit::failed, queue().text,
                fmt::format("another process receives here, too, and a message of type {} that was taken in its place "
                            "could not go back; it is \"{}\"",
                            type, printable(data))};
  }

  Copies copies_;
  Room room_;
  bool is_taken_ = false;  // the last message: an empty one
};

class QueueSink final : public Sink {
 public:
  QueueSink(sysv::Found queue, std::int64_t type) : queue_(std::move(queue)), type_(type) { read_limits(); }

  [[nodiscard]] std::string_view mechanism() const override { return "sysv-mq"; }
  [[nodiscard]] std::string_view name() const override { return queue_.name; }
  [[nodiscard]] std::size_t capacity() const override { return std::min(message_limit_, queue_limit_); }

  [[nodiscard]] Outcome send(std::string_view data, const Wait& wait) override {
    // One that is longer than the whole queue would wait for ever.
    if (data.size() > capacity()) require_room(data.size());
    if (stop_requested(wait)) return Outcome::stopped;
    outgoing_.set(type_, data);
    int result = wait.is_plain() ? -1 : outgoing_.send(queue_.id, IPC_NOWAIT);
    if (result < 0 && (wait.is_plain() || errno == EAGAIN || errno == EINTR)) {
      const Waited waited = interrupter_.run(wait, [&] {
        result = outgoing_.send(queue_.id, 0);
        return result == 0 || errno != EINTR;
      });
      if (waited != Waited::ready) return outcome_of(waited);
    }
    if (result == 0) return Outcome::done;
    if (errno == EINVAL && stat_any(queue_.id)) require_room(data.size());  // a limit was lowered
    fail(queue_, "msgsnd", "send");
  }

  [[noreturn]] void refuse_length(std::optional<std::uint64_t> bytes) const override {
    const std::string length = bytes ? fmt::format("{} bytes", *bytes) : fmt::format("more than {} bytes", capacity());
    if (queue_limit_ < message_limit_) {
      throw Error{EINVAL, "msgsnd", queue_.text,
                  fmt::format("message is {}, the whole queue takes {} (ipctl sysv-mq set {} --bytes SIZE)", length,
                              queue_limit_, queue_.name)};
    }
    throw Error{
        EINVAL, "msgsnd", queue_.text,
        fmt::format("message is {}, the kernel takes {} (sysctl kernel.msgmax=N raises it)", length, message_limit_)};
  }

 private:
  void read_limits() {
    message_limit_ = static_cast<std::size_t>(limits().msgmax);
    if (const auto status = stat_any(queue_.id)) queue_limit_ = status->msg_qbytes;
  }

  // The limits may have changed since they were read. Keeps errno.
  void require_room(std::size_t bytes) {
    const int code = errno;
    read_limits();
    if (bytes > capacity()) refuse_length(bytes);
    errno = code;
  }

  sysv::Found queue_;
  std::int64_t type_;
  std::size_t message_limit_ = 0;
  std::size_t queue_limit_ = std::numeric_limits<std::size_t>::max();
  Interrupter interrupter_;
  Outgoing outgoing_;
};

}  // namespace

std::unique_ptr<Source> source(const sysv::Found& queue, const Receiving& how) {
  return std::make_unique<QueueSource>(queue, how);
}

std::unique_ptr<Source> peek(const sysv::Found& queue, const Selection& selection, std::uint64_t index) {
  return std::make_unique<PeekSource>(queue, selection, index);
}

std::unique_ptr<Source> safe_source(const sysv::Found& queue, const Selection& selection) {
  return std::make_unique<SafeSource>(queue, selection);
}

std::unique_ptr<Sink> sink(const sysv::Found& queue, std::int64_t type) {
  return std::make_unique<QueueSink>(queue, type);
}

}  // namespace ipctl::sysv_mq
