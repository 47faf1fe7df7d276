// command_records: a pipe to a command, the loops over it, and the command's status.
#include "io/command_records.hpp"

#include <fcntl.h>

#include <csignal>
#include <optional>

#include "os/command_pipe.hpp"
#include "os/error.hpp"
#include "os/relay.hpp"

namespace ipctl {
namespace {

PipeEnd end_of(CommandPipe& pipe, const std::string& command) {
  Fd fd = pipe.take_end();
  check(::fcntl(fd.get(), F_SETFL, O_NONBLOCK), "fcntl", command);
  return {std::move(fd), command};
}

// What is sent to ipctl meanwhile reaches the command.
Exit wait_for_end(CommandPipe& pipe, Exit so_far) {
  if (so_far == Exit::timed_out) pipe.child().signal(SIGTERM);
  SignalRelay relay;
  const int status = relay.wait(pipe.child());
  return end_as(status, relay.received());
}

bool is_by_closed_pipe(Exit status) {
  return static_cast<int>(status) == 128 + SIGPIPE;
}

}  // namespace

Exit send_to_command(const std::string& command, const RecordSendOptions& options, const Output& output) {
  std::optional<CommandPipe> pipe;
  const OpenWriter open = [&](const Wait& /*wait*/, Waited& /*waited*/) {
    pipe.emplace(CommandPipe::Way::to, shell_command(command));
    return end_of(*pipe, command);
  };
  try {
    const Exit sent = send_records("pipe", command, options, output, open);
    if (!pipe) return sent;
    const Exit ended = wait_for_end(*pipe, sent);
    return sent == Exit::ok ? ended : sent;
  } catch (const Error& error) {
    if (!pipe) throw;
    output.complain(error.what());
    const Exit ended = wait_for_end(*pipe, error.status());
    return ended == Exit::ok ? error.status() : ended;
  }
}

Exit receive_from_command(const std::string& command, const RecordReceiveOptions& options, const Output& output) {
  CommandPipe pipe{CommandPipe::Way::from, shell_command(command)};
  FifoReading how;
  how.finally = [&pipe] {
    if (StopSignals::requested() != 0) pipe.child().signal(SIGTERM);  // ipctl is about to end
  };
  const Exit received = receive_records("pipe", end_of(pipe, command), options, how, output);
  const Exit ended = wait_for_end(pipe, received);
  if (received == Exit::no) return ended == Exit::ok ? received : ended;
  if (received != Exit::ok) return received;
  return options.count && is_by_closed_pipe(ended) ? received : ended;
}

}  // namespace ipctl
