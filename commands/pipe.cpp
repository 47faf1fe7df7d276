// pipe: anonymous pipes, pipe(7).
#include <fmt/format.h>

#include <climits>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/command_records.hpp"
#include "io/each.hpp"
#include "io/pipe_columns.hpp"
#include "io/pipe_run.hpp"
#include "ipc/pipe_holder.hpp"
#include "ipc/pipe_objects.hpp"
#include "os/error.hpp"

namespace ipctl {

extern const Mechanism pipe_mechanism;

namespace {

using pipes::PipeObject;

// What ls and stat show.

constexpr Column columns[] = {
    pipe_columns::address, object_columns::inode, object_columns::owner,     object_columns::group,
    pipe_columns::readers, pipe_columns::writers, pipe_columns::bytes,       pipe_columns::capacity,
    pipe_columns::blocked, pipe_columns::packets, pipe_columns::descriptors, pipe_columns::holders,
    object_columns::usage,
};

void pipe_addresses(const Emit& emit) {
  const auto first = [](const std::vector<Process>& processes) {
    return processes.empty() ? std::string("nobody") : processes.front().command;
  };
  try {
    for (const PipeObject& object : pipes::list(pipes::Detail::ends)) {
      emit(object.name, "from " + first(object.writers) + " to " + first(object.readers));
    }
  } catch (const Error&) {  // nothing to offer then
  }
}

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
    {"pipe run --name jobs -- ./do-it", "a pipe for a script and what it starts: $IPCTL_FD_JOBS_READ, _WRITE"},
};

Exit run(const Run& options, Output& out) {
  validate(options);
  if (options.names.empty()) return run_pipeline(options, out);
  run_with_pipes(options);
}

// create

struct Create {
  std::optional<Size> capacity;
  std::optional<std::uint32_t> owner_pid;
  bool packet = false, stay = false;
};

constexpr std::array create_args = {
    option<Create, &Create::capacity>(0, "capacity", "SIZE", "bytes it holds at least (default 64K)", Group::object),
    flag<Create, &Create::packet>(0, "packet", "each write is read as one packet, up to 4096 bytes", Group::object),
    option<Create, &Create::owner_pid>(0, "owner-pid", "PID",
                                       "keep it as long as this process runs (default: who asks)", Group::object),
    flag<Create, &Create::stay>(0, "stay", "keep it until 'ipctl pipe rm'", Group::object),
};

constexpr Example create_examples[] = {
    {"pipe create", "prints PID:FD; it is there as long as the shell that asked"},
    {"pipe create --capacity 1M --packet", "with room for more, and each write a packet"},
};

void print_new(const DescriptorAddress& address, const Output& out) {
  std::vector found{pipes::inspect(address)};
  found.front().unseen = 0;  // nobody else can have it yet
  print_objects({}, columns, Layout::blocks, found, out);
}

Exit create(const Create& options, Output& out) {
  if (options.stay && options.owner_pid) throw UsageError("--stay and --owner-pid exclude each other");
  if (options.owner_pid.value_or(1) == 0 || options.owner_pid.value_or(1) > INT_MAX) {
    throw UsageError("--owner-pid: a process's number is from 1 on");
  }
  pipes::NewPipe wanted{.packets = options.packet, .stays = options.stay};
  if (options.capacity) wanted.capacity = options.capacity->bytes;
  if (options.owner_pid) wanted.owner = static_cast<pid_t>(*options.owner_pid);
  const DescriptorAddress address = pipes::create_held(wanted);
  try {
    if (out.json) print_new(address, out);
    else out.write(address.text() + "\n");
  } catch (const Error&) {  // nobody would know its address
    pipes::remove_held(address);
    throw;
  }
  return Exit::ok;
}

// send

struct Send : RecordSendOptions {
  std::string pipe, to;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::pipe>("PIPE", "pipe to write into: PID:FD, or fd:N, which ipctl inherits", pipe_addresses)
            .optional(),
    },
    record_send_args<Send>,
    std::array{
        option<Send, &Send::to>(0, "to", "CMD", "instead of PIPE: run CMD in the shell, send to it, and wait for it",
                                Group::object),
    });

constexpr Example send_examples[] = {
    {"pipe send fd:3 hello", "into descriptor 3, a pipe of the shell's"},
    {"pipe send \"$jobs\" 'resize a.png'", "into the pipe that 'jobs=$(ipctl pipe create)' made"},
    {"pipe send --to 'sort -u' b a b", "three lines for a command, and its status"},
};

Exit send(const Send& given, Output& out) {
  Send options = given;
  if (!options.to.empty()) {  // no operand is a pipe then
    if (!options.pipe.empty()) options.messages.insert(options.messages.begin(), options.pipe);
    validate(options);
    return send_to_command(options.to, options, out);
  }
  validate(options);
  if (options.pipe.empty()) throw UsageError("PIPE is missing: PID:FD, fd:N, or --to CMD");
  const DescriptorAddress address = pipes::checked_address(options.pipe);
  return send_records("pipe", options.pipe, options, out, [&](const Wait& /*wait*/, Waited& /*waited*/) {
    return PipeEnd::open(address, PipeSide::write, open_flags(options.content));
  });
}

// recv

struct Reading : RecordReceiveOptions {
  std::string pipe, from;
};

template <class Options>
constexpr std::array reading_args = {
    operand<Options, &Options::pipe>("PIPE", "pipe to read from: PID:FD, or fd:N, which ipctl inherits", pipe_addresses)
        .optional(),
    option<Options, &Options::from>(0, "from", "CMD", "instead of PIPE: run CMD in the shell, and read what it writes",
                                    Group::object),
};

Exit receive(const Reading& options, const RecordReceiveOptions& how, const Output& out) {
  validate(options);
  if (options.from.empty()) {
    if (options.pipe.empty()) throw UsageError("PIPE is missing: PID:FD, fd:N, or --from CMD");
    return receive_records("pipe", PipeEnd::open(pipes::checked_address(options.pipe), PipeSide::read), how, {}, out);
  }
  if (!options.pipe.empty()) throw UsageError("--from stands instead of PIPE");
  if (how.all || how.nonblock) {
    throw UsageError("--from: what a command has written by now is chance; 'ipctl pipe listen --from' takes all of it");
  }
  return receive_from_command(options.from, how, out);
}

struct Recv : Reading {};

constexpr std::array recv_args = join(reading_args<Recv>, record_recv_args<Recv>);

constexpr Example recv_examples[] = {
    {"pipe recv fd:0", "one line of standard input, and no byte more"},
    {"pipe recv -a \"$jobs\"", "what is in a pipe now"},
    {"pipe recv --from 'ls -t'", "the first line that a command writes"},
};

Exit recv(const Recv& options, Output& out) {
  const bool is_stream = options.content == Content::bytes;
  return receive(options, is_stream ? options : one_message(options), out);
}

// listen

struct Listen : Reading {};

constexpr std::array listen_args = join(reading_args<Listen>, record_listen_args<Listen>);

constexpr Example listen_examples[] = {
    {"pipe listen fd:0 -j 4 -- ./do-it", "a command for each line of standard input, four at a time"},
};

Exit listen(const Listen& options, Output& out) {
  if (options.content == Content::bytes) throw UsageError("'ipctl pipe recv --stream' passes bytes on");
  return receive(options, options, out);
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> pipes;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::pipes>("PIPE", "pipes to show: PID:FD, or fd:N that ipctl inherits", pipe_addresses),
    },
    list_args_of<Stat, columns>);

constexpr Example stat_examples[] = {
    {"pipe stat 1234:1", "where a process writes to, who reads it, and who is blocked"},
    {"pipe stat -b -o bytes --noheadings 1234:0", "how many bytes wait on its standard input"},
};

Exit stat(const Stat& options, Output& out) {
  static_cast<void>(chosen_columns(options, columns, Layout::blocks));
  for (const std::string& text : options.pipes) static_cast<void>(pipes::checked_address(text));
  std::vector<PipeObject> found;
  const Exit status = for_each_name(options.pipes, out, [&](const std::string& text) {
    found.push_back(pipes::inspect(pipes::checked_address(text)));
  });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {};

constexpr std::array ls_args = list_args_of<List, columns>;

constexpr Example ls_examples[] = {
    {"pipe ls", "every pipe, who is at its ends, and who waits for whom"},
    {"pipe ls --filter 'blocked=*' -o name,blocked", "those on which somebody is blocked"},
};

Exit ls(const List& options, Output& out) {
  static_cast<void>(chosen_columns(options, columns, Layout::table));
  print_objects(options, columns, Layout::table, pipes::list(pipes::Detail::all), out);
  return Exit::ok;
}

// rm

struct Rm {
  std::vector<std::string> pipes;
  bool force = false;
};

constexpr std::array rm_args = {
    operand<Rm, &Rm::pipes>("PID:FD", "pipes that 'ipctl pipe create' made", pipe_addresses),
    flag<Rm, &Rm::force>(0, "force", "a missing pipe is no error", Group::object),
};

constexpr Example rm_examples[] = {{"pipe rm 1234:3", "ends the process that keeps it; who has it open goes on"}};

Exit rm(const Rm& options, Output& out) {
  for (const std::string& text : options.pipes) static_cast<void>(pipes::checked_address(text));
  return remove_each(options.pipes, options.force ? Missing::is_fine : Missing::is_error, out,
                     [&out](const std::string& text) {
                       const std::uint64_t lost = pipes::remove_held(pipes::checked_address(text));
                       if (lost > 0) out.note(fmt::format("{}: {} bytes that nobody had read are gone", text, lost));
                     });
}

constexpr Verb verbs[] = {
    verb<run>("run", "run commands that are joined by pipes", run_args, run_examples),
    verb<create>("create", "make a pipe that a small process keeps open; print its PID:FD", create_args,
                 create_examples),
    verb<send>("send", "write messages into a pipe, or to a command", send_args, send_examples),
    verb<recv>("recv", "take one message, or more, from a pipe or a command", recv_args, recv_examples),
    verb<listen>("listen", "take messages from a pipe or a command until its end", listen_args, listen_examples),
    verb<stat>("stat", "show all about pipes: who uses them, what is in them", stat_args, stat_examples),
    verb<ls>("ls", "list the pipes of all processes", ls_args, ls_examples),
    verb<rm>("rm", "end the processes that keep pipes open", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"open", "a pipe has no name to open: 'ipctl pipe send PID:FD' uses one that a process has"},
};

}  // namespace

constinit const Mechanism pipe_mechanism{"pipe", "anonymous pipes", "pipe(7)", verbs, absent};

}  // namespace ipctl
