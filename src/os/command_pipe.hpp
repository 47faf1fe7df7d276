// CommandPipe: a command with one pipe to its standard input or from its standard output, as popen(3).
#pragma once

#include <string>
#include <vector>

#include "os/child.hpp"
#include "os/fd.hpp"

namespace ipctl {

/// What runs `text` in the shell, as popen(3) and system(3) do.
[[nodiscard]] std::vector<std::string> shell_command(const std::string& text);

class CommandPipe {
 public:
  enum class Way {
    to,    // we write, it reads: its standard input
    from,  // it writes, we read: its standard output
  };

  /// Finds and starts `command` (not empty) with `environment` over ours; its other streams are ours. Throws Error:
  /// not_found, not_executable or cannot_run.
  CommandPipe(Way way, const std::vector<std::string>& command, const Environment& environment = {});

  /// Our end, close-on-exec, and nobody else's: its flags may be changed. -1 once it was taken or closed. A write to a
  /// command that reads no more fails with EPIPE, and raises SIGPIPE unless StopSignals or SignalRelay live.
  [[nodiscard]] int end() const noexcept { return end_.get(); }
  [[nodiscard]] Fd take_end() noexcept { return std::move(end_); }
  /// The command sees the end of its input, or that nobody reads.
  void close_end() noexcept { end_.reset(); }

  [[nodiscard]] Child& child() noexcept { return child_; }
  /// Closes our end and waits, as pclose(3). Returns as Child::wait().
  [[nodiscard]] int close();

 private:
  struct Parts;
  explicit CommandPipe(Parts parts);

  Fd end_;
  Child child_;
};

}  // namespace ipctl
