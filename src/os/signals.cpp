// StopSignals: the handler does async-signal-safe things only: count, wake pollers, unblock one descriptor,
// start one timer.
#include "os/signals.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>

#include "os/error.hpp"

namespace ipctl {
namespace {

std::atomic<int> first_signal{0};
std::atomic<int> requests{0};
std::atomic<int> wake_fd{-1};
std::atomic<const StopSignals*> living{nullptr};
std::atomic<int> blocking_fd{-1};
std::atomic<const timer_t*> repeating_timer{nullptr};

std::array<struct sigaction, stop_signals.size()> former;
int passed_to = -1;

// Those that would kill in the middle of a write: a reader that left, RLIMIT_FSIZE. The write fails all the same.
constexpr std::array write_signals{SIGPIPE, SIGXFSZ};
std::array<struct sigaction, write_signals.size()> former_write;

void unblock(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags >= 0) ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

void let_kill() {
  for (std::size_t i = 0; i < stop_signals.size(); ++i) {
    if (former[i].sa_handler != SIG_IGN) static_cast<void>(::signal(stop_signals[i], SIG_DFL));
  }
}

extern "C" void on_stop(int signal) {
  const int saved = errno;
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
  if (++requests >= 2) let_kill();  // whatever we are stuck in, the third one ends it
  const std::uint64_t one = 1;
  if (const int fd = wake_fd; fd >= 0) [[maybe_unused]]
    const auto written = ::write(fd, &one, sizeof one);
  if (const int fd = blocking_fd; fd >= 0) unblock(fd);
  if (const timer_t* const timer = repeating_timer; timer != nullptr) {
    const itimerspec soon{.it_interval = StopSignals::repeat_interval, .it_value = StopSignals::repeat_interval};
    ::timer_settime(*timer, 0, &soon, nullptr);
  }
  errno = saved;
}

}  // namespace

StopSignals::StopSignals() : is_inner_(living != nullptr) {
  if (is_inner_) {
    event_ = Fd{check(::fcntl(living.load()->fd(), F_DUPFD_CLOEXEC, 0), "fcntl")};
    return;
  }
  event_ = Fd{check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")};
  first_signal = 0;
  requests = 0;
  wake_fd = event_.get();
  living = this;
  struct sigaction action {};
  action.sa_handler = on_stop;  // no SA_RESTART: a blocked call returns EINTR
  for (std::size_t i = 0; i < stop_signals.size(); ++i) {
    check(::sigaction(stop_signals[i], nullptr, &former[i]), "sigaction");
    if (former[i].sa_handler != SIG_IGN) check(::sigaction(stop_signals[i], &action, nullptr), "sigaction");
  }
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  for (std::size_t i = 0; i < write_signals.size(); ++i) {
    check(::sigaction(write_signals[i], &ignore, &former_write[i]), "sigaction");
  }
}

StopSignals::~StopSignals() {
  if (is_inner_) return;
  for (std::size_t i = 0; i < stop_signals.size(); ++i) ::sigaction(stop_signals[i], &former[i], nullptr);
  for (std::size_t i = 0; i < write_signals.size(); ++i) ::sigaction(write_signals[i], &former_write[i], nullptr);
  living = nullptr;
  wake_fd = -1;
  blocking_fd = -1;
}

const StopSignals* StopSignals::current() noexcept {
  return living;
}

int StopSignals::requested() noexcept {
  return first_signal;
}

int StopSignals::count() noexcept {
  return requests;
}

void StopSignals::unblock_on_stop(int fd) noexcept {
  blocking_fd = fd;
  // The signal may have come between the caller's last look and this line.
  if (fd >= 0 && requests > 0) unblock(fd);
}

void StopSignals::repeat_on_stop(const timer_t* timer) noexcept {
  repeating_timer = timer;
}

void StopSignals::pass_on_to(int pidfd) noexcept {
  passed_to = pidfd;
}

void StopSignals::die_of(int signal) noexcept {
  if (passed_to >= 0 && requested() != 0) ::syscall(SYS_pidfd_send_signal, passed_to, SIGTERM, nullptr, 0);
  static_cast<void>(::signal(signal, SIG_DFL));
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, signal);
  static_cast<void>(::raise(signal));
  ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
  std::_Exit(128 + signal);  // reached only as PID 1 of a namespace, which its own signals do not kill
}

}  // namespace ipctl
