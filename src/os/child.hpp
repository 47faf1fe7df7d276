// Child: one command run as a child process, posix_spawn(3), waitpid(2), pidfd_open(2).
#pragma once

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "os/command_end.hpp"
#include "os/error.hpp"
#include "os/fd.hpp"

namespace ipctl {

/// NAME=VALUE pairs that are set over the inherited environment.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// What execvp(3) would run for `name`: itself when it holds a slash, else the first file of that name in PATH that may
/// be executed. Throws Error: not_found, or not_executable where all there is cannot be executed (a directory, no
/// permission).
[[nodiscard]] std::string find_command(const std::string& name);

/// What has to be done before a command can run: an Error from it that has no status of its own says cannot_run.
template <class Prepare>
auto before_command(Prepare prepare) {
  try {
    return prepare();
  } catch (const Error& error) {
    if (error.status() != Exit::failed) throw;
    throw Error{Exit::cannot_run, {}, error.what()};
  }
}

/// Gives `fd` (close-on-exec) a number from 3 to 9 that a command inherits: shells can write to no others. Returns the
/// number. Throws Error (cannot_run) where all are taken.
[[nodiscard]] int pass_on(Fd fd);

/// Runs `arguments` (not empty; [0] as found by find_command is `path`) in place of this process, with `environment`
/// over ours, execve(2). Signals stay as they are. Throws Error: not_found, not_executable or cannot_run.
[[noreturn]] void replace_process(const std::string& path, const std::vector<std::string>& arguments,
                                  const Environment& environment);

/// What a command gets of our descriptors, beside those that are not close-on-exec. -1: standard input or output as
/// ours.
struct Streams {
  int input = -1;
  int output = -1;                   // neither is the other's number, 0 for output or 1 for input
  std::span<const int> passed = {};  // close-on-exec here, open in the command under the same numbers, 3 or more
};

class Child {
 public:
  /// Starts `arguments` (not empty; [0] as found by find_command is `path`) with `streams` and `environment` over ours.
  /// Signals have their default action in it, but for those of os/signals.hpp that were ignored when ipctl started;
  /// none is blocked. Descriptors that are close-on-exec are closed. A script without "#!" runs in /bin/sh, as
  /// execvp(3) does. Throws Error: not_found, not_executable or cannot_run.
  Child(const std::string& path, const std::vector<std::string>& arguments, const Streams& streams,
        const Environment& environment);
  Child(Child&&) noexcept = default;
  Child& operator=(Child&&) noexcept = default;
  ~Child() = default;  // does not wait: a Child that is dropped goes on

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// Readable once it has ended; -1 where the kernel cannot tell (before Linux 5.3, or under a filter): use poll().
  [[nodiscard]] int fd() const noexcept { return pidfd_.get(); }
  /// Blocks until it ends, through EINTR. 0 to 255, or 128 + N when signal N ended it. Later calls say the same.
  [[nodiscard]] int wait();
  /// As wait(), or nullopt while it runs.
  [[nodiscard]] std::optional<int> poll();
  /// How it ended; nullopt before wait() or poll() has told that.
  [[nodiscard]] const std::optional<CommandEnd>& end() const noexcept { return end_; }
  /// Sends it a signal, pidfd_send_signal(2), unless it is known to have ended.
  void signal(int number) noexcept;

 private:
  pid_t pid_ = -1;
  Fd pidfd_;
  std::optional<CommandEnd> end_;
};

}  // namespace ipctl
