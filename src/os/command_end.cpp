// CommandEnd: statuses of waitpid(2).
#include "os/command_end.hpp"

#include <sys/wait.h>

#include "os/signals.hpp"

namespace ipctl {

CommandEnd command_end(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {128 + WTERMSIG(wait_status), WTERMSIG(wait_status)};
  return {WEXITSTATUS(wait_status), 0};
}

Exit end_as(int status, int received) {
  if (received != 0 && status == 128 + received) StopSignals::die_of(received);
  return static_cast<Exit>(status);
}

}  // namespace ipctl
