// pipe: anonymous pipes, pipe(7).
#include <fmt/format.h>

#include <string>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/pipe_run.hpp"
#include "io/records.hpp"
#include "ipc/descriptor_address.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism pipe_mechanism;

namespace {

// run

using Run = PipeRunOptions;

constexpr std::array run_args = {
    command<Run, &Run::command>("commands with ::: between them, each one's output the next one's input").mandatory(),
    option<Run, &Run::separator>(0, "separator", "WORD", "what stands between two commands (default :::)",
                                 Group::command),
    flag<Run, &Run::bidirectional>(0, "bidirectional", "two commands, each one's output is the other's input",
                                   Group::command),
    flag<Run, &Run::fan_out>(0, "fan-out", "the first one's output goes to each of the others, all of it",
                             Group::command),
    option<Run, &Run::names>(0, "name", "NAME",
                             "one command, which gets both ends of a pipe: numbers in IPCTL_FD_NAME_READ and _WRITE",
                             Group::command),
    flag<Run, &Run::packet>(0, "packet", "each write is read as it was written, up to 4096 bytes (O_DIRECT)",
                            Group::object),
    option<Run, &Run::capacity>(0, "capacity", "SIZE", "what each pipe can hold (default 64K)", Group::object),
    option<Run, &Run::tees>(0, "tee", "[N:]FILE", "copy what command N (default 1) writes to its pipe to FILE",
                            Group::output),
    option<Run, &Run::status>(0, "status", "FILE", "tell each command's status in FILE, or on standard error",
                              Group::output)
        .with_default(Run::status_to_stderr),
    flag<Run, &Run::pipefail>(0, "pipefail", "the status is that of the last command that failed, not of the last one",
                              Group::output),
};

constexpr Example run_examples[] = {
    {"pipe run --status -- seq 5 ::: grep 3 ::: cat", "a pipeline, and how each part of it ended"},
    {"pipe run --tee copy --capacity 1M -- seq 5 ::: wc -l",
     "with larger pipes; what goes through one is in a file too"},
    {"pipe run --fan-out -- seq 5 ::: wc -l ::: sha256sum", "two commands read all that the first one writes"},
    {"pipe run --name jobs -- sh -c 'echo x >&$IPCTL_FD_JOBS_WRITE; head -n 1 <&$IPCTL_FD_JOBS_READ'",
     "a pipe for the processes of a script"},
};

Exit run(const Run& options, Output& out) {
  validate(options);
  if (options.names.empty()) return run_pipeline(options, out);
  run_with_pipes(options);
}

// create

// send

struct Send : RecordSendOptions {
  std::string pipe;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::pipe>("PIPE", "pipe to write into: PID:FD, or fd:N, which ipctl inherits"),
    },
    record_send_args<Send>);

constexpr Example send_examples[] = {
    {"pipe send fd:3 hello", "into descriptor 3, a pipe of the shell's"},
    {"pipe send \"$jobs\" 'resize a.png'", "into the pipe that 'jobs=$(ipctl pipe create)' made"},
};

DescriptorAddress address_of(const std::string& text) {
  const auto address = parse_descriptor_address(text);
  if (!address) throw UsageError(fmt::format("'{}' is no pipe: PID:FD, or fd:N", printable(text)));
  return *address;
}

Exit send(const Send& options, Output& out) {
  validate(options);
  const DescriptorAddress address = address_of(options.pipe);
  return send_records("pipe", options.pipe, options, out, [&](const Wait& /*wait*/, Waited& /*waited*/) {
    return PipeEnd::open(address, PipeSide::write, open_flags(options.content));
  });
}

// recv

struct Recv : RecordReceiveOptions {
  std::string pipe;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::pipe>("PIPE", "pipe to read from: PID:FD, or fd:N, which ipctl inherits"),
    },
    record_recv_args<Recv>);

constexpr Example recv_examples[] = {
    {"pipe recv fd:0", "one line of standard input, and no byte more"},
    {"pipe recv -a \"$jobs\"", "what is in a pipe now"},
};

Exit recv(const Recv& options, Output& out) {
  validate(options);
  return receive_records("pipe", PipeEnd::open(address_of(options.pipe), PipeSide::read), one_message(options), {},
                         out);
}

// listen

struct Listen : RecordReceiveOptions {
  std::string pipe;
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::pipe>("PIPE", "pipe to read from: PID:FD, or fd:N, which ipctl inherits"),
    },
    record_listen_args<Listen>);

constexpr Example listen_examples[] = {
    {"pipe listen fd:0 -j 4 -- ./do-it", "a command for each line of standard input, four at a time"},
};

Exit listen(const Listen& options, Output& out) {
  validate(options);
  if (options.content == Content::bytes) throw UsageError("'ipctl pipe recv --stream' passes bytes on");
  return receive_records("pipe", PipeEnd::open(address_of(options.pipe), PipeSide::read), options, {}, out);
}

// stat

// ls

// rm

constexpr Verb verbs[] = {
    verb<run>("run", "run commands that are joined by pipes", run_args, run_examples),
    // create
    verb<send>("send", "write messages into a pipe", send_args, send_examples),
    verb<recv>("recv", "take one message, or more, from a pipe", recv_args, recv_examples),
    verb<listen>("listen", "take messages from a pipe until its end", listen_args, listen_examples),
    // stat
    // ls
    // rm
};

constexpr AbsentVerb absent[] = {
    {"open", "a pipe has no name to open: 'ipctl pipe send PID:FD' uses one that a process has"},
};

}  // namespace

constinit const Mechanism pipe_mechanism{"pipe", "anonymous pipes", "pipe(7)", verbs, absent};

}  // namespace ipctl
