// stoppable: signals end an action between two steps of it, not in the middle.
#include "io/stoppable.hpp"

#include <cerrno>

#include "os/error.hpp"
#include "os/signals.hpp"

namespace ipctl {

Exit until_stopped(const std::function<Exit()>& action) {
  const StopSignals stop;
  try {
    return action();
  } catch (const Error& error) {
    if (StopSignals::requested() == 0 || error.code() != EINTR) throw;
  }
  StopSignals::die_of(StopSignals::requested());
}

}  // namespace ipctl
