// signals: blocked, and read from a descriptor with all that the kernel tells of each.
#include "ipc/signal_source.hpp"

#include <fmt/format.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <map>

#include "ipc/signal_names.hpp"
#include "os/error.hpp"
#include "os/process.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::signals {
namespace {

struct Code {
  int number;
  std::string_view words;
};

// sigaction(2)
constexpr Code any_codes[] = {
    {SI_USER, "user"},   {SI_KERNEL, "kernel"},   {SI_QUEUE, "queue"}, {SI_TIMER, "timer"},
    {SI_MESGQ, "mesgq"}, {SI_ASYNCIO, "asyncio"}, {SI_SIGIO, "sigio"}, {SI_TKILL, "tkill"},
};
constexpr Code child_codes[] = {
    {CLD_EXITED, "child exited"},   {CLD_KILLED, "child killed"},   {CLD_DUMPED, "child dumped core"},
    {CLD_TRAPPED, "child trapped"}, {CLD_STOPPED, "child stopped"}, {CLD_CONTINUED, "child continued"},
};
constexpr Code io_codes[] = {
    {POLL_IN, "input"},  {POLL_OUT, "output"},   {POLL_MSG, "message"},
    {POLL_ERR, "error"}, {POLL_PRI, "priority"}, {POLL_HUP, "hangup"},
};

std::string_view find_words(std::span<const Code> codes, int number) {
  const auto found =
      std::find_if(codes.begin(), codes.end(), [number](const Code& each) { return each.number == number; });
  return found == codes.end() ? std::string_view{} : found->words;
}

bool is_child(const signalfd_siginfo& info) {
  return info.ssi_signo == SIGCHLD && !find_words(child_codes, info.ssi_code).empty();
}

// F_SETSIG of fcntl(2) can put another in the place of IO.
bool is_io(const signalfd_siginfo& info) {
  const bool can_be = info.ssi_signo == SIGIO || info.ssi_signo >= static_cast<std::uint32_t>(SIGRTMIN);
  return info.ssi_code == SI_SIGIO || (can_be && !find_words(io_codes, info.ssi_code).empty());
}

bool has_sender(const signalfd_siginfo& info) {
  return info.ssi_code == SI_USER || info.ssi_code == SI_QUEUE || info.ssi_code == SI_TKILL ||
         info.ssi_code == SI_MESGQ || is_child(info);
}

bool has_value(const signalfd_siginfo& info) {
  return info.ssi_code == SI_QUEUE || info.ssi_code == SI_TIMER || info.ssi_code == SI_MESGQ;
}

class SignalSource final : public Source {
 public:
  explicit SignalSource(const std::vector<int>& numbers) : sees_all_(is_in_first_pid_namespace()) {
    ::sigemptyset(&set_);
    for (const int number : numbers) {
      ::sigaddset(&set_, number);
      names_[number] = name_of(number);
      shown_ += (shown_.empty() ? "" : " ") + names_[number];
    }
    check(trace::call(::sigprocmask(SIG_BLOCK, &set_, nullptr), "sigprocmask", "SIG_BLOCK, [{}]", shown_),
          "sigprocmask");
    // The kernel tells a process that ignores CHLD nothing of its children: waitpid(2), NOTES.
    struct sigaction action {};
    if (names_.contains(SIGCHLD) && ::sigaction(SIGCHLD, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) {
      static_cast<void>(::signal(SIGCHLD, SIG_DFL));
    }
    fd_.reset(check(trace::call(::signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd",
                                "-1, [{}], SFD_CLOEXEC|SFD_NONBLOCK", shown_),
                    "signalfd"));
  }

  [[nodiscard]] std::string_view mechanism() const override { return "signal"; }
  [[nodiscard]] std::string_view name() const override { return names_.begin()->second; }
  [[nodiscard]] std::size_t capacity() const override { return sizeof(signalfd_siginfo); }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override { return std::nullopt; }

  [[nodiscard]] Outcome receive(const Buffer& /*buffer*/, Message& message, const Wait& wait) override {
    for (;;) {
      if (stop_requested(wait)) return Outcome::stopped;
      signalfd_siginfo info{};
      const ssize_t size = ::read(fd_.get(), &info, sizeof info);
      trace::call(size, "read", "{} (signalfd), {}, {}", fd_.get(),
                  size < 0 ? "" : "si_signo=" + std::to_string(info.ssi_signo), sizeof info);
      if (size == static_cast<ssize_t>(sizeof info)) {
        fill(message, info);
        return Outcome::done;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN) throw Error{errno, "read", "signalfd"};
      if (const Waited waited = wait_for(fd_.get(), POLLIN, wait); waited != Waited::ready) return outcome_of(waited);
    }
  }

  // Sent again, it would have another sender, and be gone when we are.
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return false; }

 private:
  using FieldValue = decltype(MessageField::value);

  void fill(Message& message, const signalfd_siginfo& info) {
    const int number = static_cast<int>(info.ssi_signo);
    message.mechanism = "signal";
    message.name = names_.at(number);
    message.data = message.name;
    const bool sender = has_sender(info) && info.ssi_pid != 0;
    if (sender) {
      message.sender_pid = static_cast<pid_t>(info.ssi_pid);
      message.sender_uid = info.ssi_uid;
    }
    command_ = sender ? command_of(static_cast<pid_t>(info.ssi_pid)) : std::nullopt;
    code_ = code_in_words(number, info.ssi_code);
    const auto known = [](bool is_known, std::int64_t value) { return is_known ? FieldValue{value} : FieldValue{}; };
    fields_ = {{
        {"signal", std::string_view{message.name}},
        {"number", std::int64_t{number}},
        {"code", code_.empty() ? FieldValue{} : FieldValue{code_}},
        {"si_code", std::int64_t{info.ssi_code}},
        {"value", known(has_value(info), info.ssi_int)},
        {"sender_command", command_ ? FieldValue{std::string_view{*command_}} : FieldValue{}},
        {"lost", lost(info)},
        {"status", known(is_child(info), info.ssi_status)},
        {"timer", known(info.ssi_code == SI_TIMER, info.ssi_tid)},
        {"overrun", known(info.ssi_code == SI_TIMER, info.ssi_overrun)},
        {"fd", known(is_io(info), info.ssi_fd)},
        {"band", known(is_io(info), info.ssi_band)},
    }};
    message.fields = fields_;
  }

  // With no room in the queue, the kernel delivers a signal that it may not lose with nothing but zeros, signal(7).
  // Those are also what it tells of a sender in an outer PID namespace.
  [[nodiscard]] FieldValue lost(const signalfd_siginfo& info) const {
    const bool zeros = info.ssi_code == SI_USER && info.ssi_pid == 0 && info.ssi_uid == 0;
    if (zeros && !sees_all_) return {};
    return zeros;
  }

  bool sees_all_;
  sigset_t set_{};
  std::map<int, std::string> names_;
  std::string shown_;
  Fd fd_;
  // Of the last message.
  std::optional<std::string> command_;
  std::string_view code_;
  std::array<MessageField, 12> fields_{};
};

}  // namespace

std::string_view code_in_words(int signal, int code) {
  if (const auto words = find_words(any_codes, code); !words.empty()) return words;
  if (signal == SIGCHLD) return find_words(child_codes, code);
  if (signal == SIGIO || signal >= SIGRTMIN) return find_words(io_codes, code);
  return {};
}

void require_receivable(int number) {
  if (!is_beyond_control(number)) return;
  throw UsageError(
      fmt::format("{0} cannot be waited for: nobody blocks, catches or ignores {0}, signal(7)", name_of(number)));
}

std::unique_ptr<Source> source(const std::vector<int>& numbers) {
  return std::make_unique<SignalSource>(numbers);
}

}  // namespace ipctl::signals
