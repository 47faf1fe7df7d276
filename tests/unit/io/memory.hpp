// A Source and a Sink in memory, which do as they are told.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "ipc/message.hpp"
#include "os/error.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl::test {

/// Writes a line to `fd`, if there is one: what a forked child did, for its parent to read.
inline void log_line(int fd, std::string_view verb, std::string_view data) {
  if (fd >= 0) put(fd, std::string(verb).append(" ").append(data).append("\n"));
}

/// Gives out `messages`, then what `when_empty` says. Logs "took DATA" and "back DATA", and where it is safe "accepted
/// DATA".
class MemorySource : public Source {
 public:
  struct Item {
    std::string data;
    std::uint32_t priority = 0;
  };

  [[nodiscard]] std::string_view mechanism() const override { return "mq"; }
  [[nodiscard]] std::string_view name() const override { return "/memory"; }
  [[nodiscard]] std::size_t capacity() const override { return 8192; }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override { return messages.size(); }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    if (before_receive) before_receive();
    if (messages.empty()) return when_empty(wait);
    const Item item = messages.front();
    if (!is_safe) messages.pop_front();
    std::copy(item.data.begin(), item.data.end(), buffer.data.begin());
    if (buffer.attribute != nullptr) *buffer.attribute = item.priority;
    message.mechanism = mechanism();
    message.name = name();
    message.data = {buffer.data.data(), item.data.size()};
    message.priority = item.priority;
    log_line(log, "took", item.data);
    return Outcome::done;
  }

  [[nodiscard]] bool takes() const override { return !is_safe; }
  void accept(const Message& message) override {
    if (!is_safe) return;
    if (is_interfered) throw Error{Exit::failed, name(), "another took it"};
    EXPECT_EQ(messages.front().data, message.data);
    messages.pop_front();
    log_line(log, "accepted", message.data);
  }

  [[nodiscard]] bool give_back(const Message& message) override {
    if (!takes_back) return false;
    log_line(log, "back", message.data);
    given_back.emplace_back(message.data);
    messages.push_front({std::string(message.data), message.priority.value_or(0)});
    return true;
  }

  std::deque<Item> messages;
  std::vector<std::string> given_back;
  bool takes_back = true;
  bool is_safe = false;        // a message stays until it is accepted
  bool is_interfered = false;  // another takes it before
  int log = -1;
  std::function<void()> before_receive;
  /// Waits as a mechanism would, for a message that never comes.
  std::function<Outcome(const Wait&)> when_empty = [](const Wait& wait) {
    switch (wait_for(std::span<pollfd>{}, wait)) {
      case Waited::stopped: return Outcome::stopped;
      case Waited::woken: return Outcome::woken;
      default: return Outcome::timed_out;
    }
  };
};

/// Takes messages until there are `most`; then it is full. Logs "sent DATA".
class MemorySink : public Sink {
 public:
  [[nodiscard]] std::string_view mechanism() const override { return "mq"; }
  [[nodiscard]] std::string_view name() const override { return "/memory"; }
  [[nodiscard]] std::size_t capacity() const override { return 20; }

  [[nodiscard]] Outcome send(std::string_view data, const Wait& wait) override {
    if (data.size() > capacity()) refuse_length(data.size());
    if (before_send) before_send();
    if (sent.size() < most) {
      log_line(log, "sent", data);
      sent.emplace_back(data);
      return Outcome::done;
    }
    switch (wait_for(std::span<pollfd>{}, wait)) {
      case Waited::stopped: return Outcome::stopped;
      case Waited::woken: return Outcome::woken;
      default: return Outcome::timed_out;
    }
  }

  [[noreturn]] void refuse_length(std::optional<std::uint64_t> bytes) const override {
    throw Error{EMSGSIZE, "send", name(), "too long: " + (bytes ? std::to_string(*bytes) : "unknown")};
  }

  std::vector<std::string> sent;
  std::size_t most = SIZE_MAX;
  int log = -1;
  std::function<void()> before_send;
};

}  // namespace ipctl::test
