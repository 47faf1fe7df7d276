// SignalRelay: the signals are blocked and taken one by one, SIGCHLD among them.
#include "os/relay.hpp"

#include <array>
#include <cerrno>

#include "os/error.hpp"

namespace ipctl {
namespace {

// Those of faults, which cannot wait, and of job control.
constexpr std::array left_alone{SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,  SIGTRAP,  SIGSYS, SIGABRT,
                                SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGWINCH, SIGURG};

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
  ::sigprocmask(SIG_SETMASK, &former_, nullptr);
}

int SignalRelay::wait(Child& child) {
  for (;;) {
    if (const auto status = child.poll()) return *status;
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&signals_, &info);
    if (signal < 0 && errno != EINTR) throw Error{errno, "sigwaitinfo", {}};
    if (signal < 0 || signal == SIGCHLD) continue;
    received_ = signal;
    // SI_USER, SI_QUEUE and the like: from a process. A terminal that hangs up tells the leader of its session alone.
    if (info.si_code <= 0 || signal == SIGHUP) ::kill(child.pid(), signal);
  }
}

}  // namespace ipctl
