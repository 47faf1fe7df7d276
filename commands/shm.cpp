// shm: POSIX shared memory, shm_overview(7).
#include "ipc/shm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/json.hpp"
#include "io/progress.hpp"
#include "io/region.hpp"
#include "io/stoppable.hpp"
#include "ipc/changes.hpp"
#include "os/child.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism shm_mechanism;

namespace {

void memory_names(const Emit& emit) {
  for (const std::string& name : shm::names()) emit(name, "");
}

// What ls and stat show.

Value kind(const Object& object) {
  return std::string(to_string(static_cast<const shm::MemoryObject&>(object).kind));
}

Value state(const Object& object) {
  return std::string(static_cast<const shm::MemoryObject&>(object).linked ? "linked" : "deleted");
}

constexpr Column columns[] = {
    object_columns::name,
    {"KIND", "shm; or what else is in /dev/shm: sem, directory, symlink, fifo, socket, device", kind, true},
    {"STATE", "linked, or deleted: it has no name any more, and lives on in those who use it", state},
    object_columns::owner,
    object_columns::group,
    object_columns::mode,
    {"SIZE", "length", object_columns::bytes<shm::MemoryObject, &shm::MemoryObject::size>, true, true},
    {"USED", "memory that is really behind it", object_columns::bytes<shm::MemoryObject, &shm::MemoryObject::used>,
     true, true},
    object_columns::accessed,
    object_columns::modified,
    object_columns::changed,
    object_columns::inode,
    object_columns::holders,
    object_columns::usage,
};

void print_one(const shm::Directory& there, const shm::Reference& reference, const Output& out) {
  print_objects({}, columns, Layout::blocks, std::vector{shm::inspect(there, reference, Holders::find)}, out);
}

// create

struct Create : CreateOptions {
  std::string name, file, ns;
  std::optional<Size> size;
  bool sparse = false;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::name>("NAME", "object to create"),
        operand<Create, &Create::size>("SIZE", "its length (default with --file: the file's)").optional(),
        option<Create, &Create::file>('f', "file", "FILE", "fill it from FILE (-: standard input)", Group::input),
        flag<Create, &Create::sparse>(0, "sparse", "take memory when it is first written to, not now", Group::object),
    },
    create_args_of<Create>, mount_namespace_args<Create>);

constexpr Example create_examples[] = {
    {"shm create /frames 64M", "64 MiB, all of it taken now"},
    {"shm create /config -f settings.json -m 0644", "the contents of a file, for all to read"},
};

// It has all of its contents, mode and owner when it appears.
void make(const Create& options, const shm::Directory& there, const std::string& name, const Output& out) {
  shm::NewMemory made{there, name};
  shm::Memory& memory = made.memory();
  const std::uint64_t size = options.size.value_or(Size{}).bytes;
  if (options.sparse) memory.set_size(size);
  else memory.reserve(0, size);
  if (!options.file.empty()) {
    RegionWriteOptions contents;
    contents.file = options.file;
    contents.grow = !options.size;
    contents.otherwise = "give it a larger SIZE";
    write_input(memory, contents, out);
  }
  change_owner(memory.fd(), options.owner, name);
  change_mode(memory.fd(), options.mode.value_or(Mode{}).bits, name);
  made.publish();
}

void accept_existing(const Create& options, const shm::Directory& there, const shm::Reference& reference) {
  const shm::MemoryObject object = shm::inspect(there, reference, Holders::skip);
  if (object.kind != shm::Kind::memory) {
    throw Error{Exit::exists, object.name, fmt::format("exists and is a {}", to_string(object.kind))};
  }
  std::string different = differences(object, options.mode, options.owner);
  if (options.size && object.size != options.size->bytes) {
    different.insert(
        0, fmt::format("SIZE is {}, not {}{}", *object.size, options.size->bytes, different.empty() ? "" : ", "));
  }
  if (!different.empty()) throw Error{Exit::exists, object.name, "exists with other attributes: " + different};
}

Exit create(const Create& options, Output& out) {
  validate(options);
  if (!options.size && options.file.empty()) throw UsageError("SIZE is missing (its length, as 4096 or 64M)");
  const shm::Reference reference{.text = shm::parse_name(options.name), .pid = {}};
  const shm::Directory there{options.ns};
  return until_stopped([&] {
    try {
      make(options, there, reference.text, out);
    } catch (const Error& error) {
      if (!options.if_missing || error.status() != Exit::exists) throw;
      accept_existing(options, there, reference);
    }
    if (out.json) print_one(there, reference, out);
    return Exit::ok;
  });
}

// send

struct Send : RegionWriteOptions {
  std::string name, ns;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::name>("NAME", "object to write to", memory_names),
        operand<Send, &Send::data>("DATA", "what to write; without it, standard input").optional(),
        option<Send, &Send::file>('f', "file", "FILE", "write the contents of FILE (-: standard input)", Group::input),
        option<Send, &Send::decoding>(0, "decode", "CODEC", "the data is given encoded", Group::input)
            .with_choices("raw hex base64 quoted"),
        option<Send, &Send::length>(0, "length", "SIZE", "write SIZE bytes of the input, neither more nor less",
                                    Group::input),
        option<Send, &Send::offset>(0, "offset", "SIZE", "where to begin in the object (default 0)", Group::object),
        flag<Send, &Send::grow>(0, "grow", "enlarge the object where the data does not fit", Group::object),
    },
    mount_namespace_args<Send>);

constexpr Example send_examples[] = {
    {"shm send /config 'debug=1' --offset 16", "seven bytes, from offset 16 on"},
    {"shm write /config --grow -f settings.json", "a file, whatever its length"},
};

Exit send(const Send& options, Output& out) {
  validate(options);
  const shm::Reference reference = shm::parse_reference(options.name);
  shm::Memory memory = shm::Memory::open(shm::Directory{options.ns}, reference, shm::Access::write);
  return write_region(memory, options, out);
}

// recv

struct Recv : RegionReadOptions {
  std::string name, ns;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::name>("NAME", "object to read", memory_names),
        option<Recv, &Recv::offset>(0, "offset", "SIZE", "where to begin (default 0)", Group::object),
        option<Recv, &Recv::length>(0, "length", "SIZE", "how many bytes (default: to the end)", Group::object),
    },
    output_args<Recv>, mount_namespace_args<Recv>);

constexpr Example recv_examples[] = {
    {"shm recv /config > settings.json", "all of it, the bytes exactly"},
    {"shm read /config --offset 16 --length 8 --encode hexdump", "eight bytes, as a person reads them"},
};

Exit recv(const Recv& options, Output& out) {
  validate(options);
  const shm::Reference reference = shm::parse_reference(options.name);
  return read_region(shm::Memory::open(shm::Directory{options.ns}, reference, shm::Access::read), options, out);
}

// resize

struct Resize {
  std::string name, ns;
  Size size;
  bool force = false, sparse = false;
};

constexpr std::array resize_args = join(
    std::array{
        operand<Resize, &Resize::name>("NAME", "object to resize", memory_names),
        operand<Resize, &Resize::size>("SIZE", "its new length"),
        flag<Resize, &Resize::force>(0, "force", "shrink it even under a process that maps it", Group::object),
        flag<Resize, &Resize::sparse>(0, "sparse", "take memory when it is first written to, not now", Group::object),
    },
    mount_namespace_args<Resize>);

constexpr Example resize_examples[] = {{"shm resize /frames 128M", "what it held stays; the rest is zeros"}};

// Whoever touches memory beyond the new end dies of SIGBUS.
void require_unmapped(const shm::Directory& there, const shm::Reference& reference, const Output& out) {
  const shm::MemoryObject object = shm::inspect(there, reference, Holders::find);
  std::string who;
  for (const Holder& holder : object.holders) {
    if (holder.is_mapping())
      who += fmt::format("{}{} {}", who.empty() ? "" : ", ", holder.pid, printable(holder.command));
  }
  if (!who.empty()) {
    throw Error{
        Exit::failed, object.name,
        fmt::format("is mapped by {}: what is beyond the new end would be gone under it (SIGBUS); --force shrinks "
                    "it all the same",
                    who)};
  }
  if (object.usage == Usage::unknown) {
    out.note(
        fmt::format("{}: some processes could not be looked at; if one of them maps it, what is beyond the new end "
                    "is gone under it",
                    printable(object.name)));
  }
}

void set_size(const Resize& options, const shm::Directory& there, const shm::Reference& reference, const Output& out) {
  const auto shrinks = [&options](const shm::Memory& memory) { return options.size.bytes < memory.size(); };
  // Closed again before the search for those who have it.
  if (!options.force && shrinks(shm::Memory::open(there, reference, shm::Access::write))) {
    require_unmapped(there, reference, out);
  }
  shm::Memory memory = shm::Memory::open(there, reference, shm::Access::write);
  if (shrinks(memory) || options.sparse) memory.set_size(options.size.bytes);
  else memory.grow(options.size.bytes);
}

Exit resize(const Resize& options, Output& out) {
  const shm::Reference reference = shm::parse_reference(options.name);
  const shm::Directory there{options.ns};
  return until_stopped([&] {
    set_size(options, there, reference, out);
    if (out.json) print_one(there, reference, out);
    return Exit::ok;
  });
}

// listen

struct Listen : ReceiveOptions {
  std::string name, ns;
  Size offset;
  std::optional<Size> length, futex;
  Duration interval = std::chrono::milliseconds{100};
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::name>("NAME", "object to watch", memory_names),
        option<Listen, &Listen::offset>(0, "offset", "SIZE", "where the watched bytes begin (default 0)",
                                        Group::object),
        option<Listen, &Listen::length>(0, "length", "SIZE", "how many they are (default: to the end)", Group::object),
        option<Listen, &Listen::interval>(0, "interval", "DURATION", "how often to look (default 100ms)",
                                          Group::waiting),
        option<Listen, &Listen::futex>(0, "futex", "OFFSET",
                                       "wait on the futex word at OFFSET instead, until it changes", Group::waiting),
    },
    count_args<Listen>, output_args<Listen>, waiting_args<Listen>, ready_args<Listen>, command_args<Listen>,
    failure_args<Listen>, mount_namespace_args<Listen>);

constexpr Example listen_examples[] = {
    {"shm listen /config --length 64 -- ./reload", "run a command whenever the first 64 bytes have changed"},
    {"shm listen /ring --futex 0 --length 4 --encode hex",
     "a counter, each time its writer wakes those who wait for it"},
};

Watched watched(const Listen& options, const shm::Memory& memory) {
  const std::uint64_t size = memory.size();
  const std::uint64_t offset = options.offset.bytes;
  return {.offset = offset,
          .length = options.length ? options.length->bytes : size - std::min(offset, size),
          .interval = options.interval,
          .futex = options.futex ? std::optional{options.futex->bytes} : std::nullopt};
}

Exit listen(const Listen& options, Output& out) {
  validate(options);
  if (options.interval <= Duration::zero()) throw UsageError("--interval: more than nothing");
  if (options.futex && options.futex->bytes % sizeof(std::uint32_t) != 0) {
    throw UsageError(fmt::format("--futex: {} is not a multiple of 4, as futex(2) wants it", options.futex->bytes));
  }
  const shm::Reference reference = shm::parse_reference(options.name);
  shm::Memory memory = shm::Memory::open(shm::Directory{options.ns}, reference, shm::Access::read);
  const Watched where = watched(options, memory);
  return receive_messages(*changes(std::make_unique<shm::Memory>(std::move(memory)), where), options, out);
}

// run

struct Run {
  std::string name, ns;
  bool read_only = false;
  std::vector<std::string> command;
};

constexpr std::array run_args = join(
    std::array{
        operand<Run, &Run::name>("NAME", "object that CMD gets", memory_names),
        command<Run, &Run::command>("runs in place of ipctl, with the object as the descriptor $IPCTL_FD").mandatory(),
        flag<Run, &Run::read_only>(0, "read-only", "open for reading only", Group::object),
    },
    mount_namespace_args<Run>);

constexpr Example run_examples[] = {
    {"shm run /config -- sh -c 'head -c 16 <&$IPCTL_FD'", "a script that knows nothing of shared memory reads it"}};

Exit run(const Run& options, Output& /*out*/) {
  const shm::Reference reference = shm::parse_reference(options.name);
  const std::string path = find_command(options.command.front());
  Environment environment{{"IPCTL_MECHANISM", "shm"}, {"IPCTL_NAME", reference.text}};
  before_command([&] {
    shm::Memory memory = shm::Memory::open(shm::Directory{options.ns}, reference,
                                           options.read_only ? shm::Access::read : shm::Access::write);
    environment.emplace_back("IPCTL_LENGTH", std::to_string(memory.size()));
    environment.emplace_back("IPCTL_FD", std::to_string(pass_on(std::move(memory).into_fd())));
  });
  replace_process(path, options.command, environment);
}

// copy

struct Copy {
  std::string name, destination, ns;
  bool force = false;
};

constexpr std::array copy_args = join(
    std::array{
        operand<Copy, &Copy::name>("NAME", "object to copy", memory_names),
        operand<Copy, &Copy::destination>("NAME|FILE", "/NAME: another object; anything else, or file:PATH: a file",
                                          memory_names),
        flag<Copy, &Copy::force>(0, "force", "replace what exists; who has that open keeps it", Group::object),
    },
    mount_namespace_args<Copy>);

constexpr Example copy_examples[] = {
    {"shm copy /config /config.old", "another object of the same contents and mode"},
    {"shm copy /config ./saved", "a file"},
};

Exit copy(const Copy& options, Output& out) {
  const shm::Reference reference = shm::parse_reference(options.name);
  shm::Destination to = shm::parse_destination(options.destination);
  to.replace = options.force;
  const shm::Directory there{options.ns};
  return until_stopped([&] {
    const shm::Memory memory = shm::Memory::open(there, reference, shm::Access::read);
    ProgressLine progress{out, memory.size(), ProgressLine::Screen::free};
    const std::uint64_t bytes = shm::copy(memory, there, to, [&](std::uint64_t count) { progress.update(count); });
    if (out.json) {
      out.write(fmt::format("{{\"mechanism\":\"shm\",{},{},\"copied\":{}}}\n", json_name(memory.name()),
                            json_member("to", to.text), bytes));
    }
    return Exit::ok;
  });
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> names;
  std::string ns;
  bool deleted = false;
};

template <class Options>
constexpr std::array deleted_args = {flag<Options, &Options::deleted>(
    0, "deleted", "those that were removed, and that processes still use", Group::object)};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::names>("NAME", "objects to show", memory_names),
    },
    deleted_args<Stat>, list_args_of<Stat, columns>, mount_namespace_args<Stat>);

constexpr Example stat_examples[] = {
    {"shm stat /config", "all that is known of it: who maps it, who has it open"},
    {"shm stat /config -b -o size --noheadings", "its length alone"},
};

// Those that had the name when they were removed.
void add_deleted(std::vector<shm::MemoryObject>& found, const shm::Directory& there, const std::string& name,
                 const Output& out) {
  bool any = false;
  shm::Deleted deleted = shm::list_deleted(there);
  for (shm::MemoryObject& object : deleted.objects) {
    if (object.name != name) continue;
    found.push_back(std::move(object));
    any = true;
  }
  if (any) return;
  note_unseen(deleted.unseen, out);
  throw Error{Exit::missing, name, "no such object, and none of this name that is removed and still in use"};
}

Exit stat(const Stat& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::blocks, out);
  const shm::Directory there{options.ns};
  const auto text_of = [](std::string_view name) { return shm::parse_reference(name).text; };
  std::vector<shm::MemoryObject> found;
  const Exit status = for_each_name(checked(options.names, text_of), out, [&](const std::string& name) {
    const shm::Reference reference = shm::parse_reference(name);
    if (options.deleted && reference.is_name()) return add_deleted(found, there, name, out);
    try {
      found.push_back(shm::inspect(there, reference, holders));
    } catch (const Error& error) {
      if (error.status() != Exit::missing || !reference.is_name()) throw;
      add_deleted(found, there, name, out);
      out.note(printable(name) + ": no object has this name; shown is what had it, and is still in use");
    }
  });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::string ns;
  bool deleted = false;
};

constexpr std::array ls_args = join(deleted_args<List>, list_args_of<List, columns>, mount_namespace_args<List>);

constexpr Example ls_examples[] = {
    {"shm ls --filter kind=shm", "the objects, without what else is in /dev/shm"},
    {"shm ls --deleted", "memory that is taken, though its name is gone, and by whom"},
};

Exit ls(const List& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::table, out);
  const shm::Directory there{options.ns};
  if (!options.deleted) {
    print_objects(options, columns, Layout::table, shm::list(there, holders), out);
    return Exit::ok;
  }
  ListOptions how = options;
  if (options.columns.empty() && !out.json) how.columns = "+HOLDERS";
  const shm::Deleted deleted = shm::list_deleted(there);
  print_objects(how, columns, Layout::table, deleted.objects, out);
  if (deleted.objects.empty()) note_unseen(deleted.unseen, out);
  return Exit::ok;
}

// rm

struct Rm {
  std::vector<std::string> names;
  std::string ns;
  bool force = false;
};

constexpr std::array rm_args = join(
    std::array{
        operand<Rm, &Rm::names>("NAME", "objects to remove", memory_names),
        flag<Rm, &Rm::force>(0, "force", "a missing object is no error", Group::object),
    },
    mount_namespace_args<Rm>);

constexpr Example rm_examples[] = {{"shm rm /config /frames", "those who use them keep the memory until they end"}};

Exit rm(const Rm& options, Output& out) {
  const shm::Directory there{options.ns};
  return remove_each(checked(options.names, shm::parse_name), options.force ? Missing::is_fine : Missing::is_error, out,
                     [&there](const std::string& name) { shm::remove(there, name); });
}

constexpr std::string_view send_aliases[] = {"write"};
constexpr std::string_view recv_aliases[] = {"read"};

constexpr Verb verbs[] = {
    verb<create>("create", "make an object", create_args, create_examples),
    verb<send>("send", "write into an object", send_args, send_examples, send_aliases),
    verb<recv>("recv", "read from an object; it keeps what it has", recv_args, recv_examples, recv_aliases),
    verb<resize>("resize", "make an object longer or shorter", resize_args, resize_examples),
    verb<listen>("listen", "tell when the contents of an object change", listen_args, listen_examples),
    verb<run>("run", "run a command that inherits an object", run_args, run_examples),
    verb<copy>("copy", "copy an object to another, or to a file", copy_args, copy_examples),
    verb<stat>("stat", "show all that is known of objects", stat_args, stat_examples),
    verb<ls>("ls", "list what is in /dev/shm", ls_args, ls_examples),
    verb<rm>("rm", "remove objects", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"lock", "only a process can lock memory that it maps, mlock(2); 'ipctl sysv-shm lock' locks a System V segment"},
    {"peek", "reading takes nothing away: 'ipctl shm recv NAME'"},
    {"set", "for mode and owner use chmod and chown on /dev/shm/NAME; 'ipctl shm resize' sets the length"},
    {"unlock", "only a process can lock memory that it maps, mlock(2); 'ipctl sysv-shm' locks System V segments"},
};

}  // namespace

constinit const Mechanism shm_mechanism{"shm", "POSIX shared memory", "shm_overview(7)", verbs, absent};

}  // namespace ipctl
