// mq: POSIX message queues, mq_overview(7).
#include "ipc/mq.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "os/error.hpp"
#include "os/namespace.hpp"
#include "os/open_elsewhere.hpp"

namespace ipctl {

extern const Mechanism mq_mechanism;

namespace {

void queue_names(const Emit& emit) {
  for (const std::string& name : mq::names()) emit(name, "");
}

// What ls and stat show.

Value notify(const Object& object) {
  const auto& value = static_cast<const mq::QueueObject&>(object).notify;
  return value ? Value{std::string(*value)} : Value{Unknown{}};
}

constexpr Column columns[] = {
    object_columns::name,
    object_columns::owner,
    object_columns::group,
    object_columns::mode,
    {"MESSAGES", "messages waiting", object_columns::number<mq::QueueObject, &mq::QueueObject::messages>, true, true},
    {"CAPACITY", "the most messages it holds", object_columns::number<mq::QueueObject, &mq::QueueObject::capacity>,
     true, true},
    {"MSGSIZE", "the longest message it takes", object_columns::bytes<mq::QueueObject, &mq::QueueObject::message_size>,
     true, true},
    {"BYTES", "sum of all messages waiting", object_columns::bytes<mq::QueueObject, &mq::QueueObject::bytes>, true,
     true},
    {"NOTIFY", "how a process is told of an arrival: none, SIGEV_SIGNAL, SIGEV_THREAD, SIGEV_NONE", notify},
    {"SIGNAL", "the signal for it", object_columns::number<mq::QueueObject, &mq::QueueObject::notify_signal>, false,
     true},
    {"REGISTRANT", "pid of the process that is told; 0: not visible here",
     object_columns::number<mq::QueueObject, &mq::QueueObject::notify_pid>, false, true},
    object_columns::accessed,
    object_columns::modified,
    object_columns::changed,
    object_columns::inode,
    object_columns::holders,
    object_columns::usage,
};

// create

struct Create : CreateOptions {
  std::string name, ns;
  std::optional<std::uint64_t> max_messages;
  std::optional<Size> message_size;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::name>("NAME", "queue to create"),
        option<Create, &Create::max_messages>(0, "max-messages", "N",
                                              "messages it holds (default: fs.mqueue.msg_default)", Group::object),
        option<Create, &Create::message_size>(0, "message-size", "SIZE",
                                              "longest message (default: fs.mqueue.msgsize_default)", Group::object),
    },
    create_args_of<Create>, namespace_args<Create>);

constexpr Example create_examples[] = {
    {"mq create /jobs", "with the system's default sizes"},
    {"mq create /jobs --max-messages 5 --message-size 4K -m 0660 --if-missing", "for a group, in a start-up script"},
};

void accept_existing(const std::string& name, const mq::Attributes& wanted) {
  const mq::QueueObject queue = mq::inspect(name, Holders::skip);
  const std::string different = mq::differences(queue, wanted);
  if (!different.empty()) throw Error{Exit::exists, queue.name, "exists with other attributes: " + different};
}

Exit create(const Create& options, Output& out) {
  validate(options);
  const IpcNamespace there{options.ns};
  mq::Attributes wanted{options.max_messages, std::nullopt, options.mode, options.owner};
  if (options.message_size) wanted.message_size = options.message_size->bytes;
  try {
    static_cast<void>(mq::Queue::create(options.name, wanted));
  } catch (const Error& error) {
    if (!options.if_missing || error.status() != Exit::exists) throw;
    accept_existing(options.name, wanted);
  }
  if (out.json) print_objects({}, columns, Layout::blocks, std::vector{mq::inspect(options.name, Holders::find)}, out);
  return Exit::ok;
}

// send

struct Send : SendOptions {
  std::string name, ns;
  std::uint32_t priority = 0;
  bool create = false;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::name>("NAME", "queue to send to", queue_names),
    },
    send_args_of<Send>,
    std::array{
        option<Send, &Send::priority>('p', "priority", "N", "0 (default) to 32767; higher is received first",
                                      Group::object),
        flag<Send, &Send::create>(0, "create", "create the queue when it is missing", Group::object),
    },
    namespace_args<Send>);

constexpr Example send_examples[] = {
    {"mq send /jobs 'resize a.png' 'resize b.png'", "two messages"},
    {"mq send -l -p 10 /jobs < list", "each line of list, before what has a lower priority"},
};

mq::Queue open_to_send(const Send& options) {
  try {
    return mq::Queue::open(options.name, mq::Access::write);
  } catch (const Error& error) {
    if (!options.create || error.status() != Exit::missing) throw;
  }
  try {
    return mq::Queue::create(options.name, {});
  } catch (const Error& error) {
    if (error.status() != Exit::exists) throw;
  }
  return mq::Queue::open(options.name, mq::Access::write);  // another process created it meanwhile
}

// Queues of another namespace are opened there; ipctl itself, its files and CMD stay where they are.
mq::Queue open_elsewhere(const std::string& ns, const std::string& name, const std::function<mq::Queue()>& open) {
  return {mq::canonical_name(name), ipctl::open_elsewhere(ns, [&open] { return open().into_fd(); })};
}

Exit send(const Send& options, Output& out) {
  validate(options);
  if (options.priority > mq::max_priority) {
    throw UsageError(fmt::format("--priority: {} is not from 0 to {}", options.priority, mq::max_priority));
  }
  const auto sink =
      mq::sink(open_elsewhere(options.ns, options.name, [&] { return open_to_send(options); }), options.priority);
  return send_messages(*sink, options, out);
}

// recv

struct Recv : ReceiveOptions {
  std::string name, ns;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::name>("NAME", "queue to receive from", queue_names),
    },
    recv_args_of<Recv>, namespace_args<Recv>);

constexpr Example recv_examples[] = {
    {"mq recv /jobs", "one message, waiting for it if need be"},
    {"mq recv -n -F '%p %s' /jobs || echo none", "priority and data of one that is there already"},
};

std::vector<mq::Queue> open_to_receive(const std::vector<std::string>& names, const std::string& ns) {
  std::vector<mq::Queue> queues;
  for (const std::string& name : names) {
    const auto is_this = [name = mq::canonical_name(name)](const mq::Queue& queue) { return queue.name() == name; };
    if (std::any_of(queues.begin(), queues.end(), is_this)) continue;  // named twice
    queues.push_back(open_elsewhere(ns, name, [&] { return mq::Queue::open(name, mq::Access::read); }));
  }
  return queues;
}

Exit recv(const Recv& options, Output& out) {
  validate(options);
  const auto source = mq::source(open_to_receive({options.name}, options.ns));
  return receive_messages(*source, one_message(options), out);
}

// listen

struct Listen : ReceiveOptions {
  std::vector<std::string> names;
  std::string ns;
  bool notify = false;
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::names>("NAME", "queues to receive from", queue_names),
    },
    listen_args_of<Listen>,
    std::array{
        flag<Listen, &Listen::notify>(0, "notify", "take nothing; tell of each arrival in an empty queue",
                                      Group::object),
    },
    namespace_args<Listen>);

constexpr Example listen_examples[] = {
    {"mq listen /jobs -- sh -c 'read -r job; convert-it \"$job\"'", "run a command for each message"},
    {"mq listen -J /jobs /log", "two queues, as lines of JSON"},
};

Exit listen(const Listen& options, Output& out) {
  validate(options);
  if (options.names.size() > 1 && !options.journal.empty()) throw UsageError("--journal: for one queue only");
  if (options.notify && !options.journal.empty()) throw UsageError("--notify takes nothing that --journal could keep");
  ReceiveOptions how = options;
  std::vector<mq::Queue> queues = open_to_receive(options.names, options.ns);
  if (!options.notify) return receive_messages(*mq::source(std::move(queues)), how, out);
  if (how.format.empty() && how.command.empty()) how.format = Format{"%n %s %P"};
  return receive_messages(*mq::arrivals(std::move(queues)), how, out);
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> names;
  std::string ns;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::names>("NAME", "queues to show", queue_names),
    },
    list_args_of<Stat, columns>, namespace_args<Stat>);

constexpr Example stat_examples[] = {
    {"mq stat /jobs", "all that is known of it, and who has it open"},
    {"mq stat /jobs -o messages --noheadings", "the number of messages alone"},
};

Exit stat(const Stat& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::blocks, out);
  const IpcNamespace there{options.ns};
  std::vector<mq::QueueObject> found;
  const Exit status = for_each_name(checked(options.names, mq::canonical_name), out,
                                    [&](const std::string& name) { found.push_back(mq::inspect(name, holders)); });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::string ns;
};

constexpr std::array ls_args = join(list_args_of<List, columns>, namespace_args<List>);

constexpr Example ls_examples[] = {
    {"mq ls", "a line for each queue"},
    {"mq ls -o +holders --filter 'name=/job*'", "those with such names, and who has them open"},
};

Exit ls(const List& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::table, out);
  const IpcNamespace there{options.ns};
  print_objects(options, columns, Layout::table, mq::list(holders), out);
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
        operand<Rm, &Rm::names>("NAME", "queues to remove", queue_names),
        flag<Rm, &Rm::force>(0, "force", "a missing queue is no error", Group::object),
    },
    namespace_args<Rm>);

constexpr Example rm_examples[] = {{"mq rm /jobs /log", "those who have them open keep them until they close"}};

Exit rm(const Rm& options, Output& out) {
  const IpcNamespace there{options.ns};
  return remove_each(checked(options.names, mq::canonical_name), options.force ? Missing::is_fine : Missing::is_error,
                     out, mq::remove);
}

constexpr Verb verbs[] = {
    verb<create>("create", "make a queue", create_args, create_examples),
    verb<send>("send", "put messages into a queue", send_args, send_examples),
    verb<recv>("recv", "take one message, or more, from a queue", recv_args, recv_examples),
    verb<listen>("listen", "take messages from queues until stopped", listen_args, listen_examples),
    verb<stat>("stat", "show all that is known of queues", stat_args, stat_examples),
    verb<ls>("ls", "list all queues", ls_args, ls_examples),
    verb<rm>("rm", "remove queues", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"peek", "the kernel has no way to look at a message without taking it; 'ipctl mq stat' tells how many wait"},
    {"resize", "a queue's sizes are fixed when it is created; remove it and create it anew"},
    {"run", "a command does not inherit a queue; 'ipctl mq listen NAME -- CMD' runs CMD for each message"},
    {"set", "a queue's sizes are fixed when it is created; for mode and owner use chmod and chown on /dev/mqueue/NAME"},
};

}  // namespace

constinit const Mechanism mq_mechanism{"mq", "POSIX message queues", "mq_overview(7)", verbs, absent};

}  // namespace ipctl
