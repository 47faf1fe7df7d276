// pipe run: a pipeline as the command line describes it, or one command with pipes of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/output.hpp"
#include "os/exit.hpp"
#include "os/units.hpp"

namespace ipctl {

struct PipeRunOptions {
  std::vector<std::string> command;  // "A ARG ::: B ARG"
  std::string separator = ":::";
  bool packet = false, bidirectional = false, fan_out = false, pipefail = false;
  std::optional<Size> capacity;
  std::vector<std::string> tees;  // [N:]FILE
  std::string status;             // a file; status_to_stderr; empty: nobody asked
  std::vector<std::string> names;
  static constexpr const char* status_to_stderr = "/dev/stderr";
};

/// Throws UsageError for options that exclude each other.
void validate(const PipeRunOptions& options);

/// Runs the pipeline. Returns the status of the last part, or with pipefail of the last one that failed; 1 where that
/// is 0 and a file of --tee could not be written. Ends the process where a signal came to it that ended that part as
/// well. Throws Error with not_found or not_executable before anything is started, cannot_run where a pipe or file
/// cannot be made; from a part that could not be started, once the others have ended.
[[nodiscard]] Exit run_pipeline(const PipeRunOptions& options, const Output& out);

/// Runs options.command in place of this process, with both ends of a pipe for each of options.names, open as 3 to 9.
/// Their numbers are in IPCTL_FD_NAME_READ and IPCTL_FD_NAME_WRITE, all of them in IPCTL_FD. Throws Error.
[[noreturn]] void run_with_pipes(const PipeRunOptions& options);

}  // namespace ipctl
