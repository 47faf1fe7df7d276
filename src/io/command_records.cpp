// command_records: a pipe to a command, the loops over it, and the command's status.
#include "io/command_records.hpp"

#include <fcntl.h>
#include <poll.h>

#include <csignal>
#include <optional>

#include "os/command_pipe.hpp"
#include "os/error.hpp"
#include "os/relay.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"
#include "os/wait.hpp"

namespace ipctl {
namespace {

PipeEnd end_of(CommandPipe& pipe, const std::string& command) {
  Fd fd = pipe.take_end();
  check(::fcntl(fd.get(), F_SETFL, O_NONBLOCK), "fcntl", command);
  return {std::move(fd), command};
}

// While one lives, a stop request that ends ipctl reaches the command too.
class StoppedTogether {
 public:
  explicit StoppedTogether(const Child& child) { StopSignals::pass_on_to(child.fd()); }
  StoppedTogether(const StoppedTogether&) = delete;
  StoppedTogether& operator=(const StoppedTogether&) = delete;
  ~StoppedTogether() { StopSignals::pass_on_to(-1); }
};

struct Ended {
  Exit status;
  bool late;  // it was asked to end
};

// What is sent to ipctl meanwhile reaches the command.
Ended wait_for_end(CommandPipe& pipe, const Deadline& deadline, const Output& output, const std::string& command) {
  SignalRelay relay;
  Child& child = pipe.child();
  bool late = false;
  while (!late && !child.poll()) {
    const Wait wait{deadline};
    static_cast<void>(wait_for(relay.fd(), POLLIN, wait));
    relay.take({&child, 1});
    late = deadline.passed() && !child.poll();
  }
  if (late) {
    output.note(printable(command) + ": has not ended in time: it gets SIGTERM");
    child.signal(SIGTERM);
  }
  const int status = relay.wait(child);
  if (late && relay.received() == 0) return {Exit::timed_out, true};
  return {end_as(status, relay.received()), late};
}

bool is_by_closed_pipe(Exit status) {
  return static_cast<int>(status) == 128 + SIGPIPE;
}

}  // namespace

Exit send_to_command(const std::string& command, const RecordSendOptions& given, const Output& output) {
  const Deadline deadline = deadline_of(false, given.timeout);
  RecordSendOptions options = given;
  // Nobody else writes there.
  if (options.content == Content::messages) options.long_messages = LongMessages::locked;
  std::optional<CommandPipe> pipe;
  std::optional<StoppedTogether> together;
  const OpenWriter open = [&](const Wait& /*wait*/, Waited& /*waited*/) {
    pipe.emplace(CommandPipe::Way::to, shell_command(command));
    together.emplace(pipe->child());
    return end_of(*pipe, command);
  };
  try {
    const Exit sent = send_records("pipe", command, options, output, open);
    if (!pipe) return sent;
    const Exit ended = wait_for_end(*pipe, deadline, output, command).status;
    return sent == Exit::ok ? ended : sent;
  } catch (const Error& error) {
    if (!pipe) throw;
    output.complain(error.what());
    const Exit ended = wait_for_end(*pipe, deadline, output, command).status;
    return ended == Exit::ok ? error.status() : ended;
  }
}

Exit receive_from_command(const std::string& command, const RecordReceiveOptions& options, const Output& output) {
  const Deadline deadline = deadline_of(false, options.timeout);
  CommandPipe pipe{CommandPipe::Way::from, shell_command(command)};
  const StoppedTogether together{pipe.child()};
  try {
    const Exit received = receive_records("pipe", end_of(pipe, command), options, {}, output);
    const auto [ended, late] = wait_for_end(pipe, deadline, output, command);
    if (received == Exit::no && !late) return ended == Exit::ok ? received : ended;
    if (received != Exit::ok) return received;
    return options.count && is_by_closed_pipe(ended) ? received : ended;
  } catch (const Error& error) {
    output.complain(error.what());
    static_cast<void>(wait_for_end(pipe, deadline, output, command));
    return error.status();
  }
}

}  // namespace ipctl
