// pipe: anonymous pipes, pipe(7).
#include <fmt/format.h>

#include <climits>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/pipe_columns.hpp"
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

void column_names(const Emit& emit) {
  for (const Column& column : columns) emit(column.name, column.help);
}

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

// recv

// listen

// stat

struct Stat : ListOptions {
  std::vector<std::string> pipes;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::pipes>("PIPE", "pipes to show: PID:FD, or fd:N that ipctl inherits", pipe_addresses),
    },
    list_args_of<Stat, column_names>);

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

constexpr std::array ls_args = list_args_of<List, column_names>;

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
    // run
    // create
    verb<create>("create", "make a pipe, kept open by a small process", create_args, create_examples),
    // send
    // recv
    // listen
    // stat
    verb<stat>("stat", "show all about pipes: who uses them, what is in them", stat_args, stat_examples),
    // ls
    verb<ls>("ls", "list the pipes of all processes", ls_args, ls_examples),
    // rm
    verb<rm>("rm", "end the processes that keep pipes open", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"open", "a pipe has no name to open: 'ipctl pipe send PID:FD' uses one that a process has"},
};

}  // namespace

constinit const Mechanism pipe_mechanism{"pipe", "anonymous pipes", "pipe(7)", verbs, absent};

}  // namespace ipctl
