// mq: messages through POSIX queues, mq_send(3), mq_receive(3).
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "ipc/mq.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::mq {
namespace {

// Blocks in the call itself where nothing but a stop request can end the wait: one system call a message.
void choose_way(Queue& queue, bool plain, bool& was_plain) {
  queue.set_blocking(plain);
  if (plain != was_plain) StopSignals::unblock_on_stop(plain ? queue.fd() : -1);
  was_plain = plain;
}

// What goes into it then ends with the last descriptor that is open.
bool is_removed(const Queue& queue) {
  struct stat status {};
  return ::fstat(queue.fd(), &status) == 0 && status.st_nlink == 0;
}

class QueueSource final : public Source {
 public:
  explicit QueueSource(std::vector<Queue> queues) : queues_(std::move(queues)) {
    for (const Queue& queue : queues_) {
      capacity_ = std::max(capacity_, static_cast<std::size_t>(queue.attributes().mq_msgsize));
    }
  }
  ~QueueSource() override { StopSignals::unblock_on_stop(-1); }

  [[nodiscard]] std::string_view mechanism() const override { return "mq"; }
  [[nodiscard]] std::string_view name() const override { return queues_.front().name(); }
  [[nodiscard]] std::size_t capacity() const override { return capacity_; }

  [[nodiscard]] std::optional<std::uint64_t> waiting() const override {
    std::uint64_t sum = 0;
    for (const Queue& queue : queues_) sum += static_cast<std::uint64_t>(queue.attributes().mq_curmsgs);
    return sum;
  }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    return queues_.size() == 1 ? receive_one(buffer, message, wait) : receive_any(buffer, message, wait);
  }

  [[nodiscard]] bool give_back(const Message& message) override {
    const auto queue =
        std::find_if(queues_.begin(), queues_.end(), [&](const Queue& q) { return q.name() == message.name; });
    if (queue == queues_.end() || is_removed(*queue)) return false;
    // The same queue, even if its name means another by now.
    const std::string path = fmt::format("/proc/self/fd/{}", queue->fd());
    const Fd fd{trace::call(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC), "open",
                            "{}, O_WRONLY|O_NONBLOCK|O_CLOEXEC", trace::quoted(path))};
    if (!fd) return false;
    const unsigned priority = message.priority.value_or(0);
    return trace::call(::mq_send(fd.get(), message.data.data(), message.data.size(), priority), "mq_send",
                       "{}, {}, {}, {}", fd.get(), trace::quoted(message.data), message.data.size(), priority) == 0;
  }

 private:
  // True when a message came; false with errno set.
  bool take(const Queue& queue, const Buffer& buffer, Message& message) {
    unsigned own = 0;
    unsigned* const priority = buffer.attribute != nullptr ? buffer.attribute : &own;
    const ssize_t size = ::mq_receive(queue.fd(), buffer.data.data(), buffer.data.size(), priority);
    if (trace::on()) {
      const std::size_t shown = size < 0 ? 0 : static_cast<std::size_t>(size);
      trace::call(size, "mq_receive", "{}, {}, {}, {}", queue.fd(), trace::quoted({buffer.data.data(), shown}),
                  buffer.data.size(), *priority);
    }
    if (size < 0) return false;
    message.mechanism = "mq";
    message.name = queue.name();
    message.data = {buffer.data.data(), static_cast<std::size_t>(size)};
    message.priority = *priority;
    return true;
  }

  Outcome receive_one(const Buffer& buffer, Message& message, const Wait& wait) {
    Queue& queue = queues_.front();
    choose_way(queue, wait.is_plain(), plain_);
    for (;;) {
      // A queue that never runs empty must not keep us from noticing.
      if (stop_requested(wait)) return Outcome::stopped;
      if (take(queue, buffer, message)) return Outcome::done;
      if (errno == EINTR) continue;
      if (errno != EAGAIN) throw Error{errno, "mq_receive", queue.name()};
      if (const Waited waited = wait_for(queue.fd(), POLLIN, wait); waited != Waited::ready) return outcome_of(waited);
    }
  }

  Outcome receive_any(const Buffer& buffer, Message& message, const Wait& wait) {
    for (;;) {
      if (stop_requested(wait)) return Outcome::stopped;
      for (std::size_t tried = 0; tried < queues_.size(); ++tried) {
        const Queue& queue = queues_[next_];
        next_ = (next_ + 1) % queues_.size();
        if (take(queue, buffer, message)) return Outcome::done;
        if (errno != EAGAIN && errno != EINTR) throw Error{errno, "mq_receive", queue.name()};
      }
      std::vector<pollfd> fds;
      for (const Queue& queue : queues_) fds.push_back({.fd = queue.fd(), .events = POLLIN, .revents = 0});
      if (const Waited waited = wait_for(fds, wait); waited != Waited::ready) return outcome_of(waited);
    }
  }

  std::vector<Queue> queues_;
  std::size_t capacity_ = 0;
  std::size_t next_ = 0;
  bool plain_ = false;
};

class QueueSink final : public Sink {
 public:
  QueueSink(Queue queue, std::uint32_t priority)
      : queue_(std::move(queue)),
        priority_(priority),
        capacity_(static_cast<std::size_t>(queue_.attributes().mq_msgsize)) {}
  ~QueueSink() override { StopSignals::unblock_on_stop(-1); }

  [[nodiscard]] std::string_view mechanism() const override { return "mq"; }
  [[nodiscard]] std::string_view name() const override { return queue_.name(); }
  [[nodiscard]] std::size_t capacity() const override { return capacity_; }

  [[nodiscard]] Outcome send(std::string_view data, const Wait& wait) override {
    if (data.size() > capacity_) refuse_length(data.size());
    choose_way(queue_, wait.is_plain(), plain_);
    for (;;) {
      if (stop_requested(wait)) return Outcome::stopped;
      if (trace::call(::mq_send(queue_.fd(), data.data(), data.size(), priority_), "mq_send", "{}, {}, {}, {}",
                      queue_.fd(), trace::quoted(data), data.size(), priority_) == 0) {
        return Outcome::done;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN) throw Error{errno, "mq_send", queue_.name()};
      if (const Waited waited = wait_for(queue_.fd(), POLLOUT, wait); waited != Waited::ready)
        return outcome_of(waited);
    }
  }

  [[noreturn]] void refuse_length(std::optional<std::uint64_t> bytes) const override {
    const std::string length = bytes ? fmt::format("{} bytes", *bytes) : fmt::format("more than {} bytes", capacity_);
    throw Error{EMSGSIZE, "mq_send", queue_.name(),
                fmt::format("message is {}, the queue takes {} (set at creation: --message-size; limit: "
                            "fs.mqueue.msgsize_max)",
                            length, capacity_)};
  }

 private:
  Queue queue_;
  std::uint32_t priority_;
  std::size_t capacity_;
  bool plain_ = false;
};

}  // namespace

std::unique_ptr<Source> source(std::vector<Queue> queues) {
  return std::make_unique<QueueSource>(std::move(queues));
}

std::unique_ptr<Sink> sink(Queue queue, std::uint32_t priority) {
  return std::make_unique<QueueSink>(std::move(queue), priority);
}

}  // namespace ipctl::mq
