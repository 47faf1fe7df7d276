// Delivery: where a received message goes: standard output, or a command.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/codec.hpp"
#include "io/format.hpp"
#include "io/framing.hpp"
#include "ipc/message.hpp"
#include "os/child.hpp"

namespace ipctl {

/// How a message is written.
struct RecordStyle {
  Framing framing;
  Encoding encoding = Encoding::raw;
  Format format;  // empty: the data
  bool json = false;
  bool no_newline = false;
};

/// Turns a message into the bytes that are written for it.
class Recorder {
 public:
  explicit Recorder(RecordStyle style);
  /// Writes the message to `fd` in one writev(2) where the kernel takes it whole. 0 or the errno that stopped it.
  [[nodiscard]] int write(int fd, const Message& message);
  /// The message without framing, as a command gets it.
  [[nodiscard]] std::string_view body(const Message& message);

 private:
  RecordStyle style_;
  std::string text_;
  std::string prefix_;
  std::string record_;
};

/// IPCTL_MECHANISM, IPCTL_NAME, IPCTL_SEQ, IPCTL_LENGTH, IPCTL_PRIORITY, IPCTL_TYPE, IPCTL_SENDER_PID,
/// IPCTL_SENDER_UID, the mechanism's own fields, IPCTL_IN_DOUBT (1 or empty). All are set, what is unknown to nothing:
/// ipctl's own environment may be a message's.
[[nodiscard]] Environment environment_of(const Message& message);

/// Starts `command` with `body` on its standard input (a memory file: it is there whole, whatever happens to ipctl).
[[nodiscard]] Child start_command(const std::string& path, const std::vector<std::string>& command,
                                  std::string_view body, const Message& message);

}  // namespace ipctl
