// receive: the one loop that takes messages from a Source and delivers them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/codec.hpp"
#include "io/format.hpp"
#include "io/framing.hpp"
#include "io/output.hpp"
#include "ipc/message.hpp"
#include "os/deadline.hpp"
#include "os/exit.hpp"

namespace ipctl {

/// What becomes of a message whose command failed.
struct OnFailure {
  enum class Kind { stop, drop, requeue, save };
  Kind kind = Kind::stop;
  std::string directory;  // for save
};

/// What recv and listen mean in every mechanism.
struct ReceiveOptions {
  std::optional<std::uint64_t> count;
  bool all = false;  // what is there now, then stop
  std::optional<Duration> timeout;
  bool nonblock = false;
  Framing framing;
  bool no_newline = false;
  Encoding encoding = Encoding::raw;
  Format format;
  std::optional<int> ready_fd;
  std::string journal;  // a directory
  bool replay = false;
  std::vector<std::string> command;
  std::uint64_t jobs = 1;
  OnFailure on_failure;
};

/// Throws UsageError for options that exclude each other.
void validate(const ReceiveOptions& options);

/// recv takes one message unless told otherwise.
template <class Options>
[[nodiscard]] Options one_message(Options options) {
  if (!options.count && !options.all) options.count = 1;
  return options;
}

/// When to give up: at once for --nonblock and --all.
[[nodiscard]] Deadline deadline_of(const ReceiveOptions& options);

/// Receives until `options` are met; nullopt count: until stopped. A message is delivered before the next is taken
/// (--jobs N: at most N are in hand), and one that cannot be delivered goes back to the source or into a file that is
/// named on standard error. ok; no: empty and nonblock; timed_out; command_failed.
/// Ends the process by the signal that asked it to stop, or by SIGPIPE when standard output's reader left.
[[nodiscard]] Exit receive_messages(Source& source, const ReceiveOptions& options, const Output& output);

}  // namespace ipctl
