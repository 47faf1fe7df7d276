// signal_send: signals to several processes, one step or more, and how these ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/output.hpp"
#include "ipc/signal_target.hpp"
#include "os/deadline.hpp"
#include "os/exit.hpp"

namespace ipctl {

struct SignalStep {
  int signal = 0;
  std::optional<Duration> patience;  // how long to wait for the end before the next step
};

struct SignalOptions {
  std::vector<std::string> targets;
  std::vector<SignalStep> steps;  // not empty; with more than one, each has its patience
  signals::Shot shot;             // without the signal
  bool wait = false;              // for the end of all targets, after the last step
  Deadline deadline = Deadline::never();
  bool pass_status = false;  // of the one target
};

/// Sends to each target; a failure on one does not keep it from the others. Prints how those ended that it waited for.
/// JSON: {"schema":1,"signalled":[...],"errors":[{"name","error"}...]}.
/// ok; the status that all failures have in common, or failed; timed_out. With pass_status that of the target, 128 + N
/// where signal N ended it.
[[nodiscard]] Exit send_signals(const SignalOptions& options, const Output& output);

}  // namespace ipctl
