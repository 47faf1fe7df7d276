// sysv_mq_source: receiving from a System V queue, msgrcv(2), for the sources that take and those that copy.
#pragma once

#include <sys/msg.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "ipc/sysv_mq.hpp"
#include "os/interrupter.hpp"

namespace ipctl::sysv_mq {

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
  [[nodiscard]] int send(int id, int flags) const;

 private:
  std::vector<char> bytes_;
  std::int64_t type_ = 0;
};

// msgrcv(2): bytes received into `buffer`, or -1 with errno set.
[[nodiscard]] ssize_t call_msgrcv(int id, const Buffer& buffer, std::size_t size, std::int64_t type, int flags);

// Throws Error for what errno says of a call on `queue`; purpose: as deny().
[[noreturn]] void fail(const sysv::Found& queue, std::string_view call, std::string_view purpose);
// Throws Error: a message does not fit into the `bytes` that there is room for.
[[noreturn]] void fail_outgrown(const sysv::Found& queue, std::size_t bytes);

class QueueSource : public Source {
 public:
  QueueSource(sysv::Found queue, const Receiving& how);

  [[nodiscard]] std::string_view mechanism() const override { return "sysv-mq"; }
  [[nodiscard]] std::string_view name() const override { return queue_.name; }
  [[nodiscard]] std::size_t capacity() const override { return capacity_; }

  // Of all types: those that are selected are not counted anywhere.
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override;

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override;

  [[nodiscard]] bool give_back(const Message& message) override;

 protected:
  [[nodiscard]] const sysv::Found& queue() const { return queue_; }
  [[nodiscard]] Interrupter& interrupter() { return interrupter_; }
  [[nodiscard]] Outgoing& outgoing() { return outgoing_; }
  // One msgrcv(2) of the selected messages.
  [[nodiscard]] ssize_t call(const Buffer& buffer, std::size_t size, int flags) const {
    return call_msgrcv(queue_.id, buffer, size, how_.selection.type, flags_ | flags);
  }
  void fill(Message& message, const Buffer& buffer, std::size_t size) const;
  [[noreturn]] void fail_to_receive() const;

 private:
  sysv::Found queue_;
  Receiving how_;
  std::size_t capacity_;
  int flags_;
  Interrupter interrupter_;
  Outgoing outgoing_;
};

}  // namespace ipctl::sysv_mq
