// mq: notification of arrivals, mq_notify(3).
#include <fmt/format.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <csignal>

#include "ipc/mq.hpp"
#include "os/error.hpp"
#include "os/process.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::mq {
namespace {

// A real-time signal carries the sender's pid and uid, and is queued rather than merged.
int arrival_signal() {
  return SIGRTMIN;
}

std::string why_taken(const Queue& queue) {
  QueueObject object;
  try {
    object = inspect(queue.name(), Holders::skip);
  } catch (const Error&) {  // removed meanwhile
  }
  if (!object.notify_pid || *object.notify_pid == 0) return "a process that is not visible here holds the registration";
  return fmt::format("process {} ({}) holds the registration for notification; a queue has only one",
                     *object.notify_pid, printable(command_of(*object.notify_pid).value_or("?")));
}

class ArrivalSource final : public Source {
 public:
  explicit ArrivalSource(std::vector<Queue> queues) : queues_(std::move(queues)) {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, arrival_signal());
    check(::sigprocmask(SIG_BLOCK, &set, nullptr), "sigprocmask");
    signals_ = Fd{check(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd")};
    for (std::size_t i = 0; i < queues_.size(); ++i) {
      request(i);
      if (held_before(i)) untold_.push_back(i);
    }
  }
  ~ArrivalSource() override {
    for (const Queue& queue : queues_)
      trace::call(::mq_notify(queue.fd(), nullptr), "mq_notify", "{}, NULL", queue.fd());
  }

  [[nodiscard]] std::string_view mechanism() const override { return "mq"; }
  [[nodiscard]] std::string_view name() const override { return queues_.front().name(); }
  [[nodiscard]] std::size_t capacity() const override { return 32; }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override { return std::nullopt; }
  // Nothing was taken.
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return true; }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    if (!untold_.empty()) {
      fill(untold_.front(), buffer, message);
      untold_.erase(untold_.begin());
      return Outcome::done;
    }
    signalfd_siginfo info{};
    for (;;) {
      if (const Waited waited = wait_for(signals_.get(), POLLIN, wait); waited != Waited::ready) {
        return outcome_of(waited);
      }
      check(::read(signals_.get(), &info, sizeof info), "read", "signalfd");
      // Anyone may send this signal; only the kernel says SI_MESGQ.
      if (info.ssi_code == SI_MESGQ && static_cast<std::size_t>(info.ssi_int) < queues_.size()) break;
    }
    const auto index = static_cast<std::size_t>(info.ssi_int);
    // A registration serves once. The next one stands before this arrival is told: whoever empties the queue on hearing
    // of it is told of everything that comes later.
    request(index);
    fill(index, buffer, message);
    if (info.ssi_pid != 0) {
      message.sender_pid = static_cast<pid_t>(info.ssi_pid);
      message.sender_uid = info.ssi_uid;
    }
    return Outcome::done;
  }

 private:
  void request(std::size_t index) {
    const Queue& queue = queues_[index];
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = arrival_signal();
    event.sigev_value.sival_int = static_cast<int>(index);
    if (trace::call(::mq_notify(queue.fd(), &event), "mq_notify", "{}, {{SIGEV_SIGNAL, signal {}}}", queue.fd(),
                    event.sigev_signo) == 0) {
      return;
    }
    if (errno == EBUSY) throw Error{EBUSY, "mq_notify", queue.name(), why_taken(queue)};
    throw Error{errno, "mq_notify", queue.name()};
  }

  [[nodiscard]] std::uint64_t waiting_in(std::size_t index) const {
    return static_cast<std::uint64_t>(queues_[index].attributes().mq_curmsgs);
  }

  // The kernel tells only of arrivals in an empty queue: what was there already would never be told. Once the
  // registration has served, its signal tells.
  [[nodiscard]] bool held_before(std::size_t index) const {
    if (waiting_in(index) == 0) return false;
    char line[256];
    const int fd = queues_[index].fd();
    const ssize_t size = trace::call(::read(fd, line, sizeof line), "read", "{}, status, {}", fd, sizeof line);
    QueueObject object;
    return size > 0 && parse_status({line, static_cast<std::size_t>(size)}, object) && object.notify_pid == ::getpid();
  }

  void fill(std::size_t index, const Buffer& buffer, Message& message) const {
    const std::string text = std::to_string(waiting_in(index));
    message.mechanism = "mq";
    message.name = queues_[index].name();
    message.data = {buffer.data.data(), text.copy(buffer.data.data(), buffer.data.size())};
  }

  std::vector<Queue> queues_;
  Fd signals_;
  std::vector<std::size_t> untold_;  // queues that held messages before we registered
};

}  // namespace

std::unique_ptr<Source> arrivals(std::vector<Queue> queues) {
  return std::make_unique<ArrivalSource>(std::move(queues));
}

}  // namespace ipctl::mq
