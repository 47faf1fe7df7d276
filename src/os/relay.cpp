// SignalRelay: the signals are blocked and taken one by one, SIGCHLD among them.
#include "os/relay.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "os/error.hpp"

namespace ipctl {
namespace {

// Those of faults, which cannot wait, and of job control.
constexpr std::array left_alone{SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,  SIGTRAP,  SIGSYS, SIGABRT,
                                SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGWINCH, SIGURG};

// A failing write raises them, and the kernel says that we sent them: they are told by the error.
constexpr std::array write_signals{SIGPIPE, SIGXFSZ};

bool is_of_own_write(const siginfo_t& info) {
  return std::find(write_signals.begin(), write_signals.end(), info.si_signo) != write_signals.end() &&
         info.si_pid == ::getpid();
}

// Looks at each, so that none stays a zombie.
bool all_ended(std::span<Child> children) {
  return std::count_if(children.begin(), children.end(), [](Child& child) { return !child.poll(); }) == 0;
}

}  // namespace

SignalRelay::SignalRelay() {
  ::sigfillset(&signals_);
  for (const int signal : left_alone) ::sigdelset(&signals_, signal);
  for (int signal = 1; signal < NSIG; ++signal) {
    struct sigaction action {};
    // One that is ignored stays so: a blocked one would be kept for us.
    if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) ::sigdelset(&signals_, signal);
  }
  // Those that StopSignals may be ignoring now would kill once it is gone.
  for (const int signal : {SIGCHLD, SIGPIPE, SIGXFSZ}) ::sigaddset(&signals_, signal);
  check(::sigprocmask(SIG_BLOCK, &signals_, &former_), "sigprocmask");
}

SignalRelay::~SignalRelay() {
  // What writes of ours raised was told by their errors: it is not to kill now.
  sigset_t raised;
  ::sigemptyset(&raised);
  for (const int signal : write_signals) {
    if (::sigismember(&former_, signal) == 0) ::sigaddset(&raised, signal);
  }
  constexpr timespec now{};
  while (::sigtimedwait(&raised, nullptr, &now) > 0) continue;
  ::sigprocmask(SIG_SETMASK, &former_, nullptr);
}

int SignalRelay::wait(Child& child) {
  wait(std::span{&child, 1});
  return child.wait();
}

void SignalRelay::wait(std::span<Child> children) {
  while (!all_ended(children)) {
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&signals_, &info);
    if (signal < 0 && errno != EINTR) throw Error{errno, "sigwaitinfo", {}};
    if (signal > 0) note(info, children);
  }
}

int SignalRelay::fd() {
  if (!readable_) readable_.reset(check(::signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd"));
  return readable_.get();
}

void SignalRelay::take(std::span<Child> children) {
  siginfo_t info{};
  constexpr timespec now{};
  while (::sigtimedwait(&signals_, &info, &now) > 0) note(info, children);
  static_cast<void>(all_ended(children));
}

void SignalRelay::note(const siginfo_t& info, std::span<Child> children) {
  const int signal = info.si_signo;
  if (signal == SIGCHLD || is_of_own_write(info)) return;
  received_ = signal;
  // SI_USER, SI_QUEUE and the like: from a process. A terminal that hangs up tells the leader of its session alone.
  if (info.si_code > 0 && signal != SIGHUP) return;
  for (Child& child : children) child.signal(signal);
}

}  // namespace ipctl
