// exit: the table of exit statuses.
#include "cli/exit.hpp"

namespace ipctl {

std::span<const ExitMeaning> exit_meanings() {
  static constexpr ExitMeaning meanings[] = {
      {0, "done"},
      {1, "failed"},
      {2, "the command line cannot be obeyed"},
      {3, "empty, full or would block; or the answer is no"},
      {4, "no such object"},
      {5, "the object exists already"},
      {123, "a command that listen ran failed"},
      {124, "timed out"},
      {125, "ipctl failed before it could run CMD"},
      {126, "CMD cannot be executed"},
      {127, "CMD not found"},
      {128, "128+N: ended by signal N"},
  };
  return meanings;
}

}  // namespace ipctl
