// command_records: messages to and from a command, as popen(3) and pclose(3).
#pragma once

#include <string>

#include "io/records.hpp"

namespace ipctl {

/// Runs `command` in the shell and sends to its standard input, as send_records() does; then waits for it. Its status,
/// or where sending failed and the command did not, that of send_records(). The timeout is for its end as well: it gets
/// SIGTERM then, as it does where a signal ends this process. Messages of any length are sent. Throws Error where it
/// cannot be started.
[[nodiscard]] Exit send_to_command(const std::string& command, const RecordSendOptions& given, const Output& output);

/// The same, receiving from its standard output. A command that wrote more than was wanted gets SIGPIPE, and that is no
/// failure.
[[nodiscard]] Exit receive_from_command(const std::string& command, const RecordReceiveOptions& options,
                                        const Output& output);

}  // namespace ipctl
