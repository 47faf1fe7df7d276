// sysv_mq: messages through System V queues, msgsnd(2), msgrcv(2).
#include <fmt/format.h>
#include <sys/msg.h>

#include <algorithm>
#include <array>
#include <limits>

#include "ipc/sysv_mq_calls.hpp"
#include "ipc/sysv_mq_source.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_mq {
namespace {

std::string flag_names(int flags) {
  std::string out;
  constexpr std::array<std::pair<int, const char*>, 4> names{
      {{IPC_NOWAIT, "IPC_NOWAIT"}, {MSG_NOERROR, "MSG_NOERROR"}, {MSG_EXCEPT, "MSG_EXCEPT"}, {MSG_COPY, "MSG_COPY"}}};
  for (const auto& [flag, name] : names) {
    if ((flags & flag) != 0) out.append(out.empty() ? "" : "|").append(name);
  }
  return out.empty() ? "0" : out;
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

int Outgoing::send(int id, int flags) const {
  const std::size_t size = bytes_.size() - sizeof(long);
  return trace::call(::msgsnd(id, bytes_.data(), size, flags), "msgsnd", "{}, {{{}, {}}}, {}, {}", id, type_,
                     trace::quoted({bytes_.data() + sizeof(long), size}), size, flags == 0 ? "0" : "IPC_NOWAIT");
}

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

void fail(const sysv::Found& queue, std::string_view call, std::string_view purpose) {
  const int code = errno;
  if (is_gone(code)) fail_missing(queue.text);
  if (code == EACCES) sysv::deny(inspect(queue, Holders::skip), queue, call, purpose);
  throw Error{code, call, queue.text};
}

void fail_outgrown(const sysv::Found& queue, std::size_t bytes) {
  throw Error{
      E2BIG, "msgrcv", queue.text,
      fmt::format("a message of more than {} bytes waits, more than kernel.msgmax was when ipctl began; begin anew, or "
                  "take it with --size SIZE",
                  bytes)};
}

QueueSource::QueueSource(sysv::Found queue, const Receiving& how)
    : queue_(std::move(queue)),
      how_(how),
      capacity_(room_for(queue_, how.size)),
      flags_((how.selection.except ? MSG_EXCEPT : 0) | (how.truncate ? MSG_NOERROR : 0)) {}

std::optional<std::uint64_t> QueueSource::waiting() const {
  const auto status = stat_any(queue_.id);
  return status ? std::optional<std::uint64_t>{status->msg_qnum} : std::nullopt;
}

Outcome QueueSource::receive(const Buffer& buffer, Message& message, const Wait& wait) {
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

bool QueueSource::give_back(const Message& message) {
  outgoing_.set(message.type.value_or(1), message.data);
  return outgoing_.send(queue_.id, IPC_NOWAIT) == 0;
}

void QueueSource::fill(Message& message, const Buffer& buffer, std::size_t size) const {
  message.mechanism = mechanism();
  message.name = queue_.name;
  message.data = {buffer.data.data(), size};
  message.type = *buffer.type;
}

void QueueSource::fail_to_receive() const {
  if (errno != E2BIG) fail(queue_, "msgrcv", "receive");
  if (!how_.size || *how_.size > capacity_) fail_outgrown(queue_, capacity_);
  throw Error{E2BIG, "msgrcv", queue_.text,
              fmt::format("the message has more than {} bytes, and stays in the queue; --size takes longer ones, "
                          "--truncate cuts them",
                          capacity_)};
}

std::unique_ptr<Source> source(const sysv::Found& queue, const Receiving& how) {
  return std::make_unique<QueueSource>(queue, how);
}

std::unique_ptr<Sink> sink(const sysv::Found& queue, std::int64_t type) {
  return std::make_unique<QueueSink>(queue, type);
}

}  // namespace ipctl::sysv_mq
