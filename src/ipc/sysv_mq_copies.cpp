// sysv_mq: messages that are looked at and left where they are, MSG_COPY of msgrcv(2), and taken later or never.
#include <fmt/format.h>
#include <sys/msg.h>

#include <algorithm>
#include <limits>

#include "ipc/sysv_mq_calls.hpp"
#include "ipc/sysv_mq_source.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl::sysv_mq {
namespace {

// Where a message is received into that no caller sees.
struct Room {
  std::vector<char> bytes;
  Buffer reserve(std::size_t size) {
    bytes.resize(sizeof(long) + size);
    return {.data = std::span{bytes}.subspan(sizeof(long)), .type = reinterpret_cast<long*>(bytes.data())};
  }
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
  };
  // Those that fit, the lowest type first.
  [[nodiscard]] std::vector<Place> sorted(const Buffer& buffer) const {
    std::vector<Place> found;
    for (long index = 0; copy_next(buffer, index);) found.push_back({*buffer.type, index - 1});
    std::stable_sort(found.begin(), found.end(), [](const Place& a, const Place& b) { return a.type < b.type; });
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

}  // namespace

std::unique_ptr<Source> peek(const sysv::Found& queue, const Selection& selection, std::uint64_t index) {
  return std::make_unique<PeekSource>(queue, selection, index);
}

std::unique_ptr<Source> safe_source(const sysv::Found& queue, const Selection& selection) {
  return std::make_unique<SafeSource>(queue, selection);
}

}  // namespace ipctl::sysv_mq
