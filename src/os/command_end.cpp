// CommandEnd: statuses of waitpid(2), names of signals.
#include "os/command_end.hpp"

#include <sys/wait.h>

#include <csignal>
#include <cstring>

#include "os/signals.hpp"

namespace ipctl {

CommandEnd command_end(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {128 + WTERMSIG(wait_status), WTERMSIG(wait_status)};
  return {WEXITSTATUS(wait_status), 0};
}

std::string signal_name(int signal) {
  if (const char* const name = ::sigabbrev_np(signal)) return std::string{"SIG"} + name;
  if (signal >= SIGRTMIN && signal <= SIGRTMAX) {
    return signal == SIGRTMIN ? "SIGRTMIN" : "SIGRTMIN+" + std::to_string(signal - SIGRTMIN);
  }
  return "signal " + std::to_string(signal);
}

Exit end_as(int status, int received) {
  if (received != 0 && status == 128 + received) StopSignals::die_of(received);
  return static_cast<Exit>(status);
}

}  // namespace ipctl
