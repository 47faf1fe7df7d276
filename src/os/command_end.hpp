// CommandEnd: how a command ended, wait(2), and what ipctl makes of it.
#pragma once

#include "os/exit.hpp"

namespace ipctl {

struct CommandEnd {
  int status = 0;  // 0 to 255, or 128 + signal
  int signal = 0;  // that ended it; 0: it ended by itself
};

/// From a status of waitpid(2) that tells of an end.
[[nodiscard]] CommandEnd command_end(int wait_status);

/// The status of a verb whose command ended with `status` (as in CommandEnd) while `received`, 0 for none, was the last
/// signal that came to ipctl. Where that one ended the command it ends ipctl as well, and this does not return: Ctrl-C
/// is for both, and the shell is to see it.
[[nodiscard]] Exit end_as(int status, int received);

}  // namespace ipctl
