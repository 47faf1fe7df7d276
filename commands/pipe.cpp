// pipe: anonymous pipes, pipe(7).
#include <fmt/format.h>

#include <string>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/records.hpp"
#include "ipc/descriptor_address.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism pipe_mechanism;

namespace {

// run

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
    // run
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
