// sysv-shm: System V shared memory, sysvipc(7).
#include "ipc/sysv_shm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/region.hpp"
#include "io/sysv_columns.hpp"
#include "io/sysv_created.hpp"
#include "ipc/changes.hpp"
#include "ipc/elsewhere.hpp"
#include "os/child.hpp"
#include "os/error.hpp"
#include "os/namespace.hpp"
#include "os/relay.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism sysv_shm_mechanism;

namespace {

using sysv_shm::SegmentObject;

void segment_ids(const Emit& emit) {
  try {
    for (const SegmentObject& segment : sysv_shm::list(Holders::skip)) emit(segment.name, sysv::summary(segment));
  } catch (const Error&) {  // nothing to offer then
  }
}

// What ls and stat show.

Value state(const Object& object) {
  const auto& segment = static_cast<const SegmentObject&>(object);
  if (segment.removed) return std::string(segment.locked ? "removed,locked" : "removed");
  return std::string(segment.locked ? "locked" : "live");
}

constexpr Column columns[] = {
    sysv_columns::name,
    sysv_columns::id,
    sysv_columns::key,
    object_columns::owner,
    object_columns::group,
    object_columns::mode,
    {"SIZE", "length", object_columns::bytes<SegmentObject, &SegmentObject::size>, true, true},
    {"ATTACHED", "mappings of it in all processes", object_columns::number<SegmentObject, &SegmentObject::attached>,
     true, true},
    {"STATE", "live; locked: it is not swapped out; removed: it goes when the last process detaches", state, true},
    {"RSS", "memory that is really behind it", object_columns::bytes<SegmentObject, &SegmentObject::rss>, false, true},
    {"SWAP", "what of it is swapped out", object_columns::bytes<SegmentObject, &SegmentObject::swap>, false, true},
    sysv_columns::creator,
    sysv_columns::creator_group,
    {"CPID", "pid of its creator", object_columns::number<SegmentObject, &SegmentObject::creator_pid>, false, true},
    {"LPID", "pid of the last that attached or detached it; 0: nobody yet",
     object_columns::number<SegmentObject, &SegmentObject::last_pid>, false, true},
    {"ATIME", "when it was last attached", object_columns::time<SegmentObject, &SegmentObject::attached_at>},
    {"DTIME", "when it was last detached", object_columns::time<SegmentObject, &SegmentObject::detached_at>},
    sysv_columns::changed,
    {"HOLDERS", "processes that have it attached: pid, command, direction", object_columns::holders_of},
    {"USAGE", "used: it is attached; or unused", object_columns::usage_of},
};

// USAGE is known without a search.
Holders needed(const ListOptions& options, Layout layout, const Output& out) {
  return is_needed("HOLDERS", options, columns, layout, out) ? Holders::find : Holders::skip;
}

sysv::Found find(const std::string& selector) {
  return sysv_shm::find(sysv::parse_selector(selector));
}

// Memory stays attached outside of the namespace that it was found in.
std::unique_ptr<sysv_shm::Segment> attach(const std::string& selector, const std::string& ns, sysv_shm::Access access) {
  const sysv::Selector parsed = sysv::parse_selector(selector);
  const IpcNamespace there{ns};
  return sysv_shm::Segment::attach(sysv_shm::find(parsed), access);
}

void print_one(const sysv::Found& segment, const Output& out) {
  print_objects({}, columns, Layout::blocks, std::vector{sysv_shm::inspect(segment, Holders::find)}, out);
}

// create

struct Create : CreateOptions {
  std::string key = "private", ns;
  std::optional<Size> size;
  bool huge = false, no_reserve = false;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::key>("KEY", "0xKEY, key:N, ftok:PATH[:PROJ], or private (default)").optional(),
        option<Create, &Create::size>(0, "size", "SIZE", "its length, as 4096 or 64M", Group::object),
        flag<Create, &Create::huge>(0, "huge", "of huge pages, SHM_HUGETLB", Group::object),
        flag<Create, &Create::no_reserve>(0, "no-reserve", "promise no memory beforehand, SHM_NORESERVE",
                                          Group::object),
    },
    create_args_of<Create>, namespace_args<Create>);

constexpr Example create_examples[] = {
    {"sysv-shm create --size 64M", "without a key; prints the id"},
    {"sysv-shm create 0x2a --size 4096 -m 0660 --if-missing", "for a group, in a start-up script"},
};

int accept_existing(const std::string& key, const sysv_shm::Creation& wanted) {
  const SegmentObject object = sysv_shm::inspect(find(key), Holders::skip);
  const std::string different = sysv_shm::differences(object, wanted);
  if (!different.empty()) throw Error{Exit::exists, key, "exists with other attributes: " + different};
  return object.id;
}

Exit create(const Create& options, Output& out) {
  validate(options);
  sysv::validate_mode(options.mode);
  if (!options.size) throw UsageError("--size SIZE is missing (its length, as 4096 or 64M)");
  if (options.size->bytes == 0) throw UsageError("--size: a segment has at least 1 byte");
  const key_t key = sysv::parse_key(options.key);
  const IpcNamespace there{options.ns};
  const sysv_shm::Creation wanted{options.size->bytes, options.huge, options.no_reserve,
                                  sysv::Change{options.mode, options.owner}};
  const auto existing = options.if_missing ? sysv::Existing::accept : sysv::Existing::refuse;
  const sysv::Created created = sysv::create_or_accept(
      options.key, existing, [&] { return sysv_shm::create(key, wanted); },
      [&] { return accept_existing(options.key, wanted); });
  const auto remove = [](const sysv::Found& segment) { static_cast<void>(sysv_shm::remove(segment)); };
  print_created(
      created, out, [&out](const sysv::Found& segment) { print_one(segment, out); }, remove);
  return Exit::ok;
}

// send

struct Send : RegionWriteOptions {
  std::string segment, ns;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::segment>("SEL", "segment to write to: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
        operand<Send, &Send::data>("DATA", "what to write; without it, standard input").optional(),
        option<Send, &Send::file>('f', "file", "FILE", "write the contents of FILE (-: standard input)", Group::input),
        option<Send, &Send::decoding>(0, "decode", "CODEC", "the data is given encoded", Group::input)
            .with_choices("raw hex base64 quoted"),
        option<Send, &Send::length>(0, "length", "SIZE", "write SIZE bytes of the input, neither more nor less",
                                    Group::input),
        option<Send, &Send::offset>(0, "offset", "SIZE", "where to begin in the segment (default 0)", Group::object),
    },
    namespace_args<Send>);

constexpr Example send_examples[] = {
    {"sysv-shm send 0x2a 'debug=1' --offset 16", "seven bytes, from offset 16 on"},
    {"sysv-shm write 0x2a -f table.bin", "a file, which fits or is refused"},
};

Exit send(const Send& options, Output& out) {
  RegionWriteOptions how = options;
  how.otherwise = "a segment's size is fixed when it is created";
  validate(how);
  return write_region(*attach(options.segment, options.ns, sysv_shm::Access::write), how, out);
}

// recv

struct Recv : RegionReadOptions {
  std::string segment, ns;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::segment>("SEL", "segment to read: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
        option<Recv, &Recv::offset>(0, "offset", "SIZE", "where to begin (default 0)", Group::object),
        option<Recv, &Recv::length>(0, "length", "SIZE", "how many bytes (default: to the end)", Group::object),
    },
    output_args<Recv>, namespace_args<Recv>);

constexpr Example recv_examples[] = {
    {"sysv-shm recv 0x2a > saved", "all of it, the bytes exactly"},
    {"sysv-shm read 0x2a --offset 16 --length 8 --encode hexdump", "eight bytes, as a person reads them"},
};

Exit recv(const Recv& options, Output& out) {
  validate(options);
  return read_region(*attach(options.segment, options.ns, sysv_shm::Access::read), options, out);
}

// listen

struct Listen : ReceiveOptions {
  std::string segment, ns;
  Size offset;
  std::optional<Size> length, futex;
  Duration interval = std::chrono::milliseconds{100};
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::segment>("SEL", "segment to watch: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
        option<Listen, &Listen::offset>(0, "offset", "SIZE", "where the watched bytes begin (default 0)",
                                        Group::object),
        option<Listen, &Listen::length>(0, "length", "SIZE", "how many they are (default: to the end)", Group::object),
        option<Listen, &Listen::interval>(0, "interval", "DURATION", "how often to look (default 100ms)",
                                          Group::waiting),
        option<Listen, &Listen::futex>(0, "futex", "OFFSET",
                                       "wait on the futex word at OFFSET instead, until it changes", Group::waiting),
    },
    count_args<Listen>, output_args<Listen>, waiting_args<Listen>, ready_args<Listen>, command_args<Listen>,
    failure_args<Listen>, namespace_args<Listen>);

constexpr Example listen_examples[] = {
    {"sysv-shm listen 0x2a --length 64 -- ./reload", "run a command whenever the first 64 bytes have changed"},
    {"sysv-shm listen 0x2a --futex 0 --length 4 --encode hex",
     "a counter, each time its writer wakes those who wait for it"},
};

Watched watched(const Listen& options, std::uint64_t size) {
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
  const sysv::Selector selector = sysv::parse_selector(options.segment);
  IpcNamespace there{options.ns};
  auto segment = sysv_shm::Segment::attach(sysv_shm::find(selector), sysv_shm::Access::read);
  const Watched where = watched(options, segment->size());
  return receive_messages(*elsewhere(there, changes(std::move(segment), where)), options, out);
}

// run

struct Run {
  std::string segment, ns;
  bool read_only = false;
  std::vector<std::string> command;
};

constexpr std::array run_args = join(
    std::array{
        operand<Run, &Run::segment>("SEL", "segment to keep attached: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
        command<Run, &Run::command>("runs while ipctl has the segment attached; $IPCTL_ID is its id").mandatory(),
        flag<Run, &Run::read_only>(0, "read-only", "attach for reading only", Group::object),
    },
    namespace_args<Run>);

constexpr Example run_examples[] = {
    {"sysv-shm run 0x2a -- sh -c 'ipctl sysv-shm rm $IPCTL_ID; ./job'",
     "it is removed, and its memory lives as long as the job"},
};

Environment environment_of(const sysv_shm::Segment& segment) {
  return {{"IPCTL_MECHANISM", "sysv-shm"},
          {"IPCTL_NAME", segment.name()},
          {"IPCTL_ID", segment.name()},
          {"IPCTL_KEY", sysv::key_text(segment.key())},
          {"IPCTL_LENGTH", std::to_string(segment.size())}};
}

// CMD is a child, as an attachment does not survive execve(2). Its id means something in the other namespace only: CMD
// runs there.
Exit run(const Run& options, Output& /*out*/) {
  const std::string path = find_command(options.command.front());
  std::optional<IpcNamespace> there;
  const auto segment = before_command([&] {
    const sysv::Selector selector = sysv::parse_selector(options.segment);
    there.emplace(options.ns);
    return sysv_shm::Segment::attach(sysv_shm::find(selector),
                                     options.read_only ? sysv_shm::Access::read : sysv_shm::Access::write);
  });
  SignalRelay relay;
  Child child{path, options.command, {}, environment_of(*segment)};
  const int status = relay.wait(child);
  return end_as(status, relay.received());
}

// lock, unlock

struct Lock {
  std::vector<std::string> segments;
  std::string ns;
};

constexpr std::array lock_args = join(
    std::array{
        operand<Lock, &Lock::segments>("SEL", "segments: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
    },
    namespace_args<Lock>);

constexpr Example lock_examples[] = {{"sysv-shm lock 0x2a", "what of it is in memory stays there, and what comes"}};
constexpr Example unlock_examples[] = {{"sysv-shm unlock 0x2a", "it may be swapped out again"}};

Exit set_each(const Lock& options, const Output& out, void (*action)(const sysv::Found& segment)) {
  const std::vector<std::string> names = checked(options.segments, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  std::vector<SegmentObject> done;
  const Exit status = for_each_name(names, out, [&](const std::string& name) {
    const sysv::Found segment = find(name);
    action(segment);
    if (out.json) done.push_back(sysv_shm::inspect(segment, Holders::find));
  });
  if (out.json) print_objects({}, columns, Layout::blocks, done, out);
  return status;
}

Exit lock(const Lock& options, Output& out) {
  return set_each(options, out, sysv_shm::lock);
}

Exit unlock(const Lock& options, Output& out) {
  return set_each(options, out, sysv_shm::unlock);
}

// set

struct Set {
  std::string segment, ns;
  std::optional<Mode> mode;
  Owner owner;
};

constexpr std::array set_args = join(
    std::array{
        operand<Set, &Set::segment>("SEL", "segment to change: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
        option<Set, &Set::mode>('m', "mode", "OCTAL", "permissions", Group::object),
        option<Set, &Set::owner>(0, "owner", "USER[:GROUP]", "who owns it", Group::object),
    },
    namespace_args<Set>);

constexpr Example set_examples[] = {{"sysv-shm set 0x2a -m 0640", "its group may read it"}};

Exit set(const Set& options, Output& out) {
  sysv::validate_mode(options.mode);
  const sysv::Change change{options.mode, options.owner};
  if (change.is_empty()) throw UsageError("nothing to set: --mode or --owner");
  const sysv::Selector selector = sysv::parse_selector(options.segment);
  const IpcNamespace there{options.ns};
  const sysv::Found segment = sysv_shm::find(selector);
  sysv_shm::change(segment, change);
  if (out.json) print_one(segment, out);
  return Exit::ok;
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> segments;
  std::string ns;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::segments>("SEL", "segments to show: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
    },
    list_args_of<Stat, columns>, namespace_args<Stat>);

constexpr Example stat_examples[] = {
    {"sysv-shm stat 0x2a", "all that is known of it, and who has it attached"},
    {"sysv-shm stat 0x2a -b -o size --noheadings", "its length alone"},
};

Exit stat(const Stat& options, Output& out) {
  const Holders holders = needed(options, Layout::blocks, out);
  const std::vector<std::string> names = checked(options.segments, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  std::vector<SegmentObject> found;
  const Exit status = for_each_name(
      names, out, [&](const std::string& name) { found.push_back(sysv_shm::inspect(find(name), holders)); });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::string ns;
};

constexpr std::array ls_args = join(list_args_of<List, columns>, namespace_args<List>);

constexpr Example ls_examples[] = {
    {"sysv-shm ls", "a line for each segment"},
    {"sysv-shm ls -o +holders,cpid --filter attached=0", "those that nobody uses now, and who made them"},
};

Exit ls(const List& options, Output& out) {
  const Holders holders = needed(options, Layout::table, out);
  const IpcNamespace there{options.ns};
  print_objects(options, columns, Layout::table, sysv_shm::list(holders), out);
  return Exit::ok;
}

// rm

struct Rm {
  std::vector<std::string> segments;
  std::string ns;
  bool force = false;
};

constexpr std::array rm_args = join(
    std::array{
        operand<Rm, &Rm::segments>("SEL", "segments to remove: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", segment_ids),
        flag<Rm, &Rm::force>(0, "force", "a missing segment is no error", Group::object),
    },
    namespace_args<Rm>);

constexpr Example rm_examples[] = {{"sysv-shm rm 0x2a 32768", "those who have them attached keep the memory"}};

Exit rm(const Rm& options, Output& out) {
  const std::vector<std::string> names = checked(options.segments, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  return remove_each(names, options.force ? Missing::is_fine : Missing::is_error, out, [&out](const std::string& name) {
    const std::uint64_t attached = sysv_shm::remove(find(name));
    if (attached == 0) return;
    out.note(fmt::format("{}: {} attachment{}: its memory goes when {}", printable(name), attached,
                         attached == 1 ? "" : "s", attached == 1 ? "it ends" : "they end"));
  });
}

constexpr std::string_view send_aliases[] = {"write"};
constexpr std::string_view recv_aliases[] = {"read"};

constexpr Verb verbs[] = {
    verb<create>("create", "make a segment, and print its id", create_args, create_examples),
    verb<send>("send", "write into a segment", send_args, send_examples, send_aliases),
    verb<recv>("recv", "read from a segment; it keeps what it has", recv_args, recv_examples, recv_aliases),
    verb<listen>("listen", "tell when the contents of a segment change", listen_args, listen_examples),
    verb<run>("run", "keep a segment attached while a command runs", run_args, run_examples),
    verb<lock>("lock", "keep segments out of swap", lock_args, lock_examples),
    verb<unlock>("unlock", "let segments be swapped out again", lock_args, unlock_examples),
    verb<set>("set", "change a segment's mode or owner", set_args, set_examples),
    verb<stat>("stat", "show all that is known of segments", stat_args, stat_examples),
    verb<ls>("ls", "list all segments", ls_args, ls_examples),
    verb<rm>("rm", "remove segments", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"peek", "reading takes nothing away: 'ipctl sysv-shm recv SEL'"},
    {"resize",
     "a segment's size is fixed when it is created; create another, and copy: ID=$(ipctl sysv-shm create --size SIZE) "
     "&& ipctl sysv-shm recv SEL | ipctl sysv-shm send $ID"},
};

}  // namespace

constinit const Mechanism sysv_shm_mechanism{"sysv-shm", "System V shared memory", "sysvipc(7)", verbs, absent};

}  // namespace ipctl
