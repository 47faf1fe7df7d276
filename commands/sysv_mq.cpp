// sysv-mq: System V message queues, sysvipc(7).
#include "ipc/sysv_mq.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/sysv_columns.hpp"
#include "io/sysv_created.hpp"
#include "ipc/elsewhere.hpp"
#include "os/error.hpp"
#include "os/namespace.hpp"

namespace ipctl {

extern const Mechanism sysv_mq_mechanism;

namespace {

using sysv_mq::QueueObject;

void queue_ids(const Emit& emit) {
  try {
    for (const QueueObject& queue : sysv_mq::list(Holders::skip, sysv_mq::Capacity::skip)) {
      emit(queue.name, sysv::summary(queue));
    }
  } catch (const Error&) {  // nothing to offer then
  }
}

// What ls and stat show.

constexpr Column columns[] = {
    sysv_columns::name,
    sysv_columns::id,
    sysv_columns::key,
    object_columns::owner,
    object_columns::group,
    object_columns::mode,
    {"MESSAGES", "messages waiting", object_columns::number<QueueObject, &QueueObject::messages>, true, true},
    {"BYTES", "sum of all messages waiting", object_columns::bytes<QueueObject, &QueueObject::bytes>, true, true},
    {"CAPACITY", "the most bytes it holds", object_columns::bytes<QueueObject, &QueueObject::capacity>, false, true},
    {"LSPID", "pid of the last sender; 0: nobody yet", object_columns::number<QueueObject, &QueueObject::last_sender>,
     true, true},
    {"LRPID", "pid of the last receiver; 0: nobody yet",
     object_columns::number<QueueObject, &QueueObject::last_receiver>, true, true},
    sysv_columns::creator,
    sysv_columns::creator_group,
    {"STIME", "when a message was last sent", object_columns::time<QueueObject, &QueueObject::sent>},
    {"RTIME", "when one was last received", object_columns::time<QueueObject, &QueueObject::received>},
    sysv_columns::changed,
    object_columns::blocked,
    {"USAGE", "used: somebody is blocked in it; else unknown, for nothing is held open", object_columns::usage_of},
};

sysv::Found find(const std::string& selector) {
  return sysv_mq::find(sysv::parse_selector(selector));
}

// create

struct Create : CreateOptions {
  std::string key = "private", ns;
  std::optional<Size> bytes;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::key>("KEY", "0xKEY, key:N, ftok:PATH[:PROJ], or private (default)").optional(),
        option<Create, &Create::bytes>(0, "bytes", "SIZE", "bytes it holds (default: kernel.msgmnb)", Group::object),
    },
    create_args_of<Create>, namespace_args<Create>);

constexpr Example create_examples[] = {
    {"sysv-mq create 0x2a -m 0660", "for a group; prints the id"},
    {"sysv-mq create ftok:/etc/hostname:J --if-missing", "the key that ftok(3) makes, in a start-up script"},
};

std::optional<std::uint64_t> bytes_of(const std::optional<Size>& size) {
  return size ? std::optional{size->bytes} : std::nullopt;
}

int accept_existing(const std::string& key, const sysv_mq::Change& wanted) {
  const QueueObject object = sysv_mq::inspect(find(key), Holders::skip);
  const std::string different = sysv_mq::differences(object, wanted);
  if (!different.empty()) throw Error{Exit::exists, key, "exists with other attributes: " + different};
  return object.id;
}

void print_one(const sysv::Found& queue, const Output& out) {
  print_objects({}, columns, Layout::blocks, std::vector{sysv_mq::inspect(queue, Holders::find)}, out);
}

Exit create(const Create& options, Output& out) {
  validate(options);
  sysv::validate_mode(options.mode);
  const key_t key = sysv::parse_key(options.key);
  const IpcNamespace there{options.ns};
  const sysv_mq::Change wanted{{options.mode, options.owner}, bytes_of(options.bytes)};
  const auto existing = options.if_missing ? sysv::Existing::accept : sysv::Existing::refuse;
  const sysv::Created created = sysv::create_or_accept(
      options.key, existing, [&] { return sysv_mq::create(key, wanted, options.key); },
      [&] { return accept_existing(options.key, wanted); });
  print_created(
      created, out, [&out](const sysv::Found& queue) { print_one(queue, out); }, sysv_mq::remove);
  return Exit::ok;
}

// send

struct Send : SendOptions {
  std::string queue, ns;
  std::int64_t type = 1;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::queue>("SEL", "queue to send to: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", queue_ids),
    },
    send_args_of<Send>,
    std::array{
        option<Send, &Send::type>('t', "type", "N", "type of the messages, from 1 (default 1)", Group::object),
    },
    namespace_args<Send>);

constexpr Example send_examples[] = {
    {"sysv-mq send 0x2a 'resize a.png'", "one message, of type 1"},
    {"sysv-mq send 0x2a -l -t 7 < list", "each line of list, as type 7"},
};

Exit send(const Send& options, Output& out) {
  validate(options);
  if (options.type < 1) throw UsageError(fmt::format("--type: {} is not from 1 on, msgop(2)", options.type));
  const sysv::Selector selector = sysv::parse_selector(options.queue);
  const IpcNamespace there{options.ns};
  return send_messages(*sysv_mq::sink(sysv_mq::find(selector), options.type), options, out);
}

// recv

struct Selected {
  std::string ns;
  std::int64_t type = 0;
  bool except = false, truncate = false, safe = false;
  std::optional<Size> size;
};

template <class Options>
constexpr std::array selected_args = {
    option<Options, &Options::type>('t', "type", "N", "of type N; -N: of the lowest type up to N; 0: any (default)",
                                    Group::object),
    flag<Options, &Options::except>(0, "except", "of any type but that of --type", Group::object),
    option<Options, &Options::size>(0, "size", "SIZE", "longest message to take (default: any there can be)",
                                    Group::object),
    flag<Options, &Options::truncate>(0, "truncate", "cut what is longer, its end is lost", Group::object),
    flag<Options, &Options::safe>(0, "safe", "deliver first, take then: for a single receiver", Group::object),
};

struct Recv : ReceiveOptions, Selected {
  std::string queue;
  std::optional<std::uint64_t> peek;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::queue>("SEL", "queue to receive from: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", queue_ids),
    },
    recv_args_of<Recv>, selected_args<Recv>,
    std::array{
        option<Recv, &Recv::peek>(0, "peek", "INDEX", "take nothing: show the first, or that of INDEX (from 0)",
                                  Group::object)
            .with_default("0"),
    },
    namespace_args<Recv>);

constexpr Example recv_examples[] = {
    {"sysv-mq recv 0x2a", "one message, waiting for it if need be"},
    {"sysv-mq recv 0x2a -t -9 -F '%p %s'", "of the lowest type up to 9, with its type"},
    {"sysv-mq recv 0x2a --peek -a", "look at all that wait; they stay"},
};

sysv_mq::Selection selection_of(const Selected& options) {
  return {.type = options.type, .except = options.except};
}

void validate(const Selected& how, const ReceiveOptions& options) {
  if (how.except && how.type < 1) throw UsageError("--except needs --type N, from 1 on");
  if (!how.safe) return;
  if (how.size || how.truncate) throw UsageError("--safe takes whole messages: no --size, no --truncate");
  if (!options.journal.empty()) throw UsageError("--safe leaves in the queue what --journal would keep");
  if (options.jobs > 1) throw UsageError("--safe has one message in hand: --jobs has no use with it");
}

std::unique_ptr<Source> source_of(const sysv::Found& queue, const Selected& how) {
  if (how.safe) return sysv_mq::safe_source(queue, selection_of(how));
  return sysv_mq::source(queue, {selection_of(how), bytes_of(how.size), how.truncate});
}

void validate_peek(const Recv& options) {
  if (!options.peek) return;
  if (options.safe) throw UsageError("--peek takes nothing: --safe has no use with it");
  if (options.size || options.truncate) throw UsageError("--peek shows whole messages: no --size, no --truncate");
  if (!options.journal.empty()) throw UsageError("--peek takes nothing that --journal could keep");
  if (options.timeout) throw UsageError("--peek does not wait: --timeout has no use with it");
}

Exit recv(const Recv& options, Output& out) {
  validate(static_cast<const ReceiveOptions&>(options));
  validate(options, options);
  validate_peek(options);
  const sysv::Selector selector = sysv::parse_selector(options.queue);
  const IpcNamespace there{options.ns};
  const sysv::Found queue = sysv_mq::find(selector);
  const auto source =
      options.peek ? sysv_mq::peek(queue, selection_of(options), *options.peek) : source_of(queue, options);
  return receive_messages(*source, one_message(options), out);
}

// listen

struct Listen : ReceiveOptions, Selected {
  std::string queue;
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::queue>("SEL", "queue to receive from: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", queue_ids),
    },
    listen_args_of<Listen>, selected_args<Listen>, namespace_args<Listen>);

constexpr Example listen_examples[] = {
    {"sysv-mq listen 0x2a --safe -- ./convert-it", "run a command for each message, and take it when that succeeded"},
    {"sysv-mq listen 0x2a -J", "as lines of JSON"},
};

Exit listen(const Listen& options, Output& out) {
  validate(static_cast<const ReceiveOptions&>(options));
  validate(options, options);
  const sysv::Selector selector = sysv::parse_selector(options.queue);
  IpcNamespace there{options.ns};
  return receive_messages(*elsewhere(there, source_of(sysv_mq::find(selector), options)), options, out);
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> queues;
  std::string ns;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::queues>("SEL", "queues to show: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", queue_ids),
    },
    list_args_of<Stat, columns>, namespace_args<Stat>);

constexpr Example stat_examples[] = {
    {"sysv-mq stat 0x2a", "all that is known of it, and who is blocked in it"},
    {"sysv-mq stat 0x2a -o messages --noheadings", "the number of messages alone"},
};

Exit stat(const Stat& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::blocks, out);
  const std::vector<std::string> names = checked(options.queues, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  std::vector<QueueObject> found;
  const Exit status = for_each_name(
      names, out, [&](const std::string& name) { found.push_back(sysv_mq::inspect(find(name), holders)); });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::string ns;
};

constexpr std::array ls_args = join(list_args_of<List, columns>, namespace_args<List>);

constexpr Example ls_examples[] = {
    {"sysv-mq ls", "a line for each queue"},
    {"sysv-mq ls -o +capacity,stime --filter 'owner=www*'", "those of some users, with more about them"},
};

Exit ls(const List& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::table, out);
  const bool capacity = is_needed("CAPACITY", options, columns, Layout::table, out);
  const IpcNamespace there{options.ns};
  print_objects(options, columns, Layout::table,
                sysv_mq::list(holders, capacity ? sysv_mq::Capacity::find : sysv_mq::Capacity::skip), out);
  return Exit::ok;
}

// rm

struct Rm {
  std::vector<std::string> queues;
  std::string ns;
  bool force = false;
};

constexpr std::array rm_args = join(
    std::array{
        operand<Rm, &Rm::queues>("SEL", "queues to remove: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", queue_ids),
        flag<Rm, &Rm::force>(0, "force", "a missing queue is no error", Group::object),
    },
    namespace_args<Rm>);

constexpr Example rm_examples[] = {{"sysv-mq rm 0x2a 32768", "with all messages; who waits in them gets an error"}};

Exit rm(const Rm& options, Output& out) {
  const std::vector<std::string> names = checked(options.queues, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  return remove_each(names, options.force ? Missing::is_fine : Missing::is_error, out,
                     [](const std::string& name) { sysv_mq::remove(find(name)); });
}

// set

struct Set {
  std::string queue, ns;
  std::optional<Size> bytes;
  std::optional<Mode> mode;
  Owner owner;
};

constexpr std::array set_args = join(
    std::array{
        operand<Set, &Set::queue>("SEL", "queue to change: ID, 0xKEY, key:N, ftok:PATH[:PROJ]", queue_ids),
        option<Set, &Set::bytes>(0, "bytes", "SIZE", "bytes it holds; beyond kernel.msgmnb only with CAP_SYS_RESOURCE",
                                 Group::object),
        option<Set, &Set::mode>('m', "mode", "OCTAL", "permissions", Group::object),
        option<Set, &Set::owner>(0, "owner", "USER[:GROUP]", "who owns it", Group::object),
    },
    namespace_args<Set>);

constexpr Example set_examples[] = {{"sysv-mq set 0x2a --bytes 4K -m 0600", "a small queue, for its owner alone"}};

Exit set(const Set& options, Output& out) {
  sysv::validate_mode(options.mode);
  const sysv_mq::Change change{{options.mode, options.owner}, bytes_of(options.bytes)};
  if (change.is_empty() && !change.bytes) throw UsageError("nothing to set: --bytes, --mode or --owner");
  const sysv::Selector selector = sysv::parse_selector(options.queue);
  const IpcNamespace there{options.ns};
  const sysv::Found queue = sysv_mq::find(selector);
  sysv_mq::change(queue, change);
  if (out.json) print_one(queue, out);
  return Exit::ok;
}

constexpr Verb verbs[] = {
    verb<create>("create", "make a queue, and print its id", create_args, create_examples),
    verb<send>("send", "put messages into a queue", send_args, send_examples),
    verb<recv>("recv", "take one message, or more, from a queue, or look at it", recv_args, recv_examples),
    verb<listen>("listen", "take messages from a queue until stopped", listen_args, listen_examples),
    verb<stat>("stat", "show all that is known of queues", stat_args, stat_examples),
    verb<ls>("ls", "list all queues", ls_args, ls_examples),
    verb<rm>("rm", "remove queues", rm_args, rm_examples),
    verb<set>("set", "change a queue's size, mode or owner", set_args, set_examples),
};

constexpr AbsentVerb absent[] = {
    {"peek", "'ipctl sysv-mq recv SEL --peek' looks at a message and leaves it"},
    {"resize", "'ipctl sysv-mq set SEL --bytes SIZE' sets how much a queue holds"},
    {"run", "a queue needs nobody to have it open; 'ipctl sysv-mq listen SEL -- CMD' runs CMD for each message"},
};

}  // namespace

constinit const Mechanism sysv_mq_mechanism{"sysv-mq", "System V message queues", "sysvipc(7)", verbs, absent};

}  // namespace ipctl
