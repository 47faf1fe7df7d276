// Exit: the exit statuses, one meaning each in every verb. cli/exit.hpp has the table that people read.
#pragma once

namespace ipctl {

enum class Exit : int {
  ok = 0,
  failed = 1,
  usage = 2,
  no = 3,  // empty, full or would block; or the answer is no
  missing = 4,
  exists = 5,
  command_failed = 123,
  timed_out = 124,
  cannot_run = 125,  // ipctl failed before it could run CMD
  not_executable = 126,
  not_found = 127,
};

}  // namespace ipctl
