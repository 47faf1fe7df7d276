// send: the one loop that puts messages into a Sink.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/codec.hpp"
#include "io/framing.hpp"
#include "io/output.hpp"
#include "ipc/message.hpp"
#include "os/deadline.hpp"
#include "os/exit.hpp"

namespace ipctl {

/// What send means in every mechanism.
struct SendOptions {
  std::vector<std::string> messages;  // each is one; none: standard input, or file
  std::string file;                   // "-": standard input
  Framing framing;
  Encoding decoding = Encoding::raw;
  std::optional<Duration> timeout;
  bool nonblock = false;
  bool drain = false;  // wait until the other side has taken all
};

/// Throws UsageError for options that exclude each other.
void validate(const SendOptions& options);

/// Sends all there is. ok; no: full and nonblock; timed_out. What was read and not sent goes back to an input that can
/// seek, else into a file that is named on standard error. Ends the process by the signal that asked it to stop.
[[nodiscard]] Exit send_messages(Sink& sink, const SendOptions& options, const Output& output);

}  // namespace ipctl
