// fifo: FIFOs: pipes that have a name, fifo(7).
#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/pipe_columns.hpp"
#include "ipc/pipe_objects.hpp"
#include "os/error.hpp"

namespace ipctl {

extern const Mechanism fifo_mechanism;

namespace {

using pipes::PipeObject;

// What ls and stat show.

constexpr Column columns[] = {
    pipe_columns::path,       pipe_columns::state,      object_columns::owner,   object_columns::group,
    object_columns::mode,     pipe_columns::readers,    pipe_columns::writers,   pipe_columns::bytes,
    pipe_columns::capacity,   pipe_columns::blocked,    pipe_columns::packets,   pipe_columns::descriptors,
    object_columns::accessed, object_columns::modified, object_columns::changed, object_columns::inode,
    pipe_columns::holders,    object_columns::usage,
};

void column_names(const Emit& emit) {
  for (const Column& column : columns) emit(column.name, column.help);
}

// create

// send

// recv

// listen

// stat

struct Stat : ListOptions {
  std::vector<std::string> paths;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::paths>("PATH", "FIFOs to show"),
    },
    list_args_of<Stat, column_names>);

constexpr Example stat_examples[] = {
    {"fifo stat jobs", "who reads and writes it, and who waits for the other side to open it"},
    {"fifo stat -o readers --noheadings jobs", "whether somebody reads it: - is nobody"},
};

Exit stat(const Stat& options, Output& out) {
  static_cast<void>(chosen_columns(options, columns, Layout::blocks));
  std::vector<PipeObject> found;
  const Exit status =
      for_each_name(options.paths, out, [&](const std::string& path) { found.push_back(pipes::inspect_fifo(path)); });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::vector<std::string> directories;
  bool recursive = false;
};

constexpr std::array ls_args = join(
    std::array{
        operand<List, &List::directories>("DIR", "list those in these directories too, in use or not").optional(),
        flag<List, &List::recursive>('R', "recursive", "and in the directories below them", Group::object),
    },
    list_args_of<List, column_names>);

constexpr Example ls_examples[] = {
    {"fifo ls", "those that a process has open, or waits to open"},
    {"fifo ls -R /run", "and all that are in /run or below it"},
};

Exit ls(const List& options, Output& out) {
  static_cast<void>(chosen_columns(options, columns, Layout::table));
  if (options.recursive && options.directories.empty()) throw UsageError("--recursive needs DIR");
  const auto depth = options.recursive ? pipes::Depth::tree : pipes::Depth::directory;
  const pipes::FifoList list = pipes::list_fifos(options.directories, depth);
  print_objects(options, columns, Layout::table, list.fifos, out);
  if (list.unread_directories > 0) {
    out.note(fmt::format("directories that may not be read: {}; FIFOs in them are not shown", list.unread_directories));
  }
  return Exit::ok;
}

// rm

constexpr Verb verbs[] = {
    // create
    // send
    // recv
    // listen
    // stat
    verb<stat>("stat", "show all about FIFOs: who uses them, what is in them", stat_args, stat_examples),
    // ls
    verb<ls>("ls", "list FIFOs that are in use, and those in directories", ls_args, ls_examples),
    // rm
};

constexpr AbsentVerb absent[] = {
    {"run", "a FIFO needs no holder; 'ipctl fifo listen PATH -- CMD' runs CMD for each message"},
};

}  // namespace

constinit const Mechanism fifo_mechanism{"fifo", "FIFOs: pipes that have a name", "fifo(7)", verbs, absent};

}  // namespace ipctl
