// fifo: pipes that have a name, fifo(7).
#include "ipc/fifo.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/pipe_columns.hpp"
#include "io/records.hpp"
#include "ipc/pipe_objects.hpp"
#include "os/error.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"

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

// create

struct Create : CreateOptions {
  std::string path;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::path>("PATH", "where to make it"),
    },
    create_args_of<Create>);

constexpr Example create_examples[] = {
    {"fifo create jobs", "for oneself alone"},
    {"fifo create -m 0620 --owner :adm log --if-missing", "for a group to write into, in a start-up script"},
};

Exit create(const Create& options, Output& out) {
  validate(options);
  const auto existing = options.if_missing ? fifo::Existing::accept : fifo::Existing::refuse;
  static_cast<void>(fifo::create(options.path, {options.mode, options.owner}, existing));
  if (out.json) print_objects({}, columns, Layout::blocks, std::vector{pipes::inspect_fifo(options.path)}, out);
  return Exit::ok;
}

// send

struct Send : RecordSendOptions {
  std::string path;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::path>("PATH", "FIFO to write into"),
    },
    record_send_args<Send>);

constexpr Example send_examples[] = {
    {"fifo send jobs 'resize a.png' 'resize b.png'", "two lines, when a reader has opened it"},
    {"fifo send -n jobs hello || echo nobody listens", "not without a reader, or room"},
    {"fifo send --lock -0 -f list jobs", "messages of any length that end with a NUL"},
};

Exit send(const Send& options, Output& out) {
  validate(options);
  return send_records("fifo", options.path, options, out, [&](const Wait& wait, Waited& waited) {
    auto end = fifo::open_writer(options.path, wait, waited, open_flags(options.content));
    if (waited == Waited::timed_out) out.note(printable(options.path) + ": no reader has opened it");
    return end;
  });
}

// recv

struct Recv : RecordReceiveOptions {
  std::string path;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::path>("PATH", "FIFO to read from"),
    },
    record_recv_args<Recv>);

constexpr Example recv_examples[] = {
    {"fifo recv jobs", "one line, waiting for it if need be"},
    {"fifo recv -w 5 -c 2 -J jobs", "two, within five seconds, as JSON"},
    {"fifo recv --stream jobs > copy", "all bytes, until the writers have gone"},
};

Exit recv(const Recv& options, Output& out) {
  validate(options);
  return receive_records("fifo", fifo::open_reader(options.path), one_message(options),
                         {.writer = PipeReader::Writer::expected}, out);
}

// listen

struct Listen : RecordReceiveOptions {
  std::string path;
  bool create = false, until_end = false;
  std::optional<Mode> mode;
  Owner owner;
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::path>("PATH", "FIFO to read from"),
        flag<Listen, &Listen::create>(0, "create", "make the FIFO where it is missing, and remove that at the end",
                                      Group::object),
        option<Listen, &Listen::mode>('m', "mode", "OCTAL", "permissions of one that is made (default 0600)",
                                      Group::object),
        option<Listen, &Listen::owner>(0, "owner", "USER[:GROUP]", "who owns one that is made", Group::object),
        flag<Listen, &Listen::until_end>(0, "until-end", "stop when all writers have left", Group::waiting),
    },
    record_listen_args<Listen>);

constexpr Example listen_examples[] = {
    {"fifo listen --create jobs -- ./do-it", "run a command for each line, from whatever writer"},
    {"fifo listen --until-end -F '%c %s' jobs", "numbered, until all writers have left"},
};

Exit listen(const Listen& options, Output& out) {
  validate(options);
  if (options.content == Content::bytes) throw UsageError("'ipctl fifo recv --stream' passes bytes on");
  if (!options.create && (options.mode || options.owner.user || options.owner.group)) {
    throw UsageError("--mode and --owner are for --create");
  }
  const StopSignals stop;  // from before it is made until it is removed
  FifoReading how{.at_end = options.until_end ? AtEnd::stop : AtEnd::remain, .writer = PipeReader::Writer::expected};
  if (options.create && fifo::create(options.path, {options.mode, options.owner}, fifo::Existing::accept)) {
    how.finally = [made = std::make_shared<fifo::Made>(options.path)] { made->remove(); };
  }
  return receive_records("fifo", fifo::open_reader(options.path), options, how, out);
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> paths;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::paths>("PATH", "FIFOs to show"),
    },
    list_args_of<Stat, columns>);

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
    list_args_of<List, columns>);

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

struct Rm {
  std::vector<std::string> paths;
  bool force = false;
};

constexpr std::array rm_args = {
    operand<Rm, &Rm::paths>("PATH", "FIFOs to remove"),
    flag<Rm, &Rm::force>(0, "force", "a missing FIFO is no error", Group::object),
};

constexpr Example rm_examples[] = {{"fifo rm jobs log", "those who have them open keep them until they close"}};

Exit rm(const Rm& options, Output& out) {
  return remove_each(options.paths, options.force ? Missing::is_fine : Missing::is_error, out, fifo::remove);
}

constexpr Verb verbs[] = {
    verb<create>("create", "make a FIFO", create_args, create_examples),
    verb<send>("send", "write messages into a FIFO", send_args, send_examples),
    verb<recv>("recv", "take one message, or more, from a FIFO", recv_args, recv_examples),
    verb<listen>("listen", "take messages from a FIFO until stopped", listen_args, listen_examples),
    verb<stat>("stat", "show all about FIFOs: who uses them, what is in them", stat_args, stat_examples),
    verb<ls>("ls", "list FIFOs that are in use, and those in directories", ls_args, ls_examples),
    verb<rm>("rm", "remove FIFOs", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"run", "a FIFO needs no holder; 'ipctl fifo listen PATH -- CMD' runs CMD for each message"},
};

}  // namespace

constinit const Mechanism fifo_mechanism{"fifo", "FIFOs: pipes that have a name", "fifo(7)", verbs, absent};

}  // namespace ipctl
